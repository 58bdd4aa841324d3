"""Photographs on the page of a person: who takes them in, who sees what of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import roles
from incidents.models import Consent, Incident, Person, Picture
from record.models import PublishedPicture
from tests.incidents import factories
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form, errors_of, messages_of
from tests.incidents.pictures.drawing import (
    SECRET,
    as_file,
    face,
    picture,
    pictured,
    upload,
    with_everything,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "credit": "Family archive",
    "obtained": "From his sister, by hand",
    "description": "A drawn man looks into the camera.",
    "description_local": "بنایا ہوا ایک آدمی",
}


def page_of(person):
    return f"/admin/incidents/person/{person.pk}/change/"


def form_of(client, person):
    return Form(client, page_of(person), "person_form")


def send(client, person, content=None, **values):
    """Add a photograph on the page of a person."""
    form = form_of(client, person)
    prefix = form.add_row("pictures", **{**WORDS, **values})
    return form.send(**{f"{prefix}-upload": upload(content, "Balach at home.jpg")})


def files(person, what="copy.jpg"):
    return f"/admin/incidents/person/{person.pk}/pictures/{person.pictures.get().pk}/{what}"


def test_a_clerk_takes_a_photograph_in_and_nothing_of_it_is_public(clerk):
    person = factories.person("Balaach")
    content = with_everything()
    assert send(clerk, person, content).status_code == 302
    kept = Picture.objects.get()
    assert (kept.person, kept.entered_by, kept.shown) == (person, clerk.member, False)
    assert kept.original.open("rb").read() == content
    assert kept.obtained == "From his sister, by hand"
    assert not PublishedPicture.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        (as_file(face())[:2000], "damaged or incomplete"),
        (as_file(face(20, 20)), "too small"),
    ],
    ids=["SVG", "cut off", "icon"],
)
def test_a_file_that_is_refused_says_why_beside_its_box_and_leaves_nothing(clerk, content, reason):
    answer = send(clerk, factories.person("Balaach"), content)
    assert any(reason in error for error in errors_of(answer))
    assert not Picture.objects.exists()


def test_words_without_a_file_are_refused(clerk):
    person = factories.person("Balaach")
    form = form_of(clerk, person)
    form.add_row("pictures", **WORDS)
    assert any("Choose the file" in error for error in errors_of(form.send()))


def test_a_page_that_is_saved_as_it_was_changes_no_photograph(clerk):
    person = pictured()
    before = Picture.objects.values().get()
    form_of(clerk, person).save()
    assert Picture.objects.values().get() == before


def test_the_file_of_a_photograph_cannot_be_sent_again(clerk):
    person = pictured()
    before = Picture.objects.get().sha256
    form = form_of(clerk, person).fill("pictures-0", credit="Studio Makran")
    form.send(**{"pictures-0-upload": upload(as_file(face(700, 700)))})
    kept = Picture.objects.get()
    assert (kept.sha256, kept.credit) == (before, "Studio Makran")


def test_another_photograph_can_take_the_place_of_the_one_that_is_shown(clerk):
    person = pictured()
    first = person.pictures.get()
    second = picture(person, as_file(face(700, 700)), shown=False)
    form = form_of(clerk, person).fill("pictures-0", shown=[]).fill("pictures-1", shown="on")
    form.save()
    assert list(person.pictures.filter(shown=True)) == [second]
    form = form_of(clerk, person).fill("pictures-0", shown="on").fill("pictures-1", shown=[])
    form.save()
    assert list(person.pictures.filter(shown=True)) == [first]


def test_two_cannot_be_shown(clerk):
    person = pictured()
    picture(person, as_file(face(700, 700)), shown=False)
    form = form_of(clerk, person).fill("pictures-1", shown="on")
    assert any("Only one" in error for error in errors_of(form.send()))


def test_staff_see_the_copy_and_nothing_that_the_camera_wrote(clerk):
    person = factories.person("Balaach")
    picture(person, with_everything())
    answer = clerk.get(files(person))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert SECRET.encode() not in answer.content
    page = clerk.get(page_of(person)).content.decode()
    assert files(person) in page
    assert files(person, "original/") not in page


def test_the_original_is_a_file_to_keep_for_those_who_check(reviewer):
    person = factories.person("Balaach")
    content = with_everything()
    kept = picture(person, content, name="Balach at home.jpg")
    assert files(person, "original/") in reviewer.get(page_of(person)).content.decode()
    answer = reviewer.get(files(person, "original/"))
    assert answer.getvalue() == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="photograph-{kept.pk}.jpg"'


@pytest.mark.parametrize(
    ("who", "what", "status"),
    [
        ("anonymous", "copy.jpg", 302),
        ("anonymous", "original/", 302),
        ("administrator", "copy.jpg", 403),
        ("administrator", "original/", 403),
        ("clerk", "original/", 403),
        ("publisher", "original/", 200),
    ],
)
def test_who_may_open_which_file(request, who, what, status):
    person = pictured()
    assert request.getfixturevalue(who).get(files(person, what)).status_code == status


@pytest.mark.parametrize("what", ["copy.jpg", "original/"])
def test_a_photograph_of_somebody_in_a_restricted_case_does_not_exist(publisher, what):
    person = pictured()
    case = factories.incident(restricted=True)
    factories.violation(case, person)
    assert publisher.get(files(person, what)).status_code == 404
    case.assigned.add(publisher.member)
    assert publisher.get(files(person, what)).status_code == 200


def test_a_photograph_is_found_under_its_own_person_alone(publisher):
    one, other = pictured(), factories.person("Karim")
    path = f"/admin/incidents/person/{other.pk}/pictures/{one.pictures.get().pk}/copy.jpg"
    assert publisher.get(path).status_code == 404


@pytest.fixture
def public(db):
    """Somebody whose photograph is public."""
    person = pictured()
    case = factories.incident()
    factories.violation(case, person)
    factories.publish(case)
    person.refresh_from_db()
    return person


def test_a_publisher_takes_a_photograph_down_after_a_question(publisher, public):
    path = f"/admin/incidents/person/{public.pk}/take-down/"
    assert path in publisher.get(page_of(public)).content.decode()
    form = Form(publisher, path)
    assert PublishedPicture.objects.exists()
    assert form.send(None).status_code == 302
    assert not PublishedPicture.objects.exists()
    assert any("public no longer" in message for message in messages_of(publisher))
    assert path not in publisher.get(page_of(public)).content.decode()


def test_a_clerk_takes_nothing_down(clerk, public):
    path = f"/admin/incidents/person/{public.pk}/take-down/"
    assert path not in clerk.get(page_of(public)).content.decode()
    assert clerk.post(path, {"confirmed": "yes"}).status_code == 403
    assert PublishedPicture.objects.exists()


def test_recording_that_consent_was_taken_back_takes_the_photograph_down(clerk, public):
    row = Consent.objects.get(person=public)
    form = form_of(clerk, public)
    form.fill(form.row_of("consents", "id", row), withdrawn_on="2026-11-01").save()
    assert not PublishedPicture.objects.exists()
    assert any("no longer allow" in message for message in messages_of(clerk))


@pytest.mark.parametrize(
    "change", [{"name_protection": "withheld"}, {"photo_allowed": ""}], ids=str
)
def test_protecting_somebody_more_takes_the_photograph_down(clerk, public, change):
    form_of(clerk, public).fill(**change).save()
    assert not PublishedPicture.objects.exists()
    assert any("no longer allow" in message for message in messages_of(clerk))


def test_a_refusal_in_a_row_of_its_own_takes_the_photograph_down(clerk, public):
    form = form_of(clerk, public)
    coded = {"use": "publish-photo", "answer": "refused"}
    form.add_row(
        "consents",
        **{name: factories.term(f"consent-{name}", code).pk for name, code in coded.items()},
    )
    form.save()
    assert not PublishedPicture.objects.exists()


def test_the_page_for_publication_shows_the_photograph_as_the_world_would_see_it(publisher):
    person = pictured()
    case = factories.incident()
    factories.violation(case, person)
    page = publisher.get(f"/admin/incidents/incident/{case.pk}/publication/").content.decode()
    assert f'src="{files(person)}"' in page
    preview = f"/admin/incidents/incident/{case.pk}/public-page/victims/{person.pk}/"
    assert preview in page
    assert f'src="{files(person)}"' in publisher.get(preview).content.decode()
    Person.objects.filter(pk=person.pk).update(photo_allowed=False)
    assert files(person) not in publisher.get(preview).content.decode()


def test_nobody_else_sees_the_page_of_a_victim_before_it_is_public(anonymous, administrator, clerk):
    person = pictured()
    case = factories.incident()
    factories.violation(case, person)
    path = f"/admin/incidents/incident/{case.pk}/public-page/victims/{person.pk}/"
    assert anonymous.get(path).status_code == 302
    assert administrator.get(path).status_code == 403
    other = factories.person("Karim")
    wrong = f"/admin/incidents/incident/{case.pk}/public-page/victims/{other.pk}/"
    assert clerk.get(wrong).status_code == 404
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    assert clerk.get(path).status_code == 404


def test_who_chose_the_photograph_has_worked_on_the_case():
    person = pictured()
    case = factories.incident()
    factories.violation(case, person)
    chooser = browser_of(factories.staff(roles.PUBLISHER))
    form_of(chooser, person).fill("pictures-0", credit="Studio Makran").save()
    page = chooser.get(f"/admin/incidents/incident/{case.pk}/publication/").content.decode()
    assert "You have worked on this case" in page


def test_the_page_of_a_person_costs_the_same_however_many_photographs_there_are(clerk):
    def queries(number):
        person = factories.person("Balaach" if number == 1 else "Zarif")
        for each in range(number):
            picture(person, as_file(face(300 + each, 400)), shown=False)
        clerk.get(page_of(person))
        with CaptureQueriesContext(connection) as asked:
            clerk.get(page_of(person))
        return len(asked)

    assert queries(1) == queries(4)
