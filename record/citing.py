"""How to cite: a record in one of its revisions, or what a question finds in a state of the data.

A citation names the publisher, the record and its revision, the day of that revision, where it is
and under what terms: with it the same words can be found again, or that they were withdrawn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils import translation
from django.utils.translation import get_language, gettext, pgettext

from record.chain import timestamp
from record.kinds import Kind
from reference.publisher import publisher
from reference.vocabularies import UnknownTerm, label

_ENGLISH: Final = "en"
_SPACES: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation of one revision of a record. ``issued`` is the day on which the revision was
    published, ``accessed`` the day on which somebody read it, if that is to be said."""

    reference: str
    version: int
    title: str
    publisher: str
    issued: date
    url: str
    licence: str
    language: str
    accessed: date | None = None

    @property
    def text(self) -> str:
        """One line, in the language of the citation."""
        with translation.override(self.language):
            words = gettext(
                "%(publisher)s: “%(title)s”. Record %(reference)s, revision %(version)s of "
                "%(issued)s. %(url)s (%(terms)s)."
            )
            return words % {
                "publisher": self.publisher,
                "title": self.title,
                "reference": self.reference,
                "version": self.version,
                "issued": self.issued.isoformat(),
                "url": self.url,
                "terms": self._terms(),
            }

    def _terms(self) -> str:
        if self.accessed is None:
            return self.licence
        read = gettext("retrieved %(day)s") % {"day": self.accessed.isoformat()}
        return f"{read}; {self.licence}"

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and BibLaTeX in UTF-8."""
        note = f"Record {self.reference}, revision {self.version}. {self.licence}"
        fields = {
            "author": f"{{{_latex(self.publisher)}}}",
            "title": f"{{{_latex(self.title)}}}",
            "year": f"{self.issued.year:04d}",
            "month": str(self.issued.month),
            "date": self.issued.isoformat(),
            "version": str(self.version),
            "url": _verbatim(self.url),
            "note": _latex(note),
        }
        if self.accessed is not None:
            fields["urldate"] = self.accessed.isoformat()
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self._key},\n{body}\n}}\n"

    @property
    def csl(self) -> dict[str, Any]:
        """An item of CSL-JSON, as Zotero and other programs read it."""
        item: dict[str, Any] = {
            "id": self._key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": self.publisher}],
            "publisher": self.publisher,
            "container-title": self.publisher,
            "issued": _date_parts(self.issued),
            "number": self.reference,
            "version": str(self.version),
            "URL": self.url,
            "language": self.language,
            "license": self.licence,
        }
        if self.accessed is not None:
            item["accessed"] = _date_parts(self.accessed)
        return item

    @property
    def _key(self) -> str:
        return f"{self.reference}-r{self.version}"


def cite(
    document: Mapping[str, Any],
    url: str,
    language: str | None = None,
    *,
    accessed: date | None = None,
) -> Citation:
    """The citation of a published document. ``url`` is the permanent address of this revision;
    ``language`` is that of title and words, the active one by default."""
    language = language or get_language() or _ENGLISH
    return Citation(
        reference=document["reference"],
        version=document["version"],
        title=_SPACES.sub(" ", title_of(document, language)).strip(),
        publisher=publisher().name_in(language),
        issued=datetime.fromisoformat(document["published_at"]).date(),
        url=url,
        licence=publisher().licence,
        language=language,
        accessed=accessed,
    )


def cite_answer(what: str, version: int, url: str, moment: datetime) -> str:
    """The citation of what a question finds, in one line: who, what, which state of the data,
    where, when, under what terms."""
    by = publisher()
    return (
        f"{by.name_in(_ENGLISH)}: {what}. Dataset version {version}. {url} "
        f"(retrieved {timestamp(moment)[:10]}; {by.licence})."
    )


def title_of(document: Mapping[str, Any], language: str) -> str:
    """What a record is called: its title or name in this language if it has one, or for a
    violation the act and the person. A withheld name is said to be withheld."""
    with translation.override(language):
        kind = document["kind"]
        if kind == Kind.VIOLATION:
            return _act(document, language)
        if kind == Kind.VICTIM:
            return _person(document, language)
        field = "name" if kind == Kind.AGENCY else "title"
        title = _in_language(document, field, language)
        if not title and kind == Kind.LEGAL_ACTION:
            title = _term("legal-action-type", document.get("type"), language)
        return title or str(document["reference"])


def _act(violation: Mapping[str, Any], language: str) -> str:
    act = _term("violation-type", violation.get("type"), language)
    if violation.get("victim") is None:
        return act or str(violation["reference"])
    return pgettext("violation: victim", "%(what)s: %(who)s") % {
        "what": act,
        "who": _person(violation["victim"], language),
    }


def _person(person: Mapping[str, Any], language: str) -> str:
    name = _in_language(person, "name", language)
    if person.get("name_shown") == "withheld" or not name:
        return gettext("Name withheld")
    return name


def _in_language(holder: Mapping[str, Any], field: str, language: str) -> str:
    own, local = str(holder.get(field) or ""), str(holder.get(f"{field}_local") or "")
    return own or local if language == _ENGLISH else local or own


def _term(vocabulary: str, coded: Mapping[str, Any] | None, language: str) -> str:
    if coded is None:
        return ""
    try:
        return label(vocabulary, coded["code"], language)
    except UnknownTerm:
        return str(coded["label"])


def _latex(text: str) -> str:
    """A text that LaTeX prints as it stands."""
    return "".join(_SPECIAL.get(character, character) for character in _SPACES.sub(" ", text))


def _verbatim(url: str) -> str:
    """An address for a field that is read as it stands, where only a brace would do harm."""
    return _SPACES.sub("", url).replace("{", "%7B").replace("}", "%7D")


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def today() -> date:
    """The day on which somebody reads now."""
    return datetime.now(UTC).date()
