"""Who may open and do what: one table of actor × address × answer."""

import pytest

from incidents.models import Incident, Publication, Stage
from tests.incidents import factories
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db

ACTORS = ("anonymous", "administrator", "clerk", "reviewer", "publisher", "superuser")
YES, NO, LOGIN = 200, 403, 302
REFUSED = 409
"""The page opens, and says why there is nothing of this case yet."""
FORM = 302
"""The section has one row, or none yet, and leads to it."""
CASEWORK = (LOGIN, NO, YES, YES, YES, YES)
REVIEWING = (LOGIN, NO, NO, YES, YES, YES)
PUBLISHING = (LOGIN, NO, NO, NO, YES, YES)
OFFICE = (LOGIN, YES, NO, NO, NO, YES)
LOOKED_UP = (LOGIN, YES, YES, YES, YES, YES)
NOBODY = (LOGIN, NO, NO, NO, NO, NO)

PAGES = {
    "": (LOGIN, YES, YES, YES, YES, YES),
    "password_change/": (LOGIN, YES, YES, YES, YES, YES),
    "incidents/incident/": CASEWORK,
    "incidents/incident/add/": CASEWORK,
    "incidents/incident/new/": CASEWORK,
    "incidents/incident/{incident}/same-again/{violation}/": CASEWORK,
    "incidents/incident/{incident}/change/": CASEWORK,
    "incidents/incident/{incident}/history/": CASEWORK,
    "incidents/incident/{incident}/publication/": CASEWORK,
    "incidents/incident/{incident}/public-page/": CASEWORK,
    "incidents/incident/{incident}/communications/{person}/": CASEWORK,
    "incidents/incident/{incident}/communications/{person}/court/": (
        *(LOGIN, NO, NO),
        *(REFUSED, REFUSED, REFUSED),
    ),
    "incidents/incident/{incident}/merge/": PUBLISHING,
    "incidents/incident/{incident}/evidence/": REVIEWING,
    "incidents/incident/{incident}/delete/": NOBODY,
    "incidents/violation/": CASEWORK,
    "incidents/violation/add/": NOBODY,
    "incidents/violation/counts/": CASEWORK,
    "incidents/violation/counts/counts.csv": CASEWORK,
    "incidents/victim/": CASEWORK,
    "incidents/victim/add/": NOBODY,
    "incidents/victim/{person}/change/": CASEWORK,
    "incidents/victim/{person}/history/": CASEWORK,
    "incidents/victim/{person}/delete/": NOBODY,
    "incidents/person/": CASEWORK,
    "incidents/person/add/": CASEWORK,
    "incidents/person/{person}/change/": CASEWORK,
    "incidents/person/{person}/history/": CASEWORK,
    "incidents/person/{person}/withdraw/": PUBLISHING,
    "incidents/person/{person}/merge/": CASEWORK,
    "incidents/person/{person}/delete/": NOBODY,
    "incidents/agency/": CASEWORK,
    "incidents/agency/add/": CASEWORK,
    "incidents/agency/posts/": CASEWORK,
    "incidents/agency/{agency}/change/": CASEWORK,
    "incidents/agency/{agency}/history/": CASEWORK,
    "incidents/agency/{agency}/delete/": NOBODY,
    "incidents/legalaction/": CASEWORK,
    "incidents/legalaction/add/": CASEWORK,
    "incidents/legalaction/{action}/change/": CASEWORK,
    "incidents/legalaction/{action}/history/": CASEWORK,
    "incidents/legalaction/{action}/withdraw/": PUBLISHING,
    "incidents/legalaction/{action}/delete/": NOBODY,
    "incidents/source/": CASEWORK,
    "incidents/source/add/": CASEWORK,
    "incidents/source/{source}/change/": CASEWORK,
    "incidents/source/{source}/history/": CASEWORK,
    "incidents/source/{source}/withdraw/": PUBLISHING,
    "incidents/source/{source}/evidence/": REVIEWING,
    "incidents/source/{source}/verify-files/": CASEWORK,
    "incidents/source/{source}/delete/": NOBODY,
    "incidents/citation/": CASEWORK,
    "incidents/citation/add/": NOBODY,
    "incidents/citation/{citation}/change/": CASEWORK,
    "incidents/citation/{citation}/history/": CASEWORK,
    "incidents/citation/{citation}/delete/": NOBODY,
    "incidents/intervention/": CASEWORK,
    "incidents/intervention/add/": NOBODY,
    "incidents/review/": CASEWORK,
    "incidents/review/add/": NOBODY,
    "incidents/staffmember/": OFFICE,
    "incidents/staffmember/add/": OFFICE,
    "incidents/staffmember/{member}/change/": OFFICE,
    "incidents/staffmember/{member}/history/": OFFICE,
    "incidents/staffmember/{member}/delete/": NOBODY,
    "incidents/expunging/": (LOGIN, YES, NO, NO, YES, YES),
    "incidents/expunging/add/": OFFICE,
    "auth/group/": OFFICE,
    "auth/group/add/": NOBODY,
    "auth/group/{group}/change/": OFFICE,
    "auth/group/{group}/delete/": NOBODY,
    "reference/term/": LOOKED_UP,
    "reference/term/add/": OFFICE,
    "reference/term/{term}/change/": LOOKED_UP,
    "reference/term/{term}/delete/": NOBODY,
    "reference/area/": LOOKED_UP,
    "reference/area/add/": OFFICE,
    "reference/area/{area}/change/": LOOKED_UP,
    "reference/area/{area}/delete/": NOBODY,
    "reference/organisation/": (LOGIN, FORM, NO, NO, NO, FORM),
    "reference/organisation/add/": OFFICE,
    "reference/organisation/1/change/": (LOGIN, FORM, NO, NO, NO, FORM),
    "reference/pagetext/": OFFICE,
    "reference/pagetext/add/": OFFICE,
}


@pytest.fixture
def actors(request):
    return {name: request.getfixturevalue(name) for name in ACTORS}


@pytest.fixture
def keys(db):
    case = factories.incident()
    act = factories.violation(case)
    member = factories.staff()
    return {
        "incident": case.pk,
        "violation": act.pk,
        "person": act.person_id,
        "agency": factories.agency().pk,
        "action": factories.legal_action(case).pk,
        "source": factories.source().pk,
        "citation": act.citations.get().pk,
        "member": member.pk,
        "group": member.groups.get().pk,
        "term": factories.term("sex", "man").pk,
        "area": factories.area().pk,
    }


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_those_who_may_open_it(actors, keys, path):
    address = f"/admin/{path.format(**keys)}"
    answers = tuple(actors[name].get(address).status_code for name in ACTORS)
    assert answers == PAGES[path]


def test_somebody_who_is_not_on_staff_does_not_get_in(client):
    outsider = factories.staff()
    type(outsider).objects.filter(pk=outsider.pk).update(is_staff=False)
    client.force_login(outsider)
    assert client.get("/admin/incidents/incident/").status_code == 302


STEPS = {
    # step: (stage it begins at, answer to each actor, who moves the case)
    "submit": ("draft", CASEWORK, ("clerk", "reviewer", "publisher", "superuser")),
    "verify": (
        "submitted",
        (LOGIN, NO, NO, YES, YES, YES),
        ("reviewer", "publisher", "superuser"),
    ),
    "approve": (
        "submitted",
        (LOGIN, NO, NO, YES, YES, YES),
        ("reviewer", "publisher", "superuser"),
    ),
    "return": (
        "submitted",
        (LOGIN, NO, NO, YES, YES, YES),
        ("reviewer", "publisher", "superuser"),
    ),
    "reopen": ("approved", CASEWORK, ("clerk", "reviewer", "publisher", "superuser")),
    "publish": ("approved", PUBLISHING, ("publisher", "superuser")),
    "correct": ("published", PUBLISHING, ()),
    "withdraw": ("published", PUBLISHING, ("publisher", "superuser")),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("actor", ACTORS)
def test_each_step_is_taken_by_those_who_may_take_it(actors, actor, step):
    begins, answers, movers = STEPS[step]
    case = _case_at(begins)
    before = (case.stage, case.publication)
    data = {"step": step, "text": "A reason", "reason": "error", "confirmed": "yes"}
    data["seen"] = factories.reviewing.fingerprints_of_all([case])[case.pk]
    path = f"/admin/incidents/incident/{case.pk}/publication/"
    response = actors[actor].post(path, data)
    case.refresh_from_db()
    expected = answers[ACTORS.index(actor)]
    if expected == NO:
        assert response.status_code == NO
    else:
        leads_to = "/admin/login/" if expected == LOGIN else path
        assert response.status_code == 302
        assert response["Location"].split("?")[0] == leads_to
    assert ((case.stage, case.publication) != before) is (actor in movers)


def _case_at(begins):
    case = factories.incident()
    factories.violation(case)
    if begins == "submitted":
        factories.reviewing.submit(case, by=factories.staff())
    elif begins == "approved":
        factories.approve(case)
    elif begins == "published":
        factories.publish(case)
    case.refresh_from_db()
    return case


def test_clerks_cannot_change_what_they_only_look_up(clerk):
    term = factories.term("sex", "man")
    response = clerk.post(f"/admin/reference/term/{term.pk}/change/", {"label_en": "Other"})
    assert response.status_code == 403


def test_stage_and_publication_cannot_be_typed_in(clerk):
    case = factories.incident()
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    assert not {"stage", "publication", "reference", "published_at"} & set(form.values)
    form.fill(title="Another title")
    form.send(stage="approved", publication="published", reference="INC-2023-0001")
    case.refresh_from_db()
    assert case.title == "Another title"
    assert (case.stage, case.publication) == (Stage.DRAFT, Publication.UNPUBLISHED)


def test_who_entered_and_changed_each_row_is_written_whatever_is_sent(clerk, other_clerk):
    form = Form(clerk, "/admin/incidents/incident/add/", "incident_form")
    form.fill(title="A raid", kind=factories.term("incident-kind", "violation-event"))
    form.fill(
        "violations-0",
        person=factories.person(),
        type=factories.term("violation-type", "enforced-disappearance"),
    )
    pk = form.save()
    other = Form(other_clerk, f"/admin/incidents/incident/{pk}/change/", "incident_form")
    other.fill("violations-0", outcome="Released")
    other.add_row("casualties", harm="taken", best=1, claimant_text="Family")
    other.save()
    case = Incident.objects.get(pk=pk)
    act, number = case.violations.get(), case.casualties.get()
    assert (case.entered_by, case.changed_by) == (clerk.member, other_clerk.member)
    assert (act.entered_by, act.changed_by) == (clerk.member, other_clerk.member)
    assert (number.entered_by, number.changed_by) == (other_clerk.member, other_clerk.member)


def test_the_groups_are_shown_and_not_edited(administrator):
    group = factories.staff().groups.get()
    page = administrator.get(f"/admin/auth/group/{group.pk}/change/").content.decode()
    assert "Can add incident" in page
    assert administrator.post(f"/admin/auth/group/{group.pk}/change/", {}).status_code == 403
