"""What is public obeys the consents in the request that records them, on every surface."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from incidents import publishing
from incidents.duplicates.looking import look_at_person
from incidents.jobs.faces import hide_without_consent
from incidents.models import Consent, Incident, Person, Publication
from record.models import (
    IncidentEntry,
    PublishedPicture,
    Revision,
    VictimEntry,
    ViolationEntry,
)
from record.releasing.honouring import honour_withdrawals
from record.releasing.making import make_release
from record.releasing.manifest import manifest_in
from record.releasing.safety import may_be_read
from record.verification import verify_chain
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form, messages_of
from tests.incidents.admin.test_new_case import looked_over
from tests.incidents.importing import lists
from tests.incidents.pictures.drawing import consent, picture, upload
from tests.record.released import texts

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NAME, LOCAL, FATHER, ABOUT = "Zqbalach", "ظقبلاچ", "Zqbakhsh", "Zqtailor of Zqbazaar"
WORDS = (NAME, LOCAL, FATHER, ABOUT)


def somebody(*uses, **values):
    """A person with these consents and no other ground, and their published case."""
    person = make.person(
        NAME, FATHER, local=LOCAL, publication_ground=None, about=ABOUT, birth="1999", **values
    )
    given = {use: consent(person, use) for use in uses}
    case = make.incident("Somebody is taken", public_account="He was taken from his home.")
    make.violation(case, person, age_low=24, age_high=24)
    make.status(case, person, "disappeared", "2023-10-29")
    make.legal_action(case, people=[person])
    make.publish(case)
    person.refresh_from_db()
    case.refresh_from_db()
    return person, case, given


def take_back(row):
    Consent.objects.filter(pk=row.pk).update(withdrawn_on=TODAY)


def stands(*words):
    """Those of the words that stand in any document of the record, present or past."""
    texts = [row.document or "" for row in Revision.objects.all()]
    return {word for word in words for text in texts if word in text}


def shown(person):
    entry = VictimEntry.objects.live().filter(reference=person.reference).first()
    return entry and entry.content()["name_shown"]


def obey(person):
    return publishing.obey_consents(person, by=make.staff())


# ------------------------------------------------------------------------------ what is decided


@pytest.mark.parametrize(
    ("given", "ended", "left"),
    [
        (("publish-name",), "publish-name", None),
        (("publish-name", "publish-anonymous"), "publish-name", "withheld"),
        (("publish-name", "publish-anonymous"), "publish-anonymous", "full"),
        (("publish-name", "publish-photo"), "publish-photo", "full"),
        (("publish-name",), None, "full"),
    ],
)
def test_what_is_shown_is_the_most_that_a_consent_still_allows(given, ended, left):
    person, _case, consents = somebody(*given)
    if ended:
        take_back(consents[ended])
    obey(person)
    assert shown(person) == left
    assert bool(stands(*WORDS)) is (left == "full")


@pytest.mark.parametrize(
    "end",
    [
        {"withdrawn_on": TODAY},
        {"expires": TODAY - timedelta(days=1)},
    ],
    ids=["taken back", "run out"],
)
def test_each_way_in_which_a_consent_ends_is_obeyed(end):
    person, _case, given = somebody("publish-name")
    Consent.objects.filter(pk=given["publish-name"].pk).update(**end)
    obey(person)
    assert shown(person) is None
    assert stands(*WORDS) == set()


def test_a_refusal_entered_later_is_obeyed():
    person, _case, _given = somebody("publish-name")
    consent(person, "publish-name", "refused")
    obey(person)
    assert shown(person) is None


def test_a_recorded_ground_needs_no_consent():
    person, _case, given = somebody("publish-name")
    person.publication_ground = make.term("consent-ground", "already-public")
    person.save()
    take_back(given["publish-name"])
    assert not obey(person)
    assert shown(person) == "full"


def test_what_a_family_allowed_stands_until_the_one_who_came_back_has_answered():
    person, case, _given = somebody("publish-name")
    Consent.objects.update(giver=make.term("consent-giver", "parent"), given_on="2023-11-01")
    make.status(case, person, "released", "2024-01-10")
    assert not obey(person)
    consent(person, "publish-anonymous", giver=make.term("consent-giver", "self"))
    assert obey(person)
    assert shown(person) == "withheld"


def test_obeying_twice_does_nothing_more():
    person, _case, given = somebody("publish-name", "publish-anonymous")
    take_back(given["publish-name"])
    assert obey(person)
    last = Revision.objects.count()
    assert not obey(Person.objects.get(pk=person.pk))
    assert Revision.objects.count() == last


def test_the_account_stays_where_somebody_still_consents_to_it_without_the_name():
    person, case, given = somebody("publish-name", "publish-anonymous")
    take_back(given["publish-name"])
    follows = obey(person)
    assert follows.withdrawn == []
    assert case.reference in follows.rewritten
    assert IncidentEntry.objects.get(reference=case.reference).content()["account"]
    [act] = [entry.content() for entry in ViolationEntry.objects.live()]
    assert (act["victim"]["name_shown"], act["victim"]["age"]) == ("withheld", None)


def test_what_was_rewritten_is_what_a_new_publication_would_write():
    """The two ways in which a name is withheld agree, member for member."""
    person, case, given = somebody("publish-name", "publish-anonymous")
    take_back(given["publish-name"])
    obey(person)
    before = {entry.reference: entry.content_sha256 for entry in VictimEntry.objects.live()}
    acts = {entry.reference: entry.content_sha256 for entry in ViolationEntry.objects.live()}
    make.correct(case)
    assert before == {row.reference: row.content_sha256 for row in VictimEntry.objects.live()}
    assert acts == {row.reference: row.content_sha256 for row in ViolationEntry.objects.live()}


def test_a_case_whose_words_name_the_person_goes_and_can_come_back_reworded():
    person, case, given = somebody("publish-name", "publish-anonymous")
    case.public_account = f"{NAME} was taken."
    case.save()
    make.correct(case)
    take_back(given["publish-name"])
    assert case.reference in obey(person).withdrawn
    assert stands(*WORDS) == set()
    case.refresh_from_db()
    assert case.publication == Publication.UNPUBLISHED
    with pytest.raises(publishing.PublicationRefused):
        publishing.publish(case, by=make.publisher())
    case.public_account = "He was taken."
    case.save()
    make.correct(case)
    assert IncidentEntry.objects.live().filter(reference=case.reference).exists()
    assert shown(person) == "withheld"
    assert stands(*WORDS) == set()


def test_another_victim_of_the_case_stays():
    person, case, given = somebody("publish-name")
    make.violation(case, make.person("Zarif"))
    make.correct(case)
    take_back(given["publish-name"])
    obey(person)
    content = IncidentEntry.objects.live().get(reference=case.reference).content()
    assert [act["victim"]["name"] for act in content["violations"]] == ["Zarif"]
    assert stands(*WORDS) == set()


def test_no_later_publication_brings_the_name_back():
    person, case, given = somebody("publish-name", "publish-anonymous")
    take_back(given["publish-name"])
    obey(person)
    make.correct(case)
    assert shown(person) == "withheld"


def test_the_chain_still_verifies():
    person, _case, given = somebody("publish-name", "publish-anonymous")
    take_back(given["publish-name"])
    obey(person)
    take_back(given["publish-anonymous"])
    obey(person)
    assert list(verify_chain()) == []
    assert shown(person) is None


def test_a_consent_that_runs_out_is_obeyed_by_the_worker():
    person, _case, given = somebody("publish-name")
    assert hide_without_consent() == 0
    row = given["publish-name"]
    Consent.objects.filter(pk=row.pk).update(expires=TODAY - timedelta(days=1))
    assert hide_without_consent() == 1
    assert hide_without_consent() == 0
    assert shown(person) is None


def test_a_consent_that_was_taken_out_of_the_case_file_is_obeyed_by_the_worker():
    person, _case, given = somebody("publish-name")
    given["publish-name"].delete()
    assert hide_without_consent() == 1
    assert shown(person) is None


def returned_with_an_answer():
    """Somebody whose family allowed the name, and who has answered: only without it."""
    person, case, _given = somebody("publish-name")
    Consent.objects.update(giver=make.term("consent-giver", "parent"), given_on="2023-11-01")
    consent(person, "publish-anonymous", giver=make.term("consent-giver", "self"))
    assert hide_without_consent() == 0
    return person, case


def test_a_return_is_obeyed_by_the_worker():
    person, case = returned_with_an_answer()
    make.status(case, person, "released", "2024-01-10")
    assert hide_without_consent() == 1
    assert shown(person) == "withheld"


def test_a_return_is_obeyed_in_the_request_that_records_it(clerk):
    person, case = returned_with_an_answer()
    form = Form(clerk, f"/admin/incidents/incident/{case.pk}/change/", "incident_form")
    form.add_row(
        "statuses",
        person=person.pk,
        status=make.term("victim-status", "released").pk,
        date="2024-01-10",
    )
    form.save()
    assert shown(person) == "withheld"


def test_a_list_that_takes_the_recorded_ground_away_is_obeyed_and_tells_it():
    by = make.staff()
    mapping = lists.MAPPING.replace(
        "[[victim]]\n",
        "[[victim]]\n[victim.person]\npublication_ground = "
        '{ column = "note", map = { Public = "already-public" } }\n'
        'risk_assessment = { value = "Low." }\n',
    )
    rows = [[*row[:-1], "Public"] for row in lists.ROWS]
    lists.brought_in(by, rows, mapping=mapping)
    person = Person.objects.get(names__given="Zahid")
    person.name_protection = "full"
    person.save()
    case = make.incident()
    make.violation(case, person)
    make.publish(case)
    person.refresh_from_db()
    assert shown(person) == "full"
    rows[2][-1] = ""
    batch, _figures = lists.brought_in(by, rows, mapping=mapping)
    assert shown(person) is None
    [told] = batch.problems.filter(code="consent-ended")
    assert person.reference in told.reason


# ------------------------------------------------------------------------------ on the page


def page_of(person):
    return f"/admin/incidents/person/{person.pk}/change/"


def withdrawing(client, person, **values):
    form = Form(client, page_of(person), "person_form")
    return form.fill("consents-0", withdrawn_on=TODAY.isoformat(), **values)


def confirmed(client, answer):
    """Say yes to the question of a page."""
    form = Form.__new__(Form)
    form.client, form.path = client, answer.request["PATH_INFO"]
    form.read(answer, None)
    return form.send(button=None)


@pytest.fixture
def clerk():
    return browser_of(make.staff())


def test_the_page_says_what_will_follow_and_until_then_saves_nothing(clerk):
    person, case, _given = somebody("publish-name")
    answer = withdrawing(clerk, person).send()
    told = answer.content.decode()
    assert answer.status_code == 200
    assert {person.reference, case.reference} <= set(re.findall(r"[A-Z]{3}-\d{4}-\d{4}", told))
    assert Consent.objects.get().withdrawn_on is None
    assert shown(person) == "full"


def test_saving_it_takes_the_person_out_in_that_request_and_says_so(clerk):
    person, case, _given = somebody("publish-name")
    answer = confirmed(clerk, withdrawing(clerk, person).send())
    assert answer.status_code == 302
    assert Consent.objects.get().withdrawn_on == TODAY
    assert shown(person) is None
    assert any(case.reference in message for message in messages_of(clerk))
    assert Person.objects.get().changed_by == clerk.member


def test_whoever_is_not_public_is_saved_without_a_question(clerk):
    person = make.person(NAME, publication_ground=None)
    consent(person, "publish-name")
    assert withdrawing(clerk, person).send().status_code == 302


def test_taking_the_recorded_ground_away_asks_too(clerk):
    person = make.person(NAME)
    case = make.incident()
    make.violation(case, person)
    make.publish(case)
    person.refresh_from_db()
    form = Form(clerk, page_of(person), "person_form").fill(publication_ground="")
    assert "confirmed" in form.send().content.decode()
    assert shown(person) == "full"


def test_a_file_that_was_sent_along_is_not_lost_in_silence(clerk):
    person, _case, _given = somebody("publish-name")
    form = withdrawing(clerk, person)
    prefix = form.add_row("pictures", credit="Family archive")
    answer = form.send(**{f"{prefix}-upload": upload()})
    assert "Add them afterwards" in answer.content.decode()
    assert confirmed(clerk, answer).status_code == 302
    assert shown(person) is None
    assert not person.pictures.exists()


# ---------------------------------------------------------------------------- on every surface


LEFT = [("publish-name",), ("publish-name", "publish-anonymous")]
"""Consents given, of which the first is taken back."""


def addresses(person, case, act):
    api = "/api/v1"
    name = quote(LOCAL)
    return [
        f"/victims/{person.reference}/",
        f"/incidents/{case.reference}/",
        f"/ur/victims/{person.reference}/",
        f"/incidents/{case.reference}/history/",
        "/",
        f"/?name={name}",
        f"{api}/victims/{person.reference}/",
        f"{api}/victims/{person.reference}/r/1/",
        f"{api}/incidents/{case.reference}/",
        f"{api}/incidents/{case.reference}/r/1/",
        f"{api}/violations/{act}/",
        f"{api}/victims/",
        f"{api}/violations/?name={name}",
        f"{api}/violations/?format=csv",
        f"{api}/violations/?format=ndjson",
        f"{api}/incidents/?format=geojson",
        f"{api}/victims/?q={name}",
        f"{api}/changes/",
    ]


def said(client, address):
    """The answer without the question, which a page repeats."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, content.decode(errors="replace")


@pytest.mark.parametrize("uses", LEFT, ids=len)
def test_no_surface_tells_who_it_was_after_the_request_that_saved_it(clerk, uses):
    person, case, _given = somebody(*uses)
    [act] = ViolationEntry.objects.live().values_list("reference", flat=True)
    world = Client()
    before = {each: said(world, each) for each in addresses(person, case, act)}
    telling = [each for each, (_status, text) in before.items() if ABOUT in text or LOCAL in text]
    assert len(telling) > 6
    confirmed(clerk, withdrawing(clerk, person).send())
    for address in before:
        status, text = said(world, address)
        assert status < 500
        asked = {LOCAL} if "=" in address else set()
        for word in {*WORDS} - asked:
            assert word not in text, address


def test_a_copy_held_by_a_browser_is_not_confirmed_as_fresh(clerk):
    person, _case, _given = somebody("publish-name")
    world = Client()
    for address in (f"/api/v1/victims/{person.reference}/", f"/victims/{person.reference}/"):
        answer = world.get(address)
        tag = answer.headers.get("ETag")
        assert answer.status_code == 200
        # Pages may be shown unasked for a minute (website.caching); the API never.
        assert re.search("no-cache|no-store|max-age=60,", answer.headers["Cache-Control"])
        assert tag is None or world.get(address, headers={"If-None-Match": tag}).status_code == 304
    tags = [world.get(f"/api/v1/victims/{person.reference}/").headers["ETag"]]
    confirmed(clerk, withdrawing(clerk, person).send())
    for tag in tags:
        answer = world.get(f"/api/v1/victims/{person.reference}/", headers={"If-None-Match": tag})
        assert answer.status_code == 410


@pytest.mark.parametrize(
    "uses", [("publish-name",), ("publish-name", "publish-anonymous")], ids=len
)
def test_releases_are_closed_at_once_and_then_without_the_name(tmp_path, settings, uses):
    settings.GAWAH_RELEASES = tmp_path
    person, _case, given = somebody(*uses)
    make_release("2026-01-01")
    assert NAME in texts(tmp_path)
    take_back(given["publish-name"])
    obey(person)
    assert not may_be_read(manifest_in(tmp_path / "2026-01-01"))
    honour_withdrawals()
    for word in WORDS:
        assert word not in texts(tmp_path)


def test_the_photograph_goes_with_the_name(clerk):
    person = make.person(NAME, local=LOCAL, publication_ground=None, photo_allowed=True)
    picture(person)
    name = consent(person, "publish-name")
    consent(person, "publish-anonymous")
    consent(person, "publish-photo")
    case = make.incident()
    make.violation(case, person)
    make.publish(case)
    person.refresh_from_db()
    address = f"/pictures/{PublishedPicture.objects.get().sha256}.jpg"
    assert Client().get(address).status_code == 200
    assert Consent.objects.order_by("pk").first() == name
    confirmed(clerk, withdrawing(clerk, person).send())
    assert not PublishedPicture.objects.exists()
    assert Client().get(address).status_code in (404, 410)
    assert not person.pictures.filter(shown=True).exists()
    assert shown(person) == "withheld"


def test_the_changes_say_that_it_went_and_nothing_of_it(clerk):
    person, _case, _given = somebody("publish-name")
    confirmed(clerk, withdrawing(clerk, person).send())
    answer = json.loads(Client().get("/api/v1/changes/").content)
    text = json.dumps(answer, ensure_ascii=False)
    assert person.reference in text
    assert "consent-withdrawn" in text
    assert not [word for word in WORDS if word in text]
    assert Incident.objects.get().publication == Publication.UNPUBLISHED


def test_a_new_case_of_somebody_who_is_public_obeys_their_consents_in_its_request(clerk):
    person, _case, given = somebody("publish-name")
    Consent.objects.filter(pk=given["publish-name"].pk).update(expires=TODAY - timedelta(days=1))
    look_at_person(person)
    form = looked_over(clerk, people=f"{NAME} s/o {FATHER}")
    form.fill("person-0", same_as=str(person.pk))
    answer = clerk.get(form.send("_save")["Location"]).content.decode()
    assert shown(person) is None
    assert "The public record obeys the consents at once." in answer
