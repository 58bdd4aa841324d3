"""Cases on their way into the case file: their rows, their ids, and what they become."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from incidents import models as case_file
from incidents.importing.drafts import CaseDraft, Draft, DraftRef
from incidents.importing.staging import StagedCase

IN_ORDER: Final[tuple[type[models.Model], ...]] = (
    case_file.Person,
    case_file.PersonName,
    case_file.PersonRelation,
    case_file.Contact,
    case_file.Consent,
    case_file.Incident,
    case_file.IncidentLink,
    case_file.Protest,
    case_file.Casualties,
    case_file.Violation,
    case_file.DisappearanceElement,
    case_file.Attribution,
    case_file.Involvement,
    case_file.StatusEntry,
    case_file.BodyEntry,
    case_file.Account,
    case_file.LegalAction,
    case_file.LegalStep,
    case_file.LegalRelation,
    case_file.Intervention,
    case_file.InterventionAddressee,
    case_file.Citation,
)
"""Every model that a mapping can fill, each after those that it points to."""

Ids = dict[DraftRef, int]
"""Draft → id of its row."""


@dataclass(slots=True)
class Storable:
    """A case on its way in: the rows that are new, and what of it stands already."""

    draft: CaseDraft
    staged: StagedCase
    drafts: list[Draft]
    """Those that are to be added."""
    ids: Ids = field(default_factory=dict)
    """Those that stand already; the new ones are added here."""


def people_of(draft: CaseDraft, ids: Ids) -> dict[str, int]:
    """Key of a row → id of the person whom it documents: its own first, else one it leads to."""
    found: dict[str, int] = {}
    for each in draft.of_model(case_file.Person):
        if each.ref in ids:
            found.setdefault(each.row, ids[each.ref])
    for each in draft.drafts:
        if each.links.get("person") in ids and each.row not in found:
            found[each.row] = ids[each.links["person"]]
    return found


def made_of(case: Storable) -> dict[str, dict[str, list[Any]]]:
    """Key of a row, empty for the case as a whole → path → model and id of what it became."""
    made: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for draft in case.drafts:
        made[draft.row][draft.path] = [draft.model._meta.model_name, case.ids[draft.ref]]
    return made


def sets_of(cases: Iterable[Storable]) -> dict[type[models.Model], list[dict[str, int]]]:
    """The rows of the many-to-many fields; written last, when both ends are there."""
    found: dict[type[models.Model], list[dict[str, int]]] = defaultdict(list)
    for case in cases:
        for draft in case.drafts:
            for name, targets in targets_of(draft, case.ids).items():
                relation: Any = draft.model._meta.get_field(name)
                owner, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
                found[relation.remote_field.through] += [
                    {f"{owner}_id": case.ids[draft.ref], f"{other}_id": target}
                    for target in targets
                ]
    return found


def targets_of(draft: Draft, ids: Ids) -> dict[str, list[int]]:
    """Many-to-many field → ids, those of the vocabulary and those of other drafts together."""
    if not (draft.sets or draft.linked_sets):
        return {}
    found = {name: list(targets) for name, targets in draft.sets.items() if targets}
    for name, refs in draft.linked_sets.items():
        found[name] = found.get(name, []) + [ids[ref] for ref in refs]
    return {name: list(dict.fromkeys(targets)) for name, targets in found.items()}
