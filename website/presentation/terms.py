"""Coded values in the reader's language."""

from collections.abc import Mapping
from typing import Any

from reference.models import Term
from reference.vocabularies import label, term

Coded = Mapping[str, Any]
"""``{"code", "label"}`` as a document holds it; the label is English, as at publication."""


def term_label(value: Coded | None, vocabulary: str) -> str:
    """The label of a coded value in the active language; empty for an absent value.

    A code that this server's vocabulary does not know (yet) keeps its published label.
    """
    if not value:
        return ""
    try:
        return label(vocabulary, value["code"])
    except Term.DoesNotExist:
        return str(value["label"])


def term_definition(value: Coded | None, vocabulary: str) -> str:
    """What the term means, in the active language; empty where nothing is known."""
    if not value:
        return ""
    try:
        return term(vocabulary, value["code"]).definition
    except Term.DoesNotExist:
        return ""
