"""One question, one answer: the number on a page is the number that the API gives."""

import re

import pytest

from tests.browser.pages import LANGUAGES

QUESTIONS = [
    ("incidents", ""),
    ("incidents", "q=Turbat"),
    ("incidents", "district=Kech&date_from=2023-11&date_to=2023-12"),
    ("incidents", "contested=true"),
    ("victims", "name=Balach"),
    ("victims", "named=false"),
    ("violations", "type=enforced-disappearance&date_from=2023-10-01&date_to=2023-10-31"),
    ("violations", "type=life&district=Kech"),
    ("violations", "type=torture"),
    ("violations", "date_unknown=true"),
    ("legal-actions", "legal=fir"),
    ("agencies", "q=police"),
    ("sources", "source_type=news"),
]
WAYS = [("", "en"), ("", "ur"), ("table/", "en"), ("map/", "ur"), ("timeline/", "en")]
OF_FACTS = {"incidents", "victims", "violations"}


@pytest.mark.parametrize(("way", "language"), WAYS)
@pytest.mark.parametrize(("kind", "query"), QUESTIONS)
def test_a_page_counts_what_the_api_counts(kind, query, way, language, fresh):
    if way in {"map/", "timeline/"} and kind not in OF_FACTS:
        pytest.skip("has no places and dates of its own")
    fresh.open(f"{LANGUAGES[language]}/{kind}/{way}?{query}")
    answer = fresh.page.request.get(f"{fresh.home}/api/v1/{kind}/?{query}").json()
    assert number_in(fresh.page.inner_text(".count .figure strong")) == answer["count"]


def number_in(words):
    """The first number, in the digits of either language; 0 where it is said in words."""
    found = re.search(r"\d[\d,٬]*", words)
    return int(re.sub("[,٬]", "", found[0])) if found else 0
