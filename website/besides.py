"""What may belong to an answer and is not counted in it, in words and with the way to it."""

from dataclasses import dataclass
from typing import Final

from record.questions import Question
from website.presentation.counts import otherwise_words, undated_words, unplaced_words

_PLACES: Final = ("area", "province", "division", "district")


@dataclass(frozen=True, slots=True)
class Besides:
    """Sentences, blank where there is nothing to tell, with the query strings of their lists."""

    undated: str
    undated_query: str
    otherwise: str
    unplaced: str
    unplaced_query: str

    @property
    def lines(self) -> list[str]:
        """The sentences, as far as there is something to tell."""
        return [line for line in (self.undated, self.otherwise, self.unplaced) if line]


def besides(question: Question) -> Besides:
    """What would be found but for a date or a place that is not known, and what on the dates of
    other claimants. Up to five queries."""
    undated, unplaced = question.count_undated(), question.count_unplaced()
    otherwise = question.count_dated_otherwise()
    return Besides(
        undated=undated_words(undated, ongoing=question.asks_ongoing) if undated else "",
        undated_query=_undated_query(question),
        otherwise=otherwise_words(otherwise) if otherwise else "",
        unplaced=unplaced_words(unplaced) if unplaced else "",
        unplaced_query=_unplaced_query(question),
    )


def _undated_query(question: Question) -> str:
    return question.link(
        date_from=None, date_to=None, date_mode=None, page=None, date_unknown="true"
    )


def _unplaced_query(question: Question) -> str:
    """Those without any place; what is known only roughly is found by a wider place."""
    changes: dict[str, str | None] = {name: None for name in _PLACES if name in question.values}
    return question.link(**{**changes, "area": "unknown", "page": None})
