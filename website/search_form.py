"""The search form as markup, the untouched fields and groups kept ready.

Nearly every reader uses a few fields and leaves hundreds of choices alone. Rendering these anew
for each request would cost many times what the search itself costs.
"""

from functools import lru_cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from record.filters import FILTERS
from record.kinds import Kind
from reference import vocabularies
from website.presentation.controls import Control, Group, SearchForm, search_form

_KEPT = 1024
# Six lists, about forty fields, ten groups and two languages, and room for an edited vocabulary.

_State = tuple[str, str]
"""The language and the version of the vocabularies."""


def rendered_form(
    kind: Kind, form: SearchForm, *, whole: bool = True
) -> dict[str, list[SafeString]]:
    """``shown``, the fields that always are, and ``groups``, each as markup in order; fields in
    use show what was given.

    ``whole``: no field of a list is missing from the form.
    """
    state = (get_language() or "en", vocabularies.version())
    return {
        "shown": [_field(kind, control, state) for control in form.shown],
        "groups": [
            _group(kind, group, state)
            if group.open or not whole
            else _untouched_group(kind, position, *state)
            for position, group in enumerate(form.groups)
        ],
    }


def _group(kind: Kind, group: Group, state: _State) -> SafeString:
    fields = [_field(kind, control, state) for control in group.controls]
    return render_to_string("website/parts/group.html", {"group": group, "fields": fields})


def _field(kind: Kind, control: Control, state: _State) -> SafeString:
    if control.given or control.errors:
        return _rendered(control)
    return _untouched_field(kind, control.name, *state)


@lru_cache(maxsize=_KEPT)
def _untouched_group(kind: Kind, position: int, language: str, version: str) -> SafeString:
    """A group in which nothing is given, in the active language."""
    return _group(kind, _untouched(kind).groups[position], (language, version))


@lru_cache(maxsize=_KEPT)
def _untouched_field(kind: Kind, name: str, language: str, version: str) -> SafeString:
    """A field in which nothing is given, in the active language."""
    form = _untouched(kind)
    every = [*form.shown, *(control for group in form.groups for control in group.controls)]
    return next(_rendered(control) for control in every if control.name == name)


def _untouched(kind: Kind) -> SearchForm:
    return search_form(FILTERS[kind.plural].base_filters, QueryDict(), ())


def _rendered(control: Control) -> SafeString:
    return render_to_string("website/parts/control.html", {"control": control})
