"""The search form: every parameter of the one filter, grouped so that the page stays calm."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from record.parameter_fields import OneOfField, split_members
from record.parameter_filters import Parameter, TermParameter
from record.parameters import ParameterError
from reference import vocabularies

Kind = Literal["text", "one", "many"]

ALWAYS_SHOWN: Final = ("name", "q", "area", "date_from", "date_to")
"""What most people come to ask; the rest waits in groups that open."""

GROUPS: Final[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
    (pgettext_lazy("group of search fields", "What was done"), ("type",)),
    (
        pgettext_lazy("group of search fields", "Where, more exactly"),
        ("province", "division", "district", "area_basis"),
    ),
    (
        pgettext_lazy("group of search fields", "When, more exactly"),
        ("date_mode", "date_unknown", "year", "month"),
    ),
    (
        pgettext_lazy("group of search fields", "To whom"),
        ("status", "sex", "age_group", "occupation", "named"),
    ),
    (
        pgettext_lazy("group of search fields", "Alleged responsible"),
        ("agency", "agency_type", "attribution"),
    ),
    (pgettext_lazy("group of search fields", "How well established"), ("grade", "contested")),
    (
        pgettext_lazy("group of search fields", "Before the law"),
        ("legal", "forum", "stage", "outcome", "compliance"),
    ),
    (pgettext_lazy("group of search fields", "Sources"), ("source_type", "source")),
)
LEAVE_OUT: Final = pgettext_lazy("group of search fields", "Leave out")
THE_LIST: Final = pgettext_lazy("group of search fields", "Order and more")

ORDERINGS: Final[Mapping[str, Promise]] = {
    "date": pgettext_lazy("order of a list", "oldest first"),
    "-date": pgettext_lazy("order of a list", "newest first"),
    "name": pgettext_lazy("order of a list", "by name"),
    "-name": pgettext_lazy("order of a list", "by name, from the end"),
    "changed": pgettext_lazy("order of a list", "longest unchanged first"),
    "-changed": pgettext_lazy("order of a list", "last changed first"),
}
"""Words for the keys by which lists are ordered."""

_NOT_ON_PAGES: Final = frozenset({"page", "fields", "format"})
"""Turning the page starts from the list; a page shows whole records in its own form."""

_ARRANGING: Final = frozenset({"ordering", "page_size"})
"""What a map or a timeline has no use for: it shows everything, in the order of its own."""


class Choice(NamedTuple):
    """One value to choose; ``depth`` is its level in the vocabulary, from 0."""

    value: str
    label: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """One parameter as a field. ``given`` are the values it shows as typed or chosen."""

    name: str
    label: str | Promise
    help: str | Promise
    kind: Kind
    choices: tuple[Choice, ...]
    given: tuple[str, ...]
    errors: tuple[ParameterError, ...]

    @property
    def text(self) -> str:
        """What a text box shows."""
        return ", ".join(self.given)


@dataclass(slots=True)
class Group:
    """Fields that belong together; open when one of them is in use or wrong."""

    title: Promise
    controls: list[Control] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the reader has to see inside."""
        return any(control.given or control.errors for control in self.controls)


@dataclass(frozen=True, slots=True)
class SearchForm:
    """All fields: those always shown, then the groups."""

    shown: list[Control]
    groups: list[Group]

    @property
    def in_use(self) -> bool:
        """Whether any group is."""
        return any(group.open for group in self.groups)


def search_form(
    parameters: Mapping[str, Parameter],
    given: QueryDict,
    errors: Iterable[ParameterError],
    *,
    arranging: bool = True,
) -> SearchForm:
    """Lay out every parameter; one that no group knows stands with the order of the list.

    ``arranging``: with the parameters that put an answer in order and into pages.
    """
    errors = list(errors)
    left_out = _NOT_ON_PAGES if arranging else _NOT_ON_PAGES | _ARRANGING
    controls = {
        name: _control(name, parameter, given, errors)
        for name, parameter in parameters.items()
        if name not in left_out
    }
    shown = [controls.pop(name) for name in ALWAYS_SHOWN if name in controls]
    groups = [Group(title, _taken(controls, names)) for title, names in GROUPS]
    excluding = [name for name in controls if name.endswith("__not")]
    groups.append(Group(LEAVE_OUT, _taken(controls, excluding)))
    groups.append(Group(THE_LIST, list(controls.values())))
    return SearchForm(shown, [group for group in groups if group.controls])


def _taken(controls: dict[str, Control], names: Collection[str]) -> list[Control]:
    return [controls.pop(name) for name in names if name in controls]


def _control(
    name: str, parameter: Parameter, given: QueryDict, errors: list[ParameterError]
) -> Control:
    kind, choices = _kind_of(parameter)
    values = given.getlist(name)
    members = split_members(values) if kind == "many" else values
    if name == "ordering":
        choices = tuple(Choice(each.value, str(ORDERINGS[each.value])) for each in choices)
    if kind == "many" and parameter.exclude and len(members) < 2:
        # People leave out one thing, if any; a list to tick would double the page.
        kind = "one"
    return Control(
        name,
        parameter.label,
        parameter.extra.get("help_text", ""),
        kind,
        choices,
        tuple(members),
        tuple(error for error in errors if error.parameter == name),
    )


def _kind_of(parameter: Parameter) -> tuple[Kind, tuple[Choice, ...]]:
    if isinstance(parameter, TermParameter):
        choices = _terms(parameter.vocabulary, get_language() or "en", vocabularies.version())
        if parameter.reserved and all(choice.value != parameter.reserved for choice in choices):
            choices = (*choices, Choice(parameter.reserved, str(parameter.bare_label)))
        return "many", choices
    if isinstance(parameter.field, OneOfField):
        return "one", tuple(Choice(*choice) for choice in parameter.field.choices)
    return "text", ()


@lru_cache(maxsize=128)
def _terms(vocabulary: str, language: str, version: str) -> tuple[Choice, ...]:
    """A vocabulary's terms in a language; ``version`` makes an edited one be read again."""
    return tuple(
        Choice(term.code, term.label_in(language), len(term.path) - 1)
        for term in vocabularies.terms(vocabulary)
    )


def chosen_words(parameter: Parameter, value: Any, language: str) -> str:
    """The value of a parameter in words, for a mark that can be taken off."""
    if isinstance(parameter.field, OneOfField):
        spelled = parameter.spelled(value)[0]
        return next(str(label) for code, label in parameter.field.choices if code == spelled)
    return str(parameter.words(value, language)["value"])
