"""Uncertain dates in models, forms, fixtures, migrations and history."""

from datetime import date

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, migrations, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from reference.dates import UNKNOWN, UncertainDate, UncertainDateError
from reference.fields import (
    EarliestField,
    LatestField,
    UncertainDateField,
    date_columns,
)
from reference.forms import UncertainDateFormField
from reference.widgets import UncertainDateInput
from tests.reference.dated.tables import dated_tables

pytestmark = pytest.mark.django_db

parse = UncertainDate.parse
OCTOBER = (date(2023, 10, 1), date(2023, 10, 31))
NOVEMBER = (date(2023, 11, 1), date(2023, 11, 30))


@pytest.fixture(scope="module", autouse=True)
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), dated_tables():
        yield


@pytest.fixture
def sightings():
    """The model; it can only be imported while its app is installed."""
    return apps.get_model("dated", "Sighting")


def stored(row):
    """The three columns as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date, date_earliest, date_latest FROM dated_sighting WHERE id = %s", [row.pk]
        )
        return cursor.fetchone()


@pytest.mark.parametrize("given", ["2023-10~", " 2023-10~ ", "۲۰۲۳-۱۰~", parse("2023-10~")])
def test_an_assigned_text_or_date_reads_as_a_date(sightings, given):
    row = sightings(date=given)
    assert row.date == parse("2023-10~")
    assert (row.date_earliest, row.date_latest) == OCTOBER


@pytest.mark.parametrize("given", ["", None, UNKNOWN])
def test_an_unknown_date_is_the_empty_text_without_bounds(sightings, given):
    row = sightings.objects.create(date=given)
    assert row.date == UNKNOWN
    assert stored(row) == ("", None, None)


def test_saving_writes_the_canonical_text_and_its_bounds(sightings):
    row = sightings.objects.create(date=" ۲۰۲۳-۱۰~ ")
    assert stored(row) == ("2023-10~", *OCTOBER)


def test_bulk_create_writes_the_bounds_too(sightings):
    (row,) = sightings.objects.bulk_create([sightings(date="2023-10")])
    assert stored(row) == ("2023-10", *OCTOBER)


def test_the_date_comes_back_from_the_database(sightings):
    row = sightings.objects.create(date="../2023-12-11")
    again = sightings.objects.get(pk=row.pk)
    assert again.date == parse("../2023-12-11")
    assert (again.date_earliest, again.date_latest) == (None, date(2023, 12, 11))
    assert sightings.objects.values_list("date", flat=True).get() == again.date


def test_a_changed_date_changes_the_bounds_at_once_and_when_saved(sightings):
    row = sightings.objects.create(date="2023-10")
    row.date = "2023-11"
    assert (row.date_earliest, row.date_latest) == NOVEMBER
    row.save()
    assert stored(row) == ("2023-11", *NOVEMBER)


def test_bounds_that_do_not_follow_from_the_text_are_never_saved(sightings):
    row = sightings(date="2023-10", date_earliest=date(1999, 1, 1))
    row.date_latest = date(1999, 1, 1)
    row.save()
    assert stored(row) == ("2023-10", *OCTOBER)


def test_saving_the_date_alone_is_refused_since_its_bounds_would_stay_behind(sightings):
    row = sightings.objects.create(date="2023-10")
    row.date = "2023-11"
    with pytest.raises(ValueError, match="date_earliest, date_latest"):
        row.save(update_fields=["date"])
    row.save(update_fields=["date", "date_earliest", "date_latest"])
    assert stored(row) == ("2023-11", *NOVEMBER)


def test_other_columns_can_be_saved_alone(sightings):
    row = sightings.objects.create(date="2023-10")
    row.place, row.date = "Turbat", "2023-11"
    row.save(update_fields=["place"])
    assert stored(row) == ("2023-10", *OCTOBER)


def test_update_or_create_keeps_the_bounds_in_step(sightings):
    sightings.objects.create(place="Turbat", date="2023-10")
    row, created = sightings.objects.update_or_create(place="Turbat", defaults={"date": "2023-11"})
    assert not created
    assert stored(row) == ("2023-11", *NOVEMBER)


def test_update_takes_the_three_columns_together(sightings):
    row = sightings.objects.create(date="2023-10")
    sightings.objects.update(**date_columns("date", "2023-11"))
    assert stored(row) == ("2023-11", *NOVEMBER)


def test_bulk_update_of_the_three_columns_keeps_them_in_step(sightings):
    row = sightings.objects.create(date="2023-10")
    row.date = "2023-11"
    sightings.objects.bulk_update([row], ["date", "date_earliest", "date_latest"])
    assert stored(row) == ("2023-11", *NOVEMBER)


def test_a_deferred_date_and_its_bounds_load_when_asked_for(sightings):
    pk = sightings.objects.create(date="2023-10").pk
    assert sightings.objects.only("place").get(pk=pk).date == parse("2023-10")
    assert sightings.objects.only("place").get(pk=pk).date_latest == OCTOBER[1]
    assert sightings.objects.defer("date").get(pk=pk).date_earliest == OCTOBER[0]


def test_refreshing_brings_back_the_stored_date_and_bounds(sightings):
    row = sightings.objects.create(date="2023-10")
    row.date = "1999"
    row.refresh_from_db()
    assert (row.date, row.date_earliest) == (parse("2023-10"), OCTOBER[0])


@pytest.mark.parametrize("asked", ["2023-10~", " ۲۰۲۳-۱۰~", parse("2023-10~")])
def test_rows_are_found_by_text_or_date(sightings, asked):
    row = sightings.objects.create(date="2023-10~")
    sightings.objects.create(date="2023-10")
    assert sightings.objects.get(date=asked) == row
    assert sightings.objects.get(date__in=[asked]) == row


def test_part_of_the_text_can_be_searched(sightings):
    row = sightings.objects.create(date="2023-10~")
    assert sightings.objects.get(date__startswith="2023-1") == row


def test_a_query_for_what_is_no_date_is_refused(sightings):
    with pytest.raises(ValidationError):
        sightings.objects.filter(date="last winter")


def test_validation_refuses_unreadable_text_with_the_accepted_forms(sightings):
    row = sightings(date="last winter")
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert list(refusal.value.message_dict) == ["date"]
    assert "last winter" in refusal.value.message_dict["date"][0]
    assert "2023-11-22/2023-11-23" in refusal.value.message_dict["date"][0]


def test_validation_accepts_a_date_and_the_unknown_one(sightings):
    sightings(date="2023-10").full_clean()
    sightings().full_clean()


def test_a_date_that_must_be_given_may_not_be_unknown():
    detention = apps.get_model("dated", "Detention")
    with pytest.raises(ValidationError) as refusal:
        detention(start="", end="").full_clean()
    assert list(refusal.value.message_dict) == ["start"]


def test_unreadable_text_is_not_saved(sightings):
    with pytest.raises(ValidationError):
        sightings(date="last winter").save()


def test_columns_for_an_update_refuse_unreadable_text():
    with pytest.raises(UncertainDateError):
        date_columns("date", "last winter")


def test_the_database_refuses_an_earliest_day_after_the_latest(sightings):
    row = sightings.objects.create(date="2023-10")
    with (
        pytest.raises(IntegrityError, match="dated_sighting_date_order"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE dated_sighting SET date_earliest = '2023-11-01' WHERE id = %s", [row.pk]
        )


def test_the_database_accepts_an_open_bound(sightings):
    row = sightings.objects.create(date="2023-12-08/..")
    assert stored(row) == ("2023-12-08/..", date(2023, 12, 8), None)


def test_a_row_survives_a_fixture(sightings):
    row = sightings.objects.create(date="2023-10~")
    text = serializers.serialize("json", [row])
    row.delete()
    (loaded,) = serializers.deserialize("json", text)
    loaded.save()
    assert stored(loaded.object) == ("2023-10~", *OCTOBER)


def test_a_fixture_written_by_hand_needs_no_bounds(sightings):
    (loaded,) = serializers.deserialize(
        "python", [{"model": "dated.sighting", "pk": 1, "fields": {"date": "2023-10"}}]
    )
    loaded.save()
    assert stored(loaded.object) == ("2023-10", *OCTOBER)


@pytest.mark.parametrize(
    "field",
    [
        UncertainDateField("date", help_text="When."),
        UncertainDateField(blank=False),
        EarliestField("date"),
        LatestField("date", db_index=False),
    ],
)
def test_a_field_rebuilt_from_its_description_is_the_same(field):
    _, _, arguments, options = field.deconstruct()
    for copied in (type(field)(*arguments, **options), field.clone()):
        assert copied.deconstruct() == field.deconstruct()


@pytest.mark.parametrize(
    ("field", "arguments", "options"),
    [
        (UncertainDateField(), [], {}),
        (EarliestField("date"), ["date"], {}),
    ],
)
def test_a_migration_names_only_what_is_special_about_a_field(field, arguments, options):
    assert field.deconstruct()[2:] == (arguments, options)


def test_a_written_migration_leaves_nothing_to_migrate(sightings):
    state = ModelState.from_model(sightings)
    create = migrations.CreateModel(
        "Sighting",
        list(state.fields.items()),
        options={"constraints": state.options["constraints"]},
    )
    written = type("Migration", (migrations.Migration,), {"operations": [create]})("0001", "dated")
    module = {}
    exec(MigrationWriter(written).as_string(), module)  # noqa: S102
    migrated, wanted = ProjectState(), ProjectState()
    module["Migration"].operations[0].state_forwards("dated", migrated)
    wanted.add_model(ModelState("dated", "Sighting", list(state.fields.items()), create.options))
    assert MigrationAutodetector(migrated, wanted)._detect_changes() == {}


def test_a_data_migration_sees_dates(sightings):
    pk = sightings.objects.create(date="2023-10").pk
    project = ProjectState()
    state = ModelState.from_model(sightings)
    project.add_model(ModelState("dated", "Sighting", list(state.fields.items())))
    historical = project.apps.get_model("dated", "Sighting").objects.get(pk=pk)
    assert historical.date == parse("2023-10")
    historical.date = "2023-11"
    historical.save()
    assert stored(historical) == ("2023-11", *NOVEMBER)


@pytest.fixture
def form_class(sightings):
    return forms.modelform_factory(sightings, fields=["date"])


def test_a_form_shows_the_stored_text(form_class, sightings):
    row = sightings(date="2023-11-22/2023-11-23")
    assert 'value="2023-11-22/2023-11-23"' in str(form_class(instance=row)["date"])


def test_a_form_reads_what_people_type(form_class):
    form = form_class({"date": "۲۹ اکتوبر ۲۰۲۳"})
    assert form.is_valid()
    assert stored(form.save()) == ("2023-10-29", date(2023, 10, 29), date(2023, 10, 29))


def test_a_form_left_empty_gives_the_unknown_date(form_class):
    form = form_class({"date": "  "})
    assert form.is_valid()
    assert form.save().date == UNKNOWN


def test_a_form_refuses_the_rest_and_shows_it_again(form_class):
    form = form_class({"date": "<b>5/10/2023"})
    assert "2023-12-08/.." in form.errors["date"][0]
    assert 'value="&lt;b&gt;5/10/2023"' in str(form["date"])


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("2023-10-29", False),
        (" ۲۰۲۳-۱۰-۲۹ ", False),
        ("29 October 2023", False),
        ("2023-10-29~", True),
        ("2023-10", True),
        ("", True),
        ("last winter", True),
    ],
)
def test_only_another_date_is_a_change(form_class, sightings, typed, changed):
    form = form_class({"date": typed}, instance=sightings(date="2023-10-29"))
    assert form.has_changed() == changed


def test_an_empty_field_over_an_unknown_date_is_no_change(form_class, sightings):
    assert not form_class({"date": ""}, instance=sightings()).has_changed()


def test_a_disabled_date_never_changes():
    field = UncertainDateFormField(disabled=True)
    assert not field.has_changed(parse("2023"), "2024")


def test_a_required_date_may_not_be_left_empty():
    with pytest.raises(ValidationError) as refusal:
        UncertainDateFormField(required=True).clean("")
    assert refusal.value.code == "required"


def test_the_input_is_one_plain_line_described_by_its_help_text(form_class):
    with translation.override("ur"):
        field = form_class()["date"]
        html = str(field)
    assert 'type="text"' in html
    assert 'dir="ltr"' in html
    assert 'placeholder="2023-10-29, 2023-10, 2023"' in html
    assert 'aria-describedby="id_date_helptext"' in html


def test_the_help_text_starts_with_the_meaning_and_ends_with_the_forms(form_class):
    help_text = str(form_class()["date"].help_text)
    assert help_text.startswith("When it was seen. ")
    assert "../2023-12-11" in help_text


@pytest.fixture
def admin(sightings):
    if not apps.is_installed("django.contrib.admin"):
        pytest.skip("the admin is not installed on this side")
    from django.contrib.admin import AdminSite, ModelAdmin

    return ModelAdmin(sightings, AdminSite())


def test_the_admin_uses_our_input_and_leaves_the_bounds_out(admin, rf):
    form = admin.get_form(rf.get("/"))()
    assert isinstance(form.fields["date"].widget, UncertainDateInput)
    assert list(form.fields) == ["place", "date"]


def test_the_admin_shows_the_text_of_a_date(admin, sightings):
    from django.contrib.admin.utils import display_for_field

    field = sightings._meta.get_field("date")
    assert display_for_field(parse("2023-10~"), field, "-") == "2023-10~"


@pytest.fixture
def events():
    if not apps.is_installed("pghistory"):
        pytest.skip("history is not installed on this side")
    return apps.get_model("dated", "SightingEvent")


def test_history_keeps_each_date_with_its_bounds(sightings, events):
    row = sightings.objects.create(date="2023-10~")
    row.date = "2023-11"
    row.save()
    kept = [
        (event.date, event.date_earliest, event.date_latest)
        for event in events.objects.filter(pgh_obj=row).order_by("pgh_id")
    ]
    assert kept == [(parse("2023-10~"), *OCTOBER), (parse("2023-11"), *NOVEMBER)]


def test_history_sees_a_date_changed_in_sql(sightings, events):
    row = sightings.objects.create(date="2023-10")
    sightings.objects.update(**date_columns("date", "2023-11"))
    assert events.objects.filter(pgh_obj=row).latest("pgh_id").date == parse("2023-11")


def test_history_has_fields_of_the_same_kind_without_indexes(events):
    columns = {name: events._meta.get_field(name) for name in ("date", "date_earliest")}
    assert type(columns["date"]) is UncertainDateField
    assert type(columns["date_earliest"]) is EarliestField
    assert not columns["date_earliest"].db_index
