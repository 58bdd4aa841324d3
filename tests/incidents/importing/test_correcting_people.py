"""Whom the rows of a corrected file document: people who vanish, come back, move or were merged."""

import pghistory
import pytest

from incidents.importing.undoing import undo
from incidents.models import (
    Contact,
    ListRow,
    Person,
    StatusEntry,
    Violation,
)
from incidents.publishing.merging import merge
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db

ACTS = """
[list]
code = "acts"
name = "Acts"
[rows]
are = "violation"
key = ["id"]
incident = ["case"]
person = ["person", "father"]
[source]
title = "List of acts"
type = "case-list"
[incident]
title = "Case {case}"
kind = { value = "violation-event" }
date = { column = "date", differ = "span" }
[[victim]]
[[victim.name]]
given = "person"
fathers_name = "father"
[[victim.violation]]
type = { column = "act", map = { Taken = "abduction-unattributed", Killed = "killing-unattributed" } }
start = "date"
"""  # noqa: E501
ACT_COLUMNS = ("id", "case", "person", "father", "act", "date")
GULL = (
    ("1", "C", "Gul", "Mir", "Taken", "2020-03-05"),
    ("2", "C", "Gull", "Mir", "Killed", "2020-03-09"),
)
GUL = (GULL[0], ("2", "C", "Gul", "Mir", "Killed", "2020-03-09"))


@pytest.fixture
def clerk():
    return make.staff()


def acts(clerk, rows):
    """A list of acts, brought in."""
    return lists.brought_in(clerk, rows, mapping=ACTS, columns=ACT_COLUMNS)[0]


def documented(key):
    return ListRow.objects.get(key=key).person


def test_a_person_who_vanishes_from_the_file_goes_and_the_rows_follow(clerk):
    acts(clerk, GULL)
    acts(clerk, GUL)
    gul = Person.objects.get()
    assert documented("1") == documented("2") == gul
    assert set(Violation.objects.values_list("person", flat=True)) == {gul.pk}


def test_a_person_who_vanished_comes_back_with_undo(clerk):
    acts(clerk, GULL)
    gull = documented("2")
    undo(acts(clerk, GUL), by=clerk)
    assert documented("2") == gull
    assert sorted(map(str, Person.objects.all())) == ["Gul", "Gull"]


def test_a_person_who_vanished_comes_back_with_the_file(clerk):
    acts(clerk, GULL)
    acts(clerk, GUL)
    acts(clerk, GULL)
    assert sorted(map(str, Person.objects.all())) == ["Gul", "Gull"]
    assert str(documented("2")) == "Gull"


def test_a_value_that_went_comes_back_with_the_file(clerk):
    mapping = lists.MAPPING.replace(
        "[[victim.status]]", '[[victim.status]]\nwhen = { column = "page", is = ["4", "7"] }'
    )
    lists.brought_in(clerk, mapping=mapping)
    lists.brought_in(clerk, lists.changed(2, page="8"), mapping=mapping)
    assert StatusEntry.objects.count() == 2
    batch, _figures = lists.brought_in(clerk, mapping=mapping)
    assert StatusEntry.objects.count() == 3
    undo(batch, by=clerk)
    assert StatusEntry.objects.count() == 2


def test_whoever_brought_a_person_keeps_them_when_the_file_is_sorted_otherwise(clerk):
    rows = (GUL[0], GUL[1])
    acts(clerk, rows)
    before = Person.objects.get()
    acts(clerk, (("2", "C", "Gul", "Mir", "Killed", "2020-03-10"), rows[0]))
    assert Person.objects.get() == before
    acts(clerk, (("2", "C", "Gul", "Mir", "Killed", "2020-03-11"), rows[0]))
    assert Person.objects.get() == before
    assert Violation.objects.filter(start="2020-03-11").count() == 1


def merged(loser, survivor):
    with pghistory.context(act="merge"):
        merge(loser, survivor, by=make.publisher(), note="the same man")


def test_after_a_merger_a_file_writes_to_whom_it_stayed(clerk):
    lists.brought_in(clerk)
    loser, survivor = documented("1"), make.person()
    merged(loser, survivor)
    mapping = lists.MAPPING.replace(
        "[[victim.name]]", '[victim.person]\nsex = { value = "man" }\n[[victim.name]]'
    )
    batch, _figures = lists.brought_in(clerk, mapping=mapping)
    loser.refresh_from_db()
    survivor.refresh_from_db()
    assert (loser.sex.code, survivor.sex.code) == ("unknown", "man")
    assert documented("1") == survivor
    undo(batch, by=clerk)
    survivor.refresh_from_db()
    assert survivor.sex.code == "unknown"


COLUMNS = """
[list]
code = "incidents"
name = "Incidents"
[rows]
are = "incident"
key = ["id"]
[source]
title = "List of incidents"
type = "case-list"
[incident]
title = "Incident {id}"
kind = { value = "violation-event" }
date = "date"
[[victim]]
each = { n = [1, 2, 3, 4] }
[[victim.name]]
full = "victim_{n}"
[[victim.violation]]
type = { value = "extrajudicial-killing", when = { present = "victim_{n}" } }
start = "date"
"""


def killed(clerk, *names):
    """A list of one incident whose victims stand in columns, brought in."""
    columns = ("id", "date", *(f"victim_{number}" for number in range(1, 5)))
    row = ("1", "2021-03-04", *names, *[""] * (4 - len(names)))
    return lists.brought_in(clerk, [row], mapping=COLUMNS, columns=columns)[0]


def people():
    return {str(person): person for person in Person.objects.all()}


def test_who_goes_to_another_column_stays_the_same_person(clerk):
    killed(clerk, "Ali", "Baran", "", "Dost")
    before = people()
    batch = killed(clerk, "Baran", "Dost")
    assert people() == {"Baran": before["Baran"], "Dost": before["Dost"]}
    undo(batch, by=clerk)
    assert people() == before


def test_who_has_gone_to_another_column_is_known_there_from_then_on(clerk):
    killed(clerk, "Ali", "Baran")
    before = people()
    killed(clerk, "Baran", "Zar")
    killed(clerk, "Zar", "Baran", "Ali")
    assert people()["Baran"] == before["Baran"]
    assert sorted(people()) == ["Ali", "Baran", "Zar"]


def test_whoever_somebody_has_worked_on_stays_when_the_columns_move(clerk):
    killed(clerk, "Ali", "Baran")
    ali = people()["Ali"]
    Contact.objects.create(person=ali, text="A brother in Turbat", entered_by=clerk)
    batch = killed(clerk, "Baran", "Zar")
    assert people()["Ali"] == ali
    assert sorted(people()) == ["Ali", "Baran", "Zar"]
    assert batch.changes.filter(applied=False).exists()


def test_a_name_in_the_place_of_somebody_worked_on_is_told_and_not_written(clerk):
    killed(clerk, "Ali", "Baran")
    Person.objects.filter(pk=people()["Ali"].pk).update(about="A teacher")
    batch = killed(clerk, "Dost", "Baran")
    assert sorted(people()) == ["Ali", "Baran"]
    assert batch.changes.get(applied=False).after == "Dost"


def test_a_name_in_the_place_of_somebody_untouched_is_a_correction(clerk):
    killed(clerk, "Ali", "Baran")
    ali = people()["Ali"]
    killed(clerk, "Aly Jan", "Baran")
    assert people()["Aly Jan"] == ali
