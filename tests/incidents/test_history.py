"""History is kept by triggers: whoever writes, by whatever road, old and new values stay."""

import pghistory
import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from incidents.models import Incident
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def events_of(incident):
    model = apps.get_model("incidents", "IncidentEvent")
    return model.objects.filter(pgh_obj_id=incident.pk).order_by("pgh_id")


def test_raw_sql_leaves_its_trace():
    case = make.incident("Before")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_incident SET title = 'After' WHERE id = %s", [case.pk])
    assert [event.title for event in events_of(case)] == ["Before", "After"]


def test_an_update_of_many_rows_leaves_its_trace():
    case = make.incident("Before")
    Incident.objects.filter(pk=case.pk).update(title="After")
    assert [event.title for event in events_of(case)] == ["Before", "After"]


def test_a_deleted_row_stays_in_the_history():
    case = make.incident()
    act = make.violation(case)
    key = act.pk
    act.citations.all().delete()
    act.delete()
    events = apps.get_model("incidents", "ViolationEvent").objects.filter(pgh_obj_id=key)
    assert [event.pgh_label for event in events.order_by("pgh_id")] == ["insert", "delete"]


def test_an_event_names_who_did_it():
    case, clerk = make.incident(), make.staff()
    with pghistory.context(user=clerk.pk):
        Incident.objects.filter(pk=case.pk).update(title="After")
    assert events_of(case).last().pgh_context.metadata["user"] == clerk.pk


@pytest.mark.parametrize("statement", ["UPDATE {} SET title = 'x'", "DELETE FROM {}"])
def test_nobody_changes_the_history(statement):
    make.incident()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("incidents_incidentevent"))


def test_who_was_assigned_to_a_case_is_kept():
    case, clerk = make.incident(), make.staff()
    case.assigned.add(clerk)
    case.assigned.remove(clerk)
    events = apps.get_model("incidents", "IncidentAssignmentEvent").objects.all()
    assert [event.pgh_label for event in events.order_by("pgh_id")] == ["insert", "delete"]


@pytest.mark.parametrize(
    "model",
    [
        model
        for model in apps.get_app_config("incidents").get_models()
        if not model._meta.proxy and not model.__name__.endswith("Event")
    ],
    ids=lambda model: model.__name__,
)
def test_every_row_of_the_case_file_has_a_history(model):
    untracked = {
        *("CustodyEntry", "AccessEvent", "LinkCheck", "Expunging"),  # themselves append-only logs
        *("StaffSession", "LoginTries", "SpentCode"),  # gone within hours
        *("Job", "JobRefusal", "ImportProblem", "ImportChange"),  # what a run reported of itself
        *("NameKey", "LookedAt", "PossiblePair", "CaptureText"),  # derived, and thrown away at will
        "EntryDraft",  # what was never saved, gone within days
        "LastLook",  # who read what, and no more than the last time
        *("Installation", "Arrival"),  # what a row was called elsewhere: written once
    }
    names = {event.__name__ for event in apps.get_app_config("incidents").get_models()}
    assert model.__name__ in untracked or f"{model.__name__}Event" in names
