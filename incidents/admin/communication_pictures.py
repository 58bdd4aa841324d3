"""Which photograph may go along on a communication, and what was last said about the face."""

from dataclasses import dataclass
from typing import Final, Self

from django.db.models import F, Q

from incidents.admin.picture_addresses import picture_address
from incidents.communications.consents import counting_here
from incidents.communications.forms import Form
from incidents.communications.words import told
from incidents.models import Consent, Person, Picture
from incidents.readiness import PHOTOGRAPH

_NO: Final = Q(answer__code__in=("refused", "withdrawn")) | Q(withdrawn_on__isnull=False)
_LATEST: Final = (F("given_on").desc(nulls_last=True), "-pk")


@dataclass(frozen=True, slots=True)
class Photographs:
    """The photographs of somebody, as they are offered for a communication."""

    answer: Consent | None
    """The answer about photographs that stands now; None where nobody was asked."""
    refused: bool
    """Whether it is a refusal, or was taken back: no photograph goes along then."""
    offered: tuple[Picture, ...]

    @classmethod
    def of(cls, person: Person) -> Self:
        """What can be offered for this person. Three queries."""
        given = Consent.objects.filter(person=person, use__code=PHOTOGRAPH)
        given = given.select_related("answer", "giver")
        held = counting_here(Consent.objects.in_force(PHOTOGRAPH)).filter(pk__in=given.values("pk"))
        allowed = given.filter(pk__in=held.values("pk")).order_by(*_LATEST).first()
        refusal = None if allowed else given.filter(_NO).order_by(*_LATEST).first()
        offered = () if refusal else tuple(person.pictures.defer("copy"))
        answer = allowed or refusal or given.order_by(*_LATEST).first()
        return cls(answer, refusal is not None, offered)

    def choices(self) -> list[tuple[int, str, str]]:
        """Number, address and words of each."""
        return [
            (row.pk, picture_address(row), told(row, "description") or str(row))
            for row in self.offered
        ]


def chosen_picture(form: Form, person: Person, chosen: str) -> Picture | None:
    """The photograph that was chosen for this paper: only for WGEID, only of this person, and
    only where showing the face was not refused."""
    if form is not Form.WGEID or not (chosen.isascii() and chosen.isdigit()):
        return None
    return next((row for row in Photographs.of(person).offered if row.pk == int(chosen[:18])), None)
