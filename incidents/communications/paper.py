"""A paper before it becomes a file: sections of named statements, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _

from incidents.communications.forms import Form
from incidents.communications.gaps import Where
from incidents.communications.words import BETWEEN, joined, number, told
from incidents.documents.parts import parts
from incidents.models import Source
from incidents.models.citation import Stance
from incidents.names_in_texts import HeldBack
from reference.date_text import render_date


@dataclass(frozen=True, slots=True)
class Face:
    """A photograph on a paper: the pixels alone, as a JPEG, and its size in them."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Row:
    """What is said on one question; where nothing is, that it is not known. ``where``: the page on
    which it is entered, if that is not the one of its section. ``face``, if there is one, stands
    above what is said."""

    label: str
    statements: tuple[str, ...]
    where: Where | None = None
    face: Face | None = None

    @classmethod
    def of(cls, label: str, *statements: str) -> Self:
        """A row of what there is of these statements."""
        there = tuple(each for each in statements if each)
        return cls(label, there or (_("not known"),))


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; ``where``: the page on which what they say is entered."""

    title: str
    rows: tuple[Row, ...]
    where: Where = Where.INCIDENT


@dataclass(frozen=True, slots=True)
class Paper:
    """A form or a sheet, filled in. ``reference`` names nobody, and ``heading`` neither: both stand
    in the properties of the file."""

    form: Form
    language: str
    heading: str
    follows: str
    reference: str
    made_on: date
    sections: tuple[Section, ...]
    closing: str

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.language in settings.LANGUAGES_BIDI

    @property
    def file_name(self) -> str:
        """The name of its file without the ending: no name of a person is in it."""
        return f"{self.form.code}-{self.reference}-{self.language}"


class SourceNotes:
    """The sources of a paper, numbered as they are first mentioned. Confidential ones are left out
    without a trace: that there is one already tells whoever asks where to look. A headline or an
    address that names somebody who is not to be named is left out, since nobody can reword it."""

    def __init__(self, held: HeldBack) -> None:
        self._held = held
        self._numbers: dict[int, int] = {}
        self._sources: list[Source] = []

    def say(self, text: str, *facts: Any) -> str:
        """A statement with the numbers, in brackets, of the sources that these rows cite: of those
        that say so, then of those that say otherwise."""
        if not text:
            return ""
        cited = [citation for fact in facts for citation in parts(fact, "citations")]
        named = [each for each in cited if not each.source.confidential]
        if agreeing := self._of(each.source for each in named if each.stance == Stance.SUPPORTS):
            text += f" [{agreeing}]"
        if others := self._of(each.source for each in named if each.stance == Stance.DISPUTES):
            text += " " + _("[disputed: %(numbers)s]") % {"numbers": others}
        return text

    def section(self) -> Section | None:
        """The list of sources; None where none can be named."""
        if not self._sources:
            return None
        rows = [
            Row.of(number(place), self._in_words(source))
            for place, source in enumerate(self._sources, start=1)
        ]
        return Section(_("Sources"), tuple(rows))

    def _in_words(self, source: Source) -> str:
        title, address = (
            "" if self._held.standing_in(text) else text
            for text in (told(source, "title"), source.url)
        )
        published = "" if source.published.is_unknown else render_date(source.published)
        return joined((source.publisher, title, published, address), BETWEEN)

    def _of(self, sources: Iterable[Source]) -> str:
        found = set()
        for source in sources:
            if source.pk not in self._numbers:
                self._sources.append(source)
                self._numbers[source.pk] = len(self._sources)
            found.add(self._numbers[source.pk])
        return ", ".join(number(each) for each in sorted(found))


def fitted(face: Face, room: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a photograph that fills this room in one direction."""
    scale = min(room[0] / face.width, room[1] / face.height)
    return face.width * scale, face.height * scale


def steadied(text: str, *, rtl: bool) -> str:
    """A statement with direction marks around what joins its parts.

    Without them a number behind a word of the other script moves to the wrong side of that word.
    Not isolates, for which text fonts have no sign.
    """
    mark = "\N{RIGHT-TO-LEFT MARK}" if rtl else "\N{LEFT-TO-RIGHT MARK}"
    return text.replace(BETWEEN, f"{mark}{BETWEEN}{mark}").replace(" [", f"{mark} [")
