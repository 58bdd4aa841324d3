"""Whether a release may be read at this moment: not while it holds anything withdrawn since.

What decides is the chain of revisions in the database, asked anew for every reader. So a copy of
the record on another machine is safe by itself, whether or not anything there rewrites files.
"""

from typing import Final

from django.db import connection

from record.models import Revision
from record.releasing.manifest import Manifest

_EMPTIED: Final = f"""
    SELECT count(*) FROM {Revision._meta.db_table}
    WHERE document IS NULL AND action IN ('created', 'corrected') AND sequence <= %s
    """  # noqa: S608 - the table's own name; the index ``revision_emptied`` answers it
_HEAD: Final = f"SELECT hash FROM {Revision._meta.db_table} WHERE sequence = %s"  # noqa: S608


def emptied_until(sequence: int) -> int:
    """How many revisions up to this one have lost their document. The number only grows."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTIED, [sequence])
        return int(cursor.fetchone()[0])


def head_of(sequence: int) -> str:
    """The hash of a revision, which stands for all before it; empty before the first."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [sequence])
        found = cursor.fetchone()
    return found[0] if found else ""


def is_of_this_record(manifest: Manifest) -> bool:
    """Whether the release was made from the record that the database holds, as far as it has
    come. Not so after a restore of older data, and on a copy that lags behind."""
    return head_of(manifest.covers) == manifest.head


def may_be_read(manifest: Manifest) -> bool:
    """Whether all that the release holds may be read. Two queries, each on an index."""
    return is_of_this_record(manifest) and emptied_until(manifest.covers) <= manifest.emptied
