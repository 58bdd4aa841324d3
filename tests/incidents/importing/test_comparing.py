"""A corrected file updates what nobody has worked on, and says what it left alone."""

import pytest
from django.apps import apps

from incidents import reviewing
from incidents.importing import running
from incidents.models import (
    Agency,
    Incident,
    ListCase,
    ListRow,
    Person,
    PersonName,
    Stage,
    StatusEntry,
    Violation,
)
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.staff()


@pytest.fixture
def first(clerk):
    """The usual list, brought in."""
    batch, _figures = lists.brought_in(clerk)
    return batch


def person(key):
    return ListRow.objects.get(key=key).person


def changes(batch):
    return [
        (change.model, change.field, change.before, change.after, change.applied)
        for change in batch.changes.exclude(model__in=("agency", "source", "area"))
    ]


def test_a_corrected_value_is_written_and_shown(first, clerk):
    batch, figures = lists.brought_in(clerk, lists.changed(0, father="Naseer"))
    assert person("1").names.get().fathers_name == "Naseer"
    assert changes(batch) == [("personname", "fathers_name", "Nasir", "Naseer", True)]
    assert (figures.rows_changed, figures.changes, figures.cases_changed) == (1, 1, 1)


def test_the_search_forms_and_bounds_follow_the_corrected_value(first, clerk):
    lists.brought_in(clerk, lists.changed(2, father="Aslam", date="2020"))
    name = person("3").names.get()
    before = (name.folded, name.skeleton)
    name.fold()
    assert (name.folded, name.skeleton) == before
    assert Incident.objects.get(title="Attack B").date_latest.year == 2020


def test_the_row_is_kept_as_received_now_and_as_it_was_in_its_history(first, clerk):
    batch, _figures = lists.brought_in(clerk, lists.changed(0, note="seen at the bridge"))
    row = ListRow.objects.get(key="1")
    former = apps.get_model("incidents", "ListRowEvent").objects.get(pgh_obj_id=row.pk)
    assert (row.received["note"], former.received["note"]) == (
        "seen at the bridge",
        "seen at a gate",
    )
    assert (row.batch, row.last_batch) == (first, batch)
    assert changes(batch) == []


def test_what_somebody_has_worked_on_stays_theirs(first, clerk):
    name = person("1").names.get()
    name.fathers_name = "Nasir Khan"
    name.save()
    batch, figures = lists.brought_in(clerk, lists.changed(0, father="Naseer", last="Bugti"))
    name.refresh_from_db()
    assert (name.fathers_name, name.tribe_or_place) == ("Nasir Khan", "Bugti")
    assert changes(batch) == [
        ("personname", "fathers_name", "Nasir", "Naseer", False),
        ("personname", "tribe_or_place", "Marri", "Bugti", True),
    ]
    assert figures.changes_kept_back == 1


def test_a_value_that_somebody_had_corrected_alike_is_no_change(first, clerk):
    PersonName.objects.filter(person=person("1")).update(fathers_name="Naseer")
    batch, _figures = lists.brought_in(clerk, lists.changed(0, father="Naseer"))
    assert changes(batch) == []


def test_a_new_row_of_a_known_case_is_added_to_it(first, clerk):
    rows = [*lists.ROWS, ("4", "B", "Murad", "Bugti", "", "2021", "Killed", "Police", "8", "")]
    batch, figures = lists.brought_in(clerk, rows)
    assert Incident.objects.count() == 2
    assert Incident.objects.get(title="Attack B").violations.count() == 2
    assert str(person("4")) == "Murad Bugti"
    assert (figures.rows_new, figures.rows_unchanged, figures.rows_changed) == (1, 3, 0)
    assert ("person", "", "") in {change[:3] for change in changes(batch)}


def test_a_new_case_beside_known_ones_comes_in(first, clerk):
    rows = [*lists.ROWS, ("4", "D", "Murad", "Bugti", "", "2021", "Killed", "Police", "8", "")]
    _batch, figures = lists.brought_in(clerk, rows)
    assert (figures.cases_new, figures.rows_new, figures.rows_unchanged) == (1, 1, 3)


def test_a_part_that_vanished_from_a_row_goes_if_nobody_touched_it(first, clerk):
    mapping = lists.MAPPING.replace(
        "[[victim.status]]", '[[victim.status]]\nwhen = { column = "page", is = ["4"] }'
    )
    assert StatusEntry.objects.count() == 3
    batch, _figures = lists.brought_in(clerk, mapping=mapping)
    assert StatusEntry.objects.count() == 2
    assert {change[0] for change in changes(batch)} == {"statusentry", "citation"}


def test_a_part_that_vanished_stays_where_somebody_has_worked_on_it(first, clerk):
    StatusEntry.objects.filter(person=person("3")).update(note="Seen by a neighbour")
    mapping = lists.MAPPING.replace(
        "[[victim.status]]", '[[victim.status]]\nwhen = { column = "page", is = ["4"] }'
    )
    batch, figures = lists.brought_in(clerk, mapping=mapping)
    assert StatusEntry.objects.count() == 3
    assert figures.changes_kept_back > 0
    assert not any(applied for *_rest, applied in changes(batch) if _rest[0] == "statusentry")


def test_a_row_that_vanished_from_the_file_stays_and_is_reported(first, clerk):
    batch, figures = lists.brought_in(clerk, lists.ROWS[:2])
    assert Person.objects.count() == 3
    assert figures.rows_gone == 1
    assert batch.problems.get(code="row-gone").key == "3"


def test_a_case_loses_nothing_when_one_of_its_rows_is_missing_and_another_corrected(first, clerk):
    lists.brought_in(clerk, [lists.changed(0, father="Naseer")[0], lists.ROWS[2]])
    assert Incident.objects.get(title="Attack A").violations.count() == 2
    assert person("1").names.get().fathers_name == "Naseer"


def test_another_mapping_for_the_same_rows_is_a_correction_too(first, clerk):
    mapping = lists.MAPPING.replace('title = "Attack {case}"', 'title = "Attack no. {case}"')
    _batch, figures = lists.brought_in(clerk, mapping=mapping)
    assert set(Incident.objects.values_list("title", flat=True)) == {"Attack no. A", "Attack no. B"}
    assert figures.cases_changed == 2
    _again, figures = lists.brought_in(clerk, mapping=mapping)
    assert (figures.rows_unchanged, figures.changes) == (3, 0)


def test_links_to_terms_and_agencies_follow_the_file(first, clerk):
    mapping = lists.MAPPING.replace("shooting", "beating")
    rows = lists.changed(2, perp="Levies", kind="Taken")
    lists.brought_in(clerk, rows, mapping=mapping)
    act = Violation.objects.get(person=person("3"))
    assert act.type.code == "arbitrary-arrest"
    assert [method.code for method in act.methods.all()] == ["beating"]
    assert act.involvements.get().agency.name == "Levies"


def test_an_agency_that_somebody_renamed_is_not_made_again(first, clerk):
    army = Agency.objects.get(name="Army")
    army.name = "Armed forces"
    army.save()
    lists.brought_in(clerk, lists.changed(0, father="Naseer"))
    assert sorted(Agency.objects.values_list("name", flat=True)) == ["Armed forces", "Police"]


def test_a_case_that_was_handed_in_goes_back_to_draft_when_a_file_changes_it(first, clerk):
    incident = ListCase.objects.get(key="A").incident
    reviewing.submit(incident, by=clerk)
    lists.brought_in(clerk, lists.changed(0, father="Naseer"))
    incident.refresh_from_db()
    assert incident.stage == Stage.DRAFT


def test_a_case_of_which_nothing_is_changed_stays_handed_in(first, clerk):
    incident = ListCase.objects.get(key="A").incident
    reviewing.submit(incident, by=clerk)
    lists.brought_in(clerk, lists.changed(0, note="only in a column that nothing reads"))
    incident.refresh_from_db()
    assert incident.stage == Stage.SUBMITTED


def test_a_row_that_moves_to_another_case_is_refused_with_both_named(first, clerk):
    batch, figures = lists.brought_in(clerk, lists.changed(1, case="B"))
    assert figures.refused
    problem = batch.problems.get(code="moved-row")
    assert "“A”" in problem.reason
    assert "“B”" in problem.reason


def test_a_correction_with_a_fault_changes_nothing(first, clerk):
    rows = lists.changed(0, father="Naseer")
    rows[2][lists.COLUMNS.index("date")] = "someday"
    batch, figures = lists.brought_in(clerk, rows)
    assert figures.refused
    assert person("1").names.get().fathers_name == "Nasir"
    assert changes(batch) == []


def test_an_incident_that_somebody_removed_does_not_come_back(first, clerk):
    incident = ListCase.objects.get(key="B").incident
    incident.delete()
    batch, figures = lists.brought_in(clerk, lists.changed(2, father="Aslam"))
    assert Incident.objects.count() == 1
    assert batch.problems.get(code="incident-gone").row == 4
    assert not figures.refused


def test_a_dry_run_of_a_correction_counts_the_changes_and_makes_none(first, clerk):
    batch = lists.received(clerk, lists.changed(0, father="Naseer"))
    figures = running.run(batch, by=clerk, dry_run=True)
    assert figures.changes == 1
    assert person("1").names.get().fathers_name == "Nasir"
