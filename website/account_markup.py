"""What happened, in our words: each sentence with the notes on which it rests."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from record.sentence_marks import at_marks, marks_in
from website.markup import NOTHING, marks_markup
from website.presentation.citations import Notes
from website.presentation.language import Text

Document = Mapping[str, Any]


def account_markup(text: Text, document: Document, notes: Notes, reader: str) -> SafeString:
    """The paragraphs of an account. What is cited for it but marked at no sentence stands at its
    end, and so does that it rests on sources we do not name."""
    citations = document.get("citations") or ()
    marked = {number for number in marks_in(text.value) if 1 <= number <= len(citations)}
    others = [each for number, each in enumerate(citations, start=1) if number not in marked]
    unmarked = {"citations": others, "confidential_sources": document.get("confidential_sources")}
    written = [
        format_html_join("", "{}{}", _sentences(part, citations, notes, reader))
        for part in text.paragraphs
    ]
    if written:
        written[-1] += marks_markup(notes.marks(unmarked), reader)
    return format_html_join("", "<p>{}</p>", ((part,) for part in written))


def _sentences(
    paragraph: str, citations: Any, notes: Notes, reader: str
) -> Iterator[tuple[SafeString, SafeString]]:
    """Pieces of a paragraph, each with its marks. A number that no citation has stays in sight."""
    for words, numbers in at_marks(paragraph):
        cited = [citations[number - 1] for number in numbers if 1 <= number <= len(citations)]
        lost = "".join(f" [{number}]" for number in numbers if not 1 <= number <= len(citations))
        found = sorted({mark for each in cited for mark in notes.mark_of(each)})
        text = linebreaksbr(format_html("{}", words + lost))
        yield text, marks_markup(found, reader) if found else NOTHING
