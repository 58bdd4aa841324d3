"""Removing what a record says, with all its history, because a law or somebody concerned asks it.

The one way in which history is erased, and it leaves its trace (``models.Expunging``). The record
itself stays as an empty row under its number, since others point to it; its parts go. Of files the
entry in the directory is deleted: what a disk, a backup or somebody's download still holds is not
overwritten by us (docs/accounts.md).
"""

from incidents.expunging.scope import Plan, plan_of
from incidents.expunging.steps import (
    AGREE,
    ASK,
    ExpungingRefused,
    ask_for,
    carry_out,
    expunged,
    fit,
    root_model,
    turn_down,
)

__all__ = [
    "AGREE",
    "ASK",
    "ExpungingRefused",
    "Plan",
    "ask_for",
    "carry_out",
    "expunged",
    "fit",
    "plan_of",
    "root_model",
    "turn_down",
]
