"""Rows of a list and a mapping → a case as it would be entered. Reads lookups, writes nothing."""

from incidents.importing.drafting.cases import draft_case
from incidents.importing.drafting.describing import describe
from incidents.importing.drafts import CaseDraft, Draft, DraftRef, KeyedRow, Wanted

__all__ = ["CaseDraft", "Draft", "DraftRef", "KeyedRow", "Wanted", "describe", "draft_case"]
