"""Competitors asked in turn, round after round, so that what disturbs the machine disturbs all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench.figures import Figures
from bench.race.clients import Ask, Sample, measure

ROUNDS: Final = 3
MANY: Final = 16
"""Clients at once, besides one alone."""

_TOO_SLOW: Final = 2.0
"""Seconds an answer: who takes longer is asked by one client only, and once a round."""


@dataclass(frozen=True, slots=True)
class Competitor:
    """Somebody who answers a question. ``most`` is the number of clients that make sense."""

    name: str
    reader: Callable[[], Ask]
    most: int = MANY


@dataclass(slots=True)
class Result:
    """The samples of a competitor, by number of clients."""

    samples: dict[int, list[Sample]] = field(default_factory=dict)

    def middle(self, clients: int, value: Callable[[Sample], float]) -> float:
        """The median over the rounds; 0 where it was not measured."""
        found = self.samples.get(clients)
        return median(map(value, found)) if found else 0.0

    @property
    def p50(self) -> float:
        """Milliseconds at one client, the median of the medians."""
        return self.middle(1, lambda sample: sample.p50)

    @property
    def rate(self) -> float:
        """Answers a second at many clients; of one client where nobody asked at once."""
        clients = max(self.samples)
        return self.middle(clients, lambda sample: sample.rate)


def race(
    competitors: Sequence[Competitor], seconds: float, *, many: bool = True
) -> Mapping[str, Result]:
    """Ask everybody the same: warm up, then rounds of one client and of many."""
    results = {each.name: Result() for each in competitors}
    slow = set()
    for each in competitors:
        if measure(each.reader, 1, seconds / 2).p50 > _TOO_SLOW * 1000:
            slow.add(each.name)
    for _round in range(ROUNDS):
        for each in competitors:
            for clients in _clients(each, many and each.name not in slow):
                length = 0 if each.name in slow else seconds
                sample = measure(each.reader, clients, length)
                results[each.name].samples.setdefault(clients, []).append(sample)
    return results


def _clients(each: Competitor, many: bool) -> Iterator[int]:
    yield 1
    if many and each.most > 1:
        yield each.most


def note(figures: Figures, question: str, results: Mapping[str, Result]) -> None:
    """Keep p50 and p95 and answers a second of everybody."""
    for name, result in results.items():
        for clients, samples in result.samples.items():
            at = f"{question}, {name}, {clients} client{'s' if clients > 1 else ''}"
            answers = sum(len(sample.times) for sample in samples)
            figures.add(f"{at}: p50", result.middle(clients, lambda s: s.p50), "ms")
            figures.add(
                f"{at}: p95",
                result.middle(clients, lambda s: s.p95),
                "ms",
                answers=answers,
            )
            figures.add(f"{at}: rate", result.middle(clients, lambda s: s.rate), "a second")
