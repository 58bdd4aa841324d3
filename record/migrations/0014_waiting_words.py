"""Words wait beside their index until the worker files them; an index of what was going on."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from reference.migrating import MigrationAtOnce

_INDEXES = {
    model: f"{model}_vector"
    for model in ("incidenttext", "agencytext", "legalactiontext", "sourcetext")
}

# The index is told, not made anew, which would take minutes where there is much to search.
_WAIT = "ALTER INDEX {} SET (fastupdate = on, gin_pending_list_limit = 4096)"
_DO_NOT = "ALTER INDEX {} SET (fastupdate = off)"

_NAMES = ", ".join(f"'public.{name}'" for name in _INDEXES.values())

_DOOR = f"""
CREATE FUNCTION record_file_words() RETURNS bigint
-- As the owner of the indexes, whom alone PostgreSQL lets do this.
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sum(gin_clean_pending_list(name::regclass))::bigint
    FROM unnest(ARRAY[{_NAMES}]) AS name
$$;
REVOKE ALL ON FUNCTION record_file_words() FROM PUBLIC;
COMMENT ON FUNCTION record_file_words() IS
    'Files the words of what was published lately in their indexes.';
"""  # noqa: S608 - names of our own indexes


class Migration(MigrationAtOnce):
    """A moment for two settings of four indexes, and ten seconds for a million facts."""

    dependencies = [("record", "0013_published_files")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_WAIT.format(name), _DO_NOT.format(name))
                for name in _INDEXES.values()
            ],
            state_operations=[
                *(
                    migrations.RemoveIndex(model_name=model, name=name)
                    for model, name in _INDEXES.items()
                ),
                *(
                    migrations.AddIndex(
                        model_name=model,
                        index=GinIndex(
                            fields=["vector"],
                            fastupdate=True,
                            gin_pending_list_limit=4096,
                            name=name,
                        ),
                    )
                    for model, name in _INDEXES.items()
                ),
            ],
        ),
        migrations.RunSQL(_DOOR, "DROP FUNCTION record_file_words()"),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["start_earliest"],
                include=(
                    "start_latest",
                    "end_earliest",
                    "end_latest",
                    "open_ended",
                    "incident",
                    "victim",
                    "type_1",
                ),
                name="fact_ongoing",
            ),
        ),
    ]
