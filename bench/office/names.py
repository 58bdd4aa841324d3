"""Names in two scripts, as close to each other as those of real lists: a few given names, a few
tribes, and fathers with the same names."""

import random
from typing import Final

from django.utils import timezone

from bench.world import words
from bench.world.copying import Copies
from incidents.models import PersonName

TRIBES: Final = (
    ("Baloch", "بلوچ"),
    ("Mengal", "مینگل"),
    ("Marri", "مری"),
    ("Bugti", "بگٹی"),
    ("Zehri", "زہری"),
    ("Bizenjo", "بزنجو"),
    ("Langove", "لانگو"),
    ("", ""),
)
_AT_ONCE: Final = 10_000


def name_people(cursor: object, people: int, *, seed: int = 1) -> None:
    """Give the people numbered from 1 a name in each script, and the forms that search compares."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    copies, now = Copies(), timezone.now()
    for person in range(1, people + 1):
        own, father, tribe = _given(chance), _given(chance), chance.choice(TRIBES)
        for script in range(2):
            name = PersonName(
                pk=2 * person - 1 + script,
                person_id=person,
                given=own[script],
                fathers_name=father[script],
                tribe_or_place=tribe[script],
                entered_at=now,
                changed_at=now,
            )
            name.fold()
            copies.add(name)
        if not person % _AT_ONCE:
            copies.send(cursor)
    copies.send(cursor)


def _given(chance: random.Random) -> tuple[str, str]:
    """A common name, alone or, once in three times, with a rarer one behind it."""
    latin, arabic = chance.choice(words.NAMES)
    if chance.random() < 2 / 3:
        return latin, arabic
    second, second_arabic = chance.choice(words.SYLLABLES)
    return f"{latin} {second}", f"{arabic} {second_arabic}"
