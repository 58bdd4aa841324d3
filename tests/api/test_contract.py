"""What the API promises of every request, good and bad: one table for each kind of promise."""

import pytest
from django.http import QueryDict

from record.filters import FILTERS
from record.kinds import Kind
from record.questions import ask
from record.writing import merge_entry, withdraw_entries
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem, assert_refused, references
from tests.record.factories import (
    LATER,
    agency,
    entry_of,
    publish,
    publish_incident,
    violation,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db

LISTS = tuple(kind.plural for kind in Kind)
MANY = ",".join(f"v{number}" for number in range(500))

# --- a wrong request is an error, never a guess ---------------------------------------------------

WRONG = [
    # query, parameter named, what is suggested
    ("typo=x", "typo", "type"),
    ("Type=life", "Type", "type"),
    ("type=lief", "type", "life"),
    ("type=life,liberti", "type", "liberty"),
    ("type=LIFE", "type", "life"),
    ("type__like=life", "type__like", "type"),
    ("contested=maybe", "contested", None),
    ("contested=TRUE", "contested", "true"),
    ("contested=1", "contested", None),
    ("contested=true&contested=false", "contested", None),
    ("date_from=31.12.2023", "date_from", None),
    ("date_from=2023-02-30", "date_from", None),
    ("date_from=2023-13", "date_from", None),
    ("date_from=0000", "date_from", None),
    ("date_from=20231029", "date_from", None),
    ("date_from=2023&date_mode=exact", "date_mode", None),
    ("date_mode=certain", "date_mode", None),
    ("date_from=2023&date_from=2024", "date_from", None),
    ("changed_since=lately", "changed_since", None),
    ("ordering=title", "ordering", None),
    ("ordering=--changed", "ordering", "-changed"),
    ("ordering=changed,-changed", "ordering", "-changed"),
    ("format=xml", "format", "json"),
    ("format=jsn", "format", "json"),
    ("format=", "format", "json"),
    ("fields=kinds", "fields", "kind"),
    ("fields=reference,", "fields", None),
    ("fields=reference,kindd", "fields", "kind"),
    ("page=0", "page", None),
    ("page=-1", "page", None),
    ("page=1.5", "page", None),
    ("page=one", "page", None),
    ("page=1e3", "page", None),
    ("page=%D9%A1", "page", None),
    ("page=99999999999999999999", "page", None),
    ("page_size=0", "page_size", None),
    ("page_size=201", "page_size", "200"),
    ("page_size=all", "page_size", None),
    ("page=2&page=3", "page", None),
    ("page=1&cursor=first", "page", None),
    ("cursor=x", "cursor", "first"),
    ("cursor=FIRST", "cursor", "first"),
    ("sample=0", "sample", None),
    ("sample=201", "sample", "200"),
    ("sample=10001", "sample", "10000"),
    ("sample=5&seed=-1", "seed", None),
    ("seed=1", "seed", None),
    ("sample=5&page=1", "page", None),
    ("sample=5&page_size=5", "page_size", None),
    ("sample=5&cursor=first", "cursor", None),
    # empty, of control characters, too much of it
    ("type=", "type", None),
    ("type=%20", "type", None),
    ("type=life,,liberty", "type", None),
    ("type=%00", "type", None),
    ("type=life%00", "type", None),
    ("q=a%00b", "q", None),
    ("q=a%0Ab", "q", None),
    ("name=%1F", "name", None),
    ("type=" + MANY, "type", None),
    ("district=" + MANY, "district", None),
    ("agency=" + MANY, "agency", None),
    ("q=" + "x" * 10_001, "q", None),
    ("page=" + "1" * 10_001, "page", None),
    # names that cannot be shown
    ("a%00=1", "(unreadable)", None),
    ("%3Cscript%3E=1", "(unreadable)", None),
    ("%F0%9F%92%A5=1", "(unreadable)", None),
    ("=1", "(unreadable)", None),
    ("page%5Bsize%5D=5", "(unreadable)", "page_size"),
]


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize(("query", "parameter", "suggestion"), WRONG)
def test_what_is_not_understood_is_refused_by_name(client, resource, query, parameter, suggestion):
    assert_refused(client.get(f"/api/v1/{resource}/?{query}"), parameter, suggestion)


@pytest.mark.parametrize("resource", LISTS)
def test_a_list_of_five_hundred_values_is_told_how_many_may_be_given(client, resource):
    most = client.get("/api/v1/limits/").json()["values_in_a_parameter"]
    error = assert_refused(client.get(f"/api/v1/{resource}/?type={MANY}"), "type")
    assert str(most) in error["message"]
    repeated = "&".join(f"type=v{number}" for number in range(500))
    assert_refused(client.get(f"/api/v1/{resource}/?{repeated}"), "type")


def test_as_many_values_as_may_be_given_are_taken(client):
    from reference.vocabularies import terms

    codes = [term.code for term in terms("violation-type")][:50]
    assert len(codes) == 50
    assert client.get(f"/api/v1/violations/?type={','.join(codes)}").status_code == 200


def test_names_have_a_limit_of_their_own_which_is_told(client):
    most = client.get("/api/v1/limits/").json()["names_in_a_parameter"]
    error = assert_refused(client.get(f"/api/v1/incidents/?district={MANY}"), "district")
    assert str(most) in error["message"]


@pytest.mark.parametrize("resource", LISTS)
def test_a_range_that_ends_before_it_begins_names_both_ends(client, resource):
    answer = client.get(f"/api/v1/{resource}/?date_from=2024&date_to=2023-06")
    problem = assert_problem(answer, 400, "parameters")
    assert [each["parameter"] for each in problem["errors"]] == ["date_from", "date_to"]
    assert client.get(f"/api/v1/{resource}/?date_from=2023&date_to=2023").status_code == 200


@pytest.mark.parametrize("resource", LISTS)
def test_everything_wrong_is_told_at_once(client, resource):
    answer = client.get(f"/api/v1/{resource}/?typo=1&type=lief&page=0&contested=2&format=json")
    problem = assert_problem(answer, 400, "parameters")
    named = [each["parameter"] for each in problem["errors"]]
    assert sorted(named) == ["contested", "page", "type", "typo"]


@pytest.mark.parametrize(
    "address",
    ["statistics/", "changes/", "areas/", "coverage/", "limits/", "vocabularies/", "problems/", ""],
)
@pytest.mark.parametrize(
    "query", ["nonsense=1", "a%00=1", "token=x", "page__gte=1", "callback=alert", "_=1700000000"]
)
def test_every_other_address_refuses_what_it_does_not_know(client, address, query):
    answer = client.get(f"/api/v1/{address}?{query}")
    problem = assert_problem(answer, 400, "parameters")
    assert any(
        each["parameter"] in (query.partition("=")[0], "(unreadable)") for each in problem["errors"]
    )


# --- few forms: what other APIs write is told ours ------------------------------------------------

OTHER_FORMS = [
    ("type__in=life,liberty", "type"),
    ("district__in=Kech", "district"),
    ("status__isnull=true", "status"),
    ("legal__isnull=true", "legal"),
    ("date_from__gte=2023", "date_from"),
    ("date__gte=2023", "date_from"),
    ("date__gt=2023", "date_from"),
    ("date__lte=2023", "date_to"),
    ("date__lt=2023", "date_to"),
    ("date__range=2023,2024", "date_from"),
    ("date__isnull=true", "date_unknown"),
    ("year__gte=2020", "date_from"),
    ("month__lte=2020-01", "date_to"),
    ("start_date=2023", "date_from"),
    ("end_date=2023", "date_to"),
    ("from=2023", "date_from"),
    ("until=2023", "date_to"),
    ("name__icontains=Balach", "name"),
    ("name__exact=Balach", "name"),
    ("type__ne=life", "type__not"),
    ("limit=10", "page_size"),
    ("per_page=10", "page_size"),
    ("offset=100", "cursor"),
    ("sort=date", "ordering"),
    ("order_by=-date", "ordering"),
    ("search=word", "q"),
    ("query=word", "q"),
    ("location=Kech", "area"),
    ("perpetrator=CTD", "agency"),
    ("modified_since=2026-01-01", "changed_since"),
    ("changed__gte=2026-01-01", "changed_since"),
    ("omit=title", "fields"),
    ("output=csv", "format"),
]


@pytest.mark.parametrize(("query", "ours"), OTHER_FORMS)
def test_a_form_of_another_api_is_refused_with_ours(client, query, ours):
    error = assert_refused(
        client.get(f"/api/v1/violations/?{query}"), query.partition("=")[0], ours
    )
    assert ours in FILTERS["violations"].base_filters or ours == "cursor"
    assert error["message"]


def test_no_form_is_suggested_that_does_not_exist_there(client):
    error = assert_refused(client.get("/api/v1/areas/?sort=name"), "sort")
    assert error["suggestion"] is None
    assert_refused(client.get("/api/v1/sources/?perpetrator=CTD"), "perpetrator", "agency")


# --- filters cannot probe what is hidden ----------------------------------------------------------


def test_a_filter_answers_of_what_was_withdrawn_as_of_what_never_was(client):
    hidden = agency("Secret Service")
    publish(hidden)
    withdraw_entries([entry_of(hidden.reference)], at=LATER, reason="safety")
    answers = [
        client.get(f"/api/v1/incidents/?agency={name}").json()["errors"]
        for name in (hidden.reference, "AGY-2026-9999", "Secret Service")
    ]
    assert answers[0] == answers[1] == answers[2]


# --- cursors --------------------------------------------------------------------------------------


@pytest.fixture
def cursor(client):
    for _number in range(3):
        publish_incident()
    following = client.get("/api/v1/incidents/?cursor=first&page_size=1").json()["next"]
    return QueryDict(following.partition("?")[2])["cursor"]


def test_a_cursor_is_taken_as_it_was_handed_out(client, cursor):
    answer = client.get(f"/api/v1/incidents/?cursor={cursor}&page_size=2")
    assert len(references(answer)) == 2


@pytest.mark.parametrize(
    "address",
    [
        "incidents/?type=liberty&cursor={}",
        "incidents/?district=Kech&cursor={}",
        "incidents/?ordering=date&cursor={}",
        "incidents/?ordering=changed&cursor={}",
        "victims/?cursor={}",
        "violations/?cursor={}",
    ],
)
def test_a_cursor_of_another_question_or_order_is_refused(client, cursor, address):
    assert_refused(client.get(f"/api/v1/{address.format(cursor)}"), "cursor", "first")


def test_a_cursor_of_another_format_is_refused(client, cursor):
    for name in ("csv", "ndjson", "xlsx"):
        assert_refused(client.get(f"/api/v1/incidents/?cursor={cursor}&format={name}"), "cursor")


def test_a_cursor_that_was_tampered_with_is_refused(client, cursor):
    for place in range(len(cursor)):
        other = "A" if cursor[place] != "A" else "B"
        changed = cursor[:place] + other + cursor[place + 1 :]
        assert_refused(client.get(f"/api/v1/incidents/?cursor={changed}"), "cursor", "first")
    for changed in (cursor[:-1], cursor + "A", cursor.upper(), f"{cursor},{cursor}"):
        assert_refused(client.get(f"/api/v1/incidents/?cursor={changed}"), "cursor", "first")


# --- samples --------------------------------------------------------------------------------------


@pytest.fixture
def many(db):
    for _number in range(12):
        publish_incident()


def drawn(client, query, resource="incidents"):
    return references(client.get(f"/api/v1/{resource}/?{query}"))


def test_a_sample_is_the_same_each_time_and_another_seed_draws_another(client, many):
    first = drawn(client, "sample=6&seed=1")
    assert len(first) == len(set(first)) == 6
    assert drawn(client, "sample=6&seed=1") == drawn(client, "sample=6") == first
    assert any(set(drawn(client, f"sample=6&seed={seed}")) != set(first) for seed in (2, 3, 4))


def test_a_larger_sample_holds_the_smaller_one_and_a_whole_one_everything(client, many):
    few, more, whole = (set(drawn(client, f"sample={size}&seed=7")) for size in (3, 8, 200))
    assert few < more < whole
    assert len(whole) == 12


def test_what_is_published_later_moves_no_more_of_a_sample_than_itself(client, many):
    before = set(drawn(client, "sample=6&seed=3"))
    new = publish_incident().reference
    assert set(drawn(client, "sample=6&seed=3")) - before <= {new}


def test_a_sample_stands_in_the_order_asked_for(client, many):
    dated = drawn(client, "sample=6&seed=1&ordering=changed")
    assert dated == sorted(dated)
    assert drawn(client, "sample=6&seed=1&ordering=-changed") == dated[::-1]


def test_the_count_beside_a_sample_is_that_of_the_whole_question(client, many):
    answer = client.get("/api/v1/incidents/?sample=5&seed=2").json()
    assert answer["count"] == 12
    assert (answer["next"], answer["previous"]) == (None, None)
    assert answer["meta"]["sample"] == {"size": 5, "seed": 2}
    assert "sample of 5" in answer["meta"]["question"]
    assert "sample=5&seed=2" in answer["meta"]["cite"]
    assert "sample" not in client.get("/api/v1/incidents/").json()["meta"]


@pytest.mark.parametrize("resource", LISTS)
def test_every_list_can_be_sampled_and_filtered_before(client, resource):
    publish_case()
    publish_case()
    everything = drawn(client, "area=PK2", resource)
    found = drawn(client, "area=PK2&sample=1&seed=5", resource)
    assert len(found) == min(1, len(everything))
    assert set(found) <= set(everything)


@pytest.mark.parametrize("resource", ["incidents", "victims", "violations"])
@pytest.mark.parametrize("query", ["district=PK226", "date_from=2019&date_to=2019", "type=torture"])
def test_a_sample_larger_than_what_is_found_holds_all_of_it(client, many, resource, query):
    """The sample is drawn from what is found, not from all records."""
    for _number in range(3):
        publish_incident(date="2019-05-02", area="PK226", violations=[violation("torture")])
    found = drawn(client, query, resource)
    assert 0 < len(found) < 12
    for seed in range(1, 6):
        assert set(drawn(client, f"{query}&sample=10&seed={seed}", resource)) == set(found)
        assert len(drawn(client, f"{query}&sample=2&seed={seed}", resource)) == min(2, len(found))


def test_a_file_holds_the_same_sample(client, many):
    listed = drawn(client, "sample=5&seed=9")
    answer = client.get("/api/v1/incidents.csv?sample=5&seed=9&fields=reference")
    assert answer.getvalue().decode("utf-8-sig").split() == ["reference", *listed]
    assert answer["X-Total-Count"] == "5"
    assert client.get("/api/v1/incidents.ndjson?sample=10000&seed=9")["X-Total-Count"] == "12"


def test_statistics_and_pages_are_not_sampled(client):
    answer = client.get("/api/v1/statistics/?group_by=year&sample=5")
    assert assert_problem(answer, 400, "parameters")["errors"][0]["parameter"] == "sample"
    assert ask("incidents", QueryDict("sample=5"), "en").errors


# --- formats and addresses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "accept", "wanted"),
    [
        ("incidents/", "text/csv", "text/csv"),
        ("incidents/", "text/csv;q=0.1, application/json", "application/json"),
        ("incidents/", "text/html, application/xhtml+xml, */*;q=0.1", "application/json"),
        ("incidents/?format=json", "text/csv", "application/json"),
        ("incidents/?format=csv", "application/json", "text/csv"),
        ("incidents.csv", "application/json", "text/csv"),
        ("incidents.csv?format=csv", "text/html", "text/csv"),
        ("incidents.json", "text/html", "application/json"),
    ],
)
def test_the_address_decides_before_the_header(client, address, accept, wanted):
    publish_incident()
    answer = client.get(f"/api/v1/{address}", headers={"Accept": accept})
    answer.getvalue()
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(wanted)
    assert_open(answer)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("incidents.csv?format=json", "csv"),
        ("incidents.json?format=csv", "json"),
        ("incidents.csv?format=csv&format=csv", "csv"),
    ],
)
def test_two_formats_at_once_are_refused(client, address, named):
    assert_refused(client.get(f"/api/v1/{address}"), "format", named)


@pytest.mark.parametrize(
    "accept", ["text/html", "image/png", "application/json;q=0", "x", "/", ";"]
)
def test_a_header_that_names_nothing_we_have_is_not_acceptable(client, accept):
    answer = client.get("/api/v1/incidents/", headers={"Accept": accept})
    assert_problem(answer, 406, "not-acceptable")


ADDRESSES = [
    # address, status, kind of problem
    ("incidents", 308, "address"),
    ("incidents?type=life", 308, "address"),
    ("incidents/INC-2026-0001", 308, "address"),
    ("statistics", 308, "address"),
    ("incidents//", 404, "not-found"),
    ("/incidents/", 404, "not-found"),
    ("incidents/INC-2026-0001//", 404, "not-found"),
    ("incidents/inc-2026-0001/", 404, "not-found"),
    ("incidents/INC-2026-0001%20/", 404, "not-found"),
    ("incidents/INC-2026-0001%00/", 404, "not-found"),
    ("incidents/INC%2F2026/", 404, "not-found"),
    ("incidents/%2e%2e/", 404, "not-found"),
    ("incidents/%ff%fe/", 404, "not-found"),
    ("incidents/" + "x" * 8_000 + "/", 404, "not-found"),
    ("incidents/INC-2026-0001/r/-1/", 404, "not-found"),
    ("incidents/INC-2026-0001/r/1.0/", 404, "not-found"),
    ("incidents.xml", 404, "not-found"),
    ("incidents.csv/", 404, "not-found"),
    ("Incidents/", 404, "not-found"),
    ("incident/", 404, "not-found"),
    ("schema.yaml.bak", 404, "not-found"),
    (".env", 404, "not-found"),
    ("../../etc/passwd", 404, "not-found"),
    ("limits/token/", 404, "not-found"),
]


@pytest.mark.parametrize(("address", "status", "slug"), ADDRESSES)
def test_every_address_that_is_none_is_a_problem(client, address, status, slug):
    publish_incident()
    answer = client.get(f"/api/v1/{address}")
    assert_problem(answer, status, slug)
    assert answer["X-RateLimit-Remaining"]
    if status == 308:
        path, _mark, query = address.partition("?")
        assert answer["Location"] == f"/api/v1/{path}/" + (f"?{query}" if query else "")


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v1", "/api/v2/", "/api//v1/", "/api/x"])
def test_addresses_beside_the_version_are_problems_with_all_headers(client, address):
    answer = client.get(address)
    if address == "/api/v1":
        assert_problem(answer, 308, "address")
    else:
        assert_problem(answer, 404, "not-found")
    assert answer["X-RateLimit-Remaining"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["incidents/?typo=1", "incidents.csv", "limits/", "nothing/"])
def test_only_reading_is_possible_and_says_so_whatever_else_is_wrong(client, address, method):
    answer = client.generic(method.upper(), f"/api/v1/{address}", data="x")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


# --- every answer is open to scripts of other sites -----------------------------------------------


def every_kind_of_answer(client):
    """An answer of each status, and files."""
    gone, kept = publish(agency("C.T.D."), agency("Counter Terrorism Department"))
    merge_entry(gone, kept, at=LATER)
    withdrawn = publish_incident()
    withdraw_incident(withdrawn)
    publish_incident()
    tag = client.get("/api/v1/incidents/")["ETag"]
    ask_for = client.get
    yield 200, ask_for("/api/v1/incidents/")
    for ending in ("csv", "xlsx", "geojson"):
        file = ask_for(f"/api/v1/incidents.{ending}")
        file.getvalue()
        yield 200, file
    yield 204, client.options("/api/v1/incidents/")
    yield 304, ask_for("/api/v1/incidents/", headers={"If-None-Match": tag})
    yield 308, ask_for("/api/v1/incidents")
    yield 308, ask_for(f"/api/v1/agencies/{gone.reference}/")
    yield 400, ask_for("/api/v1/incidents/?typo=1")
    yield 401, ask_for("/api/v1/incidents/", headers={"Authorization": "Bearer x"})
    yield 404, ask_for("/api/v1/nothing/")
    yield 406, ask_for("/api/v1/incidents/", headers={"Accept": "text/html"})
    yield 410, ask_for(f"/api/v1/incidents/{withdrawn.reference}/")
    yield 412, ask_for("/api/v1/incidents/INC-2026-0002/", headers={"If-Match": '"x"'})


def test_scripts_of_other_sites_may_read_every_answer_and_its_headers(client):
    for status, answer in every_kind_of_answer(client):
        assert answer.status_code == status, (status, answer.status_code)
        assert answer["Access-Control-Allow-Origin"] == "*"
        exposed = answer["Access-Control-Expose-Headers"].split(", ")
        assert {"Link", "ETag", "Retry-After", "Location", "WWW-Authenticate"} <= set(exposed)
        for name in ("Limit", "Remaining", "Reset"):
            assert answer[f"X-RateLimit-{name}"].isdecimal(), status
            assert f"X-RateLimit-{name}" in exposed
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies
