"""Free text finds a document in any spelling and either script, and by nothing it does not say."""

import pytest
from django.db import connection

from record.models import (
    AgencyText,
    IncidentText,
    LegalActionText,
    SourceText,
)
from record.search_query import (
    ENGLISH_STOP_WORDS,
    MOST_WORDS,
    TooManyWords,
    search_query,
)
from record.verification import verify_chain
from tests.record.factories import (
    account,
    agency,
    coded,
    hostile_incidents,
    involvement,
    legal_action,
    publish,
    publish_incident,
    source,
    step,
    victim,
    violation,
    withheld_victim,
)

pytestmark = pytest.mark.django_db


def finds(table, text):
    query = search_query(text)
    return query is not None and table.objects.filter(vector=query).exists()


@pytest.mark.parametrize(
    "text",
    [
        "Balach",
        "Balaach",
        "BALACH",
        "بالاچ",
        "Balach Turbat",
        "Bux",
        "مولا بخش",
        "Tubrat",
        "Turbat",
        "تربت",
        "Kech",
        "کیچ",
        "كيچ",
        "Baluchistan",
        "taken",
        "taking from homes",
        "of the taken",
        '"from his home"',
        "enforced disappearance",
        "جبری گمشدگی",
        "Counter-Terrorism",
        "night, 29 October!",
        "habeas petitions",
        "Saif ullah",
        "Saifullah",
        "سیف اللہ",
    ],
)
def test_an_incident_is_found_by_any_word_in_any_spelling(text):
    publish_incident(
        title="A student taken at night on 29 October",
        account="He was taken from his home by armed men in front of Saifullah.",
        area="PK211-turbat",
        violations=[
            violation(
                victim=victim("Balach Mola Bakhsh", name_local="بالاچ مولا بخش"),
                involvements=[involvement(agency(abbreviation="CTD"))],
            )
        ],
        accounts=[account("Said Saif Ullah, a neighbour", answer_local="سیف اللہ نے کہا")],
        legal_actions=[legal_action("Habeas corpus petition", type="habeas-491")],
    )
    assert finds(IncidentText, text)


@pytest.mark.parametrize(
    "text",
    [
        "Gwadar",
        "torture",
        "Balach Gwadar",
        '"Turbat home"',
        "Hammal",
        "حمل",
        "INC-2026-0001",
        "https",
        "2023-10-29",
        "of the",
        "?!",
        "",
    ],
)
def test_an_incident_is_not_found_by_what_it_does_not_say(text):
    publish_incident(
        title="Taken from his home in Turbat",
        violations=[violation(victim=victim("Balach", name_local="بالاچ"))],
    )
    assert not finds(IncidentText, text)


@pytest.mark.parametrize(
    ("name", "name_local", "text"),
    [("Mehmood", "", "محمود"), ("", "محمود", "Mehmood"), ("", "محمود", "Mahmud")],
)
def test_a_name_in_one_script_is_found_in_the_other(name, name_local, text):
    publish_incident(violations=[violation(victim=victim(name, name_local=name_local))])
    assert finds(IncidentText, text)


@pytest.mark.parametrize("other", ["Hussain", "حسین"])
def test_names_given_in_both_scripts_are_not_found_by_their_consonants(other):
    """Hasan and Hussain share theirs; only where nothing better is known may that decide."""
    publish_incident(violations=[violation(victim=victim("Hasan", name_local="حسن"))])
    assert finds(IncidentText, "Hasan")
    assert not finds(IncidentText, other)


def test_a_withheld_name_is_in_no_search_text():
    publish_incident(title="Taken", violations=[violation(victim=withheld_victim(name_local=""))])
    assert not finds(IncidentText, "Balach")


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (AgencyText, "Counter Terrorism Department"),
        (AgencyText, "CTD"),
        (AgencyText, "محکمہ"),
        (LegalActionText, "FIR refused"),
        (LegalActionText, "ایف آئی آر"),
        (SourceText, "Dawn"),
        (SourceText, "a report"),
        (SourceText, "News"),
    ],
)
def test_other_objects_are_found_by_their_own_words(table, text):
    publish(
        agency(abbreviation="CTD", name_local="محکمہ انسداد دہشت گردی"),
        legal_action("FIR", steps=[step(result="The station refused to register it")]),
        source("A report"),
    )
    assert finds(table, text)


def test_an_incident_is_not_found_by_the_words_of_the_ones_it_is_linked_to():
    first = publish_incident("Blockade of the highway")
    link = {"relation": coded("incident-link", "follows"), "reference": first.reference}
    publish_incident(
        "Taken", links=[{**link, "title": "Blockade of the highway", "title_local": ""}]
    )
    assert IncidentText.objects.filter(vector=search_query("blockade")).count() == 1


def test_a_question_of_too_many_words_is_refused():
    assert search_query(" ".join(["word"] * MOST_WORDS)) is not None
    with pytest.raises(TooManyWords):
        search_query(" ".join(["word"] * (MOST_WORDS + 1)))


@pytest.mark.parametrize("text", ["'", "\\", "a' | 'b", ":*", "!x", "(", "\0", "<->", '"', '" "'])
def test_any_typing_makes_a_valid_query(text):
    query = search_query(text)
    assert query is None or not IncidentText.objects.filter(vector=query).exists()


def test_stop_words_are_those_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s) AS word WHERE to_tsvector('english', word) <> ''",
            [sorted(ENGLISH_STOP_WORDS)],
        )
        assert cursor.fetchall() == []


def test_hostile_texts_can_be_published_and_searched():
    entries = hostile_incidents()
    assert IncidentText.objects.count() == len(entries)
    assert IncidentText.objects.filter(vector=search_query("جبری گمشدگی")).count() > 0
    assert verify_chain() == []


def test_a_very_long_text_can_be_published_and_is_found_by_its_beginning():
    account = "shepherd " + " ".join(f"word{number} لفظ{number}" for number in range(60_000))
    publish_incident(account=account)
    assert finds(IncidentText, "shepherd")
