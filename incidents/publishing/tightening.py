"""What a correction takes back: objects no longer shown, and people shown less of."""

from incidents.documents.case import BuiltDocument
from incidents.documents.values import Document
from record.kinds import Kind, kind_of
from record.mentions import live_mentions
from record.models import Fact
from record.models.entry import ENTRY_OF, Entry

_NAME_RANK = {"withheld": 0, "initials": 1, "unnamed": 2, "full": 2}


def no_longer_shown(before: Document, built: list[BuiltDocument]) -> list[Entry]:
    """Entries that the incident held before and that nothing live holds now.

    Violations belong to one incident. Victims, legal actions and sources are kept while another
    live incident still shows them; agencies are public bodies and stay.
    """
    now = {row.reference for row in built}
    left = {
        part["reference"]
        for key in ("violations", "victims", "legal_actions", "sources")
        for part in before.get(key, [])
    } - now
    entries = [
        entry
        for reference in sorted(left)
        if (kind := kind_of(reference)) is not None
        for entry in ENTRY_OF[kind].objects.live().filter(reference=reference)
    ]
    return [entry for entry in entries if not _shown_elsewhere(entry)]


def _shown_elsewhere(entry: Entry) -> bool:
    """Whether a live incident still shows this object."""
    match entry.kind:
        case Kind.VICTIM:
            return Fact.objects.filter(victim_id=entry.pk).exists()
        case Kind.LEGAL_ACTION:
            return Fact.objects.filter(legal_actions__contains=[entry.pk]).exists()
        case Kind.SOURCE:
            # Also one that other sources rest on, which no fact cites.
            return bool(live_mentions([entry.reference]))
        case _:
            return False


def hides_more(before: dict[str, Document], built: list[BuiltDocument]) -> list[str]:
    """References of people and violations of whom less is shown than before: a name, a place
    or a date that was more exact. Earlier revisions that mention them have to be cleared."""
    return [
        row.reference
        for row in built
        if row.reference in before and _shows_less(before[row.reference], row.content)
    ]


def _shows_less(before: Document, now: Document) -> bool:
    if _NAME_RANK.get(now.get("name_shown", "full"), 2) < _NAME_RANK.get(
        before.get("name_shown", "full"), 2
    ):
        return True
    acts = {act["reference"]: act for act in now.get("violations", [])}
    return any(
        _is_coarser(act, acts[act["reference"]])
        for act in before.get("violations", [])
        if act["reference"] in acts
    )


def _is_coarser(before: Document, now: Document) -> bool:
    return _exactness_of_place(now) < _exactness_of_place(before) or any(
        _is_wider(before[part], now[part]) for part in ("start", "end")
    )


def _is_wider(before: Document, now: Document) -> bool:
    """Whether a date leaves more open than it did: a bound gone, or further out."""
    return any(
        (
            _is_further_out(before["earliest"], now["earliest"], sign=-1),
            _is_further_out(before["latest"], now["latest"], sign=1),
        )
    )


def _is_further_out(before: str | None, now: str | None, *, sign: int) -> bool:
    if before is None:
        return False
    return now is None or (now > before if sign > 0 else now < before)


def _exactness_of_place(act: Document) -> int:
    place = act.get("place")
    return 0 if place is None else len(place["areas"]) + bool(place["text"])
