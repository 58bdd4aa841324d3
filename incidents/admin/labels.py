"""How rows are called in choices and lists, so that namesakes can be told apart."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.models import (
    Account,
    Attribution,
    Incident,
    LegalAction,
    Person,
    PersonName,
    Source,
    Violation,
)
from reference.date_text import render_date
from reference.models import Area


def label_of(row: Model) -> str:
    """The label of a row, from what was read with it. Makes no query of its own."""
    return person_label(row) if isinstance(row, Person) else str(row)


WORDS = 60
"""Characters of a statement that are enough to know it again."""


def sibling_label(row: Model) -> str:
    """How a row is called among the rows of its own case."""
    match row:
        case Violation():
            return f"{row.type}: {row.person}"
        case Account():
            return f"{row} – {Truncator(row.answer).chars(WORDS)}"
        case Attribution():
            return f"{row} – {Truncator(row.words).chars(WORDS)}"
    return str(row)


def joined(parts: Iterable[str]) -> str:
    """Parts of a label in the active language, without the empty ones."""
    return pgettext("between the items of a list", ", ").join(part for part in parts if part)


def person_label(person: Person, *more: str) -> str:
    """Name in both scripts, father's name, and what else tells this person from a namesake."""
    father = next(
        (
            name.fathers_name
            for name in person.names.all()
            if name.kind == PersonName.Kind.OWN and name.fathers_name
        ),
        "",
    )
    parent = _("father: %(name)s") % {"name": father} if father else ""
    return joined((str(person), parent, *more))


def area_label(area: Area, district: str = "") -> str:
    """“Turbat, town, Kech”."""
    within = district or (area.parent.label if area.parent else "")
    return joined((area.label, str(area.get_level_display()), within))


def incident_label(incident: Incident, district: str = "") -> str:
    """Title, date and district."""
    return joined((incident.title, render_date(incident.date), district))


def source_label(source: Source) -> str:
    """Publisher, title and date."""
    return joined((str(source), render_date(source.published)))


def legal_action_label(action: LegalAction) -> str:
    """Title, forum and date."""
    forum = str(action.forum) if action.forum else ""
    return joined((action.title, forum, render_date(action.filed)))
