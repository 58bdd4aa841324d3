"""What has to be known of the identity numbers of two records before they are made one."""

from django.utils.translation import gettext

from incidents.models import Person


def on_identity_numbers(loser: object, survivor: object) -> list[str]:
    """Sentences for the page that asks whether to merge. The numbers themselves are not told: each
    record keeps its own fields."""
    if not (isinstance(loser, Person) and isinstance(survivor, Person)):
        return []
    goes, stays = _bare(loser), _bare(survivor)
    if goes and not stays:
        return [
            gettext(
                "Only the one that goes has an identity number, and it does not come along. If it "
                "is right, enter it on the page of the one that stays."
            )
        ]
    if goes and goes != stays:
        return [
            gettext(
                "The two have different identity numbers: make sure that they are one person. That "
                "of the one that stays remains."
            )
        ]
    return []


def _bare(person: Person) -> str:
    """Letters and digits alone: hyphens and blanks make no other number."""
    return "".join(filter(str.isalnum, person.identity_number)).upper()
