"""Areas that are remembered: never for long after somebody else has changed them."""

import math

import pytest
from django.http import QueryDict

from record import reference_state
from record.questions import ask
from record.succession import succession
from reference import vocabularies
from reference.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def time(monkeypatch):
    """Sets how long things are remembered. The version says nothing of changes, as for a snapshot
    from before a change of which another thread knows already."""
    monkeypatch.setattr(reference_state, "reference_version", lambda: "the same")

    def remember(seconds):
        monkeypatch.setattr(vocabularies, "CHECK_EVERY", seconds)

    return remember


def asked_for():
    (area,) = ask("incidents", QueryDict("area=PK211")).values["area"].items
    return area.population


def test_an_area_asked_for_is_read_again_after_a_while(time):
    time(math.inf)
    before = asked_for()
    Area.objects.filter(code="PK211").update(population=1901)
    assert asked_for() == before != 1901
    time(0)
    assert asked_for() == 1901


def test_who_follows_whom_is_read_again_after_a_while(time):
    time(math.inf)
    one, other = Area.objects.get(code="PK211"), Area.objects.get(code="PK226")
    assert other not in succession().others(one)
    one.predecessors.add(other)
    assert other not in succession().others(one)
    time(0)
    assert other in succession().others(one)
