"""Searches of decisions, citations and people, and what the first page reads of what is due."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.agenda import agenda
from incidents.models import Citation, Person, PersonName, Review, Task
from tests.incidents import factories
from tests.incidents.admin.test_lists import make_case, queries_of, text_of

pytestmark = pytest.mark.django_db


SEARCHES = [
    "incidents/incident/?o=3",
    "incidents/incident/?o=8",
    "incidents/incident/?q=Balaach Turbat",
    "incidents/person/?q=Balaach",
    "incidents/person/?q=taken in the bazaar",
    "incidents/source/?q=Source",
    "incidents/source/?o=9",
    "incidents/citation/",
    "incidents/citation/?q=Source",
    "incidents/review/?q=Case",
    "dates/",
    "dates/?whose=mine",
]


@pytest.mark.parametrize("path", SEARCHES)
def test_a_search_asks_the_same_number_of_questions_whatever_it_finds(clerk, path):
    make_case(1)
    queries_of(clerk, f"/admin/{path}")
    few = queries_of(clerk, f"/admin/{path}")
    for number in range(2, 6):
        make_case(number)
    assert queries_of(clerk, f"/admin/{path}") == few


@pytest.mark.parametrize(
    "text", ["Case 1", "turbat", "1 TURBAT", "second look", "look Case", "INC-2024-0007", "0007"]
)
def test_a_decision_is_found_by_its_case_or_its_reason(clerk, text):
    case = make_case(1)
    case.place_text, case.reference = "Turbat bazaar", "INC-2024-0007"
    case.save()
    Review.objects.filter(incident=case).update(reason="Needs a second look")
    make_case(2)
    Review.objects.filter(incident__title="Case 2").update(reason="")
    page = text_of(clerk, f"/admin/incidents/review/?q={text}")
    assert "Case 1" in page
    assert "Case 2" not in page


def test_decisions_on_a_restricted_case_are_not_found(clerk):
    case = make_case(1)
    case.restricted = True
    case.save()
    for text in ("Case 1", "Turbat"):
        assert "Case 1</a>" not in text_of(clerk, f"/admin/incidents/review/?q={text}")


@pytest.mark.parametrize(
    ("text", "found"),
    [("Coast", True), ("letter coast", True), ("letter p. 41", True), ("letter p. 42", False)],
)
def test_a_citation_is_found_by_its_source_and_place(clerk, text, found):
    letter = factories.source("A letter", publisher="Daily Coast")
    factories.cite(factories.incident(), letter, locator="p. 41")
    page = text_of(clerk, f"/admin/incidents/citation/?q={text}")
    assert ("Daily Coast: A letter" in page) is found


@pytest.mark.parametrize("text", ["bazaar keeper", "BAZAAR", "دکاندار"])
def test_somebody_without_a_name_is_found_by_how_they_are_described(clerk, text):
    Person.objects.create(description="The bazaar keeper", description_local="ایک دکاندار")
    Person.objects.create(description="A driver")
    page = text_of(clerk, f"/admin/incidents/person/?q={text}")
    assert "The bazaar keeper" in page
    assert "A driver" not in page


@pytest.mark.parametrize("text", ["sh", "Shah", "Shah Nawaz", "شاہ", "nz", "Navaz Shah"])
def test_short_parts_of_names_are_found_as_long_ones_are(text):
    person = factories.person("Shah Nawaz", local="شاہ نواز")
    factories.person("Gul")
    owners = PersonName.objects.owners_like(text)
    assert {row["person"] for row in owners} == {person.pk}


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: Person.objects.described_as("bazaar keeper"), "person_words"),
        (lambda: Review.objects.filter(reason__icontains="second look"), "review_reason_words"),
        (lambda: Citation.objects.filter(locator__icontains="p. 41"), "citation_place_words"),
    ],
    ids=["people", "decisions", "citations"],
)
def test_words_are_sought_by_an_index(rows, index):
    with connection.cursor() as cursor:
        for other in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan"):
            cursor.execute(f"SET LOCAL {other} = off")
    assert index in rows().order_by().values("pk").explain()


def test_what_is_due_is_counted_without_being_read():
    member, today = factories.staff(), timezone.localdate()
    for day in range(5):
        case = factories.incident(f"Case {day}")
        Task.objects.create(
            incident=case, kind="call", what=f"Call {day}", due=today + timedelta(days=day)
        )
    dates = agenda(member, today=today)
    with CaptureQueriesContext(connection) as counting:
        assert len(dates) == 5
    with CaptureQueriesContext(connection) as reading:
        assert [due.what for due in dates[1:3]] == ["Call 1", "Call 2"]
    assert (len(counting), len(reading)) == (0, 1)
    assert (dates[0].what, dates[-1].about) == ("Call 0", "Case 4")
