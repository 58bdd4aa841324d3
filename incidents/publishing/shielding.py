"""Protection when two people become one, or two again: nobody is shown more by it than before."""

from typing import Any, Final

from django.utils.translation import gettext as _

from incidents.models import DateProtection, NameProtection, Person, PlaceProtection
from incidents.publishing.photographs import hide_pictures
from incidents.publishing.refusal import PublicationRefused
from incidents.readiness import PHOTOGRAPH, Obstacle

_RANKS: Final[dict[str, list[str]]] = {
    "name_protection": NameProtection.values,
    "place_protection": PlaceProtection.values,
    "date_protection": DateProtection.values,
}
"""Fields that protect → their values, the most protective first."""

Protections = dict[str, str]


def protections(person: Person) -> Protections:
    """How far the person may appear."""
    return {field: str(getattr(person, field)) for field in _RANKS}


def protect_merged(loser: Person, survivor: Person, *, gone: bool, stays: bool) -> dict[str, Any]:
    """See to it that the merger shows nothing that was protected; return the loser's protection.

    While neither is public (``gone``, ``stays``: the loser, the survivor is) the survivor takes
    the stricter value of each kind. Raises PublicationRefused where that would have to be
    decided by somebody first. A face that was held back under one of the two is allowed for
    neither; the caller takes it out of the record.
    """
    _refuse_taken_back(loser, survivor)
    theirs, own = protections(loser), protections(survivor)
    if gone and theirs != own:
        raise _different()
    strictest = {field: stricter(field, own[field], theirs[field]) for field in _RANKS}
    if strictest != own:
        if stays:
            raise _different()
        set_protections(survivor, strictest)
    if survivor.photo_allowed and _holds_face_back(loser):
        survivor.photo_allowed = False
        survivor.save(update_fields=["photo_allowed", "changed_at"])
    hide_pictures(loser)
    return dict(theirs)


def stricter(field: str, one: str, other: str) -> str:
    """The more protective of two values of a field."""
    return min(one, other, key=_RANKS[field].index)


def set_protections(person: Person, values: Protections) -> None:
    """Write how far a person may appear."""
    for field, value in values.items():
        setattr(person, field, value)
    person.save(update_fields=[*values, "changed_at"])


def _holds_face_back(loser: Person) -> bool:
    """Whether the record that goes says anything of photographs, and that is: not to the public.

    The box is unticked by default, so alone, in a duplicate that knows of no photograph, it is
    nobody's decision.
    """
    if loser.photo_allowed:
        return False
    answers = loser.consents.filter(use__code=PHOTOGRAPH)
    if loser.pictures.exists():
        return True
    return answers.exists() and not answers.in_force(PHOTOGRAPH).exists()


def _refuse_taken_back(loser: Person, survivor: Person) -> None:
    """One person's consent must not stand in for what the other record says was refused."""
    for one, other in ((loser, survivor), (survivor, loser)):
        for use in one.consents.values_list("use__code", flat=True).distinct():
            if not one.consents.in_force(use).exists() and other.consents.in_force(use).exists():
                raise PublicationRefused(
                    [
                        Obstacle(
                            "consents-differ",
                            _(
                                "One record holds a consent that the other one refuses, or that "
                                "has ended there. Ask again and record the answer with both first."
                            ),
                        )
                    ]
                )


def _different() -> PublicationRefused:
    return PublicationRefused(
        [
            Obstacle(
                "protected-differently",
                _("One of them is protected more. Bring both to the same protection first."),
            )
        ]
    )
