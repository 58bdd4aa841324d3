"""Terms and areas, which two installations know each other's by code."""

from collections.abc import Iterable, Iterator
from typing import Any

from incidents.interchange.declared import KIND
from incidents.interchange.describing import Record
from reference.models import Area, Term

Code = tuple[str, str]
"""Vocabulary and code of a term."""


def terms_in(records: Iterable[Record]) -> set[Code]:
    """The terms that these rows name."""
    found: set[Code] = set()
    for record in records:
        kind = KIND[record.kind]
        for one in kind.terms:
            if (code := record.values[one.name]) is not None:
                found.add((one.vocabulary, code))
        for many in kind.term_sets:
            found |= {(many.vocabulary, code) for code in record.values[many.name]}
    return found


def areas_in(records: Iterable[Record]) -> set[str]:
    """The codes of the areas that these rows name."""
    return {
        record.values[each.name]
        for record in records
        for each in KIND[record.kind].areas
        if record.values[each.name] is not None
    }


def terms_told(codes: set[Code]) -> Iterator[dict[str, Any]]:
    """What the file says of each term: enough for somebody who does not have it."""
    rows = Term.objects.filter(
        vocabulary__in={vocabulary for vocabulary, _code in codes}
    ).select_related("parent")
    for term in sorted(rows, key=lambda each: (each.vocabulary, each.code)):
        if (term.vocabulary, term.code) in codes:
            yield {
                "vocabulary": term.vocabulary,
                "code": term.code,
                "parent": term.parent.code if term.parent else None,
                "labels": term.labels,
            }


def areas_told(codes: set[str]) -> Iterator[dict[str, Any]]:
    """The same of areas."""
    for area in Area.objects.filter(code__in=codes).select_related("parent").order_by("code"):
        yield {
            "code": area.code,
            "level": area.level,
            "name": area.name,
            "parent": area.parent.code if area.parent else None,
        }


def keys_of_terms(codes: set[Code]) -> dict[Code, int]:
    """Those of the terms that are here, by their number."""
    rows = Term.objects.filter(vocabulary__in={vocabulary for vocabulary, _code in codes})
    return {
        (vocabulary, code): pk
        for pk, vocabulary, code in rows.values_list("pk", "vocabulary", "code")
        if (vocabulary, code) in codes
    }


def keys_of_areas(codes: set[str]) -> dict[str, int]:
    """Those of the areas that are here, by their number."""
    return dict(Area.objects.filter(code__in=codes).values_list("code", "pk"))
