"""Nodes of templates that say the same on every page of a language: texts, and addresses of pages.

A page holds more than a hundred of them. Django looks each text up and works each address out
whenever it meets one; what follows from the language alone is worked out once a process here.
"""

from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.template.context import BaseContext
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from website.addresses import page_address


def reader_of(context: BaseContext) -> str:
    """The language in which a page is written, asked once a page."""
    reader: str | None = getattr(context, "reader", None)
    if reader is None:
        reader = context.reader = get_language() or "en"  # type: ignore[attr-defined]
    return reader


class Standing(Node):
    """A node that writes the same whenever the language is the same."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self.written: dict[str, str] = {}

    def render(self, context: BaseContext) -> str:
        """What the node wrote in this language when it was first met."""
        reader = reader_of(context)
        words = self.written.get(reader)
        if words is None:
            words = self.written[reader] = self.node.render(context)  # type: ignore[arg-type]
        return words


class StandingAddress(Node):
    """The path of a page without parameters, written or kept under a name.

    Under a name it is empty where there is no such page, as with Django's own tag.
    """

    child_nodelists = ()

    def __init__(self, name: str, kept_as: str | None) -> None:
        self.name = name
        self.kept_as = kept_as

    def render(self, context: BaseContext) -> str:
        """The path, which holds nothing to escape but what a script prefix may."""
        if self.kept_as is None:
            return conditional_escape(page_address(self.name))
        try:
            context[self.kept_as] = page_address(self.name)
        except NoReverseMatch:
            context[self.kept_as] = ""
        return ""


def translate(parser: Parser, token: Token) -> Node:
    """Django's ``translate``; a text that stands in the template itself is looked up once."""
    node: TranslateNode = do_translate(parser, token)
    parts = (node.filter_expression, node.message_context)
    stands = all(part is None or _is_constant(part) for part in parts)
    return Standing(node) if stands and not node.asvar else node


def url(parser: Parser, token: Token) -> Node:
    """Django's ``url``; the address of a page without parameters is worked out once."""
    node: URLNode = url_of_django(parser, token)
    if node.args or node.kwargs or not _is_constant(node.view_name):
        return node
    return StandingAddress(str(node.view_name.var), node.asvar)


def _is_constant(expression: FilterExpression) -> bool:
    part = expression.var
    return not expression.filters and (not isinstance(part, Variable) or part.lookups is None)
