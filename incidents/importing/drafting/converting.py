"""The text of a cell as the value that a field holds."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from incidents.importing.drafting.ages import LONGEST_WORD, read_age
from incidents.importing.drafting.dates import read_date
from incidents.importing.drafting.unusable import Unusable
from incidents.importing.lookups import Lookups
from incidents.importing.mapping.catalogue import FieldSpec
from incidents.importing.mapping.nearest import listed
from incidents.importing.mapping.shape import AgencySpec, Value
from incidents.importing.terms import NotFound
from reference.date_notation import canonical_text
from reference.dates import Precision, UncertainDate
from reference.names import Relation, fold, split_parentage, strip_honorifics

Convert = Callable[[str], Any]


class NameParts(NamedTuple):
    """A name taken apart."""

    honorific: str
    given: str
    fathers_name: str


_LONGEST_NAME = 300
"""Characters beyond which a text is no age and no name of anybody or anything."""

_YES = frozenset({"1", "true", "yes", "y", "x", "ہاں", "جی", "نعم", "si", "sí", "oui", "sim"})
_NO = frozenset({"0", "false", "no", "n", "نہیں", "لا", "non", "não", "nao"})

_WHOLE = re.compile(r"([+-]?[0-9]+)(?:\.0+)?")


def converter(
    spec: FieldSpec, value: Value, lookups: Lookups, agencies: tuple[AgencySpec, ...]
) -> Convert:
    """How a text becomes a value of this field. The function raises Unusable."""
    match spec.kind:
        case "text":
            return _text(spec)
        case "term" | "terms":
            return lambda text: _term(lookups, spec.vocabulary, text)
        case "date":
            return lambda text: read_date(text, value.dates)
        case "day":
            return lambda text: _day(read_date(text, value.dates))
        case "choice":
            return _choice(spec)
        case "area":
            return lambda text: _area(lookups, value, text)
        case "agency":
            return _agency(lookups, value, agencies)
        case "decimal":
            return lambda text: _decimal(spec, text)
    return {
        "number": _number,
        "yes_no": _yes_no,
        "texts": _text(spec),
        "age": read_age,
        "full_name": full_name,
    }[spec.kind]


def _text(spec: FieldSpec) -> Convert:
    longest = spec.longest or 0
    is_address = isinstance(spec.field, models.URLField)

    def convert(text: str) -> str:
        if longest and len(text) > longest:
            reason = _("This text has %(length)d characters; “%(field)s” holds %(longest)d.")
            raise Unusable(
                "too-long",
                reason % {"length": len(text), "field": spec.label, "longest": longest},
                _("Shorten it, or map the column to a field for longer texts."),
            )
        if is_address:
            _check_address(text)
        if "\0" in text:
            raise Unusable("not-text", _("This text holds a character that no text can have."))
        return text

    return convert


def _check_address(text: str) -> None:
    try:
        URLValidator()(text)
    except ValidationError:
        raise Unusable(
            "not-an-address",
            _("“%(text)s” is not an address on the web.") % {"text": text},
            _("Write it in full, beginning with https://"),
        ) from None


def _nearest(found: NotFound) -> str:
    if not found.nearest:
        return ""
    return _("Nearest: %(words)s.") % {"words": listed(found.nearest)}


def _term(lookups: Lookups, vocabulary: str, text: str) -> int:
    found = lookups.term(vocabulary, text)
    if isinstance(found, NotFound):
        remedy = _("Add it to “map” in the mapping, or correct the cell.")
        raise Unusable("unknown-code", found.reason, f"{_nearest(found)} {remedy}".strip())
    return found


def _refuse_long(text: str) -> None:
    if len(text) > _LONGEST_NAME:
        raise _too_long(text)


def _too_long(name: str) -> Unusable:
    return Unusable(
        "too-long",
        _("A name of %(length)d characters is too long.") % {"length": len(name)},
        _("Check whether the cell holds more than one name."),
    )


def _area(lookups: Lookups, value: Value, text: str) -> Any:
    _refuse_long(text)
    found = lookups.area(text, within=value.within, level=value.level)
    if isinstance(found, NotFound):
        remedy = _("Correct the name, give the code of the area, or add it to “map”.")
        raise Unusable("unknown-area", found.reason, f"{_nearest(found)} {remedy}".strip())
    return found


def _agency(lookups: Lookups, value: Value, agencies: tuple[AgencySpec, ...]) -> Convert:
    described = {
        fold(name): spec
        for spec in agencies
        for name in (
            *spec.values.get("other_names", ()),
            *filter(None, (spec.values.get("abbreviation"), spec.values.get("name_local"))),
            spec.name,
        )
    }

    def convert(text: str) -> Any:
        _refuse_long(text)
        spec = described.get(fold(text))
        name, create = (spec.name, spec.values) if spec else (text, value.create)
        found = lookups.agency(name, create)
        if isinstance(found, NotFound):
            remedy = _("Describe it in an [[agency]] table of the mapping, or add it to “map”.")
            raise Unusable("unknown-agency", found.reason, f"{_nearest(found)} {remedy}".strip())
        return found

    return convert


def _choice(spec: FieldSpec) -> Convert:
    by_text: dict[str, str] = {}
    for key, label in spec.field.choices:
        by_text |= {str(key).casefold(): key, str(label).casefold(): key}

    def convert(text: str) -> str:
        found = by_text.get(text.casefold())
        if found is None:
            shown = listed(str(key) for key, _label in spec.field.choices)
            raise Unusable(
                "unknown-code",
                _("“%(value)s” is not possible here.") % {"value": text},
                _("Possible are %(choices)s; add it to “map” in the mapping.") % {"choices": shown},
            )
        return found

    return convert


def _day(found: UncertainDate) -> Any:
    if found.precision is Precision.DAY:
        return found.earliest
    raise Unusable(
        "date-not-a-day",
        _("“%(text)s” is not one day; only a day can stand here.") % {"text": found.text},
    )


def _number(text: str) -> int:
    found = _WHOLE.fullmatch(canonical_text(text))
    if found is None or len(text) > LONGEST_WORD:
        raise Unusable(
            "not-a-number",
            _("“%(text)s” is not a whole number.") % {"text": text},
            _("Write digits alone, without signs between thousands."),
        )
    number = int(found[1])
    if not 0 <= number <= 2_147_483_647:
        raise Unusable("not-a-number", _("%(number)d cannot be counted.") % {"number": number})
    return number


def _decimal(spec: FieldSpec, text: str) -> Decimal:
    try:
        number = Decimal(canonical_text(text).replace("\u2212", "-"))
        number = number.quantize(Decimal(1).scaleb(-spec.field.decimal_places))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unusable(
            "not-a-number",
            _("“%(text)s” is not a number.") % {"text": text},
            _("Write degrees with a point: 26.00123."),
        )
    widest = {"latitude": 90, "longitude": 180}.get(spec.name)
    if widest and abs(number) > widest:
        raise Unusable(
            "point-out-of-range",
            _("%(number)s is no %(field)s: it goes from -%(widest)d to %(widest)d.")
            % {"number": number, "field": spec.label, "widest": widest},
            _("Check whether latitude and longitude are in each other's column."),
        )
    return number


def _yes_no(text: str) -> bool:
    plain = canonical_text(text).casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise Unusable(
        "not-yes-or-no",
        _("“%(text)s” is neither yes nor no.") % {"text": text},
        _("Write 1 or 0, or add it to “map” in the mapping."),
    )


def full_name(text: str) -> NameParts:
    """Title, own name and father's name of a name as it is written. Raises Unusable."""
    _refuse_long(text)
    parts = split_parentage(text)
    written = parts.name or text
    given = strip_honorifics(written)
    honorific = written[: written.find(given)].strip() if given != written else ""
    is_child = parts.relation in {Relation.SON, Relation.DAUGHTER}
    found = NameParts(honorific, given, (parts.parent or "") if is_child else "")
    for word, longest in zip(found, (40, 120, 120), strict=True):
        if len(word) > longest:
            raise _too_long(word)
    return found
