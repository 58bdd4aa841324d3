"""What a network shows of a shared link, and a browser of a tab, names nobody who is protected."""

import re

import pytest

from record.kinds import Kind
from record.models.entry import ENTRY_OF
from tests.incidents import factories as make
from tests.website.page import get
from tests.website.test_for_machines import shared

pytestmark = pytest.mark.django_db

NAME = re.compile("Zarqan|Mehrullah|زرقان")
PREFIXES = ("", "/ur")


def publish_a_case_of(protection):
    """A published case whose victim is called by every name that ``NAME`` knows."""
    case = make.incident("Taken from home")
    person = make.person("Zarqan", "Mehrullah", local="زرقان", protection=protection)
    make.violation(case, person)
    make.status(case, person, "disappeared", "2023-10-29")
    # Publishing refuses a text that names somebody who is protected.
    petition = "Petition for Zarqan" if protection == "full" else "Petition"
    make.legal_action(case, title=petition, people=[person])
    make.publish(case)


def pages_of(client, *kinds):
    """The page of every published object of these kinds, in both languages."""
    for kind in kinds:
        for reference in ENTRY_OF[kind].objects.values_list("reference", flat=True):
            for prefix in PREFIXES:
                yield get(client, f"{prefix}/{kind.plural}/{reference}/")


@pytest.mark.parametrize("protection", ["full", "initials", "withheld"])
def test_no_shared_link_names_a_person_whatever_their_protection(client, protection):
    publish_a_case_of(protection)
    seen = [shared(page) for page in pages_of(client, *Kind)]
    assert len(seen) >= 6
    assert [each for each in seen if NAME.search(" ".join(each.values()))] == []
    assert [each for each in seen if "og:image" in each] == []


@pytest.mark.parametrize("protection", ["initials", "withheld"])
def test_no_title_or_description_of_a_page_names_somebody_who_is_protected(client, protection):
    publish_a_case_of(protection)
    for page in pages_of(client, Kind.INCIDENT, Kind.VICTIM, Kind.VIOLATION):
        assert not NAME.search(page.html.split("</head>")[0])


def test_the_title_of_a_page_names_somebody_who_is_not(client):
    """Else the test above would pass whatever a title says."""
    publish_a_case_of("full")
    assert any(NAME.search(page.html.split("</head>")[0]) for page in pages_of(client, Kind.VICTIM))
