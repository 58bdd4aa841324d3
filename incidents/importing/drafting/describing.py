"""A draft as people read it: the label of each field and its value in words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.importing.drafts import Draft
from incidents.importing.lookups import Lookups
from incidents.models import Agency, Source
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.fields import TermField
from reference.models import Area


def describe(draft: Draft, lookups: Lookups) -> list[tuple[str, str]]:
    """Label of each field that the draft gives → its value in words, in the active language."""
    fields = {field.attname: field for field in draft.model._meta.concrete_fields}
    told = [
        (str(fields[name].verbose_name), _in_words(fields[name], value, lookups))
        for name, value in draft.values.items()
        if name in fields
    ]
    comma = pgettext("between the items of a list", ", ")
    for name, ids in draft.sets.items():
        field = draft.model._meta.get_field(name)
        labels = [lookups.term_label(field.vocabulary, pk) for pk in ids]  # type: ignore[union-attr]
        told.append((str(field.verbose_name), comma.join(labels)))  # type: ignore[union-attr]
    return [(label[:1].upper() + label[1:], value) for label, value in told]


def _in_words(field: Any, value: Any, lookups: Lookups) -> str:
    if isinstance(value, UncertainDate):
        return render_date(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, TermField):
        return lookups.term_label(field.vocabulary, value)
    if isinstance(field, models.ForeignKey):
        return _linked(field, value, lookups)
    if isinstance(value, list):
        return pgettext("between the items of a list", ", ").join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))


def _linked(field: Any, value: Any, lookups: Lookups) -> str:
    labels = {
        Area: lookups.area_label,
        Agency: lookups.agency_label,
        Source: lookups.source_label,
    }
    label = labels.get(field.related_model)
    return label(value) if label else str(value)
