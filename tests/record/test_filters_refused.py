"""What is not understood is refused, with the parameter, the way to mend it and what is near."""

import pytest
from django.http import QueryDict
from django.utils import translation

from record.filters import FILTERS
from record.questions import ask
from record.writing import withdraw_entries
from tests.record.documented_facts import documented_facts
from tests.record.factories import NOW, agency, entry_of, publish

pytestmark = pytest.mark.django_db

RESOURCES = tuple(FILTERS)


def errors(query, resource="violations", **options):
    """(parameter, suggestion) of each error."""
    found = ask(resource, QueryDict(query), "en", **options).errors
    assert all(error.message for error in found)
    return [(error.parameter, error.suggestion) for error in found]


REFUSED = [
    # names
    ("typ=life", "typ", "type"),
    ("agencies=CTD", "agencies", "agency"),
    ("colour=red", "colour", None),
    ("type__in=life", "type__in", "type"),
    ("type__no=life", "type__no", "type__not"),
    ("grade__isnull=true", "grade__isnull", "grade"),
    ("name__not=Balach", "name__not", "name"),
    ("date_from__gte=2023", "date_from__gte", "date_from"),
    ("page_sise=5", "page_sise", "page_size"),
    ("cursor=abc", "cursor", None),
    # codes, each member of a list by itself
    ("type=enforced-disapearance", "type", "enforced-disappearance"),
    ("type=Life", "type", "life"),
    ("type=life,lief", "type", "life"),
    ("type__not=lief", "type__not", "life"),
    ("sex=female", "sex", None),
    ("sex=womn", "sex", "woman"),
    ("sex=none", "sex", "unknown"),
    ("legal=unknwn", "legal", "unknown"),
    ("legal=null", "legal", "none"),
    ("status=disapeared", "status", "disappeared"),
    ("grade=confirmd", "grade", "confirmed"),
    # areas, agencies, sources
    ("area=Xyzzyplugh", "area", None),
    ("district=Quttea", "district", "PK226"),
    ("district=PK2", "district", None),
    ("province=Kech", "province", None),
    ("area=none", "area", "unknown"),
    ("agency=Ministry of Silly Walks", "agency", None),
    ("agency=AGY-2026-9999", "agency", None),
    ("agency=unknown", "agency", "none"),
    ("source=SRC-2026-9999", "source", None),
    ("source=Dawn", "source", None),
    ("source=AGY-2026-0001", "source", None),
    # fixed words
    ("contested=yes", "contested", None),
    ("contested=True", "contested", "true"),
    ("named=1", "named", None),
    ("date_unknown=maybe", "date_unknown", None),
    ("date_from=2023&date_mode=posible", "date_mode", "possible"),
    ("area_basis=infered", "area_basis", "inferred"),
    ("ordering=dat", "ordering", "date"),
    ("ordering=reference", "ordering", None),
    ("ordering=date,changed", "ordering", "changed"),
    ("format=xml", "format", None),
    ("fields=titel", "fields", None),
    ("fields=reference,plaec", "fields", "place"),
    # dates
    ("date_from=2023-13", "date_from", None),
    ("date_from=2023-02-30", "date_from", None),
    ("date_from=29.10.2023", "date_from", None),
    ("date_from=2023~", "date_from", None),
    ("date_to=2023-10-01/2023-10-05", "date_to", None),
    ("date_mode=certain", "date_mode", None),
    ("date_unknown=true&date_from=2023", "date_unknown", None),
    ("month=2023", "month", None),
    ("month=2023-1", "month", None),
    ("month=unknwn", "month", "unknown"),
    ("year=2023-10", "year", None),
    ("year=23", "year", None),
    ("changed_since=yesterday", "changed_since", None),
    ("changed_since=2023-10", "changed_since", None),
    ("changed_since=0001-01-01T00:00:00%2B14:00", "changed_since", None),
    # numbers
    ("page=0", "page", None),
    ("page=-1", "page", None),
    ("page=two", "page", None),
    ("page=٢", "page", None),
    ("page_size=201", "page_size", "200"),
    ("page=201", "page", None),
    ("page=51&page_size=200", "page", None),
    ("page=99999999999999999999", "page", None),
    # empty, repeated, long
    ("type=", "type", None),
    ("type=%20", "type", None),
    ("type=life,,liberty", "type", None),
    ("type=life,", "type", None),
    ("q=", "q", None),
    ("q=%3F%21", "q", None),
    ("q=of the", "q", None),
    ("q=" + "word " * 41, "q", None),
    ("q=" + " ".join(f"word{number}" for number in range(21)), "q", None),
    ("name=%3F", "name", None),
    ("name=" + "Ali " * 51, "name", None),
    ("date_from=2023&date_from=2022", "date_from", None),
    ("page=1&page=2", "page", None),
    ("type=" + ",".join(f"t{number}" for number in range(51)), "type", None),
    ("type=life%09", "type", None),
]


@pytest.mark.parametrize(("query", "parameter", "suggestion"), REFUSED)
def test_a_wrong_parameter_is_refused_with_what_is_near(query, parameter, suggestion):
    assert errors(query) == [(parameter, suggestion)]


@pytest.mark.parametrize(
    ("resource", "query"),
    [
        ("agencies", "forum=BHC"),
        ("incidents", "stage=filed"),
        ("sources", "source=SRC-2026-0001"),
        ("legal-actions", "date_from=2023&date_mode=ongoing"),
        ("sources", "date_from=2023&date_mode=ongoing"),
        ("legal-actions", "legal=none"),
        ("legal-actions", "district=unknown"),
        ("agencies", "agency=none"),
        ("agencies", "ordering=date"),
        ("incidents", "ordering=name"),
        ("sources", "fields=account"),
        ("victims", "format=csv"),
    ],
)
def test_what_makes_no_sense_for_a_resource_is_refused_there(resource, query):
    assert len(errors(query, resource)) == 1


def test_a_range_that_ends_before_it_begins_names_both_ends():
    found = errors("date_from=2024&date_to=2023")
    assert found == [("date_from", None), ("date_to", None)]
    assert errors("date_from=2023&date_to=2023") == []


def test_all_errors_are_told_at_once():
    found = errors("typ=x&sex=womn&date_from=2023-13&page=0&type=lief,liberti&district=Quttea")
    assert found == [
        ("typ", "type"),
        ("type", "life"),
        ("type", "liberty"),
        ("district", "PK226"),
        ("date_from", None),
        ("sex", "woman"),
        ("page", None),
    ]


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("lenient", [False, True])
def test_every_parameter_refuses_a_nul_byte(resource, lenient):
    for name in FILTERS[resource].base_filters:
        for value in ("%00", "life%00", "a,%00", "2023%00"):
            found = errors(f"{name}={value}", resource, lenient_blanks=lenient)
            assert [parameter for parameter, _suggestion in found] == [name]
    assert errors("a%00=1", resource) == [("(unreadable)", None)]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_parameter_refuses_an_empty_value_unless_a_form_sent_it(resource):
    for name in FILTERS[resource].base_filters:
        assert errors(f"{name}=", resource) == [(name, None)]
        assert errors(f"{name}=&{name}=+", resource, lenient_blanks=True) == []


def test_an_ambiguous_area_lists_what_it_may_mean():
    (error,) = ask("incidents", QueryDict("area=Sahiwal"), "en").errors
    codes = {candidate.code for candidate in error.candidates}
    assert {"PK631", "PK63203"} <= codes
    assert all(code in error.message for code in codes)
    assert any("Sargodha" in candidate.label for candidate in error.candidates)


def test_an_ambiguous_agency_lists_what_it_may_mean():
    first = agency("Frontier Corps North", abbreviation="FC")
    second = agency("Frontier Corps South", abbreviation="FC")
    publish(first, second)
    (error,) = ask("incidents", QueryDict("agency=fc"), "en").errors
    assert {each.code for each in error.candidates} == {first.reference, second.reference}
    assert "Frontier Corps North" in error.message


def test_the_nearest_published_agency_is_suggested():
    facts = documented_facts()
    assert errors("agency=Counter Terorism Departmant") == [("agency", facts["ctd"])]


def test_a_withdrawn_agency_is_answered_like_one_that_never_existed():
    gone = agency("Secret Service", abbreviation="SS")
    publish(gone)
    withdraw_entries([entry_of(gone.reference)], reason="safety", at=NOW)
    never = ask("incidents", QueryDict("agency=AGY-2026-9999"), "en").errors
    for name in (gone.reference, "Secret Service", "SS"):
        assert ask("incidents", QueryDict(f"agency={name}"), "en").errors == never


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "{{7*7}}", "%(suggestion)s", "%s%d", "x" * 20_000]
)
@pytest.mark.parametrize("resource", RESOURCES)
def test_no_error_repeats_what_was_sent(resource, value):
    for name in [*FILTERS[resource].base_filters, value]:
        params = QueryDict(mutable=True)
        params[name] = value
        question = ask(resource, params, "en")
        if name in {"q", "name"} and not question.errors:
            continue
        assert question.errors
        for error in question.errors:
            assert value not in f"{error.parameter} {error.message} {error.suggestion}"


def test_messages_are_in_the_language_of_the_question():
    (english,) = ask("incidents", QueryDict("page=0"), "en").errors
    with translation.override("ur"):
        (still_english,) = ask("incidents", QueryDict("page=0"), "en").errors
    assert english == still_english


def test_tracking_parameters_are_tolerated_on_pages_only():
    assert errors("utm_source=x&fbclid=y", lenient_blanks=True) == []
    assert [name for name, _near in errors("utm_source=x")] == ["utm_source"]


def test_a_form_that_sends_its_date_mode_without_dates_is_understood():
    assert errors("date_mode=certain&date_from=&date_to=", lenient_blanks=True) == []


def test_parameters_of_the_caller_and_its_formats_are_known():
    assert errors("group_by=district", also=("group_by",)) == []
    assert errors("format=csv", formats=("json", "csv")) == []
    assert errors("format=cvs", formats=("json", "csv")) == [("format", "csv")]


def test_a_question_with_errors_has_no_answer():
    question = ask("incidents", QueryDict("page=0"), "en")
    for asked in (question.count, question.count_certain, question.entries, question.sentence):
        with pytest.raises(ValueError, match="errors"):
            asked()
    with pytest.raises(ValueError, match="errors"):
        question.statistics(["district"])


def test_the_form_shows_each_error_beside_its_field():
    question = ask("incidents", QueryDict("sex=womn&type=life,liberty&q=word"), "en")
    assert set(question.form.errors) == {"sex"}
    assert set(question.form.fields) == set(FILTERS["incidents"].base_filters)
    assert 'value="life" selected' in str(question.form["type"])
    assert 'value="liberty" selected' in str(question.form["type"])
    assert 'value="word"' in str(question.form["q"])
