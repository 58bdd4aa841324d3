"""Copies that documents hold of each other, and how they are kept in step.

A document that mentions another object repeats some of its values beside its reference, under
the same keys: the name of a victim, the steps of a legal action, the title of an incident. When
the object's own document changes, the copies elsewhere are refreshed from it, never from the
case file, where somebody may be at work on what is not approved yet.
"""

from collections.abc import Callable, Mapping
from typing import Any

from incidents.documents.values import Document

_OWN_TO_EACH_COPY = frozenset({"reference", "statuses", "body_events", "age", "age_group"})
"""Keys that a copy does not take over: the document of an incident shows of a victim's statuses
only those that were reported in that incident, and the age that the victim had then."""


_REFERENCES = frozenset({"reference", "agency", "source"})
"""Keys whose value is a reference, or None. ``about`` is one too, but only in an account."""

_NAMING_NOTHING = frozenset({"code", "earliest"})
"""Keys of coded values, areas and dates, in which no reference stands."""

_NESTED = (dict, list)


def refreshed(content: Any, changed: Mapping[str, Document]) -> Any:
    """The content with every copy of a changed object brought in step; equal if nothing was."""
    if isinstance(content, list):
        return [refreshed(part, changed) for part in content]
    if not isinstance(content, dict):
        return content
    return {key: refreshed(value, changed) for key, value in _in_step(content, changed).items()}


def _in_step(copy: Document, changed: Mapping[str, Document]) -> Document:
    original = changed.get(copy.get("reference") or copy.get("agency") or "")
    if original is None:
        return copy
    return {
        key: original[key] if key in original and key not in _OWN_TO_EACH_COPY else value
        for key, value in copy.items()
    }


def renamed(content: Any, old: str, new: str) -> Any:
    """The content with one reference replaced by another wherever it stands alone."""
    return _mapped(content, lambda value: new if value == old else value)


def with_references(content: Any, names: Mapping[str, str]) -> Any:
    """The content with every stand-in replaced by the reference it stands for.

    Only members that hold references are looked at, so that a text stays as it is whatever it
    says. Raises KeyError for a stand-in without a reference: none may ever be published.
    """
    if isinstance(content, list):
        return [
            with_references(part, names) if isinstance(part, _NESTED) else part for part in content
        ]
    if not content.keys().isdisjoint(_NAMING_NOTHING):
        return content
    found = {
        key: with_references(value, names) if value and isinstance(value, _NESTED) else value
        for key, value in content.items()
    }
    for key in _REFERENCES:
        if found.get(key) is not None:
            found[key] = names[found[key]]
    if "question" in found and found["about"] is not None:
        found["about"] = names[found["about"]]
    return found


def without(content: Any, is_gone: Callable[[Document], bool]) -> Any:
    """The content without the listed parts for which ``is_gone`` holds, at any depth."""
    if isinstance(content, list):
        return [
            without(part, is_gone)
            for part in content
            if not (isinstance(part, dict) and is_gone(part))
        ]
    if isinstance(content, dict):
        return {key: without(value, is_gone) for key, value in content.items()}
    return content


def _mapped(content: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(content, list):
        return [_mapped(part, change) for part in content]
    if isinstance(content, dict):
        return {key: _mapped(value, change) for key, value in content.items()}
    return change(content)
