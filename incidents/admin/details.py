"""Where details of some kinds of act stand on the page of a case: below the act, folded away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

_FOLDED = ("collapse",)
_IN_THE_OFFICE = _("Stays in the office. Never published.")

VIOLATION_DETAILS: tuple[tuple[Any, Any], ...] = (
    (
        _("What it did to the person, and which rules forbid it"),
        {
            "classes": _FOLDED,
            "description": _IN_THE_OFFICE,
            "fields": ("physical_effects", "psychological_effects", "instruments"),
        },
    ),
    (
        _("If the person was held"),
        {
            "classes": _FOLDED,
            "description": _IN_THE_OFFICE,
            "fields": (
                "detention_type",
                ("conditions", "conditions_unknown"),
                "counsel",
                ("court", "court_language"),
                ("case_code", "case_code_unknown"),
                ("case_name", "case_name_unknown"),
                "judicial_district",
            ),
        },
    ),
    (
        _("If somebody was hurt on purpose"),
        {
            "classes": _FOLDED,
            "description": _IN_THE_OFFICE,
            "fields": ("statement_signed", "medical_attention", "intents"),
        },
    ),
    (
        _("If something was taken or destroyed"),
        {
            "classes": _FOLDED,
            "description": _IN_THE_OFFICE,
            "fields": ("property_kind", ("property_value", "property_currency"), "compensation"),
        },
    ),
)
"""Sets of fields of a violation, as ``ViolationDetail`` has them."""

SMALL_TEXTS = ("physical_effects", "psychological_effects", "conditions")
"""Texts among them that are usually short."""
