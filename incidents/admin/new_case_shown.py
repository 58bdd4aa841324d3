"""What the two pages of a new case show: boxes under their headings, and what was understood."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from incidents.admin.new_case_dates import DATES
from incidents.admin.new_case_forms import NewCaseForm
from incidents.admin.people_forms import PersonForm
from incidents.admin.scripts import is_local
from incidents.entry.entering import implied_status

WHICH_AREA: Final = "area_choice"
MENDED_HERE: Final = frozenset({"title", *DATES, WHICH_AREA})
"""Boxes that the second page shows as well."""


def parts(form: NewCaseForm) -> list[tuple[str, list[Any]]]:
    """The boxes of the first page under their headings."""
    groups = (
        (
            _("Where it comes from"),
            (
                *("source", "source_type", "source_title", "publisher", "published", "url"),
                *("confidential", "locator", "quotation"),
            ),
        ),
        (
            _("What happened"),
            ("kind", "date", "place", "place_text", "public_account", "title", "restricted"),
        ),
        (_("To whom"), ("people", "acts")),
        (
            _("By whom, and according to whom"),
            ("agency", "description", "claimant_agency", "claimant_text"),
        ),
    )
    return [(title, [form[name] for name in names]) for title, names in groups]


def boxes(form: NewCaseForm) -> list[Any]:
    """The boxes of the second page. A chosen source has its own date."""
    dates = DATES if form.cleaned_data.get("source") is None else ("date",)
    which = (WHICH_AREA,) if form.areas_so_called else ()
    return [form[name] for name in ("title", *dates, *which)]


def told(form: NewCaseForm) -> list[tuple[str, str]]:
    """What the second page repeats without a box: label and what was understood."""
    values = form.cleaned_data
    source = form.source_row()
    by = values.get("agency") or values.get("description")
    according = values.get("claimant_agency") or values.get("claimant_text")
    in_urdu = is_local(values.get("title", ""))
    comma = pgettext("between the items of a list", ", ")
    lines = [
        (_("Source"), str(source)),
        (_("Confidential"), _("yes, never published") if source.confidential else _("no")),
        (_("Title in English, proposed"), form.proposed_title() if in_urdu else ""),
        (_("Kind"), str(values["kind"])),
        (_("Area"), form.place_in_words),
        (_("Place in words"), values["place_text"]),
        (_("Public account"), values["public_account"]),
        (_("By whom"), str(by or "")),
        (_("According to"), str(according or "")),
        (_("Where in the source"), values["locator"]),
        (_("Quotation"), values["quotation"]),
        (_("Restricted"), _("yes") if values["restricted"] else ""),
        (
            _("Not used, since a source is chosen"),
            comma.join(form.ignored),
        ),
        (_("Still to be put into English"), comma.join(form.without_english)),
    ]
    return [(label, text) for label, text in lines if text]


def statuses_that_follow(form: NewCaseForm, people: Sequence[PersonForm]) -> list[str]:
    """What is entered besides: the statuses of victims that follow from what was done to them."""
    acts = {act.pk: act for person in people for act in person.offered}
    found = ((act, implied_status(act)) for act in acts.values())
    return [f"{act} → {status}" for act, status in found if status is not None]


def hidden(form: NewCaseForm, data: QueryDict) -> list[tuple[str, str]]:
    """What the first page took and the second does not show in a box."""
    shown = {box.name for box in boxes(form)}
    names = [name for name in NewCaseForm.base_fields if name not in shown]
    return [(name, value) for name in names for value in data.getlist(name)]
