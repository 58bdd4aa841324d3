"""What to write into a box, for every box whose model does not say it.

A definition first, then an example where a form of writing is expected. A choice of terms is
explained by the definition of its vocabulary, which staff can edit. Texts that models carry
themselves (``help_text``) always stand before these.
"""

from typing import Any, Final

from django.db import models
from django.utils.functional import Promise, lazy
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from reference.fields import TermField, TermsField, UncertainDateField
from reference.models.vocabulary import VOCABULARY_INDEX
from reference.vocabularies import UnknownTerm, definition

_LOCAL: Final = _(
    "The same in Urdu or another language of the region, for readers of that language. Leave it "
    "empty if there is none."
)
"""For every column that ends in ``_local``."""

_HOW_KNOWN: Final = _(
    "Stated: a source gives the date. Derived: counted from another statement, as “three days "
    "after Eid”. Inferred: our own conclusion."
)
_AT_LEAST: Final = _("The lowest number that somebody gives: “200”. Digits only.")
_AT_MOST: Final = _("The highest number that somebody gives: “300”. Digits only.")
_AGE_LOW: Final = _("Years at the time: 22. “About 30” is 28 here and 32 beside it.")
_AGE_HIGH: Final = _("The same as “at least” where the age is known: 22.")
_LONGITUDE: Final = _("Degrees east: 63.05436. Give both numbers or neither.")
_VICTIM: Final = _("Somebody to whom a violation of this case was done. Type a name.")
_WHEN: Final = _("As exactly as it is known and no more: 2023-11-23, 2023-11 or 2023.")
_STANCE: Final = _("Whether it says so, or says otherwise.")

_BY_FIELD: Final[dict[tuple[str, str], Promise]] = {
    ("account", "stance"): _STANCE,
    ("agency", "abbreviation"): _("As it is commonly written: “CTD”."),
    ("agency", "area"): _("The widest area in which it acts, if that is known: a province."),
    ("agency", "name"): _(
        "The official name in English: “Counter Terrorism Department, Balochistan”."
    ),
    ("agency", "seat"): _("The town of its main office: “Quetta”."),
    ("agencyparent", "parent"): _("The body above it: a ministry, a force, a group."),
    ("attribution", "replaces"): _("The earlier version that these words take the place of."),
    ("attribution", "speaker"): _("The body that speaks: a department, a spokesperson’s office."),
    ("attribution", "words"): _(
        "What they said, without our own opinion: “He was killed in an exchange of fire.”"
    ),
    ("bodyentry", "place_text"): _("As the source puts it: “Teaching Hospital Turbat”."),
    ("capture", "bytes"): _("A whole number: 48213."),
    ("capture", "captured_at"): _("Day and time at which the file was made, by UTC."),
    ("capture", "copy_kind"): _("What makes it differ from the original."),
    ("capture", "file_name"): _("The name that the file had when it reached us."),
    ("capture", "media_type"): _("What sort of file it is: application/pdf, image/jpeg."),
    ("capture", "url"): _("Where it was downloaded from: https://example.org/article."),
    ("casualties", "harm"): _("What the numbers count. One row for each kind of harm."),
    ("citation", "source"): _("What the fact rests on. Type a few words of title or publisher."),
    ("citation", "stance"): _STANCE,
    ("consent", "expires"): _("The last day on which it counts: 2027-12-31. Empty: no end agreed."),
    ("consent", "given_on"): _("The day on which they answered: 2023-11-26."),
    ("consent", "withdrawn_on"): _(
        "The day on which it was taken back: 2024-02-01. From then on it does not count."
    ),
    ("incident", "assigned"): _("Who may open the case while it is restricted."),
    ("incidentlink", "to_incident"): _("The other incident. Type a few words of its title."),
    ("intervention", "people"): _("Whose case was put before the body. Type a name."),
    ("interventionaddressee", "agency"): _("The body that was asked."),
    ("involvement", "alleged_by_agency"): _(
        "Who says that they are responsible, if it is a body: a court, a rights group."
    ),
    ("legalaction", "accused_high"): _AT_MOST,
    ("legalaction", "accused_low"): _("The number of people accused, at the lowest: “2”."),
    ("legalaction", "district"): _("The district in which the court, station or body sits."),
    ("legalaction", "forum"): _("Where it is filed: “Sessions Court Turbat”."),
    ("legalaction", "incidents"): _("Every incident that it is about. Type words of the title."),
    ("legalaction", "people"): _("The victims that it is about. Type a name."),
    ("legalaction_incidents", "legalaction"): _(
        "A petition, a police report, an order. Type words of its title."
    ),
    ("legalrelation", "kind"): _(
        "What this action does to the other: implements it, challenges it."
    ),
    ("legalrelation", "other"): _("The other legal action. Type words of its title."),
    ("legalstep", "result"): _("What came of the step: “adjourned”, “bail granted”."),
    ("person", "date_protection"): _("The most exact date that may be published with the person."),
    ("person", "photo_allowed"): _("Needs a consent to “publish a picture” as well."),
    ("person", "place_protection"): _("The smallest area that may be published with the person."),
    ("person", "size_estimated"): _("Tick it where nobody has counted: “about 20”."),
    ("person", "size_note"): _("Who says so: “count of a witness at the gate”."),
    ("personname", "fathers_name"): _(
        "The name behind s/o, d/o, ولد or بنت, in the script of the name: “Mola Bakhsh”."
    ),
    ("personname", "kind"): _("Own name, nickname, or a name as one source prints it."),
    ("personname", "tribe_or_place"): _("What stands behind the name: “Baloch”, “Marri”."),
    ("personrelation", "other"): _("The other person. Type a name in either script."),
    ("posting", "person"): _("Who held the post. Type a name in either script."),
    ("protest", "crowd_high"): _AT_MOST,
    ("protest", "crowd_low"): _AT_LEAST,
    ("source", "accessed"): _("The day on which one of us read it: 2023-11-27."),
    ("source", "archived_url"): _("A lasting copy of the page: https://web.archive.org/web/2023/…"),
    ("source", "author"): _("As printed. Of a testimony leave it empty: see “who told us”."),
    ("source", "publisher"): _("A newspaper, a body, a channel: “Dawn”."),
    ("source", "url"): _("Where it can be read: https://example.org/article."),
    ("sourcelist", "name"): _(
        "What people call the list: “List of the families’ committee, 2023”."
    ),
    ("task", "due"): _("The last day: 2024-02-01."),
    ("task", "incident"): _("The case that it belongs to. Type words of the title."),
    ("task", "kind"): _("What sort of thing is to be done."),
    ("violation", "end_meaning"): _("Only beside an end: how we know that it was over."),
}

_BY_NAME: Final[dict[str, Promise]] = {
    "age_high": _AGE_HIGH,
    "age_low": _AGE_LOW,
    "date": _WHEN,
    "date_basis": _HOW_KNOWN,
    "decided": _WHEN,
    "filed": _WHEN,
    "high": _AT_MOST,
    "longitude": _LONGITUDE,
    "low": _AT_LEAST,
    "person": _VICTIM,
    "published": _WHEN,
    "responded": _WHEN,
    "said": _WHEN,
    "since": _WHEN,
    "start_basis": _HOW_KNOWN,
    "until": _WHEN,
}
"""Columns that mean the same in every table that has them."""


_EXAMPLES: Final[dict[type["models.Field[Any, Any]"], Promise]] = {
    models.DateTimeField: _("Written like 2023-11-26 14:30."),
    models.DateField: _("Written like 2023-11-26."),
    models.DecimalField: _("Written like 26.00271."),
    models.IntegerField: _("A whole number, like 20."),
}
"""What is added to an explanation that has no example. A time is a date too: it stands first."""


def help_of(field: "models.Field[Any, Any]") -> str | Promise:
    """The explanation of a box, in the reader's language; empty if there is none to give."""
    if field.help_text:
        return field.help_text
    options = field.model._meta
    model = (options.concrete_model or field.model)._meta.model_name or ""
    if told := _BY_FIELD.get((model, field.name)) or _BY_NAME.get(field.name):
        return told
    if isinstance(field, TermField | TermsField):
        return _defined(field.vocabulary)
    return _LOCAL if field.name.endswith("_local") else ""


def with_example(field: "models.Field[Any, Any]", told: str) -> str:
    """An explanation, with an example behind it where a form of writing is expected.

    Dates as heard are left as they are: their box shows the forms itself.
    """
    if isinstance(field, UncertainDateField) or any(char.isdigit() for char in told):
        return told
    example = next((_EXAMPLES[kind] for kind in _EXAMPLES if isinstance(field, kind)), None)
    return f"{told} {example}".strip() if example else told


def _definition(vocabulary: str) -> str:
    try:
        # The help of a box is HTML; a definition is text that administrators write.
        return escape(definition(VOCABULARY_INDEX, vocabulary))
    except UnknownTerm:
        return ""


_defined = lazy(_definition, str)
