"""What the generated case file holds, table by table.

For each 100 cases 200 acts, 150 people with a name in each script, 300 citations, 200 alleged
responsibilities, 20 sources, 3 legal actions; 40 agencies for all. Of each 100 cases 60 are
published, some wait for a decision, and a quarter are drafts; one in fifty is restricted to two
members of staff. The history holds nothing yet: it grows with the work, and each page reads that
of one case.
"""

import json
import random
from dataclasses import dataclass
from typing import Any, Final

from bench.office.filling import Cursor, drawn, fill, one_of, share, some_row
from bench.office.names import name_people
from bench.world import chance
from incidents.models import (
    AccessEvent,
    Agency,
    Citation,
    Consent,
    Incident,
    Involvement,
    LegalAction,
    LegalStep,
    LinkCheck,
    Person,
    PossiblePair,
    Review,
    ReviewComment,
    Source,
    StatusEntry,
    Task,
    Violation,
)
from incidents.models.sealed import sealed
from record.models import VictimEntry
from reference.models import Area
from reference.vocabularies import term

AGENCIES: Final = 40

STAGES: Final = {
    "approved": range(65),
    "verified": range(65, 67),
    "submitted": range(67, 70),
    "returned": range(70, 72),
    "draft": range(72, 100),
}
"""Stage → the last two digits of the numbers of its cases."""
PUBLISHED: Final = 60
RESTRICTED: Final = 50
"""Of so many cases one."""

_KINDS: Final = {"violation-event": 12, "protest": 3, "context": 1}
_PLACES: Final = ("bus terminal", "bazaar", "checkpoint", "hostel", "coast road", "clinic")
_TEXTS: Final = 60
_DAYS: Final = 20 * 365
_SEALED: Final = 40
_NAMED: Final = 80
"""Of a hundred published people so many appear with their name."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows there are of what the pages are about."""

    cases: int

    @property
    def people(self) -> int:
        """Victims."""
        return self.cases * 3 // 2

    @property
    def acts(self) -> int:
        """Violations."""
        return self.cases * 2

    @property
    def sources(self) -> int:
        """Sources, of which one in twenty is confidential."""
        return self.cases // 5

    @property
    def legal_actions(self) -> int:
        """Petitions, complaints, orders."""
        return self.cases * 3 // 100


def fill_case_file(cursor: Cursor, cases: int, staff: list[int]) -> None:
    """Fill the tables of the case file over a cursor of a superuser, whose session keeps no
    history and checks no keys. ``staff`` enter and decide the cases."""
    sizes = Sizes(cases)
    _cases(cursor, sizes, staff)
    _people(cursor, sizes, staff)
    _acts(cursor, sizes)
    _sources(cursor, sizes)
    _courts(cursor, sizes)
    _office(cursor, sizes, staff)
    _record(cursor, sizes)


def _cases(cursor: Cursor, sizes: Sizes, staff: list[int]) -> None:
    words = random.Random(1)  # noqa: S311 - nothing secret
    accounts = [chance.narrative(words) for _ in range(_TEXTS)]
    subjects = [chance.narrative(words, 4)[:60].rstrip(".") for _ in range(_TEXTS * 10)]
    areas = list(Area.objects.filter(level__in=("district", "town")).values_list("pk", flat=True))
    last = "n % 100"
    fill(
        cursor,
        Incident,
        sizes.cases,
        title=f"{one_of(subjects, 1)} || ' near the ' || {one_of(_PLACES, 2)} || ' ' || n",
        title_local="'واقعہ نمبر ' || n",
        kind_id=_term("incident-kind", _KINDS, 3),
        grade_id=_term("grade", chance.GRADES, 4),
        **_date("date", "n"),
        **_place(areas),
        public_account=one_of(accounts, 7),
        stage=_of_number(last, STAGES),
        publication=f"CASE WHEN {last} < {PUBLISHED} THEN 'published' ELSE 'unpublished' END",
        published_at=f"CASE WHEN {last} < {PUBLISHED} THEN now() END",
        reference=f"CASE WHEN {last} < {PUBLISHED} THEN 'INC-2024-' || lpad(n::text, 6, '0') END",
        restricted=f"n % {RESTRICTED} = 0",
        **_signed(staff),
    )
    fill(
        cursor,
        Incident.assigned.through,
        sizes.cases // RESTRICTED * 2,
        incident_id=f"(n + 1) / 2 * {RESTRICTED}",
        # The last of them, who opens such cases, and another one.
        staffmember_id=f"CASE WHEN n % 2 = 0 THEN {staff[-1]}"
        f" ELSE ({staff_array(staff)})[1 + n / 2 % {len(staff) - 1}] END",
    )


def _people(cursor: Cursor, sizes: Sizes, staff: list[int]) -> None:
    public = _is_public(_case_of_person("n"))
    fill(
        cursor,
        Person,
        sizes.people,
        unit_id=_term("counting-unit", {"individual": 1}, 11),
        sex_id=_term("sex", chance.SEXES, 12),
        occupation_id=_term("occupation", chance.OCCUPATIONS, 13),
        **_date("birth", "n + 7000000"),
        description="'somebody taken with others'",
        name_protection=f"CASE WHEN {_is_named('n')} THEN 'full' ELSE 'withheld' END",
        reference=f"CASE WHEN {public} THEN {_reference('n')} END",
        **_signed(staff),
    )
    name_people(cursor, sizes.people)
    fill(
        cursor,
        Consent,
        sizes.people,
        person_id="n",
        use_id=f"CASE WHEN {_is_named('n')} THEN {_key('consent-use', 'publish-name')}"
        f" ELSE {_key('consent-use', 'publish-anonymous')} END",
        answer_id=str(_key("consent-answer", "granted")),
        giver_id=f"CASE WHEN {_status()} = {_key('victim-status', 'released')}"
        f" AND NOT {share(1, 17)}"
        f" THEN {_key('consent-giver', 'self')} ELSE {_key('consent-giver', 'parent')} END",
        given_on="current_date - 400",
        expires=f"CASE WHEN {share(5, 15)} THEN current_date + 1 + {drawn(16)}::int % 700 END",
    )


def _acts(cursor: Cursor, sizes: Sizes) -> None:
    fill(
        cursor,
        Violation,
        sizes.acts,
        incident_id="(n + 1) / 2",
        person_id="(n - 1) / 4 * 3 + (ARRAY[1, 2, 3, 3])[1 + (n - 1) % 4]",
        type_id=_term("violation-type", chance.TYPES, 21),
        end=f"CASE WHEN {share(40, 22)} THEN {_day('(n + 1) / 2')}::text ELSE '' END",
        end_earliest=f"CASE WHEN {share(40, 22)} THEN {_day('(n + 1) / 2')} END",
        end_latest=f"CASE WHEN {share(40, 22)} THEN {_day('(n + 1) / 2')} END",
        reference=f"CASE WHEN {_is_public('(n + 1) / 2')}"
        " THEN 'VIO-2024-' || lpad(n::text, 6, '0') END",
    )
    fill(
        cursor,
        Involvement,
        sizes.acts,
        incident_id="(n + 1) / 2",
        violation_id="n",
        agency_id=some_row(AGENCIES, 23, skewed=True),
        alleged_by_text="'relatives of the victim'",
    )
    fill(
        cursor,
        StatusEntry,
        sizes.people,
        incident_id=_case_of_person("n"),
        person_id="n",
        status_id=_status(),
        **_date("date", _case_of_person("n")),
    )
    fill(
        cursor,
        Agency,
        AGENCIES,
        name="'Agency ' || n",
        folded="'agency ' || n",
        type_id=str(_key("agency-type", "state")),
        reference="'AGY-2024-' || lpad(n::text, 6, '0')",
    )


def _sources(cursor: Cursor, sizes: Sizes) -> None:
    words = random.Random(2)  # noqa: S311 - nothing secret
    titles = [chance.narrative(words, 7)[:80].rstrip(".") for _ in range(_TEXTS * 10)]
    closed = [sealed(title) for title in titles[:_SEALED]]
    confidential = "n % 20 = 0"
    fill(
        cursor,
        Source,
        sizes.sources,
        title=f"CASE WHEN {confidential} THEN {one_of(closed, 31)}"
        f" ELSE {one_of(titles, 31)} || ' ' || n END",
        publisher=f"CASE WHEN {confidential} THEN ''"
        f" ELSE {one_of(('Daily Coast', 'The Balochistan Post', 'Dawn', 'روزنامہ ساحل'), 32)} END",
        type_id=_term("source-type", {"news": 4, "rights-report": 1}, 33),
        url=f"CASE WHEN {confidential} THEN '' ELSE 'https://paper.example/' || n END",
        **_date("published", "n + 8000000"),
        confidential=confidential,
        reference=f"CASE WHEN NOT {confidential} THEN 'SRC-2024-' || lpad(n::text, 6, '0') END",
    )
    fill(
        cursor,
        LinkCheck,
        sizes.sources * 3,
        source_id=f"1 + n % {sizes.sources}",
        checked_at=f"now() - {drawn(34)} % 900 * interval '1 day'",
        address=f"'https://paper.example/' || (1 + n % {sizes.sources})",
        outcome=one_of(("works", "works", "works", "moved", "gone"), 35),
        milliseconds="300",
    )
    of_case, of_act = sizes.cases, sizes.cases + sizes.acts
    fill(
        cursor,
        Citation,
        of_act,
        source_id=some_row(sizes.sources, 36, skewed=True),
        incident_id=f"CASE WHEN n <= {of_case} THEN n END",
        violation_id=f"CASE WHEN n > {of_case} THEN n - {of_case} END",
    )


def _courts(cursor: Cursor, sizes: Sizes) -> None:
    fill(
        cursor,
        LegalAction,
        sizes.legal_actions,
        title="'Petition ' || n || ' of a family'",
        type_id=str(_key("legal-action-type", "police")),
        forum_id=some_row(AGENCIES, 41),
        number="'CP ' || n || '/2019'",
        **_date("filed", "n + 9000000"),
        reference="'LEG-2024-' || lpad(n::text, 6, '0')",
    )
    fill(
        cursor,
        LegalStep,
        sizes.legal_actions * 3,
        action_id=f"1 + n % {sizes.legal_actions}",
        what="'Hearing'",
        **_date("date", "n + 9500000"),
        next_date=f"CASE WHEN {share(10, 42)} THEN current_date - 300 + {drawn(43)}::int % 400 END",
    )
    fill(
        cursor,
        LegalAction.incidents.through,
        sizes.legal_actions,
        legalaction_id="n",
        incident_id="n * 30 + 1",
    )
    fill(
        cursor,
        LegalAction.people.through,
        sizes.legal_actions,
        legalaction_id="n",
        person_id="n * 45 + 1",
    )


def _office(cursor: Cursor, sizes: Sizes, staff: list[int]) -> None:
    decided = sizes.cases // 100 * 65
    # Cases up to 65 of each hundred were approved.
    approved = "((n - 1) / 130 * 100 + (n - 1) % 130 / 2)"
    fill(
        cursor,
        Review,
        2 * decided,
        incident_id=f"greatest(1, {approved})",
        decision="CASE WHEN n % 2 = 1 THEN 'submitted' ELSE 'approved' END",
        author_id=f"({staff_array(staff)})[1]",
        reviewer_id=f"({staff_array(staff)})[2]",
        fingerprint="repeat('0', 64)",
        at=f"now() - {drawn(51)} % 1000 * interval '1 day'",
    )
    fill(
        cursor,
        ReviewComment,
        sizes.cases // 20,
        incident_id="n * 20 - 1",
        text="'Which of the two papers gives this day?'",
        written_by_id=f"({staff_array(staff)})[2]",
    )
    fill(
        cursor,
        Task,
        sizes.cases // 20,
        incident_id="n * 20 - 3",
        kind="'call'",
        what="'Call the lawyer about the next hearing ' || n",
        due=f"current_date - 300 + {drawn(52)}::int % 400",
        done_on=f"CASE WHEN {share(85, 53)} THEN current_date - 5 END",
        assignee_id=one_of(staff, 54),
    )
    fill(
        cursor,
        PossiblePair,
        sizes.cases // 5,
        first_id="n",
        second_id=f"n + {sizes.people // 2}",
        strength=f"1 + {drawn(55)} % 3",
        agrees="ARRAY['name']",
    )
    fill(
        cursor,
        AccessEvent,
        sizes.cases * 3,
        at=f"now() - ({sizes.cases * 3} - n) * interval '5 minutes'",
        act=one_of(("opened", "searched", "logged_in", "exported"), 56),
        member_id=one_of(staff, 57),
        section="'incident'",
        session=f"'session' || ({drawn(58)} % 5000)",
    )


def _record(cursor: Cursor, sizes: Sizes) -> None:
    """Of the public record only what the hourly look at consents reads of everybody in it."""
    document = json.dumps({"kind": "victim", "name_shown": "full", "about": "x" * 800})
    cursor.execute(
        f"""
        INSERT INTO {VictimEntry._meta.db_table} (
            reference, state, version, sequence, document, content_sha256, first_published,
            changed_at, withdrawal_reason
        )
        SELECT reference, 'live', 1, id,
            replace(%s, '"full"', '"' || name_protection || '"'),
            repeat('0', 64), now(), now(), ''
        FROM {Person._meta.db_table} WHERE reference IS NOT NULL
        """,  # noqa: S608 - the tables' own names
        [document],
    )


def staff_array(staff: list[int]) -> str:
    """The members of staff as an array of the database."""
    return f"ARRAY[{','.join(map(str, staff))}]"


def _key(vocabulary: str, code: str) -> int:
    return term(vocabulary, code).pk


def _status() -> str:
    """The one status of the person of a number; those who came back have answered themselves."""
    return _term("victim-status", chance.STATUSES, 24)


def _term(vocabulary: str, weights: dict[str, int], salt: int) -> str:
    drawn_from = [_key(vocabulary, code) for code, weight in weights.items() for _ in range(weight)]
    return one_of(drawn_from, salt)


def _day(number: str) -> str:
    return f"(current_date - ({drawn(5, number)} % {_DAYS})::int)"


def _date(name: str, number: str) -> dict[str, str]:
    """A day, or, once in five times, a month."""
    day, month = _day(number), f"(({number}) % 5 = 0)"
    first = f"date_trunc('month', {day}::timestamp)::date"
    return {
        name: f"CASE WHEN {month} THEN to_char({day}, 'YYYY-MM') ELSE {day}::text END",
        f"{name}_earliest": f"CASE WHEN {month} THEN {first} ELSE {day} END",
        f"{name}_latest": f"CASE WHEN {month} THEN ({first} + interval '1 month')::date - 1"
        f" ELSE {day} END",
    }


def _place(areas: list[int]) -> dict[str, Any]:
    known = share(93, 6)
    return {
        "area_id": f"CASE WHEN {known} THEN {one_of(areas, 8, skewed=True)} END",
        "area_basis": f"CASE WHEN {known} THEN 'stated' ELSE '' END",
        "place_text": one_of([f"near the {place}" for place in _PLACES], 9),
    }


def _signed(staff: list[int]) -> dict[str, str]:
    return {
        "entered_by_id": one_of(staff, 61),
        "changed_by_id": one_of(staff, 62),
        "entered_at": f"now() - {drawn(63)} % 2000 * interval '1 day'",
        "changed_at": f"now() - {drawn(64)} % 500000 * interval '1 minute'",
    }


def _of_number(number: str, stages: dict[str, range]) -> str:
    whens = " ".join(
        f"WHEN {number} < {digits.stop} THEN '{stage}'" for stage, digits in stages.items()
    )
    return f"CASE {whens} END"


def _case_of_person(person: str) -> str:
    return f"((({person}) - 1) / 3 * 2 + 1 + (({person}) - 1) % 3 / 2)"


def _is_public(case: str) -> str:
    return f"(({case}) % 100 < {PUBLISHED})"


def _is_named(person: str) -> str:
    return share(_NAMED, 14, person)


def _reference(person: str) -> str:
    return f"'VIC-2024-' || lpad(({person})::text, 6, '0')"
