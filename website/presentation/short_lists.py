"""Words for the few coded values that are no vocabulary: they never grow by themselves."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

END_MEANINGS: dict[str, Promise] = {
    "acknowledged": pgettext_lazy("end of a violation", "custody acknowledged"),
    "released": pgettext_lazy("end of a violation", "released or returned"),
    "body-found": pgettext_lazy("end of a violation", "body found"),
    "ended": pgettext_lazy("end of a violation", "ended"),
}

ACTIONS: dict[str, Promise] = {
    "created": pgettext_lazy("revision", "first published"),
    "corrected": pgettext_lazy("revision", "corrected"),
}

NAME_KINDS: dict[str, Promise] = {
    "own": pgettext_lazy("name", "own name"),
    "alias": pgettext_lazy("name", "also known as"),
    "as-printed": pgettext_lazy("name", "as printed"),
    "document": pgettext_lazy("name", "in documents"),
    "transliteration": pgettext_lazy("name", "other spelling"),
}


def words_of(value: Mapping[str, Any] | None, words: Mapping[str, Promise]) -> str:
    """The words for a coded value; its published label for a code that is not listed."""
    if not value:
        return ""
    return str(words.get(value["code"], value["label"]))
