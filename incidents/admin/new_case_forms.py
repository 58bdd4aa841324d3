"""The page on which a case is typed once: where it comes from, what happened, to whom, by whom."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from incidents.admin.labels import area_label
from incidents.admin.new_case_source import SourceBoxes, check_row, text_area, text_box
from incidents.admin.people_box import LinesField
from incidents.admin.scripts import by_script, is_local
from incidents.admin.terms import TermFormField, TermsFormField
from incidents.entry.entering import CaseToEnter, VictimToEnter
from incidents.models import Agency, Incident, Involvement, Source
from incidents.models.protection import DISTRICT_LEVELS
from record.models.fact import AreaBasis
from reference.areas import AreaError, resolve_area
from reference.date_text import render_date
from reference.dates import UNKNOWN, UncertainDate
from reference.forms import UncertainDateFormField
from reference.models import Area
from reference.vocabularies import term

_OF_INCIDENT: Final = {
    "area": "place",
    "title_local": "title",
    "place_text_local": "place_text",
    "public_account_local": "public_account",
}
"""Column → the box it was typed into, where the two have different names."""


class NewCaseForm(SourceBoxes):
    """Everything but the people one by one."""

    title = text_box(
        _("Title"),
        200,
        _("One calm line: what, where, when. Name nobody. Left empty, the next page proposes one."),
    )
    kind = TermFormField("incident-kind", label=_("Kind"))
    date = UncertainDateFormField(
        label=_("When it happened"),
        required=False,
        help_text=_("As you heard it: “29 Oct 2023”, “late November 2023”, “۲۹ اکتوبر ۲۰۲۳”."),
    )
    place = text_box(
        _("Area"),
        120,
        _("The smallest area that is known, in either script: “Turbat”, “ضلع کیچ”, or a code."),
    )
    area_choice = forms.CharField(
        label=_("Which of the areas of this name"), required=False, widget=forms.Select
    )
    place_text = text_box(
        _("Place in words"), 300, _("As the source puts it: “near the bus terminal”.")
    )
    public_account = forms.CharField(
        label=_("Public account"),
        required=False,
        widget=text_area(6),
        help_text=_(
            "What happened, in your own words, for the public. Attribute what is contested: "
            "“according to the family…”. A text in Urdu goes to the box for Urdu."
        ),
    )
    restricted = forms.BooleanField(
        label=_("restricted: only you can open the case until you assign others"), required=False
    )

    people = LinesField(
        label=_("People, one a line"),
        widget=text_area(6),
        help_text=_(
            "“Balach s/o Mola Bakhsh, 22, student”; “بالاچ ولد مولا بخش، ۲۲، طالب علم”; both names "
            "with “ / ” between them; “about 20 unnamed people”. What was done to this one alone "
            "goes behind a colon: “…: staged encounter”."
        ),
    )
    acts = TermsFormField(
        "violation-type",
        label=_("What was done to all of them"),
        required=False,
        help_text=_("The next page lets you change it for each."),
    )

    agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"),
        label=_("By which agency or group"),
        required=False,
        help_text=_("Only the one the source names."),
    )
    description = text_box(_("or by whom, in words"), 200, _("“Armed men in plain clothes”."))
    claimant_agency = forms.ModelChoiceField(
        Agency.objects.order_by("name"), label=_("According to (agency)"), required=False
    )
    claimant_text = text_box(
        _("or according to whom, in words"),
        200,
        _("“family of the victim”, “author of the article”: no private names."),
    )

    def __init__(self, *args: Any, sources: "QuerySet[Source]", **options: Any) -> None:
        """``sources`` are those that the writer may cite."""
        super().__init__(*args, sources=sources, **options)
        self.area: Area | None = None
        self.areas_so_called = _areas_called(str(self["place"].value() or ""))
        which: Any = self.fields["area_choice"].widget
        which.choices = [
            ("", "---------"),
            *((area.code, area_label(area)) for area in self.areas_so_called),
        ]
        # A group of boxes has no label that points to it.
        self.fields["acts"].widget.attrs["aria-label"] = str(self.fields["acts"].label)
        if not self.is_bound:
            self.initial.setdefault("kind", term("incident-kind", "violation-event").pk)

    def clean_place(self) -> str:
        """The one area that is meant."""
        text = str(self.cleaned_data["place"])
        if not text or self.areas_so_called:
            return text
        try:
            self.area = resolve_area(text)
        except AreaError as error:
            raise ValidationError(str(error), code="area") from None
        return text

    def clean_area_choice(self) -> str:
        """The one of several areas: a town and its district are often called alike."""
        chosen = str(self.cleaned_data["area_choice"])
        if not self.areas_so_called:
            return ""
        self.area = next((area for area in self.areas_so_called if area.code == chosen), None)
        if self.area is None:
            raise ValidationError(
                _("Several areas are called “%(name)s”. Choose the one that is meant."),
                params={"name": self["place"].value()},
            )
        return chosen

    def clean(self) -> dict[str, Any] | None:
        """Try the rows that this becomes, so that each fault is told at its box."""
        cleaned = super().clean()
        if not self.errors.keys() - {"title"}:
            check_row(self, self.incident(), _OF_INCIDENT)
        self._clean_involvement()
        return cleaned

    def _clean_involvement(self) -> None:
        values = self.cleaned_data
        if not (values.get("agency") or values.get("description")):
            return
        if not (values.get("claimant_agency") or values.get("claimant_text")):
            self.add_error(
                "claimant_text", _("Say who alleges it: an agency, or somebody in words.")
            )

    # ---------------------------------------------------------------------------- what it becomes

    @property
    def place_in_words(self) -> str:
        """The area as it was understood."""
        return area_label(self.area) if self.area else ""

    def incident(self) -> Incident:
        """The incident, not saved."""
        values = self.cleaned_data
        area = self.area
        incident = Incident(
            **self._titles(),
            kind=values["kind"],
            date=values.get("date", UNKNOWN),
            area=area,
            restricted=values["restricted"],
            **by_script("place_text", values["place_text"]),
            **by_script("public_account", values["public_account"]),
        )
        if area is not None:
            named = area.level in DISTRICT_LEVELS
            incident.area_basis = AreaBasis.STATED if named else AreaBasis.INFERRED
        return incident

    def _titles(self) -> dict[str, str]:
        """The title; one in Urdu gets a plain English one beside it."""
        title = self.cleaned_data.get("title", "")
        return (
            {"title": self.proposed_title(), "title_local": title}
            if is_local(title)
            else {"title": title}
        )

    def proposed_title(self) -> str:
        """What, where and when, without a name, in English."""
        values = self.cleaned_data
        with translation.override("en"):
            what = ", ".join(str(act) for act in values["acts"][:2]) or str(values["kind"])
            where = self.area.label if self.area else values["place"]
            happened: UncertainDate = values["date"]
            when = "" if happened.is_unknown else render_date(happened)
            return ", ".join(part for part in (what, where, when) if part)[:200]

    @property
    def without_english(self) -> list[str]:
        """Labels of boxes that say who in Urdu alone."""
        names = [
            name
            for name, agency in (("description", "agency"), ("claimant_text", "claimant_agency"))
            if is_local(self.cleaned_data[name]) and not self.cleaned_data[agency]
        ]
        return [str(self[name].label) for name in names]

    def claimant(self) -> dict[str, Any]:
        """Who says so, as the columns of a claim."""
        values = self.cleaned_data
        return {
            "claimant_agency": values["claimant_agency"],
            **by_script("claimant_text", values["claimant_text"]),
        }

    def involvement(self) -> Involvement | None:
        """Who is alleged to be responsible, if anybody is."""
        values = self.cleaned_data
        if not (values["agency"] or values["description"]):
            return None
        return Involvement(
            agency=values["agency"],
            **by_script("description", values["description"]),
            alleged_by_agency=values["claimant_agency"],
            **by_script("alleged_by_text", values["claimant_text"]),
        )

    def case(self, victims: list[VictimToEnter]) -> CaseToEnter:
        """The whole case with these victims."""
        return CaseToEnter(
            source=self.source_row(),
            incident=self.incident(),
            victims=victims,
            involvement=self.involvement(),
            claimant=self.claimant(),
            locator=self.cleaned_data["locator"],
            quotation=self.cleaned_data["quotation"],
        )

    @property
    def happened(self) -> UncertainDate | None:
        """When it happened, if that was understood."""
        found: UncertainDate | None = self.cleaned_data.get("date")
        return found


def _areas_called(text: str) -> list[Area]:
    """The areas of this very name, widest first, where there are several."""
    text = text.replace("\0", "").strip()
    if not text:
        return []
    found = Area.objects.named(text).select_related("parent")
    areas = sorted(found, key=lambda area: (len(area.path), area.code))
    return areas if len(areas) > 1 else []
