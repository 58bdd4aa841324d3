"""What the vocabularies that ship with the program hold."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from reference.models.vocabulary import VOCABULARY_INDEX
from reference.vocabulary_attributes import ATTRIBUTES
from reference.vocabulary_files import read_vocabularies

DIRECTORY = Path(settings.BASE_DIR) / "fixtures" / "vocabularies"

VOCABULARIES = [
    "account-question",
    "acknowledgement",
    "age-group",
    "agency-type",
    "attribution",
    "body-event",
    "cause-of-harm",
    "civilian-status",
    "coied-element",
    "compensation",
    "consent-answer",
    "consent-giver",
    "consent-ground",
    "consent-method",
    "consent-use",
    "contact",
    "counsel-access",
    "counting-unit",
    "court-type",
    "detention-type",
    "disappearance-element",
    "element-finding",
    "function-link",
    "grade",
    "incident-kind",
    "incident-link",
    "information-reliability",
    "intervention-impact",
    "intervention-priority",
    "intervention-response",
    "intervention-status",
    "intervention-type",
    "involvement-basis",
    "involvement-degree",
    "judicial-district",
    "language",
    "legal-action-type",
    "legal-compliance",
    "legal-outcome",
    "legal-stage",
    "medical-attention",
    "method",
    "monitoring",
    "occupation",
    "perpetrator-status",
    "person-relation",
    "place-precision",
    "place-type",
    "property-kind",
    "protest-kind",
    "sex",
    "source-connection",
    "source-independence",
    "source-perspective",
    "source-reliability",
    "source-scale",
    "source-type",
    "state-response",
    "statement-signed",
    "torture-intent",
    "victim-function",
    "victim-status",
    "violation-status",
    "violation-type",
    "wgeid-element",
    "withdrawal-reason",
]

PUBLISHED_CODES = 1022
"""Never lower this: programs, files and citations rely on every code that was ever published."""

WITHOUT_UNKNOWN = {
    # Fixed by a text or by what we offer.
    *("disappearance-element", "wgeid-element", "coied-element", "account-question"),
    *("consent-use", "consent-ground", "withdrawal-reason", "contact", "incident-link"),
    *("person-relation", "monitoring", "intervention-priority"),
    # "Not assessed" or "untested" says it.
    *("information-reliability", "source-reliability", "grade"),
}

ARABIC_LETTER_FORMS = re.compile("[يكةۀهى]")
"""Letters of Arabic keyboards that Urdu writes with other code points."""


@cache
def entries():
    return read_vocabularies(DIRECTORY, ["en", "ur"])


def of(vocabulary):
    return [entry for entry in entries() if entry.vocabulary == vocabulary]


def where(vocabulary, **attributes):
    return {
        entry.code
        for entry in of(vocabulary)
        if all(entry.attributes.get(key) == value for key, value in attributes.items())
    }


def below(vocabulary, *tops):
    return {entry.code for entry in of(vocabulary) if set(tops) & {entry.code, *entry.ancestors}}


def top_level(vocabulary):
    return [entry.code for entry in of(vocabulary) if not entry.ancestors]


def test_every_vocabulary_of_the_design_has_its_file():
    assert {entry.code for entry in of(VOCABULARY_INDEX)} == set(VOCABULARIES)


def test_no_published_code_disappears():
    published = (DIRECTORY / "CODES.txt").read_text(encoding="utf-8").split()
    now = {f"{entry.vocabulary}/{entry.code}" for entry in entries()}
    assert set(published) <= now, "a code was removed or renamed: hide the term instead"


def test_every_code_is_entered_in_the_file_of_published_codes():
    published = (DIRECTORY / "CODES.txt").read_text(encoding="utf-8").split()
    now = {f"{entry.vocabulary}/{entry.code}" for entry in entries()}
    assert now <= set(published), "add the new codes to CODES.txt"
    assert published == sorted(set(published))


def test_the_file_of_published_codes_only_grows():
    published = (DIRECTORY / "CODES.txt").read_text(encoding="utf-8").split()
    assert len(published) >= PUBLISHED_CODES


@pytest.mark.parametrize("slug", VOCABULARIES)
def test_urdu_texts_use_urdu_letters_and_full_stops(slug):
    for entry in of(slug):
        for text in (entry.labels["ur"], entry.definitions["ur"]):
            assert not ARABIC_LETTER_FORMS.search(text), (entry.code, text)
            assert "," not in text, (entry.code, text)
            assert ";" not in text, (entry.code, text)
            assert "?" not in text, (entry.code, text)
        assert entry.definitions["ur"].endswith("۔"), entry.code


@pytest.mark.parametrize("slug", VOCABULARIES)
def test_a_definition_says_more_than_its_label(slug):
    for entry in of(slug):
        assert entry.definitions["en"].endswith("."), entry.code
        assert len(entry.definitions["en"]) <= 400, entry.code
        if slug != "language":
            assert entry.definitions["en"].rstrip(".") != entry.labels["en"], entry.code


@pytest.mark.parametrize("slug", sorted(set(VOCABULARIES) - WITHOUT_UNKNOWN))
def test_unknown_is_a_value(slug):
    assert "unknown" in {entry.code for entry in of(slug)}


def test_huridocs_codes_name_list_and_code_and_say_how_near_they_are():
    one = r"(near )?\d+:\d+(, \d+:\d+)*"
    for entry in entries():
        assert re.fullmatch(rf"({one})?|\({one}\)", entry.huridocs), (entry.code, entry.huridocs)


@pytest.mark.parametrize(
    ("vocabulary", "code", "expected"),
    [
        ("violation-type", "enforced-disappearance", "4:030103"),
        ("violation-type", "short-term-disappearance", "near 4:030103"),
        ("violation-type", "incommunicado", "(30:010102)"),
        ("violation-type", "blockade", "4:050105, 4:030108"),
        ("violation-type", "body-recovered", ""),
        ("victim-status", "found-held", "25:010402"),
        ("agency-type", "paramilitary", "24:010103"),
        ("incident-link", "follows", "22:22"),
        ("legal-action-type", "fir", ""),
    ],
)
def test_huridocs_codes_are_those_of_the_reference(vocabulary, code, expected):
    assert {entry.code: entry.huridocs for entry in of(vocabulary)}[code] == expected


def test_violation_types_have_nine_groups_in_order():
    groups = "liberty life integrity justice assembly expression property movement"
    assert top_level("violation-type") == [*groups.split(), "other", "unknown"]


def test_violation_types_have_three_levels():
    assert {entry.depth for entry in of("violation-type")} == {1, 2, 3}


def test_deaths_are_the_killings_less_the_attempts():
    expected = below("violation-type", "life") - {"attempted-killing"}
    assert where("violation-type", death=True) == expected


def test_only_a_disappearance_without_an_end_goes_on():
    assert where("violation-type", continuing=True) == {
        "enforced-disappearance",
        "child-taken",
        "abduction-unattributed",
    }


def test_types_of_act_follow_the_sdg_indicator():
    acts = {act: where("violation-type", sdg_act=act) for act in sdg_acts()}
    killings = below("violation-type", "life") - {"body-recovered", "attempted-killing"}
    assert acts["killing"] == killings
    assert acts["enforced-disappearance"] == below("violation-type", "enforced-disappearance")
    assert acts["torture"] == {"torture"}
    assert acts["arbitrary-detention"] == below(
        "violation-type", "arbitrary-arrest", "arbitrary-detention"
    )
    assert acts["kidnapping"] == {"abduction-non-state", "abduction-unattributed"}
    assert set.union(*acts.values()) == {entry.code for entry in of("violation-type")}


def sdg_acts():
    return ATTRIBUTES["violation-type"]["sdg_act"].choices


def test_fate_is_clarified_by_the_held_the_free_and_the_dead_with_stated_exceptions():
    clarifying = below("victim-status", "status-held", "status-free", "status-dead")
    not_clarifying = {"acknowledged", "at-liberty", "fugitive", "dead-claimed", "declared-absent"}
    assert where("victim-status", fate_clarified=True) == clarifying - not_clarifying


def test_acknowledged_custody_clarifies_only_on_a_condition():
    assert where("victim-status", fate_clarified_if="place-told-or-seen-in-court") == {
        "acknowledged"
    }


def test_a_person_at_liberty_is_not_among_the_missing():
    assert "at-liberty" not in below("victim-status", "status-missing")


def test_return_asks_for_consent_anew_of_all_who_can_speak_for_themselves_again():
    assert where("victim-status", reconsent=True) == {
        "found-free",
        "released",
        "bailed",
        "acquitted",
        "served",
        "escaped",
    }


def test_only_a_confirmed_act_is_verified():
    assert where("grade", verified=True) == {"confirmed"}


def test_only_an_original_source_corroborates():
    assert where("source-independence", corroborates=True) == {"original"}


def test_only_consent_that_was_granted_allows():
    assert where("consent-answer", allows=True) == {"granted"}


def test_a_pattern_is_not_counted_as_an_incident():
    assert where("incident-kind", counted=False) == {"context"}


def test_homes_are_marked():
    assert where("place-type", home=True) == {"home", "kin-home"}


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        ("P", {"pro-state-group"}),
        ("U", {"unknown", "other"}),
        (
            "N",
            {
                "not-state",
                "armed-opposition",
                "sectarian-group",
                "tribal-force",
                "private-security",
                "mob",
                "private-person",
                "company",
            },
        ),
    ],
)
def test_perpetrator_categories_follow_the_sdg_indicator(category, codes):
    assert where("agency-type", sdg=category) == codes


def test_every_perpetrator_has_an_sdg_category_and_no_other_body_has_one():
    categorised = {entry.code for entry in of("agency-type") if "sdg" in entry.attributes}
    assert categorised == where("agency-type", perpetrator=True)
    assert below("agency-type", "bodies") == where("agency-type", perpetrator=False)


def test_a_state_paramilitary_is_a_state_force():
    assert "paramilitary" in below("agency-type", "forces") & below("agency-type", "state")


def test_links_and_relations_are_read_in_both_directions():
    for vocabulary in ("incident-link", "person-relation"):
        inverses = {entry.code: entry.attributes["inverse"] for entry in of(vocabulary)}
        assert all(inverses[inverse] == code for code, inverse in inverses.items())


def test_place_precision_carries_the_ucdp_codes():
    codes = {entry.code: entry.attributes.get("ucdp") for entry in of("place-precision")}
    assert codes == {
        "exact": 1,
        "near": 2,
        "district": 3,
        "province": 4,
        "linear": 5,
        "country": 6,
        "unknown": None,
    }


def test_questions_name_nobody_by_sex():
    for entry in of("account-question"):
        words = set(re.findall(r"[a-z]+", entry.labels["en"].lower()))
        assert not words & {"he", "she", "him", "her", "his"}, entry.code


def test_no_label_calls_anybody_a_militant():
    for entry in entries():
        assert "militant" not in entry.labels["en"].lower()


def test_no_legal_action_has_the_code_that_means_none_in_a_filter():
    assert "none" not in {entry.code for entry in of("legal-action-type")}
