"""What stands beside every result, so that a figure can be cited and not misread."""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import connection

from record.boundaries import Boundaries
from record.caveat import CAVEAT
from record.citing import cite_answer
from record.models import Revision
from record.questions import Question
from reference.publisher import publisher

_BEGAN: Final = (
    "When the violation began; for an incident without violations, when the incident began."
)
DATE_BASIS: Final = {
    "incidents": _BEGAN,
    "victims": _BEGAN,
    "violations": _BEGAN,
    "agencies": _BEGAN,
    "legal-actions": "When the legal action was filed.",
    "sources": "When the source was published.",
}
"""Which date date_from and date_to look at, by resource."""


_NEWEST: Final = f"SELECT max(sequence) FROM {Revision._meta.db_table}"  # noqa: S608


def dataset_version() -> int:
    """The number of the last revision, 0 before the first. One query on a primary key."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        return cursor.fetchone()[0] or 0


def collecting_bodies() -> list[str]:
    """The organisations whose collecting stands behind what is answered, in English."""
    return list(publisher().collecting_bodies_in(settings.LANGUAGE_CODE))


def question_meta(
    question: Question,
    version: int,
    url: str,
    now: datetime | None = None,
    *,
    boundaries: Boundaries | None = None,
) -> dict[str, object]:
    """``meta`` of an answer to a question; a query or two for each of three counts.

    ``undated`` and ``unplaced``: how many more would be found but for a date or place that is
    not known; ``dated_otherwise``: how many more on the date of another claimant; 0 where the
    question names no such thing. ``notes``: sentences on areas that were divided or
    abolished. ``sample``, where one was drawn: ``count`` is that of the whole question.
    """
    sentence = question.sentence(boundaries)
    drawn = question.sample
    moment = now or datetime.now(UTC)
    return {
        "question": sentence,
        "unit": question.unit,
        "dataset_version": version,
        "generated_at": _as_text(moment),
        "licence": publisher().licence,
        "cite": cite_answer(sentence, version, url, moment),
        "caveat": CAVEAT,
        "collecting_bodies": collecting_bodies(),
        "date_basis": DATE_BASIS[question.unit],
        "undated": question.count_undated(),
        "dated_otherwise": question.count_dated_otherwise(),
        "unplaced": question.count_unplaced(),
        "notes": question.notes(),
        **({"sample": {"size": drawn.size, "seed": drawn.seed}} if drawn else {}),
        "languages": [code for code, _name in settings.LANGUAGES],
    }


def reference_meta(unit: str, now: datetime | None = None) -> dict[str, object]:
    """``meta`` of reference data: areas and vocabularies."""
    return {
        "unit": unit,
        "generated_at": _as_text(now or datetime.now(UTC)),
        "languages": [code for code, _name in settings.LANGUAGES],
    }


def _as_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
