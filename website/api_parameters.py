"""Every parameter of the API, explained to people from the declarations that read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from record.filters import FILTERS
from record.parameter_filters import Parameter
from record.public_vocabularies import PUBLIC_VOCABULARIES
from website.resources import RESOURCES

_ENDINGS: Final = ("__not", "__and")

_ELSEWHERE: Final[tuple[tuple[str, Any, Any], ...]] = (
    ("group_by", _("Statistics"), _("One or two dimensions by which is counted.")),
    ("unit", _("Statistics"), _("What is counted: violations, incidents or victims.")),
    ("boundaries", _("Statistics"), _("A day, by the units of which areas are counted.")),
    ("after", _("Changes"), _("Number of the last change that you have; 0 for none.")),
    ("before", _("Feed of changes"), _("Only changes with a number below this one.")),
    ("lang", _("Feeds and citations"), _("Language of the texts: en or ur.")),
    ("level", _("Areas"), _("Only areas of this level, such as district.")),
    ("within", _("Areas"), _("Codes or names of areas: only what lies within one of them.")),
)
"""Parameters of addresses that ask no question of the record, with where they are taken."""


@dataclass(frozen=True, slots=True)
class ExplainedParameter:
    """A parameter, what it is called on a form and what it takes. ``variants`` are its other
    names, ``lists`` what the lists are called that alone take it, none where all do, and
    ``vocabulary`` the name of the vocabulary whose codes it takes, if any."""

    name: str
    label: Any
    meaning: Any
    variants: tuple[str, ...] = ()
    lists: tuple[Any, ...] = ()
    vocabulary: str = ""


def explained_parameters() -> list[ExplainedParameter]:
    """All of them, those that every list takes first. No query."""
    taken: dict[str, list[str]] = {}
    declared: dict[str, Parameter] = {}
    for resource, filters in FILTERS.items():
        for name, parameter in filters(QueryDict(), cursors=True, samples=True).filters.items():
            taken.setdefault(name, []).append(resource)
            declared.setdefault(name, parameter)
    return [
        *(
            _explained(name, parameter, declared, taken[name])
            for name, parameter in declared.items()
            if not name.endswith(_ENDINGS)
        ),
        *(ExplainedParameter(name, label, meaning) for name, label, meaning in _ELSEWHERE),
    ]


def _explained(
    name: str, parameter: Parameter, declared: dict[str, Parameter], taken_by: list[str]
) -> ExplainedParameter:
    vocabulary = getattr(parameter, "vocabulary", "")
    return ExplainedParameter(
        name=name,
        label=parameter.label,
        meaning=parameter.field.help_text,
        variants=tuple(f"{name}{end}" for end in _ENDINGS if f"{name}{end}" in declared),
        lists=tuple(_called(taken_by)) if len(taken_by) < len(FILTERS) else (),
        vocabulary=vocabulary if vocabulary in PUBLIC_VOCABULARIES else "",
    )


def _called(resources: list[str]) -> Iterator[Any]:
    for kind, title in RESOURCES.items():
        if kind.plural in resources:
            yield title
