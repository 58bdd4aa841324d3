"""Tying facts to the sources they rest on. The only writer of citations besides the imports."""

from collections.abc import Collection
from typing import Any

from django.db import models

from incidents.models import (
    Account,
    Attribution,
    BodyEntry,
    Casualties,
    Citation,
    DisappearanceElement,
    Incident,
    Intervention,
    Involvement,
    LegalAction,
    LegalStep,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
)
from incidents.models.citation import column_of

_FACTS_OF_INCIDENT: tuple[tuple[type[models.Model], str], ...] = (
    (Incident, "pk"),
    (Violation, "incident"),
    (DisappearanceElement, "violation__incident"),
    (Attribution, "incident"),
    (Involvement, "incident"),
    (StatusEntry, "incident"),
    (BodyEntry, "incident"),
    (Casualties, "incident"),
    (Account, "incident"),
    (Intervention, "incident"),
)
_FACTS_OF_LEGAL_ACTION: tuple[tuple[type[models.Model], str], ...] = (
    (LegalAction, "pk"),
    (LegalStep, "action"),
)


def cite(
    fact: models.Model, source: Source, *, by: StaffMember, where: str = "", quotation: str = ""
) -> Citation:
    """Record that a fact rests on a source. Raises LookupError for a row that is no fact."""
    values: dict[str, Any] = {column_of(fact): fact}
    return Citation.objects.create(
        source=source, locator=where, quotation=quotation, entered_by=by, changed_by=by, **values
    )


def cite_alike(fact: Any, again: models.Model, *, by: StaffMember) -> None:
    """Let a fact rest on what another one of its kind rests on, in the same places.

    Quotations, which speak of the first, stay behind; so does what was judged of each citation.
    """
    column = column_of(again)
    for citation in fact.citations.all():
        Citation.objects.create(
            source_id=citation.source_id,
            stance=citation.stance,
            locator=citation.locator,
            entered_by=by,
            changed_by=by,
            **{column: again},
        )


def cite_among(
    fact: models.Model,
    sources: Collection[Source],
    *,
    offered: models.QuerySet[Source],
    by: StaffMember,
) -> list[Citation]:
    """Let a fact rest on these of the offered sources and on no other of them.

    Citations of sources that were not offered, because they belong to a restricted case, stay.
    Returns the new citations.
    """
    standing = Citation.objects.of(fact)
    standing.filter(source__in=offered).exclude(source__in=sources).delete()
    cited = set(standing.values_list("source", flat=True))
    return [cite(fact, source, by=by) for source in sources if source.pk not in cited]


def cite_the_uncited(owner: Incident | LegalAction, source: Source, *, by: StaffMember) -> int:
    """Let every fact of a case or a legal action that names no source rest on this one.

    Returns how many did not name any.
    """
    facts = _FACTS_OF_INCIDENT if isinstance(owner, Incident) else _FACTS_OF_LEGAL_ACTION
    uncited = [
        fact
        for model, path in facts
        for fact in model._default_manager.filter(**{path: owner.pk}, citations=None)
    ]
    for fact in uncited:
        cite(fact, source, by=by)
    return len(uncited)
