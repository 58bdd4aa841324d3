"""When something began according to others: read out of finished documents, kept, and compared.

An account that answers when something began gives a date of its claimant's. Where it is not the
date of the record, a question for a range of dates can say how many more it would find on it.
Nothing is read but the document of the incident, as facts are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from record.bulk import Writes
from record.models import ClaimedDate, Entry, Fact, IncidentEntry
from record.reading import Document, bounds
from record.resolving import Live, resolve
from reference.vocabularies import lineage

_BEGINNINGS: Final[Mapping[str, str]] = {
    "when-taken": "liberty",
    "when-killed": "life",
    "when-happened": "",
}
"""The questions that ask when something began, each with the type of violation, and all below it,
that begins then; the event itself where it is empty. When somebody was released, buried or brought
before a court is no beginning, and since when officials admit a custody is not when it began."""

_DENIES: Final = "denies"
"""The stance of an account that gives no version of its own."""

_HELD: Final = '%"answer_date":{%'
"""What the text of a document holds if any account in it gives a date."""

_AT_ONCE: Final = 200

_FACTS, _CLAIMS = Fact._meta.db_table, ClaimedDate._meta.db_table
_ENTRIES: Final = IncidentEntry._meta.db_table

Bounds = tuple[date | None, date | None]


class Claimed(NamedTuple):
    """A date that somebody gives for a fact, which an incident's id and that of a violation, or
    None, tell; and the dates of the fact."""

    incident: int
    violation: int | None
    claimed_earliest: date | None
    claimed_latest: date | None
    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None
    open_ended: bool

    def row(self, fact: int) -> ClaimedDate:
        """What is stored of it for the fact with this id, unsaved."""
        columns = self._asdict()
        del columns["incident"], columns["violation"]
        return ClaimedDate(fact_id=fact, **columns)


def claimed_dates(
    entry: IncidentEntry, document: Document, live: Mapping[str, Live]
) -> set[Claimed]:
    """What the accounts of an incident say of when its facts began, where it is not what the
    record says. ``live`` are the violations that have facts, as ``record.facts`` has them."""
    given = list(_given(document["accounts"]))
    if not given:
        return set()
    found = set()
    whole = bounds(document["date"])
    violations = [each for each in document["violations"] if _has_fact(each, entry, live)]
    for question, about, claimed in given:
        for violation in violations:
            own = bounds(violation["start"])
            if claimed != own and _concerns(question, about, violation, whole):
                id_ = live[violation["reference"]].id
                end = bounds(violation["end"])
                found.add(Claimed(entry.pk, id_, *claimed, *own, *end, violation["open_ended"]))
        if not violations and _BEGINNINGS[question] == "" and not about and claimed != whole:
            end = bounds(document["end"])
            found.add(Claimed(entry.pk, None, *claimed, *whole, *end, False))
    return found


def _given(accounts: Iterable[Document]) -> Iterator[tuple[str, str | None, Bounds]]:
    """The questions, what they are about, and the dates that claimants stand by."""
    for account in accounts:
        claimed = bounds(account["answer_date"])
        stance = account["stance"]
        if claimed == (None, None) or account["replaced_by"] is not None:
            continue
        if stance is not None and stance["code"] == _DENIES:
            continue
        asked = lineage("account-question", account["question"]["code"])
        for question in asked:
            if question in _BEGINNINGS:
                yield question, account["about"], claimed


def _has_fact(violation: Document, entry: IncidentEntry, live: Mapping[str, Live]) -> bool:
    found = live.get(violation["reference"])
    return found is not None and found.incident == entry.pk


def _concerns(question: str, about: str | None, violation: Document, whole: Bounds) -> bool:
    """Whether the answer to a question is when this violation began. An answer about the whole
    event says it of what began, by the record too, with the event."""
    if about and about != violation["reference"]:
        return False
    type_ = _BEGINNINGS[question]
    if type_:
        return type_ in lineage("violation-type", violation["type"]["code"])
    return bool(about) or bounds(violation["start"]) == whole


def keep_claimed_dates(
    incidents: Collection[IncidentEntry],
    claimed: Collection[Claimed],
    writes: Writes,
    *,
    new: Collection[Entry] = (),
) -> None:
    """Have these stored for the facts of these incidents instead of what they had; ``new`` ones
    had nothing. The facts have to be stored before; what is right is left in place."""
    known = [entry.pk for entry in incidents if entry not in new]
    columns = _columns(claimed)
    if known:
        writes.add(_CLEAR, [known, *columns])
    if claimed:
        writes.add(_STORE, columns)


_COLUMNS: Final = (
    *("fact_id", "claimed_earliest", "claimed_latest"),
    *("start_earliest", "start_latest", "end_earliest", "end_latest", "open_ended"),
)
_NAMES: Final = ", ".join(_COLUMNS)

_GIVEN: Final = f"""
    SELECT fact.id, {", ".join(f"given.{name}" for name in _COLUMNS[1:])}
    FROM unnest(
        %s::bigint[], %s::bigint[], {", ".join(["%s::date[]"] * 6)}, %s::boolean[]
    ) AS given (incident, violation, {", ".join(_COLUMNS[1:])})
    JOIN {_FACTS} AS fact ON fact.incident_id = given.incident
        AND fact.violation_id IS NOT DISTINCT FROM given.violation
    """  # noqa: S608 - our own names

_CLEAR: Final = f"""
    DELETE FROM {_CLAIMS} AS claim USING {_FACTS} AS of
    WHERE of.id = claim.fact_id AND of.incident_id = ANY (%s) AND NOT EXISTS (
        SELECT FROM ({_GIVEN}) AS given ({_NAMES})
        WHERE ROW (given.*) IS NOT DISTINCT FROM
            ROW ({", ".join(f"claim.{name}" for name in _COLUMNS)})
    )
    """  # noqa: S608 - our own names

_STORE: Final = f"""
    INSERT INTO {_CLAIMS} ({_NAMES}) {_GIVEN} ON CONFLICT DO NOTHING
    """


def _columns(claimed: Iterable[Claimed]) -> list[list[object]]:
    # In a fixed order, so that equal documents are written alike.
    ordered = sorted(claimed, key=str)
    return [[each[number] for each in ordered] for number in range(len(Claimed._fields))]


def rebuild_claimed_dates() -> None:
    """Derive all of them anew, from the documents and facts there are. Call it in a transaction
    under the publishing lock. Reads the documents that hold such an account, and no other."""
    for entries, claimed in _derived():
        writes = Writes()
        keep_claimed_dates(entries, claimed, writes)
        writes.send()


def faults() -> Iterator[str]:
    """The references of the incidents whose dates by others are not those of their documents."""
    for entries, claimed in _derived():
        stored = _stored([entry.pk for entry in entries])
        differing = {each.incident for each in claimed ^ stored}
        yield from (entry.reference for entry in entries if entry.pk in differing)


def _derived() -> Iterator[tuple[Sequence[IncidentEntry], set[Claimed]]]:
    """Some incidents at a time that have such dates or should have, with what they should have."""
    last = 0
    while True:
        entries = list(IncidentEntry.objects.raw(_NEXT, [last, _HELD, _AT_ONCE]))
        if not entries:
            return
        last = entries[-1].pk
        written = [(entry, entry.content()) for entry in entries]
        live = resolve(
            violation["reference"] for _entry, each in written for violation in each["violations"]
        )
        yield entries, {one for pair in written for one in claimed_dates(*pair, live)}


_NEXT: Final = f"""
    SELECT entry.* FROM {_ENTRIES} AS entry
    WHERE entry.id > %s AND state = 'live' AND (document LIKE %s OR EXISTS (
        SELECT FROM {_FACTS} AS fact JOIN {_CLAIMS} AS claim ON claim.fact_id = fact.id
        WHERE fact.incident_id = entry.id
    ))
    ORDER BY entry.id LIMIT %s
    """  # noqa: S608 - our own names


def _stored(incidents: Collection[int]) -> set[Claimed]:
    rows = ClaimedDate.objects.filter(fact__incident__in=incidents).values_list(
        "fact__incident",
        "fact__violation",
        *_COLUMNS[1:],
    )
    return {Claimed(*row) for row in rows}
