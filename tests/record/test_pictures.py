"""Photographs beside the documents that show them: never one without the other."""

from hashlib import sha256

import pytest

from record.errors import WritingError
from record.kinds import Kind
from record.models import PublishedPicture, VictimEntry
from record.pictures import address_of, is_shown, picture, put_pictures
from record.verification import verify_chain
from record.writing import write
from tests.record.assembling import LATER, content_of
from tests.record.factories import publish_incident, victim, violation

pytestmark = pytest.mark.django_db

FILE = b"\xff\xd8 a drawing \xff\xd9"
HASH = sha256(FILE).hexdigest()


def photograph(sha256=HASH):
    return {
        "sha256": sha256,
        "address": address_of(sha256),
        "width": 480,
        "height": 640,
        "credit": "Family archive",
        "description": "A drawing.",
        "description_local": "ایک خاکہ",
    }


@pytest.fixture
def entry():
    """A victim with a photograph."""
    publish_incident(violations=[violation(victim=victim("Balach"))])
    [entry] = VictimEntry.objects.all()
    put_pictures({entry.reference: FILE})
    return rewritten(entry, photograph=photograph())


def rewritten(entry, **changes):
    content = {**content_of(entry), **changes}
    return write(Kind.VICTIM, content, reference=entry.reference, at=LATER)


def test_a_photograph_is_found_by_its_hash(entry):
    assert (picture(HASH), is_shown(HASH)) == (FILE, True)
    assert (picture("0" * 64), is_shown("0" * 64)) == (None, False)
    assert verify_chain() == []


def test_a_document_cannot_show_a_photograph_that_is_not_there(entry):
    with pytest.raises(WritingError, match="not in the record"):
        rewritten(entry, photograph=photograph("0" * 64))
    assert picture(HASH) == FILE


def test_a_document_that_shows_it_no_longer_takes_it_along(entry):
    rewritten(entry, photograph=None)
    assert picture(HASH) is None


def test_a_change_of_something_else_leaves_it(entry):
    rewritten(entry, about="A tailor.")
    assert picture(HASH) == FILE


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda rows: rows.delete(), "missing"),
        (lambda rows: rows.update(content=b"x"), "not the one that was published"),
        (lambda rows: rows.update(sha256="0" * 64), "another photograph"),
        (lambda rows: rows.update(reference="VIC-2026-0999"), "no document shows|missing"),
    ],
)
def test_what_does_not_go_together_is_found(entry, damage, fault):
    damage(PublishedPicture.objects.all())
    faults = " ".join(str(each) for each in verify_chain())
    assert any(each in faults for each in fault.split("|"))
