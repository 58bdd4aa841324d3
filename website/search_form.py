"""The groups of the search form as markup, the untouched ones kept ready.

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
from website.presentation.controls import Group, SearchForm, search_form

_KEPT = 512
# Six lists, about ten groups and two languages, and room for an edited vocabulary or two.


def rendered_groups(kind: Kind, form: SearchForm, *, whole: bool = True) -> list[SafeString]:
    """Each group of the form as markup, in order; groups in use show what was given.

    ``whole``: no field of a list is missing from the form.
    """
    state = (get_language() or "en", vocabularies.version())
    return [
        _rendered(group) if group.open or not whole else _untouched(kind, position, *state)
        for position, group in enumerate(form.groups)
    ]


@lru_cache(maxsize=_KEPT)
def _untouched(kind: Kind, position: int, language: str, version: str) -> SafeString:
    """A group in which nothing is given, in the active language."""
    parameters = FILTERS[kind.plural].base_filters
    return _rendered(search_form(parameters, QueryDict(), ()).groups[position])


def _rendered(group: Group) -> SafeString:
    return render_to_string("website/parts/group.html", {"group": group})
