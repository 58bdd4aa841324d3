"""What is removed for good, its trace, and the one door through which history is erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reference.migrating import MigrationAtOnce

DOOR = """
CREATE FUNCTION incidents_expunging_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.done_at IS NULL AND OLD.refused_at IS NULL AND (NEW.kind, NEW.row_id, NEW.reference,
            NEW.ground, NEW.request_reference, NEW.words, NEW.asked_by_id, NEW.asked_at)
            IS NOT DISTINCT FROM (OLD.kind, OLD.row_id, OLD.reference, OLD.ground,
            OLD.request_reference, OLD.words, OLD.asked_by_id, OLD.asked_at)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was expunged, and why, is kept as it was written'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER expunging_is_kept BEFORE UPDATE OR DELETE ON incidents_expunging
    FOR EACH ROW EXECUTE FUNCTION incidents_expunging_is_kept();
CREATE TRIGGER expunging_no_truncate BEFORE TRUNCATE ON incidents_expunging
    FOR EACH STATEMENT EXECUTE FUNCTION incidents_expunging_is_kept();

CREATE FUNCTION incidents_expunging_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF num_nonnulls(NEW.agreed_by_id, NEW.done_at, NEW.refused_by_id, NEW.refused_at) > 0
        OR NEW.counts <> '{}'
    THEN
        RAISE EXCEPTION 'An expunging is asked for first, and agreed to afterwards'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER expunging_begins BEFORE INSERT ON incidents_expunging
    FOR EACH ROW EXECUTE FUNCTION incidents_expunging_begins();

CREATE FUNCTION incidents_erase_history(expunging bigint, histories jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    agreed incidents_expunging;
    history text;
    wanted jsonb;
    owners jsonb;
    guard text;
    standing text;
    fits text;
    pointing name;
    pointed_to regclass;
    foreign_id bigint;
    gone bigint;
    done bigint := 0;
BEGIN
    SELECT * INTO agreed FROM incidents_expunging
    WHERE id = expunging AND agreed_by_id <> asked_by_id AND done_at IS NULL AND refused_at IS NULL
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'History is erased for an expunging that two people agreed to'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR history, wanted IN SELECT key, value FROM jsonb_each(histories) LOOP
        SELECT tgname INTO guard FROM pg_trigger
        WHERE tgrelid = to_regclass('public.' || quote_ident(history))
            AND tgname LIKE 'pgtrigger_append_only_%';
        -- A link has its history under a name of its own.
        standing := CASE history
            WHEN 'incidents_incidentassignmentevent' THEN 'incidents_incident_assigned'
            WHEN 'incidents_protestkindevent' THEN 'incidents_protest_kinds'
            WHEN 'incidents_protestresponseevent' THEN 'incidents_protest_state_responses'
            WHEN 'incidents_violationmethodevent' THEN 'incidents_violation_methods'
            WHEN 'incidents_legalactionincidentevent' THEN 'incidents_legalaction_incidents'
            WHEN 'incidents_legalactionpersonevent' THEN 'incidents_legalaction_people'
            WHEN 'incidents_interventionkindevent' THEN 'incidents_intervention_types'
            WHEN 'incidents_interventionpersonevent' THEN 'incidents_intervention_people'
            ELSE left(history, -5) END;
        IF guard IS NULL OR history NOT LIKE 'incidents\\_%event'
            OR to_regclass('public.' || quote_ident(standing)) IS NULL
        THEN
            RAISE EXCEPTION 'No history of the case file: %', history
                USING ERRCODE = 'invalid_parameter_value';
        END IF;
        -- A row that stands, and was neither agreed on nor emptied with it, keeps its history.
        fits := CASE
            WHEN standing = 'incidents_' || agreed.kind THEN 'lives.id = $2'
            WHEN agreed.kind = 'source' AND standing IN ('incidents_capture', 'incidents_citation')
                THEN 'lives.source_id = $2'
            WHEN standing = 'incidents_listrow' THEN 'lives.received = ''{}'''
            WHEN standing = 'incidents_listcase' THEN 'lives.key ~ ''^–[0-9a-f]{32}$'''
            WHEN standing = 'incidents_reviewcomment' THEN 'lives.text = ''–'''
            WHEN standing = 'incidents_review' THEN 'lives.reason = ''–'''
            ELSE 'false' END;
        EXECUTE format('SELECT min(lives.id) FROM public.%I AS lives WHERE lives.id IN '
            '(SELECT value::bigint FROM jsonb_array_elements_text($1)) AND ($2 > 0) AND NOT (%s)',
            standing, fits) INTO foreign_id USING wanted -> 'ids', agreed.row_id;
        IF foreign_id IS NOT NULL THEN
            RAISE EXCEPTION 'Not agreed on: % of %', foreign_id, standing
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        PERFORM set_config('pgtrigger.ignore', '{' || guard || '}', true);
        EXECUTE format('DELETE FROM public.%I WHERE id IN '
            '(SELECT value::bigint FROM jsonb_array_elements_text($1))', history)
            USING wanted -> 'ids';
        GET DIAGNOSTICS gone = ROW_COUNT;
        done := done + gone;
        -- Of rows that are another's now goes what they said while they were of this record.
        FOR pointing, owners IN SELECT key, value FROM jsonb_each(wanted -> 'of') LOOP
            SELECT confrelid::regclass INTO pointed_to FROM pg_constraint JOIN pg_attribute
                ON attrelid = conrelid AND conkey = ARRAY[attnum]
            WHERE contype = 'f' AND attname = pointing
                AND conrelid = to_regclass('public.' || quote_ident(standing));
            IF pointed_to IS NULL THEN
                RAISE EXCEPTION 'No column that points to a record: %', pointing
                    USING ERRCODE = 'invalid_parameter_value';
            END IF;
            fits := CASE
                WHEN pointed_to = to_regclass('public.incidents_' || agreed.kind)
                    THEN 'lives.id = $2'
                WHEN agreed.kind = 'source' AND pointed_to = 'public.incidents_capture'::regclass
                    THEN 'lives.source_id = $2'
                ELSE 'false' END;
            EXECUTE format('SELECT min(lives.id) FROM %s AS lives WHERE lives.id IN '
                '(SELECT value::bigint FROM jsonb_array_elements_text($1)) AND ($2 > 0) '
                'AND NOT (%s)', pointed_to, fits) INTO foreign_id USING owners, agreed.row_id;
            IF foreign_id IS NOT NULL THEN
                RAISE EXCEPTION 'Not agreed on: % of %', foreign_id, pointed_to
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            EXECUTE format('DELETE FROM public.%I WHERE %I IN '
                '(SELECT value::bigint FROM jsonb_array_elements_text($1))', history, pointing)
                USING owners;
            GET DIAGNOSTICS gone = ROW_COUNT;
            done := done + gone;
        END LOOP;
    END LOOP;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    IF agreed.kind = 'source' THEN
        PERFORM set_config('gawah.door', 'forget', true);
        UPDATE incidents_linkcheck SET address = '', final_address = ''
        WHERE source_id = agreed.row_id;
        PERFORM set_config('gawah.door', '', true);
    END IF;
    RETURN done;
END
$$;
COMMENT ON FUNCTION incidents_erase_history(bigint, jsonb) IS
    'Erases earlier values of rows for an expunging that two people agreed to.';
REVOKE ALL ON FUNCTION incidents_erase_history(bigint, jsonb) FROM PUBLIC;
"""

NO_DOOR = """
DROP FUNCTION incidents_erase_history(bigint, jsonb);
DROP TRIGGER expunging_begins ON incidents_expunging;
DROP FUNCTION incidents_expunging_begins();
DROP TRIGGER expunging_no_truncate ON incidents_expunging;
DROP TRIGGER expunging_is_kept ON incidents_expunging;
DROP FUNCTION incidents_expunging_is_kept();
"""


class Migration(MigrationAtOnce):
    dependencies = [
        ("incidents", "0011_sealed_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expunging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("source", "source"),
                            ("incident", "incident"),
                        ],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                (
                    "row_id",
                    models.BigIntegerField(
                        help_text="The number in the address of its page in the office.",
                        verbose_name="its number",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, editable=False, max_length=24, verbose_name="public reference"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("law", "a law or an order of a court"),
                            ("request", "a request of somebody whom it concerns"),
                        ],
                        max_length=7,
                        verbose_name="ground",
                    ),
                ),
                (
                    "request_reference",
                    models.CharField(
                        help_text="Under which it is filed, so that it can be found. Name nobody.",
                        max_length=120,
                        verbose_name="number of the order or request",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="Why it has to go. It stays for good, so it must say nothing of the content.",
                        verbose_name="in words",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")),
                (
                    "done_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="removed"),
                ),
                (
                    "refused_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="turned down"),
                ),
                (
                    "counts",
                    models.JSONField(default=dict, editable=False, verbose_name="what went"),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="turned down by",
                    ),
                ),
            ],
            options={
                "verbose_name": "expunging",
                "verbose_name_plural": "expungings",
                "ordering": ("-pk",),
                "permissions": (("agree_to_expunging", "Can agree to an expunging"),),
                "default_permissions": ("add", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by__isnull", True),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="expunging_by_a_second_person",
                        violation_error_message="Somebody else has to agree.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            models.Q(("agreed_by__isnull", False), ("refused_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="expunging_done_was_agreed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("refused_at__isnull", True)),
                        fields=("kind", "row_id"),
                        name="expunging_asked_for_once",
                        violation_error_message="This was asked for already and waits for an answer.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(DOOR, NO_DOOR),
    ]
