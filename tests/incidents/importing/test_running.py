"""A file comes in whole or not at all; a second time it changes nothing."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connections

from incidents.importing import running
from incidents.importing.mapping import MappingRefused
from incidents.importing.reporting import ProblemLog
from incidents.importing.tables import FileRefused
from incidents.models import (
    Agency,
    BatchState,
    Citation,
    ImportBatch,
    Incident,
    ListCase,
    ListRow,
    Person,
    PersonName,
    Source,
    SourceList,
    Stage,
)
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db


def events():
    """How many events each history has."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model") and model.pgh_tracked_model is not ImportBatch
    }


def test_rows_become_cases_people_and_violations():
    batch, figures = lists.brought_in(make.staff())
    assert (figures.rows, figures.cases_new, figures.people, figures.violations) == (3, 2, 3, 3)
    assert batch.state == BatchState.DONE
    assert [incident.title for incident in Incident.objects.order_by("pk")] == [
        "Attack A",
        "Attack B",
    ]


def test_what_comes_in_is_a_draft_entered_by_whoever_brought_it_in():
    clerk = make.staff()
    lists.brought_in(clerk)
    assert set(Incident.objects.values_list("stage", "entered_by", "changed_by")) == {
        (Stage.DRAFT, clerk.pk, clerk.pk)
    }


def test_each_row_is_kept_as_received_with_columns_that_nothing_reads():
    lists.brought_in(make.staff())
    row = ListRow.objects.get(key="1")
    assert row.received["note"] == "seen at a gate"
    assert str(row.person) == "Balach Marri"
    assert row.number == 2


def test_every_fact_is_cited_with_its_page():
    lists.brought_in(make.staff())
    facts = Citation.objects.exclude(incident=None, violation=None, involvement=None, status=None)
    assert facts.count() == 2 + 3 * 3
    assert set(Citation.objects.values_list("locator", flat=True)) <= {"p. 4", "p. 7", ""}
    assert SourceList.objects.get().source == Source.objects.get()


def test_what_rows_share_is_made_once():
    lists.brought_in(make.staff())
    assert sorted(Agency.objects.values_list("name", flat=True)) == ["Army", "Police"]
    assert Source.objects.get().title == "Report on the valley"


def test_names_can_be_searched_as_if_somebody_had_typed_them():
    lists.brought_in(make.staff())
    for name in PersonName.objects.all():
        before = (name.folded, name.skeleton)
        name.fold()
        assert (name.folded, name.skeleton) == before != ("", "")


def test_defaults_and_bounds_are_those_of_the_models():
    lists.brought_in(make.staff())
    for model in (Incident, Person, Citation):
        for row in model._default_manager.all():
            row.full_clean(exclude=["incident", "person"])
    incident = Incident.objects.get(title="Attack B")
    assert (incident.date.text, incident.date_latest.isoformat()) == ("2021", "2021-12-31")
    assert incident.grade.code == "not-assessed"


def test_rows_of_one_incident_may_stand_apart_and_cases_keep_the_order_of_the_file():
    rows = [lists.ROWS[2], lists.ROWS[0], ("9", "C", *lists.ROWS[0][2:]), lists.ROWS[1]]
    lists.brought_in(make.staff(), rows)
    assert list(ListCase.objects.order_by("pk").values_list("key", flat=True)) == ["B", "A", "C"]
    assert Incident.objects.get(title="Attack A").violations.count() == 2


def test_one_fault_refuses_the_whole_file_and_says_where():
    batch, figures = lists.brought_in(make.staff(), lists.changed(0, kind="Vanished"))
    assert figures.refused
    assert batch.state == BatchState.REFUSED
    assert not Incident.objects.exists()
    assert not SourceList.objects.exists()
    [problem] = batch.problems.filter(severity="refused")
    assert (problem.row, problem.column, problem.value) == (2, "kind", "Vanished")


def test_all_faults_of_a_file_are_reported_at_once():
    rows = [
        *lists.changed(0, kind="Vanished")[:2],
        ("3", "B", "", "", "", "soon", "Killed", *"xyz"),
    ]
    batch, _figures = lists.brought_in(make.staff(), rows)
    assert set(batch.problems.filter(severity="refused").values_list("row", flat=True)) >= {2, 4}


def test_the_good_rows_come_in_where_that_was_asked_for():
    batch, figures = lists.brought_in(
        make.staff(), lists.changed(0, kind="Vanished"), good_rows_only=True
    )
    assert not figures.refused
    assert (figures.cases_new, figures.cases_refused, figures.rows_refused) == (1, 1, 2)
    assert [incident.title for incident in Incident.objects.all()] == ["Attack B"]
    assert batch.state == BatchState.DONE


def test_a_dry_run_counts_the_same_and_writes_nothing():
    clerk = make.staff()
    batch = lists.received(clerk)
    before = events()
    problems = ProblemLog()
    figures = running.run(batch, by=clerk, dry_run=True, problems=problems)
    assert (figures.cases_new, figures.people, figures.refused) == (2, 3, False)
    assert events() == before
    batch.refresh_from_db()
    assert (batch.state, batch.list) == (BatchState.UPLOADED, None)


def test_two_rows_with_one_key_are_both_named():
    rows = [*lists.ROWS, ("1", "Z", *lists.ROWS[0][2:])]
    batch, _figures = lists.brought_in(make.staff(), rows)
    reasons = batch.problems.filter(code="duplicate-key").values_list("row", "reason")
    assert [row for row, _reason in reasons] == [2, 5]
    assert all("2" in reason and "5" in reason for _row, reason in reasons)


def test_every_row_with_the_same_key_is_named_and_so_is_the_column():
    rows = [*lists.ROWS, *(("1", case, *lists.ROWS[0][2:]) for case in ("Y", "Z"))]
    batch, _figures = lists.brought_in(make.staff(), rows)
    found = batch.problems.filter(code="duplicate-key")
    assert [problem.column for problem in found] == ["id"] * 3
    assert {problem.reason for problem in found} == {"Rows 2, 5, 6 have the same key."}


def test_a_row_without_its_key_is_refused():
    batch, _figures = lists.brought_in(make.staff(), lists.changed(1, id=""))
    problem = batch.problems.get(code="no-key")
    assert (problem.row, problem.column) == (3, "id")


def test_the_same_row_twice_is_two_people_where_rows_have_no_key():
    mapping = lists.MAPPING.replace('key = ["id"]\n', "").replace('incident = ["case"]\n', "")
    _batch, figures = lists.brought_in(
        make.staff(), [lists.ROWS[0], lists.ROWS[0]], mapping=mapping
    )
    assert (figures.people, figures.cases_new) == (2, 2)


def test_the_same_file_again_writes_nothing():
    clerk = make.staff()
    lists.brought_in(clerk)
    before = events()
    _batch, figures = lists.brought_in(clerk)
    assert figures.rows_unchanged == 3
    assert (figures.rows_new, figures.rows_changed, figures.changes) == (0, 0, 0)
    assert events() == before


def test_a_batch_comes_in_once():
    clerk = make.staff()
    batch, _figures = lists.brought_in(clerk)
    with pytest.raises(running.RunRefused):
        running.run(batch, by=clerk)


def test_what_only_the_database_refuses_is_put_into_words_for_its_row():
    rows = [*lists.ROWS, ("4", "C", "x" * 120, "y" * 130, "", "2021", "Killed", "Army", "1", "")]
    batch, figures = lists.brought_in(make.staff(), rows, good_rows_only=True)
    problem = batch.problems.get(severity="refused")
    assert problem.row == 5
    assert figures.cases_new == 2


def test_the_preview_shows_the_cases_and_writes_nothing():
    clerk = make.staff()
    batch = lists.received(clerk)
    before = events()
    cases = running.preview(batch, limit=1)
    assert [case.key for case in cases] == ["A"]
    assert len(cases[0].of_model(Person)) == 2
    assert events() == before


def test_a_file_that_is_no_table_is_not_kept():
    with pytest.raises(FileRefused):
        running.receive(ContentFile(b""), file_name="empty.csv", by=make.staff())
    assert not ImportBatch.objects.exists()


def test_a_mapping_that_does_not_fit_leaves_the_case_file_alone():
    clerk = make.staff()
    batch = lists.received(clerk, mapping=lists.MAPPING.replace('"first"', '"forename"'))
    with pytest.raises(MappingRefused):
        running.run(batch, by=clerk)
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert batch.problems.get().code == "mapping-refused"
    assert not Incident.objects.exists()


def test_a_list_named_by_other_columns_than_before_is_not_brought_in_a_second_time():
    clerk = make.staff()
    lists.brought_in(clerk)
    batch = lists.received(clerk, mapping=lists.MAPPING.replace('key = ["id"]', 'key = ["first"]'))
    with pytest.raises(running.RunRefused):
        running.run(batch, by=clerk)


@pytest.mark.django_db(transaction=True)
def test_a_list_that_is_being_brought_in_is_not_touched_by_a_second_run():
    clerk = make.staff()
    batch = lists.received(clerk)
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext('valley'))", [running._LOCK_OF_LISTS])
    try:
        with pytest.raises(running.RunRefused):
            running.run(batch, by=clerk)
    finally:
        other.close()
    assert not Incident.objects.exists()
