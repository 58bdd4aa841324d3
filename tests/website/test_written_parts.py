"""Pieces of pages that are written without a template of their own, and what is kept of them."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation

from record.kinds import Kind
from website.addresses import page_address, record_address
from website.choices import choices_markup
from website.markup import (
    date_markup,
    marks_markup,
    party_markup,
    period_markup,
    place_markup,
    text_markup,
)
from website.presentation.citations import CitedFact, Note
from website.presentation.controls import Choice, Control
from website.presentation.language import Text
from website.source_markup import facts_markup, note_markup, source_markup

HOSTILE = '<script>alert("1")</script>'
LANGUAGES = ["en", "ur"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_a_record_has_the_address_that_the_site_answers_at(kind, language):
    reference = f"{kind.prefix}-2026-12345"
    with translation.override(language):
        assert record_address(reference) == reverse(f"website:{kind.value}", args=[reference])


@pytest.mark.parametrize("words", ["", "INC-2026-1", "INC-2026-0001/", "../INC-2026-0001"])
def test_what_is_no_reference_has_no_address(words):
    assert record_address(words) == ""


def test_an_address_below_a_path_of_the_server_keeps_that_path(settings):
    from django.urls import get_script_prefix, set_script_prefix

    before = get_script_prefix()
    assert page_address("website:about") == "/about/"
    try:
        set_script_prefix("/cases/")
        assert page_address("website:about") == "/cases/about/"
        assert record_address("INC-2026-0001") == "/cases/incidents/INC-2026-0001/"
    finally:
        set_script_prefix(before)


def test_one_template_speaks_the_language_of_each_reader():
    template = engines["django"].from_string(
        '{% load i18n gawah %}{% translate "Statistics" %} {% url "website:about" %}'
        '{% url "website:privacy" as page %} {{ page }}{% comma %}'
    )
    written = {}
    for language in (*LANGUAGES, *LANGUAGES):
        with translation.override(language):
            written.setdefault(language, set()).add(template.render())
    assert written["en"] == {"Statistics /about/ /privacy/, "}
    (urdu,) = written["ur"]
    assert "Statistics" not in urdu
    assert "/ur/about/ /ur/privacy/، " in urdu


def test_a_text_in_a_variable_is_translated_for_every_page_anew():
    template = engines["django"].from_string("{% load i18n gawah %}{% translate words %}")
    with translation.override("ur"):
        assert template.render({"words": "Statistics"}) != template.render({"words": "Sources"})


def test_an_address_that_is_missing_is_an_error_unless_it_is_kept_under_a_name():
    tag = '{% load gawah %}{% url "website:none" as page %}[{{ page }}]'
    assert engines["django"].from_string(tag).render() == "[]"


def of_source(**changes):
    return {
        "reference": "SRC-2026-0001",
        "title": HOSTILE,
        "title_local": "",
        "publisher": HOSTILE,
        "published": {"text": "2023-12-11"},
        "type": {"code": "made-up", "label": HOSTILE},
        "language": {"code": "made-up", "label": HOSTILE},
        **changes,
    }


def of_note(source):
    citation = {
        "source": HOSTILE,
        "locator": HOSTILE,
        "quotation": HOSTILE,
        "stance": "disputes",
        "reliability": {"code": "made-up", "label": HOSTILE},
    }
    return Note(1, citation, source)


@pytest.mark.parametrize(
    "write",
    [
        lambda: source_markup(of_source(), "en"),
        lambda: source_markup(of_source(title=""), "en"),
        lambda: note_markup(of_note(None), "en"),
        lambda: note_markup(of_note(of_source()), "en"),
        lambda: facts_markup([CitedFact(HOSTILE, {}, HOSTILE), CitedFact(HOSTILE, {})], "en"),
        lambda: party_markup({"name": HOSTILE, "post": HOSTILE}, "en"),
        lambda: party_markup({"name": HOSTILE, "agency": "AGY-2026-0001"}, "ur"),
        lambda: text_markup(Text(HOSTILE, "en"), "ur"),
        lambda: text_markup(Text(HOSTILE, "en"), "en"),
        lambda: place_markup(
            {
                "text": HOSTILE,
                "areas": [{"code": HOSTILE, "level": "district", "name": HOSTILE + "2"}],
                "basis": "inferred",
                "precision": {"code": "made-up", "label": HOSTILE},
            },
            "en",
        ),
        lambda: period_markup(
            {
                "start": {"text": "2023"},
                "end": {"text": "2024"},
                "end_meaning": {"code": "made-up", "label": HOSTILE},
            },
            "en",
        ),
        lambda: choices_markup(
            Control(
                HOSTILE, "", "", "many", (Choice(HOSTILE, HOSTILE, 1), Choice("b", "B")), ("b",), ()
            )
        ),
        lambda: choices_markup(
            Control("c", "", "", "one", (Choice(HOSTILE, HOSTILE),), (HOSTILE,), ())
        ),
    ],
)
def test_what_came_from_outside_stays_text(db, write):
    written = write()
    assert "<script" not in written
    assert "&lt;script&gt;" in written


def test_a_source_of_which_nothing_is_known_is_named_by_its_reference():
    written = source_markup({"reference": "SRC-2026-0001"}, "en")
    assert written == ('<a href="/sources/SRC-2026-0001/"><bdi dir="ltr">SRC-2026-0001</bdi></a>')


def test_sources_that_are_not_named_are_said_to_be_so():
    assert "do not name" in note_markup(Note(1, None, None), "en")


def test_a_date_is_kept_for_each_language_and_each_way_to_say_it():
    value = {"text": "2023-10-29", "basis": "inferred"}
    said = {}
    for language in (*LANGUAGES, *LANGUAGES):
        with translation.override(language):
            said.setdefault(language, set()).add(
                (date_markup(value, language), date_markup(value, language, brief=True))
            )
    ((full, brief),) = said["en"]
    assert "our reading" in full
    assert "our reading" not in brief
    assert 'datetime="2023-10-29"' in brief
    ((full, _brief),) = said["ur"]
    assert "۲۰۲۳" in full


def test_marks_are_links_to_their_notes_in_the_digits_of_the_reader():
    assert marks_markup([], "en") == ""
    written = marks_markup([1, 12], "en")
    assert written.count("<sup") == 1
    assert '<a href="#note-1">' in written
    assert '<a href="#note-12">' in written
    with translation.override("ur"):
        assert "۱۲</a>" in marks_markup([1, 12], "ur")


def test_what_was_chosen_is_marked_and_nothing_else():
    choices = (Choice("a", "A"), Choice("b", "B", 1))
    boxes = choices_markup(Control("c", "", "", "many", choices, ("b",), ()))
    assert boxes.count("checked") == 1
    assert 'value="b" checked> B</label>' in boxes
    assert "checked" not in choices_markup(Control("c", "", "", "many", choices, (), ()))
    options = choices_markup(Control("c", "", "", "one", choices, ("a",), ()))
    assert options == '<option value="a" selected>A</option><option value="b">B</option>'
