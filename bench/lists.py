"""A list of any length, made up: names in both scripts, people who come twice, uncertain dates.

The same number of rows always gives the same file. Nobody in it is real: given names and tribe
names are drawn apart.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

COLUMNS: Final = (
    "id",
    "event",
    "name",
    "name_local",
    "father",
    "tribe",
    "sex",
    "age",
    "date",
    "district",
    "what",
    "perpetrator",
    "fate",
    "page",
    "remark",
)

MAPPING: Final = """
[list]
code = "bench"
name = "A list made up for measuring"

[rows]
are = "victim"
key = ["id"]
incident = ["event"]

[source]
title = "A report made up for measuring"
type = "rights-report"
publisher = "Nobody"

[citation]
locator = "p. {page}"

[incident]
title = "Event {event}, {count} people"
kind = { value = "violation-event" }
date = { column = "date", differ = "span" }
area = { column = "district", within = "PK", level = "district" }
public_account = "According to the report, {count} people were harmed."

[[victim]]
[victim.person]
sex = { column = "sex", map = { m = "man", f = "woman" }, unmapped = "leave" }
name_protection = { value = "full" }
publication_ground = { value = "already-public" }
risk_assessment = { value = "Nobody is named: the list is made up." }
[[victim.name]]
given = "name"
tribe_or_place = "tribe"
fathers_name = "father"
[[victim.name]]
given = "name_local"
[[victim.violation]]
type = { column = "what", map = { taken = "enforced-disappearance", killed = "extrajudicial-killing" }, unmapped = "refuse" }
start = "date"
age = "age"
area = { column = "district", within = "PK", level = "district" }
[[victim.violation.involvement]]
agency = { column = "perpetrator", create = { type = "forces" } }
alleged_by_text = { value = "Author of the report" }
[[victim.status]]
status = { column = "fate", map = { missing = "disappeared", dead = "dead", back = "released" }, unmapped = "leave" }
date = "date"
claimant_text = { value = "Author of the report" }
"""  # noqa: E501 - a table of TOML stands on one line

_GIVEN: Final = (
    ("Balach", "بالاچ"),
    ("Karim", "کریم"),
    ("Zahid", "زاہد"),
    ("Naseer", "نصیر"),
    ("Murad", "مراد"),
    ("Hammal", "حمل"),
    ("Shah Bibi", "شاہ بی بی"),
    ("Mahnaz", "مہناز"),
    ("Abdul Wahid", "عبدالواحد"),
    ("Ghulam Rasool", "غلام رسول"),
    ("Dad Mohammad", "داد محمد"),
    ("Sami", "سمیع"),
)
_TRIBES: Final = ("Testani", "Probai", "Musteri", "Versuchi", "Essaiani", "Pruebi", "")
_DISTRICTS: Final = ("Kech", "Panjgur", "Gwadar", "Khuzdar", "Awaran")
_AGENCIES: Final = ("A force made up", "Another force made up", "Men in plain clothes, made up")
_TWICE: Final = 0.05
"""Share of rows that tell of somebody who came before, spelt a little differently."""


def write_list(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a list of so many rows as CSV, a row at a time."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(rows, random.Random(seed)))  # noqa: S311 - nothing secret


def _rows(count: int, chance: random.Random) -> Iterator[list[str]]:
    earlier: list[list[str]] = []
    district = ""
    for number in range(1, count + 1):
        if number % 2:  # two people of one event
            district = chance.choice(_DISTRICTS)
        if earlier and chance.random() < _TWICE:
            who = chance.choice(earlier).copy()
            who[0] = who[0].replace("a", "aa", 1)
        else:
            who = _somebody(chance)
            if len(earlier) < 1_000:
                earlier.append(who)
        fate = chance.choice(("missing", "dead", "back"))
        yield [
            str(number),
            str((number + 1) // 2),
            *who,
            _date(chance),
            district,
            chance.choice(("taken", "killed")),
            chance.choice(_AGENCIES),
            fate,
            str(chance.randint(1, 400)),
            f"Remark {number}: " + "nothing reads this column. " * 4,
        ]


def _somebody(chance: random.Random) -> list[str]:
    """Name, name in the other script, father's name, tribe, sex, age."""
    (latin, arabic), (second, second_arabic) = chance.choice(_GIVEN), chance.choice(_GIVEN)
    father, _local = chance.choice(_GIVEN)
    number = chance.randint(1, 9_999)
    # A syllable of its own keeps ten thousand people from having a dozen names.
    syllables = "".join("bdgklmnrst"[int(digit)] + "aiou"[int(digit) % 4] for digit in str(number))
    return [
        f"{latin} {syllables.title()}",
        f"{arabic} {second_arabic}",
        f"{father} {second}",
        chance.choice(_TRIBES),
        chance.choice(("m", "m", "m", "f", "")),
        chance.choice(("", "24", "17", "20-25")),
    ]


def _date(chance: random.Random) -> str:
    year, month, day = chance.randint(2005, 2023), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice(
        (
            f"{year}-{month:02}-{day:02}",
            f"{year}-{month:02}-{day:02}",
            f"{year}-{month:02}",
            f"{year}",
            f"{year}-{month:02}-{day:02}/{year}-{month:02}-28",
            "",
        )
    )
