"""What was typed of a case and not saved goes with what is expunged."""

import pytest
from django.http import QueryDict

from incidents.entry import keeping
from incidents.expunging import ask_for, carry_out
from incidents.models import Expunging
from incidents.roles import ADMINISTRATOR
from tests.incidents import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["incident", "person", "source"])
def test_expunging_forgets_what_is_kept_of_the_cases_concerned(kind):
    case, other = factories.incident("Concerned"), factories.incident("Another")
    act = factories.violation(case)
    source = factories.source("Expungedmark")
    factories.cite(act, source)
    clerk = factories.staff()
    for each in (case, other):
        keeping.keep(clerk, keeping.INCIDENT, each.pk, QueryDict("internal_notes=Zarmina"))
    row = {"incident": case, "person": act.person, "source": source}[kind]
    wish = Expunging(
        kind=kind, row_id=row.pk, ground="law", request_reference="HC 12/2026", words="An order."
    )
    carry_out(ask_for(wish, by=factories.staff(ADMINISTRATOR)), by=factories.publisher())
    assert [draft.row for draft in keeping.unfinished(clerk)] == [other.pk]
