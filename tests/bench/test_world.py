"""The generated record is a record: its documents, its rows and its counts are the real ones."""

import json

import pytest
from django.db import connection
from django.test import modify_settings
from rest_framework.test import APIRequestFactory

from bench.plain.views import IncidentList, ViolationList
from bench.race import statements
from bench.race.questions import most_violations, questions
from bench.world.loading import load_here
from record.kinds import Kind
from record.models import (
    ENTRY_OF,
    AgencyKey,
    ClaimedDate,
    Fact,
    IncidentKey,
    IncidentText,
    LegalActionKey,
    SourceKey,
    VictimKey,
    VictimName,
)
from record.rebuilding import rebuild_keys
from record.rows import ROW_OF
from tests.architecture.test_document_shapes import built_documents, differences, shape

pytestmark = pytest.mark.django_db

INCIDENTS = 200
DERIVED = (
    *(
        Fact,
        ClaimedDate,
        AgencyKey,
        IncidentKey,
        VictimKey,
        VictimName,
        SourceKey,
        LegalActionKey,
        IncidentText,
    ),
    *ROW_OF.values(),
)


@pytest.fixture
def _record():
    load_here(INCIDENTS, seed=1)


def rows_of(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY 1")
        return cursor.fetchall()


def asked():
    return [
        (question.resource, values)
        for question in questions(most_violations())
        for values in question.variants
    ]


@pytest.mark.usefixtures("_record")
def test_it_holds_as_many_objects_as_it_says():
    counts = {kind: ENTRY_OF[kind].objects.live().count() for kind in Kind}
    assert counts[Kind.INCIDENT] == INCIDENTS
    assert counts[Kind.VICTIM] == INCIDENTS * 3 // 2
    assert counts[Kind.VIOLATION] == INCIDENTS * 2


@pytest.mark.usefixtures("_record")
def test_deriving_its_rows_anew_changes_none():
    before = {model: rows_of(model) for model in DERIVED}
    assert before[ClaimedDate]
    for _done in rebuild_keys():
        pass
    assert [model.__name__ for model in DERIVED if rows_of(model) != before[model]] == []


@pytest.mark.usefixtures("_record")
def test_its_documents_have_the_shape_that_publishing_builds():
    made = {kind: ENTRY_OF[kind].objects.live().latest("pk").content() for kind in Kind}
    for model in ENTRY_OF.values():
        model.objects.all().delete()
    built = built_documents()
    found = {kind: differences(shape(built[kind].content()), shape(made[kind])) for kind in Kind}
    assert found == {kind: [] for kind in Kind}


@pytest.mark.usefixtures("_record")
def test_the_api_counts_what_sql_counts(client):
    for resource, values in asked():
        counted = statements.counted(statements.by_hand(resource, values))
        answer = client.get(f"/api/v1/{resource}/", values)
        assert (resource, values, answer.json()["count"]) == (resource, values, counted)


@pytest.mark.usefixtures("_record")
def test_the_plain_api_counts_what_sql_counts():
    views = {"incidents": IncidentList, "violations": ViolationList}
    with modify_settings(INSTALLED_APPS={"append": "bench.plain"}):
        for resource, values in asked():
            counted = statements.counted(statements.by_hand(resource, values))
            for tuned in (False, True):
                request = APIRequestFactory().get("/", values)
                answer = views[resource].as_view(tuned=tuned)(request).render()
                assert json.loads(answer.content)["count"] == counted
