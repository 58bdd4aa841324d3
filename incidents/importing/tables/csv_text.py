"""The letters of a text table: in which encoding they are, and its lines."""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED
from django.utils.translation import gettext as _

from incidents.importing.tables.limits import CHUNK_BYTES, MAX_ROW_BYTES
from incidents.importing.tables.refusal import Place

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BYTE_ORDER_MARKS = tuple(mark for mark, _encoding in _MARKS)

LIKELY_ENCODINGS = (
    "cp1252",
    "cp1256",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1253",
    "cp1255",
    "mac_roman",
    "cp850",
    "cp437",
    "mac_cyrillic",
    "koi8_r",
    "gb18030",
    "shift_jis",
    "big5",
    "euc_kr",
)
"""What office programs write where it is not Unicode; of equally good ones the first is taken."""

_SAMPLE_BYTES = 128 * 1024
_AS_GOOD = 0.05
"""Difference in disorder that says nothing about which of two encodings it is."""
_MIXED_SHARE = 0.1
"""Lines of another encoding hardly ever happen to be good UTF-8 by accident."""


def encoding_of(path: Path, place: Place, given: str) -> str:
    """The encoding the user gave, or the one the file is in.

    UTF-8 is believed only if the whole file is. Raises FileRefused where encodings are mixed,
    where none fits, and for a name that is none.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE_BYTES)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    if given:
        name = _known(given, place)
        return marked if marked.startswith(name) else name
    if marked:
        return marked
    if wide := utf_16_without_mark(start):
        return wide
    if _is_utf_8(path):
        return "utf-8"
    return _guessed(_survey(path), place)


def utf_16_without_mark(sample: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` if that makes readable text of the sample, else empty."""
    if b"\0" not in sample:
        return ""
    whole = sample[: len(sample) // 2 * 2]
    shares = {name: _readable_share(whole, name) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.8 else ""


def _readable_share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, errors="replace")
    good = sum(character.isalnum() or character in " \t\r\n,;|\"'-./:()،" for character in text)
    near = sum(character < "\u0800" for character in text)  # Latin, Cyrillic, Arabic
    return min(good, near) / max(len(text), 1)


def _known(given: str, place: Place) -> str:
    try:
        name = codecs.lookup(given.strip()).name.replace("-", "_")
    except LookupError:
        name = ""
    if name not in IANA_SUPPORTED and name not in ("utf_8_sig", "utf_16", "utf_32"):
        raise place.refused(
            _("“%(encoding)s” is no known encoding.") % {"encoding": given},
            _("Common ones are utf-8, utf-16, cp1252, cp1256 and mac_roman."),
        )
    return name.replace("utf_", "utf-")


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK_BYTES * 16):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


@dataclass
class _Survey:
    """Lines with letters beyond ASCII: how many are UTF-8, the first of each, and a sample."""

    good: int = 0
    bad: int = 0
    first_good: int = 0
    first_bad: int = 0
    sample: bytearray = field(default_factory=bytearray)


def _survey(path: Path) -> _Survey:
    survey = _Survey()
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_ROW_BYTES), b""), start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                survey.bad += 1
                survey.first_bad = survey.first_bad or number
                survey.sample += line[: max(0, _SAMPLE_BYTES - len(survey.sample))]
            else:
                survey.good += 1
                survey.first_good = survey.first_good or number
    return survey


def _guessed(survey: _Survey, place: Place) -> str:
    if survey.good and survey.good >= _MIXED_SHARE * (survey.good + survey.bad):
        raise place.at(line=survey.first_bad).refused(
            _("The file mixes encodings: this line is not UTF-8, but line %(other)d is.")
            % {"other": survey.first_good},
            _(
                "Correct the line in a text editor and save all as UTF-8. If all of it is in one "
                "encoding after all, name that encoding."
            ),
        )
    best = _best_guess(bytes(survey.sample))
    if not best:
        raise place.at(line=survey.first_bad).refused(
            _("The line is not UTF-8, and no other encoding fits."),
            _("Save the table as “CSV UTF-8”, or name its encoding."),
        )
    return best


def _best_guess(sample: bytes) -> str:
    """The likeliest encoding: least disorder first, then most letters, then the commoner one."""
    found = {
        match.encoding: match.chaos
        for match in from_bytes(sample, cp_isolation=[*LIKELY_ENCODINGS])
    }
    if not found:
        return ""
    least = min(found.values())
    likely = [name for name in LIKELY_ENCODINGS if found.get(name, 1.0) <= least + _AS_GOOD]
    return max(likely, key=lambda name: _letter_share(sample, name), default="")


def _letter_share(sample: bytes, encoding: str) -> float:
    """Letters among the characters beyond ASCII: the wrong encoding makes signs of them."""
    beyond = [mark for mark in sample.decode(encoding, errors="replace") if not mark.isascii()]
    return sum(mark.isalpha() for mark in beyond) / max(len(beyond), 1)


class Lines:
    """The lines of a text file for ``csv.reader``, counted, and refused where they do harm.

    ``number`` is the last line read, ``started`` the line at which the present record begins.
    """

    def __init__(self, path: Path, encoding: str, place: Place) -> None:
        self._path, self._encoding, self._place = path, encoding, place
        self.number, self.started, self._size = 0, 1, 0

    def begin_record(self) -> None:
        """Say that the record before is complete."""
        self.started, self._size = self.number + 1, 0

    def __iter__(self) -> Iterator[str]:
        """Read the file. Raises FileRefused at bytes of another encoding, NULs, endless rows."""
        with self._path.open(encoding=self._encoding, newline="") as text:
            while line := self._next(text.readline):
                yield line

    def _next(self, readline: Callable[[int], str]) -> str:
        try:
            line = readline(MAX_ROW_BYTES)
        except UnicodeError:
            raise self._wrong_byte() from None
        self.number += 1
        self._size += len(line)
        if "\0" in line:
            raise self._place.at(line=self.number).refused(
                _("The line holds a NUL character, which no text has."),
                _("Save the table again as “CSV UTF-8”."),
            )
        if self._size >= MAX_ROW_BYTES:
            raise self._place.at(line=self.started).refused(
                _("The row that begins here does not end."),
                _('Look for a quotation mark (") that is opened and never closed.'),
            )
        return line

    def _wrong_byte(self) -> Exception:
        line = line_of_wrong_byte(self._path, self._encoding)
        return self._place.at(line=line).refused(
            _(
                "The line cannot be read as %(encoding)s: either the file is in another encoding, "
                "or it mixes several."
            )
            % {"encoding": self._encoding},
            _("Save the table as “CSV UTF-8”, correct the line, or name the right encoding."),
        )


def line_of_wrong_byte(path: Path, encoding: str) -> int:
    """The number, from 1, of the first line that is not in the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            try:
                lines += _line_ends(decoder.decode(chunk, final=not chunk))
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, errors="ignore")
                return lines + _line_ends(good)
            except UnicodeError:  # a UTF-16 text without its mark
                return lines
            if not chunk:
                return lines


def _line_ends(text: str) -> int:
    return text.count("\n") or text.count("\r")
