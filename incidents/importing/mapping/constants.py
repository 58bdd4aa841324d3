"""Values that a mapping itself writes: whether a field can hold them."""

from typing import Any

from django.utils.translation import gettext as _

from incidents.importing.mapping.catalogue import FieldSpec
from incidents.importing.mapping.lines import Path
from incidents.importing.mapping.nearest import did_you_mean, listed
from incidents.importing.mapping.reader import Reader
from incidents.models import Agency
from reference import vocabularies
from reference.date_text import explain
from reference.dates import UncertainDateError
from reference.models import Area
from reference.names import fold
from reference.typed_dates import read_typed


def check_constant(
    reader: Reader, spec: FieldSpec, value: Any, path: Path, *, creates: bool = False
) -> None:
    """Note a fault where the field cannot hold ``value``.

    The empty text is always allowed: it leaves the field empty. ``creates``: an agency may be
    unknown, because it will be made.
    """
    if value == "":
        return
    many = spec.kind in {"terms", "texts"} and isinstance(value, list)
    for each in value if many else [value]:
        message = _problem(reader, spec, each, creates)
        if message:
            reader.fault(path, message, containing=each)


def _problem(reader: Reader, spec: FieldSpec, value: Any, creates: bool) -> str:
    if spec.kind == "yes_no":
        return "" if isinstance(value, bool) else _("Write true or false here.")
    if spec.kind in {"number", "decimal"}:
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if numeric else _("Write a number here, without quotation marks.")
    if not isinstance(value, str):
        if spec.kind in {"date", "day"} and hasattr(value, "isoformat"):
            return ""
        return _("Write a text in quotation marks here.")
    match spec.kind:
        case "term" | "terms":
            return _term_problem(spec.vocabulary, value)
        case "choice":
            return _choice_problem([str(key) for key, _label in spec.field.choices], value)
        case "date" | "day":
            return _date_problem(value)
        case "area":
            return _area_problem(reader, value)
        case "agency":
            return "" if creates else _agency_problem(reader, value)
    return _length_problem(spec, value)


def _term_problem(vocabulary: str, value: str) -> str:
    codes = [term.code for term in vocabularies.terms(vocabulary, hidden=True)]
    if value in codes:
        return ""
    message = _("“%(code)s” is not a code of the list “%(list)s”.") % {
        "code": value,
        "list": vocabulary,
    }
    return message + did_you_mean(value, codes)


def _choice_problem(choices: list[str], value: str) -> str:
    if value in choices:
        return ""
    return _("“%(value)s” is not possible here. Write one of %(choices)s.") % {
        "value": value,
        "choices": listed(choices),
    }


def _date_problem(value: str) -> str:
    try:
        read_typed(value)
    except UncertainDateError as error:
        return explain(error)
    return ""


def _area_problem(reader: Reader, value: str) -> str:
    if reader.country_code and value.startswith(reader.country_code):
        return ""
    codes = list(Area.objects.values_list("code", flat=True))
    if value in codes:
        return ""
    message = _("There is no area with the code “%(code)s”.") % {"code": value}
    return message + did_you_mean(value, codes)


def _agency_problem(reader: Reader, value: str) -> str:
    names = known_agencies() | {fold(name): name for name in reader.agency_names}
    if fold(value) in names:
        return ""
    message = _(
        "There is no agency “%(name)s”. Describe it in an [[agency]] table, or write it as it is"
        " called here."
    ) % {"name": value}
    return message + did_you_mean(value, names.values())


def known_agencies() -> dict[str, str]:
    """Every name of every agency, folded, with the name as it is written."""
    found: dict[str, str] = {}
    rows = Agency.objects.values_list("name", "name_local", "abbreviation", "other_names")
    for name, local, short, others in rows:
        for each in (name, local, short, *others):
            if each:
                found.setdefault(fold(each), each)
    return found


def _length_problem(spec: FieldSpec, value: str) -> str:
    if spec.longest is None or len(value) <= spec.longest:
        return ""
    return _("This text has %(length)d characters; %(longest)d are possible.") % {
        "length": len(value),
        "longest": spec.longest,
    }
