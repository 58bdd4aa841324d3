"""The HTML of boxes, labels and refusals, written without templates.

The page of a case has some seven hundred boxes. Rendered by templates, each of them costs a
millisecond of the processor; what is written here is what Django's own templates of the same names
write, without the space between.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from django.forms.renderers import BaseRenderer, get_default_renderer
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

_Context = Mapping[str, Any]


class WrittenForms(BaseRenderer):
    """Renders forms by the functions below, and what none of them writes by its template."""

    def get_template(self, template_name: str) -> Any:
        """The template of something that is not written here."""
        return get_default_renderer().get_template(template_name)

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        """The HTML of a widget, a label or a list of refusals."""
        write = _WRITERS.get(template_name)
        if write is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308
        return mark_safe(write(context))  # noqa: S308 - every value is escaped where it stands


def escaped(value: Any) -> str:
    """A value as HTML, unless it is HTML already. Django's ``conditional_escape`` does the same, in
    a wrapper for texts that are translated later, which costs more than the escaping."""
    text = str(value) if isinstance(value, Promise) else value
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


def attributes(attrs: Mapping[str, Any]) -> str:
    """The attributes of a tag, with a space before each."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(context: _Context) -> str:
    return _input_of(context["widget"])


def _input_of(widget: _Context) -> str:
    value = widget["value"]
    shown = "" if value is None else f' value="{escaped(str(value))}"'
    name = escaped(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{shown}{attributes(widget["attrs"])}>'


def _textarea(context: _Context) -> str:
    widget = context["widget"]
    name, value = escaped(widget["name"]), widget["value"]
    # A browser drops the first line break.
    return (
        f'<textarea name="{name}"{attributes(widget["attrs"])}>\n'
        f"{escaped(value) if value else ''}</textarea>"
    )


def _select(context: _Context) -> str:
    widget = context["widget"]
    parts = [f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts += [
            f'<option value="{escaped(str(option["value"]))}"{attributes(option["attrs"])}>'
            f"{escaped(option['label'])}</option>"
            for option in options
        ]
        if group:
            parts.append("</optgroup>")
    return "".join([*parts, "</select>"])


def _label(context: _Context) -> str:
    shown = escaped(context["label"])
    if not context["use_tag"]:
        return shown
    tag = context["tag"]
    return f"<{tag}{attributes(context['attrs'] or {})}>{shown}</{tag}>"


def _refusals(context: _Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    field = f' id="{escaped(errors.field_id)}_error"' if errors.field_id else ""
    lines = "".join(f"<li>{escaped(error)}</li>" for error in errors)
    return f'<ul class="{escaped(context["error_class"])}"{field}>{lines}</ul>'


_WRITERS: Final[dict[str, Callable[[_Context], str]]] = {
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("checkbox", "date", "datetime", "email", "hidden", "number", "text", "url")
    },
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _refusals,
    "django/forms/errors/list/ul.html": _refusals,
}
"""Django's template → what writes the same."""
