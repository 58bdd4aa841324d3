"""Administrators say who publishes the record, and every reader sees it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reference.models import Organisation, PageText
from reference.publisher import publisher as who_publishes
from tests.incidents.admin.pages import Form, errors_of
from tests.reference.organisation_factory import fully, say
from tests.reference.pictures import picture
from tests.website.page import get

pytestmark = pytest.mark.django_db

ADD = "/admin/reference/organisation/add/"
CHANGE = "/admin/reference/organisation/1/change/"
LIST = "/admin/reference/organisation/"


def organisation_form(client, path=CHANGE):
    return Form(client, path, "organisation_form")


def text_form(client, path="/admin/reference/pagetext/add/"):
    return Form(client, path, "pagetext_form")


def upload(data, name="logo.png"):
    return {"logo_file": SimpleUploadedFile(name, data)}


def test_the_section_leads_to_the_form_and_then_to_the_only_row(administrator):
    assert administrator.get(LIST)["Location"] == ADD
    organisation_form(administrator, ADD).fill(names_en="Witness Office").save()
    assert administrator.get(LIST)["Location"] == CHANGE
    assert administrator.get(ADD).status_code == 403
    assert Organisation.objects.count() == 1


def test_the_form_may_be_saved_with_what_little_is_known(administrator):
    organisation_form(administrator, ADD).save()
    assert who_publishes().name


def test_what_is_typed_is_what_readers_see(administrator, client):
    form = organisation_form(administrator, ADD)
    form.fill(names_en="Witness Office", names_ur="دفترِ گواہی", email="write@example.org")
    form.fill(licence="CC BY 4.0", logo_texts_en="An open book").save()
    row = Organisation.objects.get()
    assert row.names == {"en": "Witness Office", "ur": "دفترِ گواہی"}
    assert "Witness Office" in get(client, "/about/").text
    assert "دفترِ گواہی" in get(client, "/ur/about/").text


def test_who_collected_the_data_is_typed_one_a_line(administrator, client):
    form = organisation_form(administrator, ADD)
    form.fill(collecting_bodies_en="Office\nCommittee", collecting_bodies_ur="دفتر\nکمیٹی").save()
    assert who_publishes().collecting_bodies_in("en") == ("Office", "Committee")
    assert "Committee" in get(client, "/about/").text
    assert "کمیٹی" in get(client, "/ur/about/").text


def test_a_name_that_is_emptied_is_taken_from_the_settings_again(administrator, settings):
    settings.GAWAH_ORGANISATION = "By the settings"
    fully()
    form = organisation_form(administrator)
    assert "By the settings" in form.html
    form.fill(names_en="", names_ur="", short_names_en="", short_names_ur="").save()
    assert who_publishes().name == "By the settings"


def test_a_logo_is_chosen_shown_kept_and_taken_off(administrator):
    organisation_form(administrator, ADD).send(**upload(picture()))
    first = Organisation.objects.get()
    assert first.logo_type == "image/png"
    form = organisation_form(administrator)
    assert "data:image/png;base64," in form.html
    form.fill(names_en="Witness Office").save()
    assert Organisation.objects.get().logo_sha256 == first.logo_sha256
    form.values["no_logo"] = ["on"]
    form.save()
    assert Organisation.objects.get().logo is None


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"<svg><script>alert(1)</script></svg>", "logo.svg", "scripts"),
        (b"<svg></svg>", "logo.png", "scripts"),
        (b"%PDF-1.7", "logo.png", "no PNG or JPEG"),
        (b"x" * 300_000, "logo.png", "too large"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused_with_the_reason(administrator, data, name, reason):
    fully()
    before = Organisation.objects.get().logo_sha256
    answer = organisation_form(administrator).send(**upload(data, name))
    assert [words for words in errors_of(answer) if reason in words]
    assert Organisation.objects.get().logo_sha256 == before


def test_a_new_logo_and_none_at_once_is_refused(administrator):
    fully()
    form = organisation_form(administrator)
    form.values["no_logo"] = ["on"]
    assert "not both at once" in " ".join(errors_of(form.send(**upload(picture()))))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"names_ur": "دفتر"}, "in English"),
        ({"names_en": "a" * 121}, "At most 120"),
        ({"collecting_bodies_ur": "کمیٹی"}, "in English"),
        ({"collecting_bodies_en": "One\nTwo", "collecting_bodies_ur": "ایک"}, "same organisations"),
        ({"email": "nobody"}, "valid email"),
        ({"phone": "call me"}, "Digits"),
        ({"website": "javascript:alert(1)"}, "valid URL"),
        ({"licence_address": "https://example.org/terms"}, "Name the licence"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(administrator, typed, reason):
    answer = organisation_form(administrator, ADD).fill(**typed).send()
    assert reason in " ".join(errors_of(answer))
    assert not Organisation.objects.exists()


def test_a_mistake_stands_at_the_box_of_its_language(administrator):
    form = organisation_form(administrator, ADD)
    form.fill(names_en="Witness Office", names_ur="د" * 121)
    assert list(faulty_boxes(form.send())) == ["names_ur"]


def test_the_faults_of_both_languages_are_said_at_once(administrator):
    form = text_form(administrator)
    form.fill(page="privacy", texts_en="<b>loud</b>", texts_ur="[در](javascript:x)")
    boxes = faulty_boxes(form.send())
    assert "HTML" in boxes["texts_en"][0]
    assert "leads nowhere" in boxes["texts_ur"][0]


def faulty_boxes(answer):
    return answer.context["adminform"].form.errors


def test_both_pages_lead_to_what_readers_see(administrator):
    fully()
    text = say("privacy", en="Words.")
    assert 'href="/about/"' in administrator.get(CHANGE).content.decode()
    path = f"/admin/reference/pagetext/{text.pk}/change/"
    assert 'href="/privacy/"' in administrator.get(path).content.decode()


def test_a_text_is_written_in_both_languages_and_shown(administrator, client):
    form = text_form(administrator)
    form.fill(page="privacy", texts_en="We **ask** first.", texts_ur="ہم پہلے پوچھتے ہیں۔").save()
    assert "We ask first." in get(client, "/privacy/").text
    assert "ہم پہلے پوچھتے ہیں۔" in get(client, "/ur/privacy/").text


def test_a_page_has_one_text(administrator):
    say("privacy", en="Words.")
    assert "privacy" not in dict(text_form(administrator).choices["page"])
    for page in PageText.Page:
        if page != "privacy":
            say(page, en="Words.")
    assert administrator.get("/admin/reference/pagetext/add/").status_code == 403


@pytest.mark.parametrize("text", ["<b>loud</b>", "![face](https://example.org/a.jpg)"])
def test_a_text_that_would_not_appear_as_written_is_refused(administrator, text):
    answer = text_form(administrator).fill(page="privacy", texts_en=text).send()
    assert errors_of(answer)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in answer.content.decode()
    assert not PageText.objects.exists()


def test_each_language_is_typed_in_its_own_direction(administrator):
    html = text_form(administrator).html
    for language, direction in (("ur", "rtl"), ("en", "ltr")):
        [box] = re.findall(rf'<textarea[^>]*name="texts_{language}"[^>]*>', html)
        assert f'dir="{direction}"' in box
        assert f'lang="{language}"' in box
