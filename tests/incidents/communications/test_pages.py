"""The pages from which papers leave the office: who may, what is refused, what is noted."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import roles
from incidents.communications.forms import Form
from incidents.models import AccessEvent, Intervention, PersonName
from reference import vocabularies
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.communications import cases
from tests.incidents.pictures.drawing import picture

pytestmark = pytest.mark.django_db

ALL = ("share-un", "share-commission", "share-court", "keep")
WAYS = ("pdf-en", "pdf-ur", "docx-en", "docx-ur")


@pytest.fixture(autouse=True)
def _organisation(db):
    cases.organisation()


@pytest.fixture
def reviewer(db):
    return browser_of(make.staff(roles.REVIEWER))


def papers(act):
    return f"/admin/incidents/incident/{act.incident_id}/communications/{act.person_id}/"


def sheet(act, form="family"):
    return f"{papers(act)}{form}/"


def approved(act):
    """As everybody may read it."""
    make.approve(act.incident)
    return act


def ask(client, act, form="wgeid", way="pdf-en", **more):
    return client.post(papers(act), {"form": form, "as": way, **more})


def log():
    return list(
        AccessEvent.objects.filter(act="exported")
        .values_list("section", "key", "note")
        .order_by("pk")
    )


# -------------------------------------------------------------- what criterion 31 asks for


def test_a_case_lacking_the_tehsil_and_consent_is_refused_until_both_are_there(reviewer):
    began = timezone.localdate() - timedelta(days=10)
    act = cases.missing(placed=False, consents=(), date=began.isoformat())
    page = reviewer.get(papers(act)).content.decode()
    assert page.count("The tehsil is missing.") == 1
    assert page.count("There is no consent in force") == 4  # to each of the forms that need one
    assert page.count('class="missing"') == 5
    assert "days left of three months" in page
    refused = ask(reviewer, act)
    assert refused.status_code == 409
    assert "Nothing was made." in refused.content.decode()
    assert "Content-Disposition" not in refused.headers
    assert log() == []

    cases.consent(act.person, "share-un")
    cases.consent(act.person, "share-commission")
    act.incident.area = cases.tehsil()
    act.incident.save()
    for form in ("wgeid", "coied"):
        made = ask(reviewer, act, form)
        assert made.status_code == 200
        assert made.content.startswith(b"%PDF")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [form.code for form in Form])
def test_each_paper_comes_as_a_file_and_is_noted(reviewer, form, way):
    act = approved(cases.missing(consents=ALL))
    answer = ask(reviewer, act, form, way)
    kind, language = way.split("-")
    name = f"{form}-case-{act.incident_id}-person-{act.person_id}-{language}.{kind}"
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    assert log() == [
        (
            "incident_papers",
            str(act.incident_id),
            f"{form} {kind} {language}, person {act.person_id}",
        )
    ]
    assert AccessEvent.objects.get(act="exported").member == reviewer.member


@pytest.mark.parametrize("form", ["sheet", "family", "court"])
def test_a_sheet_can_be_printed_from_the_browser_and_is_noted(reviewer, form):
    act = approved(cases.missing(consents=ALL))
    page = reviewer.get(sheet(act, form))
    assert page.status_code == 200
    assert "Gwaram" in page.content.decode()
    assert "<script" not in page.content.decode()
    assert "<title>Case sheet" in page.content.decode()
    assert log() == [
        ("incident_sheet", str(act.incident_id), f"{form} page en, person {act.person_id}")
    ]


def test_a_sheet_without_consent_is_refused_and_not_noted_as_leaving(reviewer):
    act = cases.missing(consents=())
    page = reviewer.get(sheet(act, "court"))
    assert page.status_code == 409
    assert "Gwaram" not in page.content.decode()
    assert log() == []


@pytest.mark.parametrize("form", ["wgeid", "coied", "nothing"])
def test_only_sheets_are_pages(reviewer, form):
    assert reviewer.get(sheet(cases.missing(consents=ALL), form)).status_code == 404


def test_the_sheet_in_urdu_runs_from_the_right(reviewer):
    act = cases.missing(consents=ALL)
    page = reviewer.get(f"/ur{sheet(act)}").content.decode()
    assert '<html lang="ur" dir="rtl">' in page
    assert "گوارم" in page


def test_a_name_with_markup_is_shown_as_it_is_written(reviewer):
    act = cases.missing(consents=ALL)
    PersonName.objects.filter(given="Gwaram").update(given="<b>Gwaram</b>")
    for path in (papers(act), sheet(act)):
        page = reviewer.get(path).content.decode()
        assert "<b>Gwaram" not in page
        assert "&lt;b&gt;Gwaram" in page


def test_why_there_are_no_steps_is_asked_and_stands_on_the_form(reviewer):
    act = cases.missing(consents=("share-un",))
    act.incident.legal_actions.update(type=make.term("legal-action-type", "counter-fir"))
    page = reviewer.get(papers(act)).content.decode()
    assert "no_steps" in page
    assert "aria-invalid" not in page
    refused = ask(reviewer, act)
    assert refused.status_code == 409
    told = 'aria-describedby="no-steps-help refused" aria-invalid="true"'
    assert told in refused.content.decode()
    typed = "The\x00 family\x1b was\u202e threatened."
    made = ask(reviewer, act, way="docx-en", no_steps=typed)
    document = docx.Document(BytesIO(made.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "The family was threatened." in cells


def test_a_name_typed_as_the_reason_is_refused_where_it_was_typed(reviewer):
    act = cases.missing(consents=("share-un",))
    act.incident.legal_actions.all().delete()
    make.violation(act.incident, make.person("Otherbrother", protection="withheld"))
    page = ask(reviewer, act, no_steps="Otherbrother was threatened.")
    assert page.status_code == 409
    assert '<a href="#no-steps">Under “E. Steps taken”' in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()


def test_each_button_says_of_which_paper_it_is(reviewer):
    page = reviewer.get(papers(cases.missing(consents=ALL))).content.decode()
    for form in Form:
        label = f'<span class="visually-hidden">{form.label}: </span>'
        assert (label in page) is form.whole  # the sheet for everybody waits for an approval


def test_what_another_case_knows_leads_to_that_case(reviewer):
    act = cases.missing(consents=ALL)
    other = make.incident("Seen in another case")
    make.violation(other, act.person)
    make.status(other, act.person, "held-trial", "2023-12-24")
    page = ask(reviewer, act).content.decode()
    assert f'<a href="/admin/incidents/incident/{other.pk}/change/">According to the case' in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"form": "wgeid"},
        {"form": "WGEID", "as": "pdf-en"},
        {"form": "other", "as": "pdf-en"},
        {"form": "wgeid", "as": "exe-en"},
        {"form": "wgeid", "as": "pdf-xx"},
        {"form": "wgeid\0", "as": "pdf-en"},
    ],
)
def test_a_wrong_choice_makes_nothing(reviewer, data):
    act = cases.missing(consents=ALL)
    answer = reviewer.post(papers(act), data)
    assert answer.status_code == 302
    assert log() == []


def test_of_a_killing_there_are_sheets_and_no_communications(reviewer):
    incident = make.incident()
    act = make.violation(incident, cases.victim(), "extrajudicial-killing")
    cases.consent(act.person, "share-un")
    page = reviewer.get(papers(act)).content.decode()
    assert "Case sheet" in page
    assert "WGEID" not in page
    assert ask(reviewer, act, "wgeid").status_code == 302
    assert ask(reviewer, approved(act), "sheet").status_code == 200


# ------------------------------------------------------------------------------ who may do it


@pytest.mark.parametrize(
    ("group", "opens", "makes"),
    [
        (roles.DATA_ENTRY, 200, 403),
        (roles.REVIEWER, 200, 200),
        (roles.PUBLISHER, 200, 200),
        (roles.ADMINISTRATOR, 403, 403),
    ],
)
def test_whoever_enters_cases_sees_what_is_missing_and_others_make_papers(group, opens, makes):
    client = browser_of(make.staff(group))
    act = cases.missing(consents=ALL)
    page = client.get(papers(act))
    assert page.status_code == opens
    assert ('name="as"' in page.content.decode()) is (makes == 200)
    assert client.get(sheet(act)).status_code == makes
    for form in ("wgeid", "coied", "family", "court"):
        assert ask(client, act, form).status_code == makes


def test_whoever_may_only_look_at_cases_makes_no_paper(django_user_model):
    from django.contrib.auth.models import Permission

    member = django_user_model.objects.create_user("looker", password="x" * 12, is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="view_incident"))
    client = browser_of(member)
    act = cases.missing(consents=ALL)
    page = client.get(papers(act))
    assert page.status_code == 200
    assert 'name="as"' not in page.content.decode()
    assert ask(client, act).status_code == 403
    assert client.get(sheet(act)).status_code == 403


def test_nobody_who_is_not_logged_in_gets_anything(client):
    act = cases.missing(consents=ALL)
    for path in (papers(act), sheet(act)):
        assert client.get(path).status_code == 302
    assert ask(client, act).status_code == 302


def listings(act):
    yield f"/admin/incidents/incident/{act.incident_id}/communications/"
    yield f"/admin/incidents/person/{act.person_id}/communications/"


@pytest.mark.parametrize("assigned", [False, True])
def test_a_restricted_case_exists_only_for_those_assigned(reviewer, assigned):
    act = approved(cases.missing(consents=ALL))
    act.incident.restricted = True
    act.incident.save()
    if assigned:
        act.incident.assigned.add(reviewer.member)
    for path in (papers(act), sheet(act)):
        assert reviewer.get(path).status_code == (200 if assigned else 404)
    for path in listings(act):
        assert reviewer.get(path).status_code == (302 if assigned else 404)
    for form in Form:
        made = 200 if form.whole else 409
        assert ask(reviewer, act, form.code).status_code == (made if assigned else 404)
    opened = AccessEvent.objects.filter(act="opened", key=str(act.incident_id))
    assert opened.exists() is assigned
    denied = AccessEvent.objects.filter(act="denied", key=str(act.incident_id))
    assert denied.exists() is not assigned


@pytest.mark.parametrize("leave", [ask, lambda client, act: client.get(sheet(act, "court"))])
def test_a_refusal_that_shows_a_restricted_case_is_in_the_access_log(reviewer, leave):
    act = cases.missing(consents=())
    act.incident.restricted = True
    act.incident.save()
    act.incident.assigned.add(reviewer.member)
    assert leave(reviewer, act).status_code == 409
    opened = AccessEvent.objects.get(act="opened", key=str(act.incident_id))
    assert opened.member == reviewer.member
    assert log() == []


def test_what_a_restricted_case_tells_of_a_person_is_on_no_paper_of_an_open_one(reviewer):
    act = cases.missing(consents=ALL)
    secret = make.incident("A second arrest", restricted=True)
    make.violation(secret, act.person)
    make.status(secret, act.person, "held-trial", "2023-12-24", note="Secretstatus")
    shown = reviewer.get(sheet(act, "court"))
    assert shown.status_code == 200
    assert "Secretstatus" not in shown.content.decode()
    page = reviewer.get(f"/admin/incidents/person/{act.person_id}/communications/")
    assert page["Location"] == papers(act)  # as if it were the only one


def test_somebody_of_another_case_has_no_paper_here(reviewer):
    act, other = cases.missing(consents=ALL), cases.missing(consents=ALL)
    other.person_id, other.incident_id = act.person_id, other.incident_id
    assert reviewer.get(papers(other)).status_code == 404


def test_an_internal_violation_makes_no_paper(reviewer):
    act = cases.missing(consents=ALL)
    act.internal = True
    act.save()
    assert reviewer.get(papers(act)).status_code == 404


# ------------------------------------------------------------------------- finding the pages


def test_incident_person_and_victim_lead_to_the_page(reviewer):
    act = cases.missing()
    for section, pk in (
        ("incident", act.incident_id),
        ("person", act.person_id),
        ("victim", act.person_id),
    ):
        page = reviewer.get(f"/admin/incidents/{section}/{pk}/change/").content.decode()
        target = "incident" if section == "incident" else "person"
        assert f"/admin/incidents/{target}/{pk}/communications/" in page


def test_of_several_victims_one_is_chosen(reviewer):
    act = cases.missing()
    other = make.violation(act.incident, make.person("Hammal"))
    page = reviewer.get(f"/admin/incidents/incident/{act.incident_id}/communications/")
    assert papers(act) in page.content.decode()
    assert papers(other) in page.content.decode()


def test_each_gap_leads_to_its_page(reviewer):
    act = cases.missing(placed=False, consents=())
    page = reviewer.get(papers(act)).content.decode()
    assert f"/admin/incidents/person/{act.person_id}/change/#consents-group" in page
    assert f"/admin/incidents/incident/{act.incident_id}/change/" in page


# ------------------------------------------------------------------------------- the queries


@pytest.fixture
def _nothing_read_anew(monkeypatch):
    """What is held in memory is not compared with the database while queries are counted."""
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", float("inf"))


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(path)
    return len(found)


def _grow(act, name):
    """One more of everything that a page shows."""
    make.violation(act.incident, make.person(name, protection="withheld"))
    make.legal_action(act.incident, people=[act.person])
    make.status(act.incident, act.person, "held-trial", "2023-12-01")
    make.account(act.incident, "At night")
    appeal = Intervention.objects.create(incident=act.incident, by_text="The family")
    appeal.people.add(act.person)
    cases.consent(act.person, "share-media")


@pytest.mark.usefixtures("_nothing_read_anew")
@pytest.mark.parametrize("of", [papers, sheet, lambda act: next(listings(act))])
def test_pages_ask_no_more_of_a_larger_case(reviewer, of):
    act = cases.missing(consents=ALL)
    _grow(act, "Second")
    queries(reviewer, of(act))  # reads what is then held in memory
    small = queries(reviewer, of(act))
    for name in ("Hammal", "Kahur", "Sabzal", "Zobair"):
        _grow(act, name)
    assert queries(reviewer, of(act)) == small


@pytest.mark.usefixtures("_nothing_read_anew")
def test_the_list_of_a_victims_cases_asks_no_more_for_more_of_them(reviewer):
    person = cases.victim()
    path = f"/admin/incidents/person/{person.pk}/communications/"
    for number in range(2):
        make.violation(make.incident(f"Case {number}"), person)
    queries(reviewer, path)  # reads what is then held in memory
    small = queries(reviewer, path)
    for number in range(2, 8):
        make.violation(make.incident(f"Case {number}"), person)
    assert queries(reviewer, path) == small
    assert "Case 7" in reviewer.get(path).content.decode()


# --------------------------------------------------------------- photograph and identity number


def shown_in(answer):
    """The texts and the number of pictures of a DOCX."""
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return cells, len(document.inline_shapes)


@pytest.mark.parametrize("way", WAYS)
def test_a_photograph_goes_along_where_it_was_chosen_for_this_paper(reviewer, way):
    act = cases.missing()
    photograph = picture(act.person, description="A man looks into the camera.")
    answer = ask(reviewer, act, way=way, photograph=photograph.pk)
    kind, language = way.split("-")
    if kind == "pdf":
        assert answer.content.count(b"/Subtype /Image") == 1
    else:
        assert shown_in(answer)[1] == 1
    note = f"wgeid {kind} {language}, person {act.person_id}, photograph {photograph.pk}"
    assert log()[-1][2] == note


@pytest.mark.parametrize("chosen", ["", "0", "x", "another"])
def test_no_photograph_goes_along_by_itself_or_of_somebody_else(reviewer, chosen):
    act = cases.missing()
    picture(act.person, shown=True)
    other = picture(make.person("Karim"))
    answer = ask(
        reviewer, act, way="docx-en", photograph=other.pk if chosen == "another" else chosen
    )
    assert shown_in(answer)[1] == 0


REFUSALS = {
    "refused": [{"answer": "refused"}],
    "withdrawn": [{"answer": "granted"}, {"answer": "withdrawn"}],
    "taken back": [{"given_on": "2024-01-01", "withdrawn_on": "2024-02-01"}],
    "of one who came back": [{"giver": "self", "answer": "refused"}, {"giver": "parent"}],
}


@pytest.mark.parametrize("answers", REFUSALS.values(), ids=REFUSALS)
def test_no_photograph_goes_along_where_showing_the_face_was_refused(reviewer, answers):
    act = cases.missing()
    if any(each.get("giver") == "self" for each in answers):
        act.end, act.end_meaning = "2023-12-20", "released"
        act.save()
        cases.consent(act.person, "share-un", giver="self")
    photograph = picture(act.person, description="A man looks into the camera.")
    for each in answers:
        cases.consent(act.person, "publish-photo", **each)
    page = reviewer.get(papers(act)).content.decode()
    assert "No photograph can go along." in page
    assert "A man looks into the camera." not in page
    assert shown_in(ask(reviewer, act, way="docx-en", photograph=photograph.pk))[1] == 0


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([], "Nobody was asked yet whether the face may be shown anywhere."),
        (["granted"], "”: Granted"),
        (["refused", "granted"], "”: Granted"),
        (["expired"], "”: Expired"),
    ],
)
def test_what_was_last_said_about_the_face_stands_beside_the_box(reviewer, answers, says):
    act = cases.missing()
    photograph = picture(act.person, description="A man looks into the camera.")
    for answer in answers:
        cases.consent(act.person, "publish-photo", answer=answer)
    page = reviewer.get(papers(act)).content.decode()
    assert "A man looks into the camera." in page
    assert says in page
    assert shown_in(ask(reviewer, act, way="docx-en", photograph=photograph.pk))[1] == 1


@pytest.mark.parametrize("form", ["coied", "sheet", "family", "court"])
def test_photograph_and_identity_number_stand_on_no_other_paper(reviewer, form):
    act = cases.missing(cases.victim(identity_number="51101-7654321-0"), consents=ALL)
    photograph = picture(act.person)
    answer = ask(reviewer, approved(act), form, "docx-en", photograph=photograph.pk)
    cells, pictures = shown_in(answer)
    assert pictures == 0
    assert "51101-7654321-0" not in str(cells)


def test_the_identity_number_stands_on_the_communication(reviewer):
    act = cases.missing(cases.victim(identity_number="51101-7654321-0"))
    assert "51101-7654321-0" in shown_in(ask(reviewer, act, way="docx-en"))[0]


def test_an_identity_number_tells_namesakes_apart(reviewer):
    act = cases.missing(cases.victim(identity_number="51101-7654321-0", fathers_name=""))
    PersonName.objects.update(fathers_name="")
    assert ask(reviewer, act).status_code == 200


def test_without_the_consent_neither_is_made(reviewer):
    act = cases.missing(cases.victim(identity_number="51101-7654321-0"), consents=())
    answer = ask(reviewer, act, photograph=picture(act.person).pk)
    assert answer.status_code == 409
    assert "51101-7654321-0" not in answer.content.decode()
