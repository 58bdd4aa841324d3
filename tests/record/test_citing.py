"""Citations in three forms, of records as they are and with texts made to break the forms."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.citing import Citation, cite, title_of
from tests.record.factories import (
    entry_of,
    publish_incident,
    victim,
    violation,
    withheld_victim,
)

URL = "https://example.org/incidents/INC-2026-0001/r/1/"


def citation(title="Taken from home", **changes):
    values = {
        "reference": "INC-2026-0001",
        "version": 3,
        "title": title,
        "publisher": "Voice & Record",
        "issued": date(2026, 1, 15),
        "url": URL,
        "licence": "CC BY 4.0",
        "language": "en",
        **changes,
    }
    return Citation(**values)


def test_a_citation_names_publisher_record_revision_day_address_and_terms():
    assert citation(accessed=date(2026, 2, 1)).text == (
        "Voice & Record: “Taken from home”. Record INC-2026-0001, revision 3 of 2026-01-15. "
        f"{URL} (retrieved 2026-02-01; CC BY 4.0)."
    )


def test_nothing_is_said_of_a_day_of_reading_that_nobody_gave():
    cited = citation()
    assert "retrieved" not in cited.text
    assert "urldate" not in cited.bibtex
    assert "accessed" not in cited.csl


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A & B", r"A \& B"),
        ("100% of #1 for $5_000", r"100\% of \#1 for \$5\_000"),
        ("{brace}", r"\{brace\}"),
        ("back\\slash", r"back\textbackslash{}slash"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        ("two\nlines", "two lines"),
        ("بالاچ مولا بخش", "بالاچ مولا بخش"),
    ],
)
def test_a_title_is_written_so_that_latex_prints_it(text, printed):
    assert f"title = {{{{{printed}}}}}" in citation(text).bibtex


@given(st.text())
def test_no_title_breaks_out_of_its_entry(text):
    plain = re.sub(r"\\[{}]", "", citation(text).bibtex)
    depth = 0
    for number, character in enumerate(plain):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or number < plain.index("{") or number >= len(plain.rstrip()) - 1
    assert depth == 0


def test_csl_gives_dates_in_parts_and_the_publisher_as_it_is_written():
    item = citation(accessed=date(2026, 2, 1)).csl
    assert json.loads(json.dumps(item)) == item
    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2026, 1, 15]]}
    assert item["accessed"] == {"date-parts": [[2026, 2, 1]]}
    assert item["author"] == [{"literal": "Voice & Record"}]


def test_an_entry_has_a_key_that_names_the_revision():
    assert citation().bibtex.startswith("@misc{INC-2026-0001-r3,\n")


@pytest.mark.django_db
def test_a_document_is_cited_as_it_was_published_on_its_day():
    document = publish_incident("Taken from home", title_local="گھر سے اٹھایا گیا").content()
    cited = cite(document, URL, "en")
    assert (cited.version, cited.issued, cited.title) == (
        1,
        date(2026, 1, 15),
        "Taken from home",
    )
    assert cite(document, URL, "ur").title == "گھر سے اٹھایا گیا"


@pytest.mark.django_db
def test_a_violation_is_called_by_the_act_and_the_person():
    publish_incident(violations=[violation(victim=victim("Balach", name_local="بالاچ"))])
    document = entry_of("VIO-2026-0001").content()
    assert title_of(document, "en").endswith(": Balach")
    assert title_of(document, "ur").endswith(": بالاچ")


@pytest.mark.django_db
def test_a_withheld_name_stays_withheld_in_a_citation():
    publish_incident(violations=[violation(victim=withheld_victim())])
    assert title_of(entry_of("VIC-2026-0001").content(), "en") == "Name withheld"
