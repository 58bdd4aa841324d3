"""The papers that there are, and whose consent each needs."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reference.vocabularies import subtree


@dataclass(frozen=True, slots=True)
class _Kind:
    label: Promise
    use: str | None
    whole: bool = True
    sheet: bool = False


class Form(Enum):
    """A paper. Its name, in small letters, is its code in addresses, file names and the log."""

    WGEID = _Kind(_("Communication to WGEID"), "share-un")
    COIED = _Kind(_("Complaint to COIED"), "share-commission")
    SHEET = _Kind(_("Case sheet: what may be public"), None, whole=False, sheet=True)
    FAMILY = _Kind(_("Case sheet for the family"), "keep", sheet=True)
    COURT = _Kind(_("Case sheet for lawyers and courts"), "share-court", sheet=True)

    @classmethod
    def of(cls, code: str) -> "Form | None":
        """The form of a code; None where there is none."""
        return cls.__members__.get(code.upper()) if code == code.lower() else None

    @property
    def code(self) -> str:
        """What it is called by machines."""
        return self.name.lower()

    @property
    def label(self) -> Promise:
        """What it is called by people."""
        return self.value.label

    @property
    def use(self) -> str | None:
        """The code of ``consent-use`` that it needs; None where the protection rules suffice."""
        return self.value.use

    @property
    def whole(self) -> bool:
        """Whether name, place and dates stand in it as they are known, and not as far as the
        public may learn them."""
        return self.value.whole

    @property
    def is_sheet(self) -> bool:
        """Whether it is a case sheet: for any victim, and without elements that are required."""
        return self.value.sheet


def types_of_disappearance() -> frozenset[str]:
    """Codes of ``violation-type`` for which WGEID and COIED are asked. Where nobody yet alleges
    who the authors are, the check says that the link to the State is missing."""
    return subtree("violation-type", "enforced-disappearance") | subtree(
        "violation-type", "abduction-unattributed"
    )
