"""Small public values: terms, dates, places, parties."""

import json
from typing import Any

from django.db import models
from django.utils.translation import override

from incidents.models import Agency
from reference.dates import UncertainDate
from reference.models import Term

Document = dict[str, Any]


def coded(term: Term | None) -> Document | None:
    """``{code, label}``; the code never changes, the label is the English one of today."""
    return None if term is None else {"code": term.code, "label": term.label_in("en")}


def coded_path(term: Term, terms: dict[int, Term]) -> list[Document]:
    """A term with its ancestors, the top level first."""
    return [value for pk in term.path if (value := coded(terms[pk])) is not None]


def chosen(row: models.Model, name: str) -> Document | None:
    """The value of a field with a short list of our own, in English; None where nothing was
    chosen."""
    value = getattr(row, name)
    if not value:
        return None
    with override("en"):
        return {"code": value, "label": str(getattr(row, f"get_{name}_display")())}


def dated(value: UncertainDate, basis: str = "") -> Document:
    """The date as it is known, and how it came to be known."""
    return {**value.as_document(), "basis": basis or None}


def agency_party(agency: Agency, reference: str) -> Document:
    """An agency on any side of a fact."""
    return {
        "name": agency.name,
        "name_local": agency.name_local,
        "agency": reference,
        "victim": None,
        "post": "",
    }


def described_party(name: str, name_local: str = "", post: str = "") -> Document:
    """Anybody who is not an agency of our list, in words."""
    return {
        "name": name,
        "name_local": name_local,
        "agency": None,
        "victim": None,
        "post": post,
    }


def canonical(content: Any) -> str:
    """The one way in which contents are written for hashing and comparing."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
