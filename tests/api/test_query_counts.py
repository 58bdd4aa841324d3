"""How often an answer asks the database: never more for more records."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.files import FILE_FORMATS
from record.kinds import Kind
from reference.vocabularies import terms
from tests.api.case import publish_case
from tests.record.factories import entry_of, publish_incident

pytestmark = pytest.mark.django_db


COUNTING = "api_count_requests"

LISTS = {
    # begin, version, count, page
    "incidents/": 4,
    "victims/": 4,
    "violations/": 4,
    "agencies/": 4,
    "legal-actions/": 4,
    "sources/": 4,
    "violations/?fields=reference": 4,
    # and the rest of the page, where dates end, and those dated otherwise
    "violations/?type=enforced-disappearance&date_from=2023&date_to=2023": 6,
    # and unplaced
    "violations/?type=enforced-disappearance&district=PK211&date_from=2023-10&date_to=2023-10": 7,
    # begin, version, groups, names of areas, count
    "statistics/?group_by=district": 5,
    "areas/?level=district": 8,
    # begin, version, count by kind, groups, names of areas, provinces, districts
    "coverage/": 13,
    # begin, version, changes
    "changes/": 3,
    # begin, version, count, page
    "incidents/?cursor=first&page_size=1": 4,
    "violations/?cursor=first&page_size=1": 4,
    "agencies/?cursor=first&page_size=1": 4,
    # and the rows without a date, which may follow
    "sources/?cursor=first": 5,
}

FILES = {
    # begin, version, count; how long a statement may take: before, for the list, and after it
    "incidents/?format=csv": 6,
    "incidents/?format=ndjson": 6,
    "incidents/?format=geojson": 6,
    "incidents/?format=xlsx": 6,
    "victims/?format=csv": 6,
    "violations/?format=csv": 6,
    "violations/?format=csv-plain&fields=reference": 6,
    "agencies/?format=ndjson": 6,
    "legal-actions/?format=csv": 6,
    "sources/?format=xlsx": 6,
    # and those dated otherwise
    "violations/?format=csv&date_from=2023": 7,
}


def read(statements):
    """Those that read something, beside the one that says how long they may take."""
    return [each for each in statements if "SELECT" in each]


def asked(client, address, **options):
    """The statements that an answer takes, once everything that is cached is cached, beside the
    one that counts the request."""
    terms("grade")
    client.get(f"/api/v1/{address}", **options).getvalue()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(f"/api/v1/{address}", **options)
        answer.getvalue()
    counting = [query["sql"] for query in queries if COUNTING in query["sql"]]
    assert len(counting) == 1  # a 304 only looks what is left
    aside = ("SAVEPOINT", COUNTING)
    statements = [query["sql"] for query in queries if not any(w in query["sql"] for w in aside)]
    return answer, statements


@pytest.mark.parametrize("address", LISTS)
def test_a_list_asks_as_often_for_many_records_as_for_few(client, address):
    publish_case()
    publish_case()
    _answer, few = asked(client, address)
    for _number in range(4):
        publish_case()
    answer, many = asked(client, address)
    assert answer.status_code == 200
    assert len(few) == len(many) == LISTS[address], "\n".join(many)


@pytest.mark.parametrize("address", FILES)
def test_a_file_asks_as_often_for_many_records_as_for_few(client, address):
    publish_case()
    _answer, few = asked(client, address)
    for _number in range(5):
        publish_case()
    answer, many = asked(client, address)
    assert answer.status_code == 200
    assert len(few) == len(many) == FILES[address], "\n".join(many)


def test_every_list_is_counted_in_every_format():
    counted = {tuple(re.split(r"/\?format=|&", each)[:2]) for each in FILES}
    assert {kind for kind, _format in counted} == {kind.plural for kind in Kind}
    assert {name for _kind, name in counted} == {*FILE_FORMATS, "xlsx"}


@pytest.mark.parametrize("part", ["", "r/1/", "r/1/seal/"])
def test_a_detail_asks_once(client, part):
    reference = publish_incident().reference
    answer, statements = asked(client, f"incidents/{reference}/{part}")
    assert answer.status_code == 200
    assert len(read(statements)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "areas/?q=Kech&level=district",
        "vocabularies/",
        "vocabularies/grade/",
        "problems/",
        "problems/not-found/",
        "coverage/",
        "incidents/INC-2026-0001/",
        "incidents/INC-2026-0001/r/1/",
        "incidents/?type=liberty&district=Kech&date_from=2023",
        "statistics/?group_by=district,month",
        "incidents/?cursor=first",
        "incidents.csv",
        "incidents.xlsx",
        "changes/",
        "incidents/INC-2026-0001/r/1/seal/",
    ],
)
def test_an_answer_that_is_still_current_takes_one_query_at_most(client, address):
    publish_incident()
    current = client.get(f"/api/v1/{address}")
    current.getvalue()
    tag = current["ETag"]
    answer, statements = asked(client, address, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert len(read(statements)) <= 1


def test_a_copy_out_of_date_costs_one_query_more(client):
    entry = publish_incident()
    stale = {"If-None-Match": '"1-stale"'}
    answer, statements = asked(client, f"incidents/{entry.reference}/", headers=stale)
    assert answer.content.startswith(entry_of(entry.reference).document[:-1].encode())
    assert len(read(statements)) == 2


@pytest.mark.parametrize("address", ["problems/", "vocabularies/", "vocabularies/grade/", "x/"])
def test_what_is_not_in_the_record_takes_no_query(client, address):
    _answer, statements = asked(client, address)
    assert read(statements) == []


def test_a_reference_that_is_none_takes_no_query(client):
    answer, statements = asked(client, "incidents/VIO-2026-0001/")
    assert answer.status_code == 404
    assert statements == []
