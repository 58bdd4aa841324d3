"""A paper as PDF, A4, in one font for both scripts.

Amiri is a Naskh: text of a Nastaliq PDF cannot be searched or copied, whoever made it. The font is
in the file, only as far as it is used. Nothing is fetched, and the properties of the file name the
paper and the organisation: no member of staff, no person, and no hour at which it was made.
"""

from datetime import UTC, datetime, time
from importlib.resources import files
from io import BytesIO
from typing import Final, cast

from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from incidents.communications.paper import Paper, Row, Section, fitted, steadied
from incidents.communications.words import number
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.publisher import publisher

_FONT: Final = "Amiri"
_FILES: Final = {"": "Amiri-Regular.ttf", "B": "Amiri-Bold.ttf"}

# Millimetres.
_MARGIN: Final = 18
_LABELS: Final = 44
_BETWEEN: Final = 4
_LINE: Final = 6.2
_FACE: Final = (45, 55)
_ROOM: Final = 16
_HEADING_ROOM: Final = 34
"""Left on the page below the beginning of a row, and of a section with its first row; where there
is less, a new page begins."""

# Points.
_TEXT, _SMALL, _HEADING, _TITLE = 11.5, 9.5, 14, 20

_INK, _QUIET, _RULE = (20, 20, 20), (90, 90, 90), (190, 190, 190)


def as_pdf(paper: Paper) -> bytes:
    """The bytes of the file."""
    with override(paper.language):
        return bytes(_Pages(paper).output())


class _Pages(FPDF):
    """The pages of one paper, written from its own side."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self.paper = paper
        self.side = Align.R if paper.is_rtl else Align.L
        self._describe()
        for style, name in _FILES.items():
            self.add_font(_FONT, style, str(files("fontpkg_amiri") / "files" / name))
        self.set_text_shaping(use_shaping_engine=True, direction="rtl" if paper.is_rtl else "ltr")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN + 6)
        self.add_page()
        self._head()
        for section in paper.sections:
            self._section(section)
        self._closing()

    def footer(self) -> None:
        """Reference and number of the page, on each."""
        self.set_y(-_MARGIN + 2)
        self._write(
            f"{self.paper.reference} · {_('page %(number)s') % {'number': number(self.page_no())}}",
            size=_SMALL,
            ink=_QUIET,
        )

    def _describe(self) -> None:
        day = datetime.combine(self.paper.made_on, time(), UTC)
        self.set_creation_date(day)
        self.set_lang(self.paper.language)
        self.set_title(f"{self.paper.heading} – {self.paper.reference}")
        self.set_author(publisher().name)
        self.set_creator("Gawah")
        self.set_producer("Gawah")

    def _head(self) -> None:
        paper = self.paper
        made = render_date(UncertainDate.parse(paper.made_on.isoformat()))
        self._write(publisher().name, size=_SMALL, ink=_QUIET)
        self._write(paper.heading, size=_TITLE, style="B")
        self._write(f"{paper.reference} · {made}", size=_SMALL, ink=_QUIET)
        if paper.follows:
            self.ln(1)
            self._write(paper.follows, size=_SMALL, ink=_QUIET)

    def _section(self, section: Section) -> None:
        self._keep_room(_HEADING_ROOM)
        self.ln(3)
        self._write(section.title, size=_HEADING, style="B")
        self.set_draw_color(*_RULE)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(1.5)
        for row in section.rows:
            self._row(row)

    def _row(self, row: Row) -> None:
        """The label at the side where reading begins, what is said beside it."""
        size = (0.0, 0.0) if row.face is None else fitted(row.face, _FACE)
        self._keep_room(max(_ROOM + size[1], self._height_of(row.label)))
        page, top = self.page, self.y
        wide = self.epw - _LABELS - _BETWEEN
        label_x, text_x = self.l_margin, self.l_margin + _LABELS + _BETWEEN
        rtl = self.paper.is_rtl
        if rtl:
            label_x, text_x = self.l_margin + wide + _BETWEEN, self.l_margin
        self.set_x(label_x)
        self._write(row.label, size=_SMALL, ink=_QUIET, width=_LABELS)
        below = self.y
        self.set_y(top)
        if row.face is not None:
            x = self.w - self.r_margin - _LABELS - _BETWEEN - size[0] if rtl else text_x
            self.image(BytesIO(row.face.jpeg), x, top + 1, *size, alt_text=row.label)
            self.set_y(top + size[1] + 2)
        for statement in row.statements:
            self.set_x(text_x)
            self._write(statement, width=wide)
        if self.page == page:
            self.set_y(max(self.y, below))
        self.ln(1)

    def _closing(self) -> None:
        self._keep_room()
        self.ln(4)
        self._write(self.paper.closing, size=_SMALL, ink=_QUIET)

    def _keep_room(self, room: float = _ROOM) -> None:
        if self.will_page_break(room):
            self.add_page()

    def _height_of(self, label: str) -> float:
        """Millimetres that a label takes at the side of its row: it must not run over the end of
        a page, or what is said beside it would begin on another."""
        self.set_font(_FONT, "", _SMALL)
        height = self.multi_cell(
            w=_LABELS,
            h=_LINE,
            text=steadied(label, rtl=self.paper.is_rtl),
            dry_run=True,
            output=MethodReturnValue.HEIGHT,
        )
        return cast("float", height)

    def _write(
        self,
        text: str,
        *,
        size: float = _TEXT,
        style: str = "",
        ink: tuple[int, int, int] = _INK,
        width: float = 0,
    ) -> None:
        self.set_font(_FONT, style, size)
        self.set_text_color(*ink)
        self.multi_cell(
            w=width,
            h=max(_LINE, size * 0.5),
            text=steadied(text, rtl=self.paper.is_rtl),
            align=self.side,
            new_x=XPos.LEFT,
            new_y=YPos.NEXT,
        )
