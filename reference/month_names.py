"""Names of months, and words for “about”, as people of many countries write them.

Lower case, without accents, Arabic letters in their Urdu shape, as ``fold_words`` leaves them.
"""

import re
import unicodedata

_LANGUAGES = (
    # English
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    # Urdu
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    # Arabic: Egypt and the Gulf, the Maghreb, the Levant and Iraq
    "ینایر فبرایر مارس ابریل مایو یونیو یولیو اغسطس سبتمبر اکتوبر نوفمبر دیسمبر",
    "جانفی فیفری مارس افریل ماي جوان جویلیه اوت سبتمبر اکتوبر نوفمبر دیسمبر",
    "کانون_الثانی شباط اذار نیسان ایار حزیران تموز اب ایلول تشرین_الاول تشرین_الثانی کانون_الاول",
    # Spanish
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    # French
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    # Portuguese
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    # German
    "januar februar marz april mai juni juli august september oktober november dezember",
)

MONTHS = {
    name.replace("_", " ").replace("ئ", "ی").replace("ي", "ی"): number
    for names in _LANGUAGES
    for number, name in enumerate(names.split(), start=1)
} | {
    name.replace("_", " "): number
    for names in _LANGUAGES
    for number, name in enumerate(names.split(), start=1)
}
"""Name of a month → its number. No name means two months."""

ABOUT_WORDS = (
    *("about", "around", "approximately", "approx", "circa", "ca", "c"),
    *("تقریبا", "تقریباً", "لگ بھگ", "حوالی", "نحو"),
    *("hacia", "alrededor de", "aproximadamente", "vers", "environ", "cerca de", "etwa"),
)
"""Words before a date that say it is meant roughly."""

_ARABIC_SHAPES = {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه"}

_WORD = r"(?P<month>[^\W\d_]+\.?(?: [^\W\d_]+)?)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?"
_DAY_MONTH_YEAR = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}}){_ORDINAL}(?:\s*[-–]\s*(?P<last>[0-9]{{1,2}}){_ORDINAL})?[\s,/-]+"
    rf"(?:de |of )?)?{_WORD}(?: de| del)?[\s,/-]+(?P<year>[0-9]{{4}})(?P<mark>[~?%]?)"
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_WORD}\s+(?P<day>[0-9]{{1,2}}){_ORDINAL}(?:\s*[-–]\s*(?P<last>[0-9]{{1,2}}){_ORDINAL})?"
    rf",?\s+(?P<year>[0-9]{{4}})(?P<mark>[~?%]?)"
)


def fold_words(text: str) -> str:
    """Lower case without accents; Arabic letters in one shape. Keeps the number of characters."""
    if text.isascii():
        return text.lower()
    return "".join(_plain(char) for char in text)


def month_number(name: str) -> int | None:
    """The number of a month by its folded name, a full stop or “de” behind it allowed."""
    return MONTHS.get(re.sub(r"\.| del?$", "", name))


def date_in_words(plain: str) -> str | None:
    """A date with its month in words and a year of four digits, in the notation of dates.

    None if it is not one. The digits have to be ASCII; days are not held against the calendar.
    """
    folded = fold_words(plain)
    for pattern in (_DAY_MONTH_YEAR, _MONTH_DAY_YEAR):
        found = pattern.fullmatch(folded)
        month = month_number(found["month"]) if found else None
        if found and month:
            return _written(month, found)
    return None


def _written(month: int, found: re.Match[str]) -> str:
    stem, mark = f"{found['year']}-{month:02d}", found["mark"]
    if not found["day"]:
        return stem + mark
    first = f"{stem}-{int(found['day']):02d}{mark}"
    return f"{first}/{stem}-{int(found['last']):02d}{mark}" if found["last"] else first


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return _ARABIC_SHAPES.get(base, base)[:1] or char
