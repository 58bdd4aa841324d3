"""Ages as lists give them: 24, 20-25, “about 30”, 60+."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from incidents.importing.drafting.unusable import Unusable
from reference.date_notation import canonical_text

LONGEST_WORD = 60
"""Characters beyond which a text is neither an age nor a number."""

_ADULT = 18
_OLDEST = 130
_ABOUT_YEARS = 2
"""“About 30” is taken as 28 to 32: wider than one year, as it was said."""

_AGE = re.compile(r"([0-9]{1,3})(?:\.[0-9]+)?")
_AGES = re.compile(r"([0-9]{1,3})\s*(?:-|–|to|or|/|سے|یا)\s*([0-9]{1,3})")
_DECADE = re.compile(r"([0-9])0['’]?s")
_ABOUT = re.compile(
    r"(?:about|around|approx\.?|circa|ca\.?|c\.|~|تقریباً|تقریبا)\s*([0-9]{1,3})|([0-9]{1,3})~"
)
_OVER = re.compile(r"(?:over|more than|above|>)\s*([0-9]{1,3})|([0-9]{1,3})\s*\+")
_UNDER = re.compile(r"(?:under|below|less than|<)\s*([0-9]{1,3})")
_YEARS = re.compile(r"\s*(?:years?(?: old)?|yrs?\.?|y/?o|سال|años|ans|anos)$")
_MONTHS = re.compile(r"([0-9]{1,2})\s*(?:months?|ماہ|meses|mois)(?: old)?")


class Age(NamedTuple):
    """An age in years, as exactly as it is given."""

    low: int | None
    high: int | None

    @property
    def group(self) -> str:
        """The code of the age group where it is certain, else empty. Eighteen is an adult."""
        if self.low is not None and self.low >= _ADULT:
            return "adult"
        return "child" if self.high is not None and self.high < _ADULT else ""


def read_age(text: str) -> Age:
    """Read an age of a list. Raises Unusable."""
    plain = _YEARS.sub("", canonical_text(text[:LONGEST_WORD]).casefold())
    age = _plain_age(plain) if len(text) <= LONGEST_WORD else None
    if age is None:
        raise Unusable(
            "age-not-read",
            _("“%(text)s” cannot be read as an age.") % {"text": text},
            _("Write it like 24, 20-25 or “about 30”."),
        )
    if max(age.low or 0, age.high or 0) > _OLDEST:
        raise Unusable("age-not-read", _("Nobody is %(age)s years old.") % {"age": text})
    if age.low is not None and age.high is not None and age.low > age.high:
        raise Unusable(
            "age-order", _("“%(text)s”: the first is more than the second.") % {"text": text}
        )
    return age


def _plain_age(plain: str) -> Age | None:
    if found := _AGE.fullmatch(plain):
        return Age(int(found[1]), int(found[1]))
    if found := _AGES.fullmatch(plain):
        return Age(int(found[1]), int(found[2]))
    if found := _DECADE.fullmatch(plain):
        return Age(int(found[1]) * 10, int(found[1]) * 10 + 9)
    if found := _ABOUT.fullmatch(plain):
        years = int(found[1] or found[2])
        return Age(max(0, years - _ABOUT_YEARS), years + _ABOUT_YEARS)
    if found := _OVER.fullmatch(plain):
        return Age(int(found[1] or found[2]), None)
    if found := _UNDER.fullmatch(plain):
        return Age(None, max(0, int(found[1]) - 1))
    if found := _MONTHS.fullmatch(plain):
        return Age(int(found[1]) // 12, int(found[1]) // 12)
    return None
