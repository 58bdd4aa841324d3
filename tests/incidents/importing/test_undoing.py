"""Undo takes back exactly what a batch did, and nothing on which people have worked."""

from contextlib import suppress

import pghistory
import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import reviewing
from incidents.importing.running import RunRefused
from incidents.importing.undoing import UndoRefused, undo
from incidents.models import (
    Agency,
    BatchState,
    Consent,
    ImportBatch,
    ImportChange,
    ImportProblem,
    Incident,
    IncidentLink,
    ListCase,
    ListRow,
    Person,
    Source,
    SourceList,
    Violation,
)
from reference.models import Area
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db

_RECORDS_OF_IMPORTS = (ImportBatch, ImportChange, ImportProblem, SourceList)


def contents():
    """Every row of every table of the case file, but for what is a record of imports."""
    found = {}
    with connection.cursor() as cursor:
        for model in (
            *apps.get_app_config("incidents").get_models(include_auto_created=True),
            Area,
        ):
            skipped = model in _RECORDS_OF_IMPORTS or hasattr(model, "pgh_tracked_model")
            if skipped or model._meta.proxy or "sourcelist" in model._meta.db_table:
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


@pytest.fixture
def clerk():
    return make.staff()


@pytest.fixture
def batch(clerk):
    """The usual list, brought in."""
    found, _figures = lists.brought_in(clerk)
    return found


def incident(key):
    return ListCase.objects.get(key=key).incident


def refusal(batch, clerk):
    with pytest.raises(UndoRefused) as refused:
        undo(batch, by=clerk)
    return refused.value


def test_nothing_of_a_batch_is_left(clerk):
    make.violation(make.incident())
    before = contents()
    batch, _figures = lists.brought_in(clerk)
    undone = undo(batch, by=clerk)
    assert contents() == before
    assert (undone.cases, undone.people, undone.violations) == (2, 3, 3)


def test_the_batch_stays_as_a_record(batch, clerk):
    undo(batch, by=clerk)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, len(batch.sha256)) == (BatchState.UNDONE, clerk, 64)


def test_the_rows_stay_in_the_history(batch, clerk):
    undo(batch, by=clerk)
    assert not ListRow.objects.exists()
    events = apps.get_model("incidents", "ListRowEvent").objects.filter(pgh_label="delete")
    assert sorted(event.received["first"] for event in events) == ["Balach", "Karim", "Zahid"]


def test_a_batch_that_was_undone_cannot_be_undone_again(batch, clerk):
    undo(batch, by=clerk)
    assert "nothing to undo" in str(refusal(batch, clerk))


def test_after_undo_the_file_comes_in_anew(batch, clerk):
    undo(batch, by=clerk)
    _again, figures = lists.brought_in(clerk)
    assert figures.cases_new == 2


def test_undo_of_a_correction_puts_the_former_values_back(batch, clerk):
    before = contents()
    mapping = lists.MAPPING.replace("shooting", "beating").replace(
        "[[victim.status]]", '[[victim.status]]\nwhen = { column = "page", is = ["4"] }'
    )
    rows = lists.changed(0, father="Naseer", date="2023-11")
    rows.append(("4", "B", "Murad", "Bugti", "", "2021", "Killed", "Levies", "8", ""))
    rows.append(("5", "C", "Murad", "Bugti", "", "2021", "Killed", "Levies", "8", ""))
    correction, figures = lists.brought_in(clerk, rows, mapping=mapping)
    assert figures.changes > 0
    undo(correction, by=clerk)
    assert contents() == before
    undo(batch, by=clerk)
    assert not Incident.objects.exists()


def test_an_earlier_batch_cannot_be_undone_before_the_later_one(batch, clerk):
    lists.brought_in(clerk, lists.changed(0, father="Naseer"))
    found = refusal(batch, clerk).obstacles
    assert {obstacle.incident_id for obstacle in found} == {incident("A").pk}
    assert any("later file" in obstacle.reason for obstacle in found)


def somebody_does(work, case, clerk):
    """A piece of work in a context of its own, as a request to the admin would be."""
    with pghistory.context(user=clerk.pk):
        work(case, clerk)


def _corrects(case, clerk):
    case.title = "Attack on the bus"
    case.save()


def _corrects_in_sql(case, clerk):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE incidents_violation SET outcome = 'x' WHERE incident_id = %s", [case.pk]
        )


def _cites(case, clerk):
    make.cite(case)


def _adds_a_legal_action(case, clerk):
    make.legal_action(case)


def _adds_a_consent(case, clerk):
    Consent.objects.create(
        person=case.violations.first().person,
        use=make.term("consent-use", "publish-name"),
        answer=make.term("consent-answer", "granted"),
    )


def _submits(case, clerk):
    reviewing.submit(case, by=clerk)


def _assigns(case, clerk):
    case.assigned.add(clerk)


def _adds_a_method(case, clerk):
    case.violations.first().methods.add(make.term("method", "beating"))


def _links_to_another_case(case, clerk):
    IncidentLink.objects.create(
        from_incident=make.incident(), to_incident=case, kind=make.term("incident-link", "follows")
    )


def _adds_a_victim(case, clerk):
    make.violation(case)


def _removes_a_part(case, clerk):
    case.statuses.first().delete()


def _says_who_is_who(case, clerk):
    from incidents.models import Likeness, LikenessDecision

    first, second = sorted([case.violations.first().person, make.person()], key=lambda one: one.pk)
    LikenessDecision.objects.create(
        first=first, second=second, decision=Likeness.DIFFERENT, decided_by=clerk
    )


WORK = [
    _corrects,
    _corrects_in_sql,
    _cites,
    _adds_a_legal_action,
    _adds_a_consent,
    _submits,
    _assigns,
    _adds_a_method,
    _links_to_another_case,
    _adds_a_victim,
    _removes_a_part,
    _says_who_is_who,
]


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_a_case_on_which_somebody_has_worked_is_named_and_nothing_is_undone(work, batch, clerk):
    case = incident("A")
    somebody_does(work, case, clerk)
    before = contents()
    found = refusal(batch, clerk)
    assert {obstacle.incident_id for obstacle in found.obstacles} == {case.pk}
    assert found.cases == 1
    assert contents() == before


def test_a_refusal_tells_nothing_of_a_case_concealed_from_whoever_asks(batch, clerk):
    case = incident("A")
    case.restricted = True
    somebody_does(_corrects, case, clerk)
    with pytest.raises((UndoRefused, RunRefused)) as refused:
        undo(batch, by=clerk)
    assert not any(letter.isdigit() for letter in str(refused.value))
    assert not getattr(refused.value, "obstacles", [])


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__)
def test_the_cases_that_nobody_touched_can_go_by_themselves(work, batch, clerk):
    somebody_does(work, incident("A"), clerk)
    kept, gone = incident("A"), incident("B")
    undone = undo(batch, by=clerk, untouched_only=True)
    assert Incident.objects.filter(pk=kept.pk).exists()
    assert not Incident.objects.filter(pk=gone.pk).exists()
    assert (undone.cases, undone.cases_kept) == (1, 1)
    assert {obstacle.incident_id for obstacle in undone.kept} == {kept.pk}
    assert sorted(ListRow.objects.values_list("key", flat=True)) == ["1", "2"]
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE


def test_work_in_the_database_itself_stands_in_the_way_as_well(batch, clerk):
    key = incident("A").pk
    with connection.cursor() as cursor:
        # Without a context: psql knows of none.
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
        cursor.execute("UPDATE incidents_incident SET title = 'x' WHERE id = %s", [key])
    assert {obstacle.incident_id for obstacle in refusal(batch, clerk).obstacles} == {key}


def test_nothing_goes_while_nobody_can_read_who_told_us(batch, clerk, settings):
    settings.GAWAH_SOURCE_KEYS = ["first"]
    make.source("Told in trust", confidential=True, informant=make.person("Another"))
    settings.GAWAH_SOURCE_KEYS = ["another"]
    found = refusal(batch, clerk)
    assert found.cases == 2
    assert all("the key to it is missing" in each.reason for each in found.obstacles)


def test_a_published_case_is_named_as_such(batch, clerk):
    case = incident("A")
    Incident.objects.filter(pk=case.pk).update(reference="INC-2023-0001", publication="published")
    assert any("published" in obstacle.reason for obstacle in refusal(batch, clerk).obstacles)


def test_a_source_that_other_facts_rest_on_stays(batch, clerk):
    make.cite(make.incident(), Source.objects.get(title="Report on the valley"))
    undo(batch, by=clerk)
    assert Source.objects.filter(title="Report on the valley").exists()
    assert not Agency.objects.exists()


def test_a_row_of_another_list_that_documents_the_same_person_stands_in_the_way(batch, clerk):
    other, _figures = lists.brought_in(
        clerk, mapping=lists.MAPPING.replace('code = "valley"', 'code = "town"')
    )
    row = ListRow.objects.get(list=other.list, key="1")
    row.person = ListRow.objects.get(list=batch.list, key="1").person
    row.save()
    assert any("another list" in obstacle.reason for obstacle in refusal(batch, clerk).obstacles)


_CELLS = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from(["Balach", "بالاچ", "Karim\tO'Neil", 'Mir \\ "Ali"']),
    st.sampled_from(["Marri", "Bugti", ""]),
    st.sampled_from(["Nasir", ""]),
    st.sampled_from(["2023-10-29", "2021", "", "2023-10/2023-11"]),
    st.sampled_from(["Killed", "Taken"]),
    st.sampled_from(["Army", "Police", ""]),
    st.sampled_from(["4", ""]),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=5),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.lists(_CELLS, min_size=1, max_size=5), then=st.lists(_CELLS, max_size=5))
def test_import_and_undo_leave_the_case_file_as_it_was(clerk, first, then):
    def rows(cells):
        # A row stays in its case: one that moves is refused.
        return [(str(n), "ABC"[n % 3], *row[1:]) for n, row in enumerate(cells)]

    before = contents()
    batch, figures = lists.brought_in(clerk, rows(first), good_rows_only=True)
    between = contents()
    with suppress(RunRefused):  # where most rows would name somebody else
        correction, _figures = lists.brought_in(clerk, rows(then or first), good_rows_only=True)
        undo(correction, by=clerk)
    assert contents() == between
    undo(batch, by=clerk)
    assert contents() == before
    assert figures.rows == len(first)
    assert not Violation.objects.exists()
    assert not Person.objects.exists()
