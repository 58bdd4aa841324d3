"""Citations are looked up along each way to a case by itself, and what is found is the rule."""

from itertools import combinations

import pytest

from incidents import demonstration
from incidents.models import Citation, Incident
from incidents.ties import CASES_OF, VISIBLE_WITH
from incidents.visibility import visible_to
from tests.incidents import factories

pytestmark = pytest.mark.django_db


def keys(rows):
    return set(rows.order_by().values_list("pk", flat=True))


def kept_by_the_rule(member, concealed):
    """Keys of the citations of a concealed case, or of something that this member may not see."""
    kept = set()
    for way in CASES_OF[Citation]:
        kept |= keys(Citation.objects.filter(**{f"{way}__in": concealed}))
    for way, other in VISIBLE_WITH[Citation]:
        hidden = keys(other.objects.all()) - keys(visible_to(member, other.objects.all()))
        kept |= keys(Citation.objects.filter(**{f"{way}__in": hidden}))
    return kept


def test_the_rule_for_citations_holds_for_every_choice_of_concealed_cases():
    demonstration.load()
    member, every = factories.staff(), keys(Citation.objects.all())
    cases = sorted(keys(Incident.objects.all()))
    kept = 0
    for concealed in ((), *((each,) for each in cases), *list(combinations(cases, 2))[::5]):
        Incident.objects.update(restricted=False)
        Incident.objects.filter(pk__in=concealed).update(restricted=True)
        hidden = kept_by_the_rule(member, concealed)
        assert keys(visible_to(member, Citation.objects.all())) == every - hidden, concealed
        kept += len(hidden)
    assert kept
