"""Which cases go, whether they may, and what becomes of them in a file."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from incidents.accounts.recording import Act, record
from incidents.evidence import custody
from incidents.evidence.custody import Act as CustodyAct
from incidents.informants import UnreadableTiesError
from incidents.interchange.codes import areas_in, areas_told, terms_in, terms_told
from incidents.interchange.declared import KIND, KINDS
from incidents.interchange.describing import Record, UnreadableRow, Within, describe
from incidents.interchange.gathering import Gathered, gather
from incidents.interchange.identifiers import Name, identifiers_of, known_of, own_code
from incidents.interchange.parcel import Choices, Parcel
from incidents.interchange.sentences import counted_in_file
from incidents.models import Capture, Incident, Publication, StaffMember
from incidents.visibility import visible_to

SECTION: Final = "export_cases"
_REASON: Final = "cases for another installation"


class ExportRefused(Exception):
    """Nothing was written. The text says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written, and what somebody should know of it."""

    parcel: Parcel
    cases: Collection[int]
    captures: Collection[Capture] = field(default=())
    """Whose files go along."""
    confidential: int = 0
    """Sources that stay, since they were told in trust."""
    citations: int = 0
    """Citations that stay with them."""
    files: int = 0
    """Files that stay, since nobody asked for files."""


def cases_named(names: Iterable[str], by: StaffMember) -> list[int]:
    """Numbers of incidents: each name is a number, a public reference or an identifier.

    Raises ExportRefused for one that this person does not know of, without saying more.
    """
    found: list[int] = []
    for name in names:
        rows = visible_to(by, Incident.objects.filter(_named(name))).values_list("pk", flat=True)
        if not rows:
            raise ExportRefused(_("There is no incident “%(name)s”.") % {"name": name})
        found += rows
    return list(dict.fromkeys(found))


def _named(name: str) -> Q:
    if name.isascii() and name.isdigit() and len(name) < 19:
        return Q(pk=int(name))
    try:
        is_incident = Name.parse(name).kind == "incident"
    except ValueError:
        return Q(reference__iexact=name)
    here = known_of([name]).here if is_incident else {}
    return Q(pk__in=here.values())


def prepare(cases: Collection[int], choices: Choices) -> Export:
    """Read all that goes. Raises ExportRefused."""
    try:
        with _one_moment():
            return _prepared(cases, choices)
    except (UnreadableRow, UnreadableTiesError):
        raise ExportRefused(
            _("Something lies sealed under a key that is not in GAWAH_SOURCE_KEYS.")
        ) from None


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read within is of one moment, whoever works on the cases meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _prepared(cases: Collection[int], choices: Choices) -> Export:
    asked = Incident.objects.filter(pk__in=cases).order_by("pk")
    if (restricted := asked.filter(restricted=True)) and not choices.restricted:
        raise ExportRefused(
            _("Restricted: %(numbers)s. Say --restricted if they are to go as well.")
            % {"numbers": _numbers(restricted)}
        )
    if merged := asked.filter(publication=Publication.MERGED):
        raise ExportRefused(
            _("Merged into others: %(numbers)s. Name those instead.")
            % {"numbers": _numbers(merged)}
        )
    withdrawn = asked.filter(publication=Publication.WITHDRAWN)
    found = gather(cases, informants=choices.informants)
    records = _records(found)
    captures = Capture.objects.held().filter(pk__in=found.rows["capture"]).order_by("pk")
    names = identifiers_of(KIND["incident"], cases)
    parcel = Parcel(
        installation=own_code(),
        cases=[names[pk] for pk in sorted(cases)],
        choices=choices,
        records=records,
        absent=_absent(found),
        terms=list(terms_told(terms_in(records))),
        areas=list(areas_told(areas_in(records))),
        files=sorted({each.sha256 for each in captures}) if choices.files else (),
        withdrawn=[names[pk] for pk in withdrawn.values_list("pk", flat=True)],
    )
    return Export(
        parcel,
        cases,
        list(captures) if choices.files else (),
        confidential=len(found.confidential),
        citations=found.held_back,
        files=0 if choices.files else len(captures),
    )


def note_it(export: Export, by: StaffMember, *, unsealed: bool) -> None:
    """Before anything is written: a line for each case in the access log, and one in the log of
    custody of each file that leaves."""
    custody.note_all(export.captures, CustodyAct.EXPORTED, by=by, reason=_REASON)
    said = ", ".join(
        word
        for word, is_so in (
            ("files", export.parcel.choices.files),
            ("informants", export.parcel.choices.informants),
            ("restricted", export.parcel.choices.restricted),
            ("unsealed", unsealed),
        )
        if is_so
    )
    for case in sorted(export.cases):
        record(Act.EXPORTED, member=by, section=SECTION, key=str(case), note=said)


def _numbers(cases: QuerySet[Incident]) -> str:
    return ", ".join(str(pk) for pk in cases.values_list("pk", flat=True))


def _records(found: Gathered) -> list[Record]:
    """Kind by kind, in the order in which they were entered wherever that was: the same rows stand
    in the same order in every installation."""
    within = Within(found.rows, found.hidden)
    records = [
        record
        for kind in KINDS
        for record in sorted(describe(kind, found.rows[kind.name], within), key=_entered)
    ]
    return counted_in_file(records, found.rows["incident"])


def _entered(record: Record) -> tuple[str, str, int]:
    name = Name.parse(record.identifier)
    return record.entered_at, name.installation, name.number


def _absent(found: Gathered) -> list[dict[str, Any]]:
    """Ends that are not in the file, by their identifiers."""
    numbers: dict[str, set[int]] = {}
    for row, _column, end in found.absent:
        for kind, number in (row, end):
            numbers.setdefault(kind, set()).add(number)
    names = {kind: identifiers_of(KIND[kind], rows) for kind, rows in numbers.items()}
    told = (
        {"id": names[kind][row], "field": column, "absent": names[other][end]}
        for (kind, row), column, (other, end) in found.absent
    )
    return sorted(told, key=lambda each: (each["id"], each["field"], each["absent"]))
