"""Counters of requests, and the function through which a role that may only read can count."""

from django.db import migrations, models

COUNT = """
CREATE FUNCTION api_count_requests(asker text, current_window bigint, more integer)
RETURNS integer
LANGUAGE plpgsql
-- Runs with the rights of the owner of the tables: the reader's role has none to write.
SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
-- Better not counted than waited for.
SET lock_timeout = '500ms'
AS $$
DECLARE
    counted integer;
BEGIN
    IF more = 0 THEN
        SELECT used INTO counted FROM public.api_requestcount WHERE key = asker;
        RETURN coalesce(counted, 0);
    END IF;
    INSERT INTO public.api_requestcount AS entry (key, "window", used)
    VALUES (asker, current_window, 1)
    ON CONFLICT (key) DO UPDATE SET used = least(entry.used + 1, 2000000000)
    RETURNING used INTO counted;
    IF counted = 1 THEN
        DELETE FROM public.api_requestcount WHERE "window" < current_window;
    END IF;
    RETURN counted;
END
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("window", models.BigIntegerField(db_index=True)),
                ("used", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "request count",
                "verbose_name_plural": "request counts",
            },
        ),
        # Nothing is lost with it but who has asked how often within the hour.
        migrations.RunSQL(
            "ALTER TABLE api_requestcount SET UNLOGGED",
            "ALTER TABLE api_requestcount SET LOGGED",
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION api_count_requests(text, bigint, integer)"),
    ]
