"""Section D, 23: a restricted case leaves no trace for anybody who is not assigned to it.

A sweep of everything that can be reached, before there is a restricted case with a row of each
model and after: both have to be the same, word by word and number by number. That finds a name as
well as a count that is one too high.
"""

import re

import pytest
from django.test import Client

from incidents.jobs.faces import take_out_restricted
from incidents.models import (
    BodyEntry,
    Casualties,
    Consent,
    Contact,
    DisappearanceElement,
    Incident,
    IncidentLink,
    Intervention,
    InterventionAddressee,
    LegalRelation,
    LegalStep,
    PersonRelation,
    Protest,
    ReviewComment,
    Task,
    TaskKind,
)
from incidents.publishing import PublicationRefused
from record.models import IncidentEntry, Revision
from record.releasing.making import make_release
from tests.architecture.test_leaks import public_addresses, text_of
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form
from tests.incidents.evidence import files
from tests.incidents.pictures.drawing import picture, with_everything
from tests.reference.organisation_factory import fully

pytestmark = pytest.mark.django_db

MARK = "Zqhidden"
"""Stands in every text of the restricted case."""

PUBLIC_QUESTIONS = (
    f"/?q={MARK}",
    f"/api/v1/incidents/?q={MARK}",
    f"/api/v1/victims/?name={MARK}",
    "/violations/?type=life",
    *(
        f"/api/v1/statistics/?unit={unit}&group_by={dimension}"
        for unit in ("violations", "victims", "incidents")
        for dimension in ("district", "type", "month", "status", "agency")
    ),
)
BOXES = (
    ("incidentlink", "to_incident"),
    ("violation", "person"),
    ("source", "informant"),
    ("citation", "source"),
    ("legalaction_incidents", "legalaction"),
    ("legalrelation", "other"),
    ("involvement", "agency"),
)
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"'
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?"
    r'|name="(page_key|seen)" value="[^"]*"|nonce="[^"]*"|"took": [\d.]+'
)
LINK = re.compile(r'href="([^"#]+)')
SEARCHED = ("incident", "victim", "person", "source", "legalaction", "violation")


@pytest.fixture(autouse=True)
def _organisation(db):
    fully()


@pytest.fixture
def world(db):
    """An open, published case, and one that is not finished; both in the district of the other."""
    case = make.incident("An open case", area=make.area("PK211"), area_basis="stated")
    victim = make.person("Karima")
    act = make.violation(case, victim)
    make.cite(case)
    case.victim, case.act = victim, act
    case.petition = make.legal_action(case, people=[victim])
    case.letter = make.source("An open letter")
    make.cite(act, case.letter)
    case.body = make.agency("Frontier Corps")
    make.publish(case)
    case.clerk, case.reviewer = make.staff(), make.publisher()
    case.draft = make.incident("A draft", area=make.area("PK211"), area_basis="stated")
    return case


def hidden_case(world):
    """A restricted case with a row of each model, tied to what the open case tells of."""
    text = f"{MARK} told"
    case = make.incident(
        f"{MARK} raid",
        restricted=True,
        area=make.area("PK211"),
        area_basis="stated",
        public_account=text,
        internal_notes=text,
    )
    case.citations.all().delete()
    victim = make.person(MARK, f"{MARK}father")
    act = make.violation(case, victim, "extrajudicial-killing", outcome=text)
    of_known = make.violation(case, world.victim, "torture")
    source = make.source(f"{MARK} testimony", confidential=True, informant=make.person(f"{MARK}i"))
    letter = make.source(f"{MARK} letter", url=f"https://example.org/{MARK}")
    for fact in (case, act, of_known):
        make.cite(fact, source)
        make.cite(fact, letter)
    make.cite(act, world.letter, quotation=text)
    element = DisappearanceElement.objects.create(
        violation=act,
        element=make.term("disappearance-element", "el-state"),
        finding=make.term("element-finding", "alleged"),
        note=text,
    )
    make.cite(element, letter)
    make.attribution(case, world.body, words=text, violation=act)
    make.involvement(case, person=make.person(f"{MARK}accused"))
    make.status(case, victim, "disappeared", "2023-10-29", note=text)
    make.status(case, world.victim, "found-free", "2024-01-05", note=text)
    body = BodyEntry.objects.create(
        incident=case, person=victim, event=make.term("body-event", "buried"), claimant_text=text
    )
    make.cite(body, letter)
    Casualties.objects.create(incident=case, harm="killed", best=4, claimant_text=text)
    make.account(case, text)
    Protest.objects.create(incident=case, demands=[text])
    appeal = Intervention.objects.create(incident=case, by_text=text)
    appeal.people.set([world.victim, victim])
    InterventionAddressee.objects.create(intervention=appeal, agency=world.body)
    petition = make.legal_action(case, title=f"{MARK} petition", people=[victim, world.victim])
    LegalStep.objects.create(action=petition, what=text, next_date="2030-01-01")
    LegalRelation.objects.create(
        action=petition, kind=LegalRelation.Kind.values[0], other=world.petition
    )
    follows = make.term("incident-link", "follows")
    IncidentLink.objects.create(from_incident=case, to_incident=world, kind=follows)
    IncidentLink.objects.create(from_incident=world, to_incident=case, kind=follows)
    PersonRelation.objects.create(
        person=world.victim, other=victim, kind=make.term("person-relation", "lawyer")
    )
    Contact.objects.create(person=victim, text=text)
    Consent.objects.create(
        person=victim,
        use=make.term("consent-use", "keep"),
        answer=make.term("consent-answer", "granted"),
    )
    picture(victim, with_everything(), shown=False)
    files.redacted(letter, by=world.clerk)
    ReviewComment.objects.create(
        incident=case,
        row_kind="incident",
        row_id=case.pk,
        text=text,
        written_by=world.clerk,
    )
    Task.objects.create(incident=case, what=text, due="2026-01-01", kind=TaskKind.values[0])
    make.approve(case, clerk=world.clerk, reviewer=world.reviewer)
    return case


def rest_of(text):
    return CHANGING.sub("", text)


def in_english():
    """Pages in Urdu show the same rows."""
    return [each for each in public_addresses() if not each.startswith("/ur/")]


def seen_by_the_world(tmp_path, day):
    client = Client()
    found = {}
    for address in (*in_english(), *PUBLIC_QUESTIONS):
        if address == "/api/v1/limits/":
            continue  # it tells of the reader alone
        answer = client.get(address)
        found[address] = (answer.status_code, rest_of(text_of(answer)))
    for file in make_release(day, within=tmp_path / day).files:
        if file.name.endswith((".csv", ".ndjson", ".geojson")):
            written = (tmp_path / day / day / file.name).read_text(errors="replace")
            found[file.name] = (200, rest_of(written).replace(day, ""))
    return found


def pages_of(world):
    """Pages of the open case and of what it tells of, with all that hangs on them."""
    for case in (world, world.draft):
        for step in ("change", "history", "publication", "changes", "evidence", "communications"):
            yield f"/admin/incidents/incident/{case.pk}/{step}/"
    for model, row in (
        ("person", world.victim),
        ("victim", world.victim),
        ("source", world.letter),
        ("legalaction", world.petition),
        ("agency", world.body),
    ):
        for step in ("change", "history"):
            yield f"/admin/incidents/{model}/{row.pk}/{step}/"


def seen_by(client, world):
    """Every list that the first page leads to, searches, what boxes offer, and pages of open
    rows."""
    first = client.get("/admin/").content.decode()
    lists = {each for each in LINK.findall(first) if each.startswith("/admin/incidents/")}
    addresses = ["/admin/", *sorted(lists), *pages_of(world)]
    addresses += [f"/admin/incidents/{model}/?q={MARK}" for model in SEARCHED]
    addresses += [
        f"/admin/autocomplete/?app_label=incidents&model_name={model}&field_name={field}&term=Z"
        for model, field in BOXES
    ]
    found = {}
    for address in addresses:
        answer = client.get(address)
        found[address] = (answer.status_code, rest_of(answer.getvalue().decode(errors="replace")))
    return found


def different(before, after):
    """Address → what stood where it began to be otherwise, and what stands there now."""
    found = {}
    for address in sorted(before.keys() | after.keys()):
        was, now = (str(each.get(address)) for each in (before, after))
        if was != now:
            pairs = enumerate(zip(was, now, strict=False))
            at = next((place for place, pair in pairs if len(set(pair)) > 1), len(was))
            found[address] = (was[max(at - 60, 0) : at + 60], now[max(at - 60, 0) : at + 60])
    return found


def test_23_a_restricted_case_leaves_no_trace_for_the_world(world, tmp_path):
    before = seen_by_the_world(tmp_path, "2026-02-01")
    hidden_case(world)
    after = seen_by_the_world(tmp_path, "2026-02-02")
    assert different(before, after) == {}


def test_23_a_restricted_case_leaves_no_trace_for_staff_who_are_not_assigned(world, clerk):
    for address in pages_of(world):
        clerk.get(address)  # a first look leaves something behind
    before = seen_by(clerk, world)
    assert len(before) > 40
    hidden_case(world)
    assert different(before, seen_by(clerk, world)) == {}


def published():
    """A case that everybody can read, with somebody who can restrict it."""
    case = make.incident(f"{MARK} raid", restricted=False)
    make.violation(case, make.person(MARK))
    make.publish(case)
    return case


def trace():
    """Public addresses that still tell of a case, but for what is left of everything withdrawn."""
    client, found = Client(), []
    for address in (*in_english(), *PUBLIC_QUESTIONS):
        text = text_of(client.get(address))
        if MARK in text.replace(address.rpartition("=")[2], ""):
            found.append(address)
    return found


def test_23_to_restrict_a_public_case_takes_it_out_with_the_same_saving(clerk):
    case = published()
    assert trace()
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.fill(restricted="on")
    question = form.send()
    assert "takes it out of the public record" in question.content.decode()
    case.refresh_from_db()
    assert (case.restricted, case.publication) == (False, "published")

    form.fill().values["confirmed"] = ["yes"]
    answer = form.send()
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.restricted, case.publication) == (True, "unpublished")
    assert trace() == []
    assert not any(MARK in (row.document or "") for row in Revision.objects.all())
    gone = Client().get(f"/api/v1/incidents/{case.reference}/")
    assert (gone.status_code, gone.json()["reason"]["code"]) == (410, "safety")


def test_23_a_restricted_case_is_not_published_until_it_is_open_and_approved_again():
    case = published()
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    assert take_out_restricted() == 1
    assert trace() == []
    case.refresh_from_db()
    with pytest.raises(PublicationRefused) as refused:
        make.correct(case)
    assert "restricted" in [each.code for each in refused.value.obstacles]
    Incident.objects.filter(pk=case.pk).update(restricted=False)
    case.refresh_from_db()
    make.correct(case)
    assert IncidentEntry.objects.live().filter(reference=case.reference).exists()
