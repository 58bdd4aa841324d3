"""The guide to the API on its page: what it says to ask is answered, as docs/api.md says."""

import io
import json
import re
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import QueryDict

from record.filters import FILTERS
from reference.models import Area
from tests.api.case import publish_case
from tests.website.page import get
from tests.website.test_http import SNAPSHOT

pytestmark = pytest.mark.django_db

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
HOST = "http://testserver"


@pytest.fixture
def case():
    publish_case()


def codes(page):
    """The programs on a page, as somebody copies them."""
    found = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page.html, re.DOTALL)
    return [unescape(code) for code in found]


def addresses(page):
    """Every address of the API that the page names, in programs and in links."""
    asked = re.compile(rf"{HOST}[^\s\"'?]+\?[^\s\"'{{]+")
    named = [found for code in codes(page) for found in asked.findall(code)]
    return [*named, *(link for link in page.links() if "/api/" in link)]


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_address_on_the_page_is_answered(client, case, prefix):
    found = addresses(get(client, f"{prefix}/api-guide/"))
    assert len(found) >= 8
    for address in found:
        response = client.get(address.removeprefix(HOST))
        assert response.status_code == 200, address
        assert response.getvalue()


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_program_in_python_prints_an_answer(client, case, capsys, monkeypatch, prefix):
    def urlopen(address):
        return io.BytesIO(client.get(address.removeprefix(HOST)).getvalue())

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    [program] = [code for code in codes(get(client, f"{prefix}/api-guide/")) if "import" in code]
    exec(program, {})  # noqa: S102
    [shown] = re.findall(r"```python\n.*?```text\n(.*?)\n```", DOCUMENT, re.DOTALL)
    assert capsys.readouterr().out.splitlines() == shown.splitlines()


def test_the_document_asks_the_same_question_in_the_same_words(client, case):
    page = codes(get(client, "/api-guide/"))
    document = [
        re.search(rf"```{kind}\n(.*?)\n```", DOCUMENT, re.DOTALL)[1] for kind in ("sh", "python")
    ]
    assert page[:2] == [code.replace("http://127.0.0.1:8000", HOST) for code in document]


def test_the_column_that_r_counts_is_in_the_table_it_reads(client, case):
    [program] = [code for code in codes(get(client, "/api-guide/")) if "read.csv" in code]
    address = re.search(rf'"{HOST}([^"]+)"', program)[1]
    column = re.search(r"cases\$(\w+)", program)[1]
    assert column in client.get(address).getvalue().decode().splitlines()[0].split(",")


def test_the_addresses_are_those_of_the_host_that_is_read(client, settings):
    settings.ALLOWED_HOSTS = ["record.example.org"]
    page = get(client, "/api-guide/", headers={"host": "record.example.org"}, secure=True)
    assert "curl 'https://record.example.org/api/v1/" in unescape(page.html)
    assert "127.0.0.1" not in page.html


def test_the_question_is_said_as_the_answer_says_it(client, case):
    page = get(client, "/api-guide/")
    asked = urlsplit(addresses(page)[0])
    said = json.loads(client.get(f"{asked.path}?{asked.query}").getvalue())["meta"]["question"]
    assert said in page.text
    assert "کیچ" in get(client, "/ur/api-guide/").text


def test_where_the_district_is_not_known_the_question_does_without(client):
    Area.objects.filter(code="PK211").update(name="Elsewhere", name_local="")
    Area.objects.get(code="PK211").names.all().delete()
    page = get(client, "/api-guide/")
    assert "Kech" not in page.html
    for address in addresses(page):
        response = client.get(address.removeprefix(HOST))
        assert response.status_code == 200, address
        assert response.getvalue()


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_guide_is_linked_from_every_page_and_from_the_downloads(client, prefix):
    for address in ("/methodology/", "/downloads/"):
        assert f"{prefix}/api-guide/" in get(client, prefix + address).links()
    assert f"{prefix}/definitions/" in get(client, f"{prefix}/api-guide/").links()


@pytest.mark.parametrize(("limit", "said"), [(3_600, "3,600 requests"), (0, None)])
def test_the_limit_is_that_of_the_installation(client, settings, limit, said):
    settings.GAWAH_API_REQUESTS = limit
    text = get(client, "/api-guide/").text
    assert (said in text) if said else ("requests in an hour" not in text)


def test_the_guide_asks_little_of_the_database(client, counted, django_assert_max_num_queries):
    get(client, "/api-guide/")
    # the version, and the district in both parameters of a name
    with django_assert_max_num_queries(SNAPSHOT + 3):
        get(client, "/api-guide/")


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_every_parameter_is_explained_under_an_anchor_of_its_own(client, case, prefix):
    page = get(client, f"{prefix}/api-guide/")
    anchors = re.findall(r'id="parameter-([a-z_]+)"', page.html)
    assert len(anchors) == len(set(anchors))
    for filters in FILTERS.values():
        for name in filters(QueryDict(), cursors=True, samples=True).filters:
            assert name.partition("__")[0] in anchors
            assert f">{name}</code>" in page.html


def test_a_parameter_that_only_some_lists_take_says_which(client, case):
    html = get(client, "/api-guide/").html
    [forum] = re.findall(r'id="parameter-forum">.*?</div>', html)
    assert "Only for: Legal actions" in forum
    [sex] = re.findall(r'id="parameter-sex">.*?</div>', html)
    assert "Only for" not in sex
    assert 'href="/definitions/sex/"' in sex
