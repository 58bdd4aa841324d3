"""What is asked: the same parameters for every competitor, each question in several variants so
that no answer is simply the last one again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from bench.world.words import SOUGHT

Values = dict[str, str]

TYPE: Final = "enforced-disappearance"
TOP: Final = "liberty"
"""The type above it."""

PROVINCE: Final = "PK2"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the resource and the parameters of each variant."""

    name: str
    title: str
    resource: str
    variants: Sequence[Values]


def questions(districts: Sequence[str]) -> list[Question]:
    """All lists that are asked. ``districts`` are those with most violations."""
    years = [(f"{year}-01-01", f"{year}-12-31") for year in (2012, 2016, 2019, 2022)]
    narrow = [
        {"type": TYPE, "district": district, "date_from": first, "date_to": last}
        for district, (first, last) in product(districts[:4], years)
    ]
    broad = [
        {
            "type": TOP,
            "province": PROVINCE,
            "date_from": f"{year}-01-01",
            "date_to": f"{year + 1}-12-31",
        }
        for year in (2010, 2014, 2018, 2022, 2023)
    ]
    found = []
    for resource in ("violations", "incidents"):
        found += [
            Question(f"Q1 {resource}", "type, district and a year", resource, narrow),
            Question(f"Q2 {resource}", "a top type, a province and two years", resource, broad),
        ]
    for how_common, pair in SOUGHT.items():
        words = " ".join(word for word, _share in pair)
        found.append(
            Question(
                f"Q3 {how_common}",
                "two words and a type",
                "incidents",
                [{"type": TYPE, "q": words}],
            )
        )
    return found


def most_violations(count: int = 6) -> list[str]:
    """The codes of the districts with most violations."""
    from django.db.models import Count

    from record.models import Fact

    counted = Fact.objects.exclude(district=None).values_list("district__code")
    return [code for code, _n in counted.annotate(n=Count("pk")).order_by("-n")[:count]]
