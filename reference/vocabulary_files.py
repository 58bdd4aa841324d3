"""Reading the vocabulary files: TOML in, checked terms out. Knows nothing of the database.

One file a vocabulary, named after it. ``[vocabulary]`` describes the list itself; each
``[[term]]`` follows its parent, as a reader would indent it::

    [[term]]
    code = "torture"
    parent = "integrity"
    huridocs = "4:02011111"
    label = { en = "Torture", ur = "…" }
    definition.en = "…"
    definition.ur = "…"
    attributes = { sdg_act = "torture" }    # optional, inherited from the parent
    note = "…"                              # optional: where the definition comes from
    hidden = true                           # optional: retired, kept for old records

All problems of all files are collected before anything is refused.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reference.models.vocabulary import CODE_PATTERN, MAX_DEPTH, ORDER_STEP, VOCABULARY_INDEX
from reference.names import script_of
from reference.vocabulary_attributes import ATTRIBUTES, INVERSE

_ARABIC_SCRIPT_LANGUAGES = frozenset({"ur"})
_HEADER_KEYS = frozenset({"slug", "version", "label", "definition", "note"})
_TERM_KEYS = frozenset(
    {"code", "parent", "huridocs", "label", "definition", "attributes", "note", "hidden"}
)


class VocabularyFileError(ValueError):
    """The files cannot be loaded; ``problems`` lists every reason, each naming file and code."""

    def __init__(self, problems: list[str]) -> None:
        """``problems`` has at least one line."""
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term as the files state it; ``attributes`` include the inherited ones."""

    vocabulary: str
    code: str
    ancestors: tuple[str, ...]
    order: int
    labels: dict[str, str]
    definitions: dict[str, str]
    huridocs: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    hidden: bool = False

    @property
    def depth(self) -> int:
        """1 for a term without a parent."""
        return len(self.ancestors) + 1


def read_vocabularies(directory: Path, languages: Collection[str]) -> list[TermEntry]:
    """Return the terms of all files in a directory, parents before children.

    ``languages`` are those in which every label and definition is required. Raises
    VocabularyFileError with everything that is wrong in any file.
    """
    files = sorted(directory.glob("*.toml"))
    if not files:
        raise VocabularyFileError([f"{directory}: there are no vocabulary files."])
    problems: list[str] = []
    entries: list[TermEntry] = []
    for position, path in enumerate(files, start=1):
        reader = _FileReader(path.name, languages)
        entries += reader.read(path, order=position * ORDER_STEP)
        problems += reader.problems
    if problems:
        raise VocabularyFileError(problems)
    return entries


class _FileReader:
    """Reads one file, noting each problem and going on."""

    def __init__(self, name: str, languages: Collection[str]) -> None:
        self.name = name
        self.slug = name.removesuffix(".toml")
        self.languages = languages
        self.problems: list[str] = []

    def read(self, path: Path, order: int) -> list[TermEntry]:
        """Return the term of the vocabulary itself, then its terms."""
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(f"{self.name}: not valid TOML: {error}")
            return []
        self._check_keys("the file", content, {"vocabulary", "term"})
        header = self._header(content.get("vocabulary", {}), order)
        terms = self._terms(content.get("term", []))
        self._check_labels(terms)
        self._check_inverses(terms)
        return [header, *terms]

    def _header(self, header: Mapping[str, Any], order: int) -> TermEntry:
        subject = "[vocabulary]"
        self._check_keys(subject, header, _HEADER_KEYS)
        if header.get("slug") != self.slug:
            self._problem(subject, f"the slug must be the file's name, {self.slug!r}.")
        if not re.match(CODE_PATTERN, self.slug):
            self._problem(subject, f"{self.slug!r} is not lower-case words joined by hyphens.")
        for key in ("version", "note"):
            if not self._text(subject, key, header.get(key)):
                self._problem(subject, f"{key} is missing.")
        return TermEntry(
            vocabulary=VOCABULARY_INDEX,
            code=self.slug,
            ancestors=(),
            order=order,
            labels=self._texts(subject, "label", header.get("label")),
            definitions=self._texts(subject, "definition", header.get("definition")),
            attributes={"version": str(header.get("version", ""))},
            note=self._text(subject, "note", header.get("note")),
        )

    def _terms(self, rows: list[Mapping[str, Any]]) -> list[TermEntry]:
        if not rows:
            self._problem("[[term]]", "the vocabulary has no terms.")
        entries: dict[str, TermEntry] = {}
        branch: tuple[str, ...] = ()
        for position, row in enumerate(rows, start=1):
            code = row.get("code")
            if not isinstance(code, str) or not re.match(CODE_PATTERN, code):
                self._problem(
                    f"term {position}", f"{code!r} is not lower-case words joined by hyphens."
                )
                continue
            if code in entries:
                self._problem(code, "duplicate code.")
                continue
            ancestors = self._ancestors(code, row.get("parent"), entries, branch)
            branch = (*ancestors, code)
            inherited = entries[ancestors[-1]].attributes if ancestors else {}
            entries[code] = self._term(code, row, ancestors, position * ORDER_STEP, inherited)
        return list(entries.values())

    def _ancestors(
        self,
        code: str,
        parent: Any,
        entries: Mapping[str, TermEntry],
        branch: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The codes above a term; none if its parent is refused."""
        if parent is None:
            return ()
        if parent not in entries:
            self._problem(code, f"unknown parent {parent!r}; a parent comes before its children.")
            return ()
        if parent not in branch:
            self._problem(code, f"must follow its parent {parent!r} and the terms below that.")
        ancestors = (*entries[parent].ancestors, parent)
        if len(ancestors) >= MAX_DEPTH:
            self._problem(code, f"stands deeper than {MAX_DEPTH} levels.")
        return ancestors

    def _term(
        self,
        code: str,
        row: Mapping[str, Any],
        ancestors: tuple[str, ...],
        order: int,
        inherited: Mapping[str, Any],
    ) -> TermEntry:
        self._check_keys(code, row, _TERM_KEYS)
        if not isinstance(row.get("hidden", False), bool):
            self._problem(code, "hidden must be true or false.")
        return TermEntry(
            vocabulary=self.slug,
            code=code,
            ancestors=ancestors,
            order=order,
            labels=self._texts(code, "label", row.get("label")),
            definitions=self._texts(code, "definition", row.get("definition")),
            huridocs=self._text(code, "huridocs", row.get("huridocs")),
            attributes={**inherited, **self._attributes(code, row.get("attributes", {}))},
            note=self._text(code, "note", row.get("note")),
            hidden=row.get("hidden", False) is True,
        )

    def _attributes(self, code: str, attributes: Any) -> dict[str, Any]:
        known = ATTRIBUTES.get(self.slug, {})
        if not isinstance(attributes, dict):
            self._problem(code, "attributes must be a table.")
            return {}
        for key, value in attributes.items():
            if key not in known:
                self._problem(code, f"unknown attribute {key!r}.")
            elif not known[key].accepts(value):
                self._problem(code, f"attribute {key!r} cannot be {value!r}.")
        return attributes

    def _texts(self, subject: str, key: str, texts: Any) -> dict[str, str]:
        """A label or definition by language, each one present and in its script."""
        if not isinstance(texts, dict):
            self._problem(subject, f"missing {key}.")
            return {}
        for language in self.languages:
            text = texts.get(language)
            if not isinstance(text, str) or not text.strip():
                self._problem(subject, f"missing {key} in {language!r}.")
            elif language in _ARABIC_SCRIPT_LANGUAGES and script_of(text) != "arabic":
                self._problem(subject, f"the {key} in {language!r} is not in Arabic script.")
        return {language: str(text) for language, text in texts.items()}

    def _text(self, subject: str, key: str, text: Any) -> str:
        if text is not None and not isinstance(text, str):
            self._problem(subject, f"{key} must be text.")
        return text if isinstance(text, str) else ""

    def _check_keys(self, subject: str, table: Mapping[str, Any], known: Collection[str]) -> None:
        for key in sorted(set(table) - set(known)):
            self._problem(subject, f"unknown key {key!r}.")

    def _check_labels(self, entries: list[TermEntry]) -> None:
        """Two terms under one label could not be told apart in a list or on a page."""
        for language in self.languages:
            taken: dict[str, str] = {}
            for entry in entries:
                label = entry.labels.get(language, "")
                if label and (other := taken.setdefault(label, entry.code)) != entry.code:
                    self._problem(entry.code, f"has the label of {other!r} in {language!r}.")

    def _check_inverses(self, entries: list[TermEntry]) -> None:
        if INVERSE not in ATTRIBUTES.get(self.slug, {}):
            return
        inverses = {entry.code: entry.attributes.get(INVERSE) for entry in entries}
        for code, inverse in inverses.items():
            if inverses.get(str(inverse)) != code:
                self._problem(code, f"the inverse {inverse!r} does not point back.")

    def _problem(self, subject: str, problem: str) -> None:
        self.problems.append(f"{self.name}: {subject}: {problem}")
