"""How well a search in one script finds names in the other, on 262 real names."""

import json

import pytest
from django.db import connection

from reference.names import skeleton
from tests.reference.sample_data import sample_data


@pytest.fixture(scope="module")
def names():
    """Pairs of skeletons (Latin, Arabic) of journalists killed in Gaza."""
    records = json.loads(sample_data("gaza_press/press_killed_in_gaza.json").read_text("utf-8"))
    return [(skeleton(record["name_en"]), skeleton(record["name"])) for record in records]


def test_most_pairs_have_equal_skeletons(names):
    equal = sum(latin == arabic for latin, arabic in names)
    assert len(names) == 262
    assert equal / len(names) >= 0.9


@pytest.mark.parametrize("direction", ["latin finds arabic", "arabic finds latin"])
def test_at_least_95_percent_are_among_the_first_five(names, direction, db):
    pairs = names if direction == "latin finds arabic" else [(a, b) for b, a in names]
    found = sum(_rank(query, target, [other for _, other in pairs]) <= 5 for query, target in pairs)
    assert found / len(pairs) >= 0.95


def _rank(query, target, others):
    """The worst place the target can take: names as similar but different come before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 + count(*) FROM unnest(%s::text[]) AS other"
            " WHERE other <> %s AND similarity(other, %s) >= similarity(%s, %s)",
            [others, target, query, target, query],
        )
        return cursor.fetchone()[0]
