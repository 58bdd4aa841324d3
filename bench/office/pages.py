"""The pages of the staff: who opens them, and where they lie.

Places in braces are filled in anew for each request (``Rows``), so that no page is measured on one
case alone.
"""

import random
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from bench.office.tables import RESTRICTED, Sizes
from incidents import roles

CLERK, REVIEWER = roles.DATA_ENTRY, roles.REVIEWER
PUBLISHER, ADMINISTRATOR = roles.PUBLISHER, roles.ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the group whose member opens it."""

    name: str
    group: str
    path: str


def _list(section: str, **query: str) -> str:
    return f"incidents/{section}/?{urlencode(query)}" if query else f"incidents/{section}/"


def _choice(model: str, field: str, term: str) -> str:
    query = {"app_label": "incidents", "model_name": model, "field_name": field, "term": term}
    return f"autocomplete/?{urlencode(query)}"


_CASE, _WAITING = "incidents/incident/{case}", "incidents/incident/{waiting}"

PAGES: Final = (
    *(
        Page(f"first page, {group}", group, "")
        for group in (CLERK, REVIEWER, PUBLISHER, ADMINISTRATOR)
    ),
    Page("dates to keep", PUBLISHER, "dates/"),
    Page("dates to keep, one's own", CLERK, "dates/?whose=mine"),
    # Lists
    Page("incidents", CLERK, _list("incident")),
    Page("incidents, by title", CLERK, _list("incident", o="1")),
    Page("incidents, by district", CLERK, _list("incident", o="3")),
    Page("incidents, by victims", CLERK, _list("incident", o="8")),
    Page("incidents, last page", CLERK, "incidents/incident/?p={last_of_cases}"),
    Page("incidents waiting", REVIEWER, _list("incident", stage__exact="submitted")),
    Page("incidents, published", CLERK, _list("incident", publication__exact="published")),
    Page("incidents of a kind", CLERK, _list("incident", kind="protest")),
    Page("incidents of a district", CLERK, "incidents/incident/?district={district}"),
    Page("incidents, restricted", PUBLISHER, _list("incident", restricted__exact="1")),
    Page("incidents, a common name", CLERK, _list("incident", q="Karim Baloch")),
    Page("incidents, a name in Urdu", CLERK, _list("incident", q="زاہد مینگل")),
    Page("incidents, a rarer name", CLERK, "incidents/incident/?q={name}"),
    Page("incidents, a reference", CLERK, "incidents/incident/?q={reference}"),
    Page("incidents, words", CLERK, _list("incident", q="security bazaar")),
    Page("incidents, a place", CLERK, _list("incident", q="Turbat")),
    Page("incidents, nothing found", CLERK, _list("incident", q="xylophone quartz")),
    Page("victims", CLERK, _list("victim")),
    Page("victims, a common name", CLERK, _list("victim", q="Karim Baloch")),
    Page("victims, last page", CLERK, "incidents/victim/?p={last_of_people}"),
    Page("people", CLERK, _list("person")),
    Page("people, a common name", CLERK, _list("person", q="Karim Baloch")),
    Page("people, a name in Urdu", CLERK, _list("person", q="زاہد مینگل")),
    Page("people, a rarer name", CLERK, "incidents/person/?q={name}"),
    Page("people, a reference", CLERK, "incidents/person/?q={person_reference}"),
    Page("sources", CLERK, _list("source")),
    Page("sources, words", CLERK, _list("source", q="security dawn")),
    Page("sources, broken links", CLERK, _list("source", link="broken")),
    Page("sources, by facts", CLERK, _list("source", o="9")),
    Page("sources, last page", CLERK, "incidents/source/?p={last_of_sources}"),
    Page("legal actions", CLERK, _list("legalaction")),
    Page("legal actions, words", CLERK, _list("legalaction", q="petition family")),
    Page("agencies", CLERK, _list("agency")),
    Page("interventions", CLERK, _list("intervention")),
    Page("tasks", CLERK, _list("task")),
    Page("tasks, one's own", CLERK, _list("task", whose="mine")),
    Page("tasks, words", CLERK, _list("task", q="lawyer", standing="all")),
    Page("citations", CLERK, _list("citation")),
    Page("citations, words", CLERK, _list("citation", q="security")),
    Page("reviews", CLERK, _list("review")),
    Page("reviews, words", CLERK, _list("review", q="security")),
    Page("imports", PUBLISHER, _list("importbatch")),
    Page("jobs", PUBLISHER, _list("job")),
    Page("access log", ADMINISTRATOR, _list("accessevent")),
    Page("access log, one person", ADMINISTRATOR, "incidents/accessevent/?q=bench-clerk"),
    Page("access log, last page", ADMINISTRATOR, "incidents/accessevent/?p={last_of_log}"),
    Page("staff", ADMINISTRATOR, _list("staffmember")),
    # One case
    Page("a case", CLERK, f"{_CASE}/change/"),
    Page("a case that waits", REVIEWER, f"{_WAITING}/change/"),
    Page("a restricted case", PUBLISHER, "incidents/incident/{restricted}/change/"),
    Page("new case", CLERK, "incidents/incident/new/"),
    Page("new incident", CLERK, "incidents/incident/add/"),
    Page("history of a case", CLERK, f"{_CASE}/history/"),
    Page("review and publication", PUBLISHER, f"{_WAITING}/publication/"),
    Page("publication of a public case", PUBLISHER, f"{_CASE}/publication/"),
    Page("preview of the public page", PUBLISHER, f"{_CASE}/public-page/"),
    Page("changes of a case", REVIEWER, f"{_WAITING}/changes/?since=submitted"),
    Page("same again", CLERK, f"{_CASE}/same-again/{{act}}/"),
    Page("merging two cases", PUBLISHER, f"{_CASE}/merge/"),
    Page("evidence of a case", PUBLISHER, f"{_CASE}/evidence/"),
    Page("papers", PUBLISHER, f"{_CASE}/communications/{{person}}/"),
    # One of the others
    Page("a person", CLERK, "incidents/person/{person}/change/"),
    Page("history of a person", CLERK, "incidents/person/{person}/history/"),
    Page("a victim", CLERK, "incidents/victim/{person}/change/"),
    Page("withdrawing a person", PUBLISHER, "incidents/person/{person}/withdraw/"),
    Page("merging two people", PUBLISHER, "incidents/person/{person}/merge/"),
    Page("a source", CLERK, "incidents/source/{source}/change/"),
    Page("the most cited source", CLERK, "incidents/source/1/change/"),
    Page("withdrawing a source", PUBLISHER, "incidents/source/1/withdraw/"),
    Page("evidence of a source", PUBLISHER, "incidents/source/{source}/evidence/"),
    Page("a legal action", CLERK, "incidents/legalaction/{legal_action}/change/"),
    Page("an agency", CLERK, "incidents/agency/1/change/"),
    Page("a citation", CLERK, "incidents/citation/{case}/change/"),
    Page("a task", CLERK, "incidents/task/{task}/change/"),
    Page("people who may be one", CLERK, "incidents/person/duplicates/"),
    Page("decisions on them", CLERK, "incidents/person/duplicates/decisions/"),
    Page("a pair", CLERK, "incidents/person/duplicates/{pair}/"),
    # Choices
    Page("choosing a person", CLERK, _choice("violation", "person", "Karim")),
    Page("choosing a person, Urdu", CLERK, _choice("violation", "person", "زاہد مینگل")),
    Page("choosing a person, two letters", CLERK, _choice("violation", "person", "ka")),
    Page("choosing a person, nothing typed", CLERK, _choice("violation", "person", "")),
    Page("choosing an incident", CLERK, _choice("task", "incident", "bazaar")),
    Page("choosing an incident by a name", CLERK, _choice("task", "incident", "Karim")),
    Page("choosing a source", CLERK, _choice("citation", "source", "security")),
    Page("choosing a legal action", CLERK, _choice("legalrelation", "other", "petition")),
    Page("choosing an agency", CLERK, _choice("involvement", "agency", "agency 1")),
    Page("choosing an area", CLERK, _choice("incident", "area", "tur")),
)
"""Every page whose cost could grow with the case file. The access log grows for ever."""


class Rows:
    """Rows to ask for, drawn from those that are there."""

    def __init__(self, sizes: Sizes, districts: list[str], names: list[str]) -> None:
        self._sizes, self._districts, self._names = sizes, districts, names
        self._chance = random.Random(1)  # noqa: S311 - nothing secret

    def draw(self) -> dict[str, object]:
        """Something to stand in each brace of a path."""
        hundred = self._chance.randrange(self._sizes.cases // 100) * 100
        case = hundred + 30 * (hundred % 3) + 1
        person = case // 2 * 3 + 1
        first = self._chance.randrange(1, self._sizes.cases // 5)
        return {
            "case": case,
            "act": 2 * case,
            "person": person,
            "waiting": hundred + 69,
            "restricted": hundred + RESTRICTED,
            "source": 1 + self._chance.randrange(self._sizes.sources),
            "legal_action": 1 + self._chance.randrange(self._sizes.legal_actions),
            "task": 1 + self._chance.randrange(self._sizes.cases // 20),
            "pair": f"{first}-{first + self._sizes.people // 2}",
            "reference": f"INC-2024-{case:06}",
            "person_reference": f"VIC-2024-{person:06}",
            "district": self._chance.choice(self._districts),
            "name": self._chance.choice(self._names),
            "last_of_cases": _late(self._sizes.cases),
            "last_of_people": _late(self._sizes.people),
            "last_of_sources": _late(self._sizes.sources),
            "last_of_log": _late(self._sizes.cases * 3),
        }


def _late(rows: int) -> int:
    """A page behind nine tenths of these rows, of which not everybody sees each."""
    return max(1, rows * 9 // 10 // 50)
