"""Form fields that read one parameter each, from every repetition of it in the query string.

Each returns a value that knows its own canonical spelling, or None where the parameter is
absent. All faults of a parameter are reported together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from record.parameters import MAX_CHARACTERS, MAX_MEMBERS, Candidate, nearest
from reference.dates import UncertainDateError, parse_range_bound

NONE = "none"
"""Reserved word of parameters about what is attached to a fact (agencies, legal actions,
sources, statements): selects the facts that have none."""

UNKNOWN = "unknown"
"""Reserved word of parameters about what a fact is (place, status, sex): selects the facts for
which it is not recorded, together with those for which it is recorded as unknown."""


_WORDS_FOR_NOTHING = frozenset({NONE, UNKNOWN, "null", "empty", "nobody", "nothing"})


class RawText(forms.TextInput):
    """A text box that hands over every repetition of its parameter."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return _every(data, name)

    def format_value(self, value: Any) -> str | None:
        return ", ".join(value) if isinstance(value, list) else value


class RawChoice(forms.Select):
    """A list to choose one from, handing over every repetition of its parameter."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return _every(data, name)


class RawChoices(forms.SelectMultiple):
    """A list to choose several from; values joined by commas are shown as chosen too."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return _every(data, name)

    def format_value(self, value: Any) -> list[str]:
        return split_members(value or [])


def _every(data: Any, name: str) -> list[str] | None:
    return data.getlist(name) or None


def split_members(values: Iterable[str]) -> list[str]:
    """Comma and repetition mean the same: one of these."""
    return [member.strip() for value in values for member in value.split(",")]


def fault(
    message: Any,
    code: str,
    suggestion: str | None = None,
    candidates: tuple[Candidate, ...] = (),
    **numbers: int,
) -> ValidationError:
    """An error that carries how to mend it; ``message`` never holds what was sent."""
    params = {"suggestion": suggestion, "candidates": candidates, **numbers}
    return ValidationError(message, code=code, params=params)


class ParameterField(forms.Field):
    """A parameter given at most once; subclasses say how one value is read."""

    widget: Any = RawText

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})

    def clean(self, value: Any) -> Any:
        """The value read from all repetitions; raises ``ValidationError`` with every fault."""
        if not value:
            return None
        for text in value:
            _refuse_unreadable(text)
        return self.read(value)

    def read(self, values: list[str]) -> Any:
        """What the repetitions mean together."""
        if len(values) > 1:
            raise fault(_("This parameter is given more than once. Give it once."), "repeated")
        return self.read_one(values[0].strip())

    def read_one(self, text: str) -> Any:
        """What one value means."""
        raise NotImplementedError


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise fault(_("This parameter is empty. Give it a value, or leave it out."), "empty")
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise fault(_("This value holds a control character. Remove it."), "control")
    if len(text) > MAX_CHARACTERS * MAX_MEMBERS:
        raise fault(_("This value is too long. Shorten it."), "long")


@dataclass(frozen=True, slots=True)
class Members:
    """What a list parameter chose: any of ``items``, or nothing recorded, where ``bare``."""

    items: tuple[Any, ...]
    codes: tuple[str, ...]
    bare: bool = False


class MembersField(ParameterField):
    """A parameter that takes several values, any of which will do."""

    reserved: str | None = None
    most = MAX_MEMBERS

    def __init__(self, *, reserved: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.reserved = reserved

    def read(self, values: list[str]) -> Members:
        members = list(dict.fromkeys(split_members(values)))
        if len(members) > self.most:
            message = _("There are too many values: at most %(most)d can be given.")
            raise fault(message, "many", most=self.most)
        items: list[Any] = []
        faults: list[ValidationError] = []
        for member in members:
            if member == self.reserved:
                continue
            try:
                items.append(self.read_member(member))
            except ValidationError as error:
                faults.extend(error.error_list)
        if faults:
            raise ValidationError(faults)
        unique = {self.code(item): item for item in items}
        bare = self.reserved in members
        codes = (*unique, *((self.reserved,) if bare and self.reserved else ()))
        return Members(tuple(unique.values()), codes, bare)

    def read_member(self, text: str) -> Any:
        """One member; blank ones come from a comma too many."""
        if not text:
            raise fault(_("There is a comma too many: one value is empty."), "empty")
        if len(text) > MAX_CHARACTERS:
            raise fault(_("This value is too long. Shorten it."), "long")
        return self.read_one(text)

    def code(self, item: Any) -> str:
        """The canonical spelling of a member."""
        return str(item)

    def near(self, text: str, valid: Iterable[str]) -> str | None:
        """The nearest of ``valid`` and the reserved word; other words for nothing mean that."""
        if self.reserved is None:
            return nearest(text, valid)
        if text.lower() in _WORDS_FOR_NOTHING:
            return self.reserved
        return nearest(text, [*valid, self.reserved])


class OneOfField(ParameterField):
    """One of a few fixed words."""

    widget = RawChoice

    def __init__(self, *, choices: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices
        self.widget.choices = [("", ""), *choices]

    def read_one(self, text: str) -> str:
        valid = [value for value, _label in self.choices]
        if text not in valid:
            message = _("This value is not one of those allowed: %(valid)s.")
            error = fault(message, "invalid", nearest(text, valid))
            error.params = {**(error.params or {}), "valid": ", ".join(valid)}
            raise error
        return text


class YesNoField(OneOfField):
    """``true`` or ``false``, in exactly these words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=(("true", _("yes")), ("false", _("no"))), **options)

    def read_one(self, text: str) -> Any:
        return super().read_one(text) == "true"


class NumberField(ParameterField):
    """A whole number from ``least`` to ``most``."""

    def __init__(self, *, least: int = 1, most: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most

    def read_one(self, text: str) -> int:
        # isdecimal alone would let other scripts' digits pass and be spelled another way back.
        if not (text.isascii() and text.isdecimal() and len(text) <= 9) or int(text) < self.least:
            message = _("Give a whole number, %(least)d or more.")
            raise fault(message, "invalid", least=self.least)
        number = int(text)
        if self.most is not None and number > self.most:
            message = _("The largest number allowed is %(most)d.")
            raise fault(message, "large", str(self.most), most=self.most)
        return number


class DateBoundField(ParameterField):
    """A day, month or year; the first day of it, or the last one where ``last``."""

    def __init__(self, *, last: bool, **options: Any) -> None:
        super().__init__(**options)
        self.last = last

    def read_one(self, text: str) -> date:
        try:
            return parse_range_bound(text, end=self.last)
        except UncertainDateError:
            message = _("Give a date as 2023-10-29, a month as 2023-10 or a year as 2023.")
            raise fault(message, "invalid") from None


class DayField(ParameterField):
    """A single day that has come already."""

    def read_one(self, text: str) -> date:
        try:
            # Python alone would take 20231029 and 2023-W43-7 too.
            day = datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            raise fault(_("Give a day, as 2023-10-29."), "invalid")
        if day > datetime.now(UTC).date():
            raise fault(_("This day has not come yet."), "invalid")
        return day


class MomentField(ParameterField):
    """A date or a date and time, in UTC unless it says otherwise; a date means its midnight."""

    def read_one(self, text: str) -> datetime:
        try:
            # A plus sign in an address arrives as a space.
            moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        except ValueError:
            raise fault(
                _("Give a date as 2023-10-29 or a time as 2023-10-29T14:30:00Z."), "invalid"
            ) from None
        try:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        except OverflowError:
            raise fault(_("This date is out of range."), "invalid") from None


class TokenField(ParameterField):
    """A text of ours that comes back as it was handed out; whoever wrote it reads it."""

    def read_one(self, text: str) -> str:
        return text


class KeysField(MembersField):
    """Names out of a fixed list, such as the keys of a document."""

    def __init__(self, *, valid: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.valid = valid

    def read_one(self, text: str) -> str:
        if text not in self.valid:
            message = _("There is no such field here.")
            raise fault(message, "invalid", self.near(text, self.valid))
        return text


def offered(choices: Callable[[], Iterable[tuple[str, Any]]]) -> CallableChoiceIterator:
    """Choices that are read when a form is shown, not when this module is imported."""
    return CallableChoiceIterator(choices)
