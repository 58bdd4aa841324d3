"""The marks by which the page of a case knows that something is new are those of all its events."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from incidents import demonstration
from incidents.history.differences import events_of_case, name_of
from incidents.history.marks import marks_since
from incidents.models import Incident
from tests.incidents import factories

pytestmark = pytest.mark.django_db

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def test_a_case_has_the_marks_of_all_its_events():
    demonstration.load()
    member = factories.staff()
    for case in Incident.objects.all():
        events = events_of_case(case, seen_by=member)
        marks = {(each.name, each.at, each.context) for each in marks_since(case, ALWAYS)}
        assert marks == {
            (name_of(row), row[2].pgh_created_at, row[2].pgh_context_id) for row in events
        }


def test_a_row_that_was_taken_out_has_its_marks():
    case = factories.incident()
    told = factories.account(case, "He was taken.")
    told.citations.all().delete()
    told.delete()
    kinds = [each.name.split(":")[0] for each in marks_since(case, ALWAYS)]
    assert kinds.count("account") == 2
    assert kinds.count("citation") == 3


def test_only_what_happened_after_a_moment_is_marked():
    case = factories.incident()
    assert marks_since(case, ALWAYS)
    assert not marks_since(case, timezone.now() + timedelta(minutes=1))
