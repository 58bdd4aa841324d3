"""The photograph in the public document of a victim."""

from incidents.documents.parts import parts
from incidents.documents.protection import may_show_photograph
from incidents.documents.values import Document
from incidents.models import Person, Picture
from record.pictures import address_of


def shown_picture(person: Person) -> Picture | None:
    """The photograph that was chosen for the public, if protection lets a face out at all."""
    if not may_show_photograph(person):
        return None
    return next((row for row in parts(person, "pictures") if row.shown), None)


def photograph(person: Person) -> Document | None:
    """What the document says of the photograph: where it is, whose it is, what it shows.

    Nothing of the original is in it, not even its hash: whoever holds that could show that they
    do.
    """
    picture = shown_picture(person)
    if picture is None:
        return None
    return {
        "sha256": picture.copy_hash,
        "address": address_of(picture.copy_hash),
        "width": picture.copy_width,
        "height": picture.copy_height,
        "credit": picture.credit,
        "description": picture.description,
        "description_local": picture.description_local,
    }
