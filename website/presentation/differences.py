"""What changed between two published documents of one record, field by field and in words.

Takes the documents alone, so it can show nothing that the two revisions do not show themselves.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext

from reference.date_text import localise_digits
from website.presentation.dates import date_words
from website.presentation.document_fields import NOT_COMPARED, VOCABULARIES, field_words
from website.presentation.headlines import act_words
from website.presentation.language import punctuation, read_both
from website.presentation.people import name_in_words
from website.presentation.places import place_words
from website.presentation.terms import term_label

LONGEST: Final = 4000
"""Words up to which two texts are compared word by word; beyond, both are shown whole."""

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a text; ``changed`` if the other text does not have it there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changed. ``path`` leads to it in words, the widest part first; ``before`` and
    ``after`` are empty where the field said nothing."""

    path: tuple[str, ...]
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], reader: str
) -> list[Difference]:
    """Every difference between two documents, in the order of the later one."""
    return list(_Comparison(reader, after).of_documents(before, after, ()))


class _Comparison:
    """Compares values for one reader."""

    def __init__(self, reader: str, document: Mapping[str, Any]) -> None:
        self.reader = reader
        self.reference = document.get("reference")

    def of_documents(
        self, before: Mapping[str, Any], after: Mapping[str, Any], path: tuple[str, ...]
    ) -> Iterator[Difference]:
        for field in [*after, *(field for field in before if field not in after)]:
            if field not in NOT_COMPARED:
                there = (*path, field_words(field))
                yield from self.of_values(field, before.get(field), after.get(field), there)

    def of_values(
        self, field: str, before: Any, after: Any, path: tuple[str, ...]
    ) -> Iterator[Difference]:
        if before == after or self.is_itself(after):
            return
        if _is_list_of_objects(before) or _is_list_of_objects(after):
            yield from self.of_lists(before or [], after or [], path)
        else:
            old, new = self.words(field, before), self.words(field, after)
            if old != new:
                yield Difference(path, *_pieces(old, new))

    def is_itself(self, value: Any) -> bool:
        """Whether a part of the record names the record: its title is compared once."""
        named = value.get("reference") if isinstance(value, Mapping) else None
        return named is not None and named == self.reference

    def of_lists(
        self, before: Sequence[Any], after: Sequence[Any], path: tuple[str, ...]
    ) -> Iterator[Difference]:
        """Objects that can be told apart are compared one by one, others stand for themselves."""
        old = {_key(item): item for item in before if _key(item) is not None}
        new = {_key(item): item for item in after if _key(item) is not None}
        for key, item in new.items():
            if key in old:
                yield from self.of_documents(old[key], item, (*path, self.called(item)))
        gone = [item for key, item in old.items() if key not in new]
        come = [item for key, item in new.items() if key not in old]
        gone += [item for item in before if _key(item) is None and item not in after]
        come += [item for item in after if _key(item) is None and item not in before]
        for item in gone:
            yield Difference(path, (Piece(self.whole(item), True),), ())
        for item in come:
            yield Difference(path, (), (Piece(self.whole(item), True),))

    def called(self, item: Mapping[str, Any]) -> str:
        """What an object is called among others of its kind."""
        if "question" in item:
            who = name_in_words(item["claimant"], self.reader).first if item["claimant"] else ""
            return f"{term_label(item['question'], 'account-question')} ({who})"
        if "victim" in item and "type" in item:
            return act_words(item, self.reader)
        for field in ("title", "name"):
            if words := str(read_both(item, field, self.reader).first):
                return words
        return str(item.get("reference", ""))

    def whole(self, item: Any) -> str:
        """Everything an object says, in one line."""
        if not isinstance(item, Mapping):
            return self.words("", item)
        parts = [
            f"{field_words(field)}: {words}"
            for field, value in item.items()
            if field not in NOT_COMPARED and (words := self.words(field, value))
        ]
        return punctuation(";", self.reader).join(parts)

    def words(self, field: str, value: Any) -> str:
        """A value as a reader would be told it; empty for what says nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, int | float):
            return localise_digits(str(value), self.reader)
        if isinstance(value, Mapping):
            return self.words_of_object(field, value)
        if isinstance(value, list):
            return punctuation(";", self.reader).join(filter(None, map(self.whole, value)))
        return str(value)

    def words_of_object(self, field: str, value: Mapping[str, Any]) -> str:
        if "precision" in value and "text" in value:
            return date_words(value)
        if "areas" in value:
            return self.words_of_place(value)
        if "code" in value and "label" in value:
            vocabulary = VOCABULARIES.get(field)
            return term_label(value, vocabulary) if vocabulary else str(value["label"])
        if "agency" in value and "victim" in value:
            name = str(name_in_words(value, self.reader).first)
            post = value.get("post")
            return f"{name} ({post})" if post else name
        if "reference" in value:
            return self.called(value)
        return self.whole(value)

    def words_of_place(self, value: Mapping[str, Any]) -> str:
        place = place_words(value, self.reader)
        if place is None:
            return ""
        names = [str(place.text.first), *(str(area.name.first) for area in place.areas)]
        words = punctuation(",", self.reader).join(filter(None, names))
        if place.inferred:
            words += " ({})".format(gettext("district inferred, not stated by a source"))
        if place.precision:
            words += " ({})".format(term_label(place.precision, "place-precision"))
        return words


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _key(item: Mapping[str, Any]) -> Any:
    """What tells an object apart from others of its list; None where nothing does."""
    return item.get("reference") or item.get("id")


def _pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts, cut where they differ."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not old or not new or len(old) + len(new) > LONGEST:
        return _one_piece(before), _one_piece(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for action, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = action != "equal"
        left.append(Piece("".join(old[i1:i2]), changed))
        right.append(Piece("".join(new[j1:j2]), changed))
    return _present(left), _present(right)


def _one_piece(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _present(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
