"""Redacted files beside the documents of sources: never one without the other."""

import re
from hashlib import sha256

import pytest

from record.errors import WritingError
from record.kinds import Kind
from record.models import PublishedFile, SourceEntry
from record.source_files import MOST_BYTES, SourceFile, address_of, put_files, source_file
from record.verification import verify_chain
from record.writing import withdraw_entry, write
from tests.record.assembling import LATER, content_of
from tests.record.factories import publish, source

pytestmark = pytest.mark.django_db

FILE = b"%PDF-1.7 a letter"
HASH = sha256(FILE).hexdigest()
PDF = "application/pdf"


def named(*hashes):
    return [
        {
            "sha256": each,
            "address": address_of(each, PDF),
            "media_type": PDF,
            "bytes": len(FILE),
            "redacted_from": None,
        }
        for each in hashes
    ]


@pytest.fixture
def entry():
    """A source with a file."""
    publish(source())
    [entry] = SourceEntry.objects.all()
    put_files([SourceFile(entry.reference, PDF, FILE)])
    return rewritten(entry, files=named(HASH))


def rewritten(entry, **changes):
    content = {**content_of(entry), **changes}
    return write(Kind.SOURCE, content, reference=entry.reference, at=LATER)


def test_a_file_is_found_by_its_hash_and_ending(entry):
    assert source_file(HASH, "pdf") == (PDF, FILE)
    assert source_file(HASH, "png") is None
    assert source_file("0" * 64, "pdf") is None
    assert verify_chain() == []


def test_a_document_cannot_name_a_file_that_is_not_there(entry):
    with pytest.raises(WritingError, match="not in the record"):
        rewritten(entry, files=named(HASH, "0" * 64))
    assert source_file(HASH, "pdf")


def test_a_document_that_names_it_no_longer_takes_it_along(entry):
    content = content_of(entry)
    del content["files"]
    write(Kind.SOURCE, content, reference=entry.reference, at=LATER)
    assert source_file(HASH, "pdf") is None


def test_a_change_of_something_else_leaves_it(entry):
    rewritten(entry, note="A letter of the father.")
    assert source_file(HASH, "pdf") == (PDF, FILE)


def test_a_source_that_is_withdrawn_takes_it_along(entry):
    withdraw_entry(entry, reason="safety", at=LATER)
    assert not PublishedFile.objects.exists()


@pytest.mark.parametrize(
    ("media_type", "content"), [("text/html", b"<p>"), (PDF, bytes(MOST_BYTES + 1))]
)
def test_nothing_comes_in_that_may_not_be_served(entry, media_type, content):
    with pytest.raises(WritingError, match="not published"):
        put_files([SourceFile(entry.reference, media_type, content)])


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda rows: rows.delete(), "missing"),
        (lambda rows: rows.update(content=b"x"), "not the one that was published"),
        (lambda rows: rows.update(reference="SRC-2026-0999"), "no document names|missing"),
    ],
)
def test_what_does_not_go_together_is_found(entry, damage, fault):
    damage(PublishedFile.objects.all())
    faults = [str(each) for each in verify_chain()]
    assert faults
    assert all(re.search(fault, each) for each in faults)
