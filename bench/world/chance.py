"""What chance decides: when, where, what, who, and in which words, skewed as real records are."""

import random
from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final, Generic, TypeVar

from bench.world import words

Thing = TypeVar("Thing")

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2025

TYPES: Final = {
    "enforced-disappearance": 40,
    "extrajudicial-killing": 12,
    "arbitrary-arrest": 10,
    "torture": 8,
    "staged-encounter": 6,
    "short-term-disappearance": 5,
    "killing-armed-group": 4,
    "killing-unattributed": 4,
    "ill-treatment": 3,
    "arbitrary-detention": 3,
    "death-in-custody": 2,
    "body-recovered": 2,
    "killing-at-protest": 1,
}
"""Types of violation and their weights."""

STATUSES: Final = {"disappeared": 45, "dead": 20, "released": 20, "injured": 8, "unknown": 7}
SEXES: Final = {"man": 88, "woman": 9, "unknown": 3}
AGE_GROUPS: Final = {"adult": 75, "child": 8, "unknown": 17}
OCCUPATIONS: Final = {"student": 30, "driver": 12, "farmer": 12, "teacher": 6, "journalist": 3}
GRADES: Final = {"not-assessed": 40, "alleged": 30, "corroborated": 20, "confirmed": 10}
DATES: Final = {"day": 72, "month": 10, "span": 7, "unknown": 5, "year": 4, "before": 1, "after": 1}
"""How exactly a date is known."""


class Weighted(Generic[Thing]):
    """Things drawn with the frequency of their weights."""

    def __init__(self, things: Sequence[Thing], weights: Sequence[float]) -> None:
        self._things = list(things)
        self._cumulative = list(accumulate(weights))

    @classmethod
    def zipf(cls, things: Sequence[Thing], power: float = 1.0) -> "Weighted[Thing]":
        """Things with a heavy head: the second is drawn half as often as the first, and so on."""
        return cls(things, [1 / (rank + 1) ** power for rank in range(len(things))])

    def draw(self, chance: random.Random) -> Thing:
        """One of them."""
        return self._things[bisect(self._cumulative, chance.random() * self._cumulative[-1])]

    def draws(self, chance: random.Random, count: int) -> list[Thing]:
        """Many of them."""
        return chance.choices(self._things, cum_weights=self._cumulative, k=count)


def weighted(weights: dict[str, int]) -> Weighted[str]:
    """Words with whole numbers for weights."""
    return Weighted(list(weights), list(weights.values()))


_YEARS = Weighted(
    range(FIRST_YEAR, LAST_YEAR + 1),
    [(year - FIRST_YEAR + 1) ** 1.3 for year in range(FIRST_YEAR, LAST_YEAR + 1)],
)
_PRECISIONS = weighted(DATES)
_WORDS = Weighted.zipf(words.VOCABULARY, 0.9)
_GIVEN = Weighted.zipf(words.NAMES, 0.6)


def some_date(chance: random.Random) -> str:
    """A date in the notation of Gawah, as exact as such dates are known; empty for unknown."""
    day = date(_YEARS.draw(chance), 1, 1) + timedelta(days=int(chance.random() * 365))
    precision = _PRECISIONS.draw(chance)
    if precision == "day":
        return day.isoformat()
    if precision == "span":
        return f"{day}/{day + timedelta(days=chance.randint(1, 40))}"
    forms = {
        "month": f"{day:%Y-%m}",
        "year": f"{day.year}",
        "before": f"../{day}",
        "after": f"{day}/..",
        "unknown": "",
    }
    return forms[precision]


@lru_cache(maxsize=100_000)
def later(text: str, days: int) -> str:
    """A day some days after a date known to the day; empty for any other."""
    return str(date.fromisoformat(text) + timedelta(days=days)) if len(text) == 10 else ""


def narrative(chance: random.Random, count: int = words.NARRATIVE) -> str:
    """An account of so many words in sentences of some fifteen; means nothing."""
    drawn = _WORDS.draws(chance, count)
    sentences = (" ".join(drawn[start : start + 15]) for start in range(0, count, 15))
    return ". ".join(sentence.capitalize() for sentence in sentences) + "."


def account(chance: random.Random) -> str:
    """A narrative with those of the sought words that fall to it."""
    text = narrative(chance)
    for pair in words.SOUGHT.values():
        for word, share in pair:
            if chance.random() < share:
                text += f" There was {word}."
    return text


def some_name(chance: random.Random) -> tuple[str, str]:
    """A name in both scripts, with a made-up part: some five thousand people share names."""
    latin, arabic = _GIVEN.draw(chance)
    second, second_arabic = words.SYLLABLES[int(chance.random() * len(words.SYLLABLES))]
    return f"{latin} {second}", f"{arabic} {second_arabic}"
