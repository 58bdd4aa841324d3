"""Where staff find the files of a photograph."""

from django.urls import reverse

from incidents.models import Picture


def picture_address(picture: Picture) -> str:
    """The working copy, as the world would see it."""
    return _address("copy", picture)


def original_address(picture: Picture) -> str:
    """The original, as a file to keep."""
    return _address("original", picture)


def _address(what: str, picture: Picture) -> str:
    return reverse(f"admin:incidents_person_picture_{what}", args=[picture.person_id, picture.pk])
