"""What opening the page of a case asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.incidents import factories

pytestmark = pytest.mark.django_db

ROWS = 3
QUERIES = 50
"""A third of them are about who opens it and what they kept; else one or two for a kind of row."""


def fill(case, rows):
    """Rows of every common kind."""
    for number in (f"{case.pk}-{row}" for row in range(rows)):
        victim = factories.person(f"Balaach {number}", local="بالاچ")
        factories.violation(case, victim)
        factories.cite(case, factories.source(f"An article {number}"))
        factories.account(case, f"He was taken {number}.")
        factories.attribution(case, factories.agency(f"Police of district {number}"))
        factories.involvement(case, agency=factories.agency(f"Levies of district {number}"))
        factories.status(case, victim, "disappeared", "2023-10-29")
        factories.legal_action(case, title=f"Petition {number}", people=[victim])


def asked(client, case):
    path = f"/admin/incidents/incident/{case.pk}/change/"
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return [each["sql"] for each in found]


def test_a_case_costs_the_same_however_many_rows_it_has(clerk):
    short, long = factories.incident("A short case"), factories.incident("A long case")
    fill(short, 1)
    fill(long, ROWS)
    # Now and then a page asks once more, whether terms or areas were changed elsewhere.
    cost = {case: min(len(asked(clerk, case)) for _again in range(2)) for case in (short, long)}
    assert cost[long] == cost[short] <= QUERIES


def test_what_is_new_in_a_case_is_asked_in_one_statement(clerk):
    case = factories.incident()
    fill(case, ROWS)
    assert len([each for each in asked(clerk, case) if 'event"' in each]) == 1


def test_whom_a_box_would_offer_is_not_looked_up_before_somebody_types(clerk):
    restricted = factories.incident("A restricted case", restricted=True)
    fill(restricted, 1)
    case = factories.incident()
    fill(case, 1)
    assert not [each for each in asked(clerk, case) if "touched" in each and "person" in each]
