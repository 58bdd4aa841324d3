"""Agencies and everything above them, kept in step when a parent changes."""

from collections.abc import Collection

from django.db import connection

from record.models import AgencyEntry, AgencyKey

_KEY, _ENTRY = AgencyKey._meta.db_table, AgencyEntry._meta.db_table

# Parents are named by reference, which may be one that was merged: its survivor counts. UNION
# rather than UNION ALL ends the walk where dated parents form a circle over time.
_EDGES = f"""
    SELECT child.entry_id AS child, coalesce(parent.merged_into_id, parent.id) AS parent
    FROM {_KEY} AS child
    JOIN {_ENTRY} AS parent ON parent.reference = ANY (child.parents)
    """  # noqa: S608 - the tables' own names

_REFRESH = f"""
    WITH RECURSIVE edge AS ({_EDGES}), below (id) AS (
        SELECT unnest(%(ids)s::bigint[])
        UNION
        SELECT edge.child FROM below JOIN edge ON edge.parent = below.id
    ), upward (id, ancestor) AS (
        SELECT below.id, below.id FROM below
        UNION
        SELECT upward.id, edge.parent FROM upward JOIN edge ON edge.child = upward.ancestor
    ), lineage AS (
        SELECT upward.id, array_agg(upward.ancestor::int ORDER BY upward.ancestor) AS ids
        FROM upward JOIN {_KEY} AS known ON known.entry_id = upward.ancestor
        GROUP BY upward.id
    )
    UPDATE {_KEY} AS key SET lineage = lineage.ids
    FROM lineage WHERE key.entry_id = lineage.id AND key.lineage <> lineage.ids
    RETURNING key.entry_id
    """  # noqa: S608 - the tables' own names


def refresh_lineages(ids: Collection[int]) -> set[int]:
    """Recompute the lineage of these agencies and of all below them; return whose changed.

    Agencies without a key (withdrawn, merged) stand in no lineage. One query.
    """
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, {"ids": list(ids)})
        return {id_ for (id_,) in cursor.fetchall()}
