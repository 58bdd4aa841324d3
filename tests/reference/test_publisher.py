"""Who publishes the record: what staff wrote, else the settings; and when an edit shows."""

import math

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation

from reference import publisher as module
from reference import vocabularies
from reference.models import Organisation, PageText
from reference.publisher import last_known_publisher, publisher, publisher_version
from tests.reference.organisation_factory import describe, fully, logo, say

pytestmark = pytest.mark.django_db


def test_an_installation_that_says_nothing_is_called_as_its_settings_say(settings):
    settings.GAWAH_ORGANISATION = "Witness"
    settings.GAWAH_LICENCE = "Ours alone"
    settings.GAWAH_CONTACT = "write@example.org"
    found = publisher()
    assert (found.name, found.short_name, found.licence) == ("Witness", "Witness", "Ours alone")
    assert found.contacts == ("write@example.org",)
    assert found.licence_address == ""
    assert found.logo is None


def test_what_staff_wrote_comes_before_the_settings(settings):
    settings.GAWAH_ORGANISATION = "Witness"
    fully()
    found = publisher()
    assert found.name == "Witness Office Quetta"
    assert found.short_name == "Witness Office"
    assert found.contacts == ("write@example.org", "+92 81 000 0000", "PO Box 7\nQuetta")
    assert found.licence_address == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_what_is_empty_is_taken_from_the_settings(settings):
    settings.GAWAH_LICENCE = "CC0 1.0"
    settings.GAWAH_CONTACT = "by the settings"
    describe(names={"en": "Witness Office"})
    assert publisher().licence == "CC0 1.0"
    assert publisher().contacts == ("by the settings",)
    assert publisher().short_name == "Witness Office"


def test_the_name_is_in_the_language_of_the_reader():
    describe(names={"en": "Witness Office", "ur": "دفتر"})
    with translation.override("ur"):
        assert publisher().name == "دفتر"
    with translation.override("en"):
        assert publisher().name == "Witness Office"
    assert publisher().name_in("ur") == "دفتر"


def test_a_text_in_one_language_is_shown_to_all_and_marked_as_what_it_is():
    say("about", ur="ہم کون ہیں")
    with translation.override("en"):
        found = publisher().words_on("about")
    assert (found.language, found.direction) == ("ur", "rtl")


def test_an_edit_shows_at_once_and_names_another_state():
    before = publisher_version()
    describe(names={"en": "One"})
    assert publisher_version() != before
    describe(names={"en": "Two"})
    assert publisher().name == "Two"
    say("about", en="Words.")
    assert publisher().words_on("about").html == "<p>Words.</p>\n"


def test_an_edit_that_is_rolled_back_leaves_nothing_behind():
    with transaction.atomic():
        describe(names={"en": "Never"})
        assert publisher().name == "Never"
        transaction.set_rollback(True)
    assert publisher().name != "Never"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Organisation, PageText])
def test_an_edit_made_elsewhere_is_found_at_the_next_check(monkeypatch, model):
    publisher()
    if model is Organisation:
        Organisation.objects.bulk_create([Organisation(names={"en": "Elsewhere"})])
    else:
        PageText.objects.bulk_create([PageText(page="about", texts={"en": "Elsewhere"})])
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
    before = publisher_version()
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", 0)
    assert publisher_version() != before
    words = publisher().words_on("about")
    assert "Elsewhere" in (publisher().name, words.html.strip("</p>\n") if words else "")


def test_looking_again_asks_nothing(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
    publisher()
    with django_assert_num_queries(0):
        publisher()
        publisher_version()


def test_the_picture_is_not_held_in_memory(django_assert_max_num_queries):
    fully()
    with django_assert_max_num_queries(3) as queries:
        publisher()
    assert not [query for query in queries if '"logo",' in query["sql"]]


def test_a_page_of_errors_names_who_was_known_last(monkeypatch):
    def away():
        raise OperationalError

    fully()
    known = publisher()
    monkeypatch.setattr(module._kept, "_snapshot", away)
    monkeypatch.setattr(module._kept, "held", lambda: known)
    assert last_known_publisher() is known
    monkeypatch.setattr(module._kept, "held", lambda: None)
    assert last_known_publisher().name


@pytest.mark.parametrize(
    "values",
    [
        {"id": 2},
        {**logo(), "logo_sha256": ""},
        {**logo(), "logo_width": None},
        {**logo(), "logo_type": "image/gif"},
        {**logo(), "logo": None},
        {**logo(), "logo": b"x" * 40_000},
    ],
    ids=["second row", "no hash", "no width", "gif", "no picture", "large"],
)
def test_the_database_refuses_a_second_row_and_half_a_logo(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**values)


def test_the_database_refuses_two_texts_on_a_page_and_a_page_there_is_not():
    say("about", en="One.")
    for page in ("about", "nowhere"):
        with pytest.raises(IntegrityError), transaction.atomic():
            say(page, en="Two.")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("names", {"ur": "دفتر"}, "in English"),
        ("short_names", {"ur": "دفتر"}, "in English"),
        ("names", {"en": " "}, "empty"),
        ("names", {"xx": "Name"}, "language code"),
        ("names", ["Name"], "language code"),
        ("names", {"en": "a" * 121}, "At most 120"),
        ("short_names", {"en": "a" * 41}, "At most 40"),
        ("collecting_bodies", {"ur": "کمیٹی"}, "in English"),
        ("collecting_bodies", {"en": "One\nTwo", "ur": "ایک"}, "same organisations"),
        ("collecting_bodies", {"en": "a" * 121}, "At most 120"),
        ("collecting_bodies", {"en": "a\n" * 51}, "At most 50"),
        ("collecting_bodies", {"en": " "}, "empty"),
        ("collecting_bodies", ["One"], "language code"),
        ("email", "nobody", "email"),
        ("phone", "call me", "Digits"),
        ("website", "javascript:alert(1)", "URL"),
        ("website", "ftp://example.org", "URL"),
        ("licence_address", "https://example.org/terms", "Name the licence"),
    ],
)
def test_what_cannot_be_shown_as_it_is_meant_is_refused(field, value, reason):
    row = Organisation(**{field: value})
    with pytest.raises(ValidationError, match=reason):
        row.full_clean()


def test_who_collected_the_data_is_named_in_each_language_and_else_in_english():
    describe(collecting_bodies={"en": "Office\r\n\n Committee ", "ur": "دفتر\nکمیٹی"})
    assert publisher().collecting_bodies_in("en") == ("Office", "Committee")
    assert publisher().collecting_bodies_in("ur") == ("دفتر", "کمیٹی")
    describe(collecting_bodies={"en": "Office"})
    assert publisher().collecting_bodies_in("ur") == ("Office",)


def test_where_nobody_is_named_the_organisation_collected_the_data(settings):
    settings.GAWAH_ORGANISATION = "By the settings"
    assert publisher().collecting_bodies_in("ur") == ("By the settings",)
    describe(names={"en": "Office", "ur": "دفتر"})
    assert publisher().collecting_bodies_in("ur") == ("دفتر",)


def test_no_page_carries_a_text_that_would_not_appear_as_written():
    with pytest.raises(ValidationError, match="HTML"):
        PageText(page="about", texts={"en": "<b>loud</b>"}).full_clean()


def test_every_page_that_may_carry_a_text_is_allowed_by_the_database():
    for page in PageText.Page:
        say(page, en="Words.")
    assert connection.is_usable()
