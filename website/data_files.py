"""The same list for programs and spreadsheets: whole files, the API and a feed."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from record.files import MAPPED
from record.kinds import Kind
from record.questions import Question

API: Final = "/api/v1/"

_NAMES: Final[dict[str, str | Promise]] = {
    "csv": "CSV",
    "xlsx": pgettext_lazy("file format", "Excel"),
    "": "JSON",
    "ndjson": "NDJSON",
    "geojson": "GeoJSON",
    "atom": pgettext_lazy("file format", "feed of news"),
}
"""By the ending of the address. The names of formats are the same in every language."""

_TYPES: Final = {"atom": "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """One form of a list. ``type`` is its media type where browsers know what to do with it."""

    name: str | Promise
    address: str
    type: str = ""


def data_files(kind: Kind, question: Question) -> list[DataFile]:
    """Every form in which this list can be taken along, in the same order on every page."""
    return [
        DataFile(name, _address(kind, question, ending), _TYPES.get(ending, ""))
        for ending, name in _NAMES.items()
        if kind in MAPPED or ending != "geojson"
    ]


def _address(kind: Kind, question: Question, ending: str) -> str:
    # Files and feeds are whole lists; the API turns pages as the page does.
    query = question.link(page=None, cursor=None, page_size=None) if ending else question.canonical
    if ending == "atom":
        query = "&".join(filter(None, (question.filter_query, f"lang={question.language}")))
    path = f"{API}{kind.plural}.{ending}" if ending else f"{API}{kind.plural}/"
    return f"{path}?{query}" if query else path
