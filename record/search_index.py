"""Storing the words of documents in the search tables."""

from collections.abc import Sequence
from typing import Final

from record.bulk import Writes
from record.kinds import Kind
from record.models import AgencyText, Entry, IncidentText, LegalActionText, SourceText
from record.models.search import SearchText
from record.places import Places
from record.reading import Document
from record.search_text import SearchWords

_TABLES: Final[dict[Kind, type[SearchText]]] = {
    Kind.INCIDENT: IncidentText,
    Kind.AGENCY: AgencyText,
    Kind.LEGAL_ACTION: LegalActionText,
    Kind.SOURCE: SourceText,
}

# Folded words come as an array, past the parser, which would cut or join some of them.
_STORE: Final = """
    INSERT INTO {table} AS stored (entry_id, vector)
    SELECT id, to_tsvector('english', prose) || array_to_tsvector(string_to_array(folded, ' '))
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, prose, folded)
    ON CONFLICT (entry_id) DO UPDATE SET vector = EXCLUDED.vector
    WHERE stored.vector <> EXCLUDED.vector
    """


def store_texts(
    kind: Kind, written: Sequence[tuple[Entry, Document]], places: Places, writes: Writes
) -> None:
    """Store the search vectors of entries of one kind."""
    words = [SearchWords(document, places.names_in(document)) for _entry, document in written]
    writes.add(
        _STORE.format(table=_TABLES[kind]._meta.db_table),
        [
            [entry.pk for entry, _document in written],
            [each.prose for each in words],
            [each.folded for each in words],
        ],
    )
