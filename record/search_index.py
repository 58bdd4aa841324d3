"""Storing the words of documents in the search tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db import connection

from record.kinds import Kind
from record.models import AgencyText, Entry, IncidentText, LegalActionText, SourceText
from record.models.search import SearchText
from record.places import Places
from record.reading import Document
from record.search_text import SearchWords
from reference.models import AreaName

_TABLES: Final[dict[Kind, type[SearchText]]] = {
    Kind.INCIDENT: IncidentText,
    Kind.AGENCY: AgencyText,
    Kind.LEGAL_ACTION: LegalActionText,
    Kind.SOURCE: SourceText,
}


def store_texts(entries: Sequence[Entry], documents: Sequence[Document], places: Places) -> None:
    """Store the search vectors of entries of one kind. Two queries, however many there are."""
    names = _place_names(places)
    words = [
        SearchWords(document, _names_of(codes, places, names))
        for document, codes in zip(documents, places.named, strict=True)
    ]
    _store(_TABLES[entries[0].kind], [entry.pk for entry in entries], words)


def _names_of(
    codes: Iterable[str], places: Places, names: Mapping[int, list[str]]
) -> Iterator[str]:
    """The names of the areas with these codes and of all above them."""
    ids = {id_ for code in codes for id_ in places.paths[code]}
    return (name for id_ in ids for name in names.get(id_, ()))


def _place_names(places: Places) -> Mapping[int, list[str]]:
    """Every name of these areas, aliases and known misspellings too, in their search form."""
    names: dict[int, list[str]] = defaultdict(list)
    if places.levels:
        rows = AreaName.objects.filter(area__in=places.levels).values_list("area_id", "folded")
        for area, folded in rows:
            names[area].append(folded)
    return names


def _store(table: type[SearchText], ids: list[int], words: list[SearchWords]) -> None:
    # Folded words come as an array, past the parser, which would cut or join some of them.
    statement = f"""
        INSERT INTO {table._meta.db_table} AS stored (entry_id, vector)
        SELECT id, to_tsvector('english', prose) || array_to_tsvector(string_to_array(folded, ' '))
        FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, prose, folded)
        ON CONFLICT (entry_id) DO UPDATE SET vector = EXCLUDED.vector
        WHERE stored.vector <> EXCLUDED.vector
        """  # noqa: S608 - the table's own name
    prose = [each.prose for each in words]
    folded = [each.folded for each in words]
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids, prose, folded])
