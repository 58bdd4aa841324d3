"""What somebody typed is text on every page that shows it: boxes are written without templates."""

import pytest

from incidents.models import Posting, ReviewComment, SavedQuery
from reference import vocabularies
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db

TYPED = "\"'><script>x()</script>&amp;"
IN_AN_ADDRESS = "%22%27%3E%3Cscript%3Ex()%3C/script%3E"


@pytest.fixture
def label():
    """A term that an administrator called so."""
    term = make.term("violation-type", "enforced-disappearance")
    term.labels = {"en": TYPED, "ur": TYPED}
    term.save()
    vocabularies.clear_cache()
    yield
    vocabularies.clear_cache()


@pytest.fixture
def case(clerk, label):
    made = make.incident(TYPED, by=clerk.member, public_account=TYPED, internal_notes=TYPED)
    made.victim = make.person(TYPED, TYPED)
    made.source = make.source(TYPED, publisher=TYPED, author=TYPED)
    made.unit = make.agency(TYPED)
    act = make.violation(made, made.victim, outcome=TYPED, stated_reason=TYPED)
    for fact in (act, made.victim):
        make.cite(fact, made.source, locator=TYPED, quotation=TYPED)
    make.involvement(made, agency=made.unit, post=TYPED, alleged_by_text=TYPED)
    make.account(made, TYPED, claimant_text=TYPED)
    make.legal_action(made, title=TYPED, people=[made.victim])
    Posting.objects.create(
        person=made.victim, agency=made.unit, post=TYPED, rank=TYPED, source=made.source
    )
    SavedQuery.objects.create(
        owner=clerk.member, name=TYPED, shared=True, parameters={"rows": "agency"}
    )
    for kind, row in (("incident", made), ("violation", act), ("person", made.victim)):
        ReviewComment.objects.create(
            incident=made,
            row_kind=kind,
            row_id=row.pk,
            text=TYPED,
            about=TYPED,
            written_by=clerk.member,
        )
    return made


def addresses(case):
    for model, row in (
        ("incident", case),
        ("person", case.victim),
        ("source", case.source),
        ("agency", case.unit),
    ):
        for page in ("change", "history"):
            yield f"{model}/{row.pk}/{page}/"
    yield f"agency/posts/?agency={case.unit.pk}&on=2023-01-01"
    yield "citation/"
    yield f"violation/?rows=agency&row={case.unit.pk}&date_from=2023&q={IN_AN_ADDRESS}"
    yield "violation/counts/?rows=agency&columns=type"
    yield f"violation/counts/?q={IN_AN_ADDRESS}&date_from={IN_AN_ADDRESS}"


def is_only_text(answer):
    """Whether nothing of it became an element, and nothing was escaped twice."""
    page = answer.content.decode()
    return "<script>x" not in page and "&amp;lt;script" not in page


def test_no_page_takes_it_for_html(clerk, case):
    for address in addresses(case):
        answer = clerk.get(f"/admin/incidents/{address}")
        assert answer.status_code == 200, address
        assert is_only_text(answer), address


def test_nor_does_a_page_that_was_refused(clerk, case):
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    refused = form.fill(title=TYPED, date=TYPED, time_of_day=TYPED).send()
    assert refused.status_code == 200
    assert is_only_text(refused)
