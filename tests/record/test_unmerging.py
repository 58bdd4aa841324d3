"""Taking a merger back in the record."""

import pytest

from record.errors import WritingError
from record.models import Revision, State
from record.verification import verify_chain
from record.writing import ENVELOPE, merge_entry, unmerge_entry, withdraw_entry, write
from tests.record.factories import LATER, agency, entry_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Three agencies, published."""
    return publish(agency("A"), agency("B"), agency("C"))


def content_of(entry):
    return {key: value for key, value in entry.content().items() if key not in ENVELOPE}


def test_the_object_stands_under_its_own_reference_again(three):
    first, second, _third = three
    content = content_of(first)
    merge_entry(first, second, at=LATER)
    unmerge_entry(first, content, note="Two bodies after all.", at=LATER)
    entry = entry_of(first.reference)
    assert (entry.state, entry.version, entry.merged_into) == (State.LIVE, 3, None)
    assert content_of(entry) == content
    last = Revision.objects.of(first.reference).last()
    assert (last.action, last.note) == ("created", "Two bodies after all.")
    assert verify_chain() == []


def test_what_was_merged_before_leads_back_to_it(three):
    first, second, third = three
    content = content_of(second)
    merge_entry(first, second, at=LATER)
    merge_entry(second, third, at=LATER)
    unmerge_entry(second, content, at=LATER)
    assert entry_of(first.reference).merged_into == second
    assert verify_chain() == []


def test_what_was_merged_into_the_survivor_by_itself_stays_there(three):
    first, second, third = three
    content = content_of(second)
    merge_entry(first, third, at=LATER)
    merge_entry(second, third, at=LATER)
    unmerge_entry(second, content, at=LATER)
    assert entry_of(first.reference).merged_into == third


def test_without_content_it_is_withdrawn_and_emptied(three):
    first, second, _third = three
    merge_entry(first, second, at=LATER)
    unmerge_entry(first, None, reason="error", at=LATER)
    entry = entry_of(first.reference)
    assert (entry.state, entry.withdrawal_reason) == (State.WITHDRAWN, "error")
    assert not Revision.objects.of(first.reference).exclude(document=None).exists()
    assert verify_chain() == []


def test_it_can_be_corrected_and_withdrawn_like_any_other(three):
    first, second, _third = three
    content = content_of(first)
    merge_entry(first, second, at=LATER)
    unmerge_entry(first, content, at=LATER)
    write(first.kind, {**content, "name": "D"}, reference=first.reference, at=LATER)
    withdraw_entry(entry_of(first.reference), reason="error", at=LATER)
    assert verify_chain() == []


def test_what_is_not_merged_is_not_separated(three):
    with pytest.raises(WritingError):
        unmerge_entry(three[0], content_of(three[0]), at=LATER)


def test_the_envelope_is_not_content(three):
    first, second, _third = three
    document = first.content()
    merge_entry(first, second, at=LATER)
    with pytest.raises(WritingError):
        unmerge_entry(first, document, at=LATER)
