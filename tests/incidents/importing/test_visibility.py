"""Rows of lists, problems and changes of a restricted case are known to those assigned alone."""

import pghistory
import pytest

from incidents.admin.imports.access import concealed_cases, problems_of
from incidents.importing.undoing import UndoRefused, undo
from incidents.models import ImportChange, ImportProblem, Incident, ListCase, ListRow
from incidents.visibility import visible_to
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted():
    """A case of a list of which something was reported and changed, since restricted."""
    clerk = make.staff()
    lists.brought_in(clerk)
    batch, _figures = lists.brought_in(clerk, lists.changed(0, father="Naseer")[:2])
    row = ListRow.objects.get(key="1")
    for key in ("1", "3"):
        ImportProblem.objects.create(batch=batch, key=key, code="x", reason="x", severity="noted")
    case = row.case.incident
    case.restricted = True
    case.save()
    return case


def test_values_of_a_refused_correction_are_known_to_those_assigned_alone(restricted):
    clerk, reader = make.staff(), make.staff()
    restricted.assigned.add(clerk)
    batch, figures = lists.brought_in(clerk, lists.changed(0, kind="Vanished"))
    assert figures.refused
    batch.refresh_from_db()
    assert batch.list is not None
    assert not visible_to(reader, batch.problems.all()).filter(key="1").exists()
    assert not problems_of(batch, reader).filter(key="1").exists()
    assert visible_to(clerk, batch.problems.all()).filter(key="1").exists()


def test_what_is_concealed_follows_the_list_that_the_mapping_names(restricted):
    clerk = make.staff()
    batch = lists.received(clerk)
    assert set(concealed_cases(batch, clerk).values_list("key", flat=True)) == {"A"}


def keys(user, model):
    return set(visible_to(user, model.objects.all()).values_list("key", flat=True))


def test_whoever_is_not_assigned_sees_the_rows_of_the_other_cases_alone(restricted):
    reader = make.staff()
    assert keys(reader, ListCase) == {"B"}
    assert keys(reader, ListRow) == {"3"}
    assert keys(reader, ImportProblem) == {"3"}
    assert "1" not in keys(reader, ImportChange)


def test_whoever_is_assigned_sees_all(restricted):
    reader = make.staff()
    restricted.assigned.add(reader)
    assert keys(reader, ListRow) == {"1", "2", "3"}
    assert keys(reader, ImportProblem) == {"1", "3"}
    assert "1" in keys(reader, ImportChange)


def test_whoever_is_not_assigned_cannot_change_a_restricted_case_by_a_file(restricted):
    other = make.staff()
    batch, figures = lists.brought_in(other, lists.changed(0, father="Naseem"))
    assert figures.refused
    assert ListRow.objects.get(key="1").person.names.get().fathers_name == "Naseer"
    problem = batch.problems.get(code="not-by-you")
    assert (problem.row, problem.key, problem.value) == (None, "", "")


def test_whoever_is_assigned_can_change_a_restricted_case_by_a_file(restricted):
    clerk = make.staff()
    restricted.assigned.add(clerk)
    lists.brought_in(clerk, lists.changed(0, father="Naseem"))
    assert ListRow.objects.get(key="1").person.names.get().fathers_name == "Naseem"


def test_whoever_is_not_assigned_cannot_undo_a_restricted_case():
    clerk = make.staff()
    batch, _figures = lists.brought_in(clerk)
    with pghistory.context(act="import", batch=batch.pk):  # as if it had come in restricted
        Incident.objects.filter(title="Attack A").update(restricted=True)
    with pytest.raises(UndoRefused):
        undo(batch, by=clerk)
    undo(batch, by=clerk, untouched_only=True)
    assert [incident.title for incident in Incident.objects.all()] == ["Attack A"]
