"""People read from lines, as boxes to look over: what was understood, and who is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.admin.scripts import by_script
from incidents.admin.terms import TermFormField
from incidents.duplicates.candidates import TypedPerson
from incidents.entry.entering import NO_AGE, VictimToEnter
from incidents.importing.drafting.ages import Age, read_age
from incidents.importing.drafting.unusable import Unusable
from incidents.models import Person, PersonName, Strength
from reference.dates import UncertainDate
from reference.models import Term
from reference.names import script_of
from reference.vocabularies import term

ANOTHER: Final = "another"
"""Chosen where somebody is none of those who are known."""

_ABOUT_THE_PERSON: Final = (
    *("honorific", "given", "fathers_name", "given_local", "fathers_name_local", "age", "sex"),
    *("occupation", "occupation_note", "description", "group_size", "size_estimated"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the case file who may be meant, and why."""

    person: Person
    label: str
    strength: Strength
    why: str

    @property
    def address(self) -> str:
        """The page of the person."""
        return reverse("admin:incidents_person_change", args=[self.person.pk])


def _text(label: Any, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=AdminTextInputWidget(attrs={"dir": "auto"}),
        **options,
    )


class PersonForm(forms.Form):
    """One person or group, as read from a line and as the clerk mends it."""

    line = forms.CharField(widget=forms.HiddenInput, required=False)
    leave_out = forms.BooleanField(label=_("leave this line out"), required=False)
    same_as = forms.ChoiceField(
        label=_("Is this somebody who is known?"), required=False, widget=forms.RadioSelect
    )
    honorific = _text(_("Honorific"), 40)
    given = _text(_("Name"), 120)
    fathers_name = _text(_("Father’s name"), 120)
    given_local = _text(_("Name in Urdu or another language"), 120)
    fathers_name_local = _text(_("Father’s name in Urdu or another language"), 120)
    age = _text(_("Age at the time"), 40, help_text=_("“22”, “20-25”, “about 30” or empty."))
    sex = TermFormField("sex", label=_("Sex"))
    occupation = TermFormField("occupation", label=_("Occupation"), required=False)
    occupation_note = _text(_("Occupation in words"), 200)
    description = _text(
        _("Description"),
        200,
        help_text=_("For a group or somebody without a name. Published in place of a name."),
    )
    group_size = forms.IntegerField(
        label=_("Number of people"),
        required=False,
        min_value=2,
        max_value=1_000_000,
        help_text=_("Only for a group."),
    )
    size_estimated = forms.BooleanField(label=_("the number is an estimate"), required=False)
    acts = forms.MultipleChoiceField(
        label=_("What was done"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_act = TermFormField(
        "violation-type", label=_("What else was done to this one"), required=False
    )

    def __init__(self, *args: Any, offered: Sequence[Term] | None, **options: Any) -> None:
        """``offered`` are the acts to tick; None where none is asked for."""
        super().__init__(*args, **options)
        self.doubts: list[str] = []
        self.known: list[Known] = []
        self.offered = list(offered or ())
        self.asks_acts = offered is not None
        if offered is None:
            del self.fields["acts"], self.fields["other_act"]
        else:
            acts: Any = self.fields["acts"]
            acts.choices = [(each.code, each.label) for each in offered]
        self._offer([])

    def say_who_is_known(self, known: list[Known]) -> None:
        """Offer these people. Where one of them is likely nothing is chosen beforehand."""
        self._offer(known)
        if self.chosen in {ANOTHER, *(str(each.person.pk) for each in known)}:
            return
        if self.must_choose:
            self.initial.pop("same_as", None)
        else:
            self.initial["same_as"] = ANOTHER

    def _offer(self, known: list[Known]) -> None:
        self.known = known
        field: Any = self.fields["same_as"]
        field.choices = [
            *((str(each.person.pk), each.label) for each in known),
            (ANOTHER, gettext("Another person")),
        ]

    @property
    def chosen(self) -> str:
        """Who was chosen so far: a primary key, ``ANOTHER`` or nothing."""
        return self._now("same_as")

    @property
    def must_choose(self) -> bool:
        """Whether somebody known is so like this one that the question has to be answered."""
        return any(each.strength >= Strength.POSSIBLE for each in self.known)

    @property
    def boxes(self) -> list[Any]:
        """The boxes about the person, in the order in which they are looked over."""
        return [self[name] for name in _ABOUT_THE_PERSON]

    @property
    def choices_with_reasons(self) -> list[tuple[Any, Known | None]]:
        """Each radio button with the known person that it stands for."""
        buttons = list(self["same_as"])
        return list(zip(buttons, [*self.known, None], strict=True))

    def clean_age(self) -> Age:
        """The age as a range."""
        text = self.cleaned_data["age"]
        try:
            return read_age(text) if text else NO_AGE
        except Unusable as error:
            raise ValidationError(f"{error.reason} {error.remedy}".strip()) from None

    def clean(self) -> dict[str, Any] | None:
        """A line says who it is about, what was done, and who is not known twice."""
        cleaned = super().clean()
        values = self.cleaned_data
        if values.get("leave_out"):
            self.errors.clear()
            return cleaned
        if not values.get("same_as"):
            if self.must_choose and "same_as" not in self.errors:
                self.add_error("same_as", _("Say whether it is one of these or another person."))
            values["same_as"] = ANOTHER
        if values["same_as"] == ANOTHER:
            names = (values.get("given"), values.get("given_local"), values.get("description"))
            if not any(names):
                self.add_error(
                    "given", _("Give a name, or a description for somebody without a name.")
                )
            self._refuse_what_would_be_lost()
        if self.asks_acts and not (values.get("acts") or values.get("other_act")):
            self.add_error("acts", _("Say what was done to this person."))
        return cleaned

    def _refuse_what_would_be_lost(self) -> None:
        """A father’s name and an honorific are written with a name, and nowhere without one."""
        values = self.cleaned_data
        for given, father in (("given", "fathers_name"), ("given_local", "fathers_name_local")):
            if values.get(father) and not values.get(given):
                self.add_error(
                    given, _("A father’s name is kept with a name in the same script. Give both.")
                )
        if values.get("honorific") and not (values.get("given") or values.get("given_local")):
            self.add_error("honorific", _("An honorific is kept with a name. Give the name."))

    @property
    def is_left_out(self) -> bool:
        """Whether the line is not entered."""
        return bool(self.cleaned_data.get("leave_out"))

    @property
    def known_person(self) -> Person | None:
        """Who was chosen out of those who are known."""
        chosen = self.cleaned_data["same_as"]
        return next((each.person for each in self.known if str(each.person.pk) == chosen), None)

    def to_enter(self) -> VictimToEnter:
        """The victim that this line becomes."""
        values = self.cleaned_data
        acts = [term("violation-type", code) for code in values.get("acts", ())]
        if other := values.get("other_act"):
            acts.append(other)
        known = self.known_person
        return VictimToEnter(
            person=known or self._person(),
            names=() if known else tuple(self._names()),
            acts=tuple({act.pk: act for act in acts}.values()),
            age=values["age"],
        )

    def _person(self) -> Person:
        values = self.cleaned_data
        size = values["group_size"]
        return Person(
            unit=term("counting-unit", "people" if size else "individual"),
            group_size=size,
            size_estimated=bool(size and values["size_estimated"]),
            sex=values["sex"],
            occupation=values["occupation"],
            occupation_note=values["occupation_note"],
            **by_script("description", values["description"]),
        )

    def _names(self) -> list[PersonName]:
        values = self.cleaned_data
        pairs = (
            (values["given"], values["fathers_name"]),
            (values["given_local"], values["fathers_name_local"]),
        )
        names = [PersonName(given=given, fathers_name=father) for given, father in pairs if given]
        if honorific := values["honorific"]:
            alike = (name for name in names if script_of(name.given) == script_of(honorific))
            next(alike, names[0]).honorific = honorific
        return names

    def typed(self, happened: UncertainDate | None) -> TypedPerson:
        """What is known of the person so far, to look for others like them."""
        pairs = [
            (self._now("given"), self._now("fathers_name")),
            (self._now("given_local"), self._now("fathers_name_local")),
        ]
        after, before = _born(self._now("age"), happened)
        return TypedPerson(
            # A group resembles nobody.
            names=[] if self._now("group_size") else [pair for pair in pairs if pair[0]],
            sex=self._sex(),
            born_after=after,
            born_before=before,
        )

    def _now(self, name: str) -> str:
        return str(self[name].value() or "").replace("\0", "").strip()

    def _sex(self) -> str:
        try:
            found = self.fields["sex"].clean(self._now("sex"))
        except ValidationError:
            return "unknown"
        return str(found.code)


def _born(text: str, happened: UncertainDate | None) -> tuple[date | None, date | None]:
    """Between which days somebody was born who was of this age when it happened."""
    if not text or happened is None or happened.earliest is None or happened.latest is None:
        return None, None
    try:
        age = read_age(text)
    except Unusable:
        return None, None
    after = before = None
    if age.high is not None:
        after = happened.earliest - timedelta(days=(age.high + 1) * 366)
    if age.low is not None:
        before = happened.latest - timedelta(days=age.low * 365)
    return after, before
