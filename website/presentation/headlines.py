"""What a record is called, whatever its kind."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext

from website.presentation.language import Text, read_both
from website.presentation.people import name_in_words
from website.presentation.terms import term_label


def act_words(violation: Mapping[str, Any], reader: str) -> str:
    """ "Enforced disappearance: Aslam Baloch"; the act alone where nobody is its victim."""
    act = term_label(violation["type"], "violation-type")
    if violation["victim"] is None:
        return act
    return pgettext("violation: victim", "%(what)s: %(who)s") % {
        "what": act,
        "who": name_in_words(violation["victim"], reader).first,
    }


def headline_of(document: Mapping[str, Any], reader: str) -> Text:
    """The title, the name, or for a violation the act and the person."""
    if document["kind"] == "violation":
        return Text(act_words(document, reader), reader)
    if document["kind"] == "victim":
        return name_in_words(document, reader).first
    field = "name" if document["kind"] == "agency" else "title"
    words = read_both(document, field, reader).first
    if not words.value and document["kind"] == "legal-action":
        return Text(term_label(document["type"], "legal-action-type"), reader)
    return words
