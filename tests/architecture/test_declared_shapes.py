"""What is declared of documents is what publishing writes, member by member."""

import pytest

from incidents import demonstration
from record.document_shapes import DOCUMENTS, PARTS
from record.kinds import Kind
from record.models.entry import ENTRY_OF
from record.writing import ENVELOPE
from tests.architecture.test_document_shapes import built_documents, documents_of_tests
from tests.schemas import faults


@pytest.mark.django_db
def test_the_documented_case_has_the_declared_shapes():
    demonstration.load()
    for kind in Kind:
        entries = ENTRY_OF[kind].objects.live()
        assert entries
        assert {e.reference: faults(e.content(), DOCUMENTS[kind], PARTS) for e in entries} == {
            e.reference: [] for e in entries
        }


@pytest.mark.django_db
def test_a_case_with_something_in_every_part_has_the_declared_shapes():
    for kind, entry in built_documents().items():
        assert faults(entry.content(), DOCUMENTS[kind], PARTS) == []


@pytest.mark.django_db
def test_documents_of_tests_have_the_declared_shapes():
    for kind, entry in documents_of_tests().items():
        assert faults(entry.content(), DOCUMENTS[kind], PARTS) == []


@pytest.mark.django_db
def test_a_member_that_is_not_declared_is_found():
    document = {**built_documents()[Kind.SOURCE].content(), "obtained_from": "a colleague"}
    assert faults(document, DOCUMENTS[Kind.SOURCE], PARTS)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_shape_opens_with_the_envelope(kind):
    assert tuple(DOCUMENTS[kind]["properties"])[: len(ENVELOPE)] == ENVELOPE


def test_every_part_is_referred_to():
    text = str([DOCUMENTS, PARTS])
    assert [name for name in PARTS if f"'#/components/schemas/{name}'" not in text] == []
