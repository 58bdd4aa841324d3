"""A paper as DOCX, for those who have to add to it.

Nothing of the template's properties stays: the file names the paper and the organisation, no
member of staff, no person, and no hour at which it was made.
"""

import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import Any, Final

from django.utils.translation import override
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from incidents.communications.paper import Face, Paper, Section, fitted, steadied
from reference.date_text import render_date
from reference.dates import UncertainDate
from reference.publisher import publisher

_FONT: Final = "Times New Roman"
"""Every office program has it or something of its measures, in both scripts."""

_OF_THE_TEMPLATE: Final = ("extended-properties", "thumbnail", "customXml")
"""Kinds of relations to parts of the template: its program, its picture, its own data."""

_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)

_LABELS, _TEXTS = Mm(42), Mm(132)
_FACE_WIDE, _FACE_HIGH = 45, 55  # millimetres
_TEXT, _SMALL, _HEADING, _TITLE = Pt(11.5), Pt(9.5), Pt(14), Pt(20)
_QUIET: Final = RGBColor(90, 90, 90)


def as_docx(paper: Paper) -> bytes:
    """The bytes of the file."""
    with override(paper.language):
        written = BytesIO()
        document = _Pages(paper).document
        _leave_out_the_template(document.part.package)
        document.save(written)
        return _without_hours(written)


class _Pages:
    """One paper being written into a document."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = Document()
        self._describe()
        self._lay_out()
        self._head()
        for section in paper.sections:
            self._section(section)
        self._write(self.document.add_paragraph(), paper.closing, size=_SMALL, quiet=True)
        footer = self.document.sections[0].footer.paragraphs[0]
        self._write(footer, paper.reference, size=_SMALL, quiet=True)

    def _describe(self) -> None:
        properties = self.document.core_properties
        day = datetime.combine(self.paper.made_on, time())
        properties.author = properties.last_modified_by = publisher().name
        properties.title = f"{self.paper.heading} – {self.paper.reference}"
        properties.created = properties.modified = day
        properties.language = self.paper.language
        properties.comments = properties.keywords = properties.subject = ""
        properties.category = properties.version = ""
        properties.revision = 1

    def _lay_out(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
        if self.paper.is_rtl:
            _put(page._sectPr, "w:bidi", before=("w:rtlGutter", "w:docGrid"))

    def _head(self) -> None:
        paper = self.paper
        made = render_date(UncertainDate.parse(paper.made_on.isoformat()))
        self._line(publisher().name, size=_SMALL, quiet=True)
        self._write(self.document.add_heading(level=1), paper.heading, size=_TITLE, bold=True)
        self._line(f"{paper.reference} · {made}", size=_SMALL, quiet=True)
        if paper.follows:
            self._line(paper.follows, size=_SMALL, quiet=True)

    def _section(self, section: Section) -> None:
        self._write(self.document.add_heading(level=2), section.title, size=_HEADING, bold=True)
        table = self.document.add_table(rows=0, cols=2)
        table.autofit = False
        # Office programs go by the columns where Word goes by the cells.
        table.columns[0].width, table.columns[1].width = _LABELS, _TEXTS
        if self.paper.is_rtl:
            _put(table._tblPr, "w:bidiVisual", after=("w:tblStyle",))
        for row in section.rows:
            label, text = table.add_row().cells
            label.width, text.width = _LABELS, _TEXTS
            self._write(label.paragraphs[0], row.label, size=_SMALL, quiet=True)
            if row.face is not None:
                self._show(text.paragraphs[0], row.face, row.label)
                text.add_paragraph()
            first = text.paragraphs[-1]
            for index, statement in enumerate(row.statements):
                paragraph = text.add_paragraph() if index else first
                self._write(paragraph, statement)

    def _show(self, paragraph: Any, face: Face, label: str) -> None:
        wide, high = fitted(face, (_FACE_WIDE, _FACE_HIGH))
        shown = paragraph.add_run().add_picture(BytesIO(face.jpeg), Mm(wide), Mm(high))
        shown._inline.docPr.set("descr", label)
        if self.paper.is_rtl:
            _put(paragraph._p.get_or_add_pPr(), "w:bidi", after=("w:pStyle", "w:keepNext"))

    def _line(self, text: str, **how: Any) -> None:
        self._write(self.document.add_paragraph(), text, **how)

    def _write(
        self,
        paragraph: Any,
        text: str,
        *,
        size: Pt = _TEXT,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        paragraph.paragraph_format.space_after = Pt(3)
        run = paragraph.add_run(steadied(text, rtl=self.paper.is_rtl))
        run.font.name, run.font.size, run.font.bold = _FONT, size, bold
        run.font.color.rgb = _QUIET if quiet else RGBColor(20, 20, 20)
        of_run = run._r.get_or_add_rPr()
        # Scripts written from the right have font, size and weight of their own in this format.
        of_run.rFonts.set(qn("w:cs"), _FONT)
        if bold:
            run.font.cs_bold = True
        of_run.append(_element("w:szCs", val=str(int(size.pt * 2))))
        if self.paper.is_rtl:
            run.font.rtl = True
            of_run.append(_element("w:lang", bidi=self.paper.language))
            _put(paragraph._p.get_or_add_pPr(), "w:bidi", after=("w:pStyle", "w:keepNext"))


def _leave_out_the_template(package: Any) -> None:
    """Take away what the template carries of its own: parts to which nothing leads any more are
    not written."""
    for relations in (package.rels, package.main_document_part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _OF_THE_TEMPLATE:
                del relations[key]


def _without_hours(written: BytesIO) -> bytes:
    """The same file with one date, the first there is, on every part: python-docx puts the
    second on them at which the paper was made, by the clock of the office."""
    steady = BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(steady, "w") as anew:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            anew.writestr(entry, parts.read(name))
    return steady.getvalue()


def _put(
    parent: Any, name: str, *, after: tuple[str, ...] = (), before: tuple[str, ...] = ()
) -> None:
    """Add a mark behind the last of ``after`` or before the first of ``before``: the format asks
    for its elements in one order."""
    tags = [child.tag for child in parent]
    behind = [tags.index(qn(each)) + 1 for each in after if qn(each) in tags]
    ahead = [tags.index(qn(each)) for each in before if qn(each) in tags]
    place = max(behind, default=0) if after else min(ahead, default=len(tags))
    parent.insert(place, OxmlElement(name))


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
