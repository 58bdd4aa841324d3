"""Writing the record: documents, corrections, withdrawal, merging, and what is refused."""

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.errors import NotPublished, WritingError
from record.kinds import Kind
from record.mentions import live_mentions
from record.models import (
    Action,
    AgencyKey,
    AgencyText,
    Fact,
    IncidentKey,
    IncidentText,
    Revision,
    SourceEntry,
    State,
    VictimEntry,
    VictimKey,
    VictimName,
)
from record.verification import verify_chain
from record.writing import (
    Publication,
    merge_entry,
    withdraw_entries,
    withdraw_entry,
    write,
    write_all,
)
from reference.vocabularies import UnknownTerm
from tests.record.factories import (
    LATER,
    NOW,
    agency,
    content_of,
    entry_of,
    involvement,
    legal_action,
    publish,
    publish_incident,
    rewrite,
    source,
    victim,
    violation,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db


def queries(function, *arguments, **options):
    """How many queries a call takes."""
    with CaptureQueriesContext(connection) as captured:
        function(*arguments, **options)
    return len(captured)


# --- documents ----------------------------------------------------------------------------------


def test_a_document_opens_with_its_envelope():
    published = publish(source(title="First"))
    rewritten = rewrite(published, title="Second", at=LATER)
    assert list(rewritten.content().items())[:6] == [
        ("reference", "SRC-2026-0001"),
        ("kind", "source"),
        ("version", 2),
        ("first_published", "2026-01-15T09:00:00Z"),
        ("published_at", "2026-02-01T12:30:00Z"),
        ("title", "Second"),
    ]


def test_a_document_is_compact_and_keeps_every_script_readable():
    document = publish(source(title="گواہ: a “witness”")).document
    assert '"title":"گواہ: a “witness”",' in document


def test_the_entry_shows_what_the_revision_holds():
    published = publish(source())
    revision = Revision.objects.get()
    entry = SourceEntry.objects.get()
    assert entry.document == revision.document
    assert (entry.version, entry.sequence) == (revision.version, revision.sequence) == (1, 1)
    assert entry.first_published == entry.changed_at == revision.published_at == NOW
    assert entry.pk == published.pk


def test_a_correction_adds_a_version_with_its_note():
    rewritten = rewrite(publish(source()), title="Other", note="The title was wrong.")
    assert rewritten.version == 2
    assert list(Revision.objects.values_list("version", "action", "note")) == [
        (1, "created", ""),
        (2, "corrected", "The title was wrong."),
    ]


def test_content_that_did_not_change_writes_nothing():
    published = publish(source())
    content = content_of(published)
    backwards = dict(reversed(content.items()))
    again = write(Kind.SOURCE, backwards, reference=published.reference, at=LATER)
    assert (again.pk, again.version) == (published.pk, 1)
    assert Revision.objects.count() == 1


def test_a_reference_is_given_where_none_is_asked_for():
    content = content_of(publish(source()))
    assert write(Kind.SOURCE, content, at=NOW).reference == "SRC-2026-0002"


def test_many_objects_are_written_in_the_order_given():
    pieces = [source("A"), agency("B"), source("C")]
    written = write_all(
        [Publication(kind=piece.kind, content=piece.content) for piece in pieces], at=NOW
    )
    assert [entry.reference for entry in written] == [
        "SRC-2026-0001",
        "AGY-2026-0001",
        "SRC-2026-0002",
    ]
    assert [entry.sequence for entry in written] == [1, 2, 3]


def test_a_backslash_u0000_written_out_is_text():
    assert publish(source(title=r"C:\u0000 \\u0000")).content()["title"] == r"C:\u0000 \\u0000"


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reference": "INC-2026-0001"}, "no reference for this kind"),
        ({"reference": "nonsense"}, "no reference for this kind"),
        ({"content": {"version": 3}}, "the envelope is not content"),
        ({"content": {"reference": "SRC-2026-0001", "kind": "source"}}, "the envelope is not"),
        ({"content": {"title": "NUL \0 here"}}, "NUL"),
        ({"content": {"title": "\\\0"}}, "NUL"),
        ({"content": {"weight": float("nan")}}, "not JSON compliant"),
        ({"content": {"title": "\ud800"}}, "surrogates not allowed"),
        ({"action": Action.CORRECTED}, "it cannot be corrected"),
        ({"action": Action.WITHDRAWN}, "it cannot be withdrawn"),
        ({"at": datetime(2026, 1, 1)}, "time zone"),
    ],
)
def test_what_cannot_be_a_document_is_refused(options, message):
    content = {**source().content, **options.pop("content", {})}
    with pytest.raises(ValueError, match=message):
        write(Kind.SOURCE, content, **{"at": NOW, **options})
    assert not Revision.objects.exists()


def test_an_object_is_not_written_twice_at_once():
    twice = Publication(kind=Kind.SOURCE, content=source().content, reference="SRC-2026-0001")
    with pytest.raises(WritingError, match="twice"):
        write_all([twice, twice], at=NOW)


def test_what_is_live_is_not_created_again():
    published = publish(source())
    with pytest.raises(WritingError, match="is live: it cannot be created"):
        write(
            Kind.SOURCE,
            {**content_of(published), "title": "Other"},
            reference=published.reference,
            action=Action.CREATED,
            at=NOW,
        )


def test_an_incident_waits_for_what_it_rests_on():
    content = content_of(publish_incident())
    content["citations"][0]["source"] = "SRC-2026-0777"
    with pytest.raises(NotPublished) as refusal:
        write(Kind.INCIDENT, content, reference="INC-2026-0001", at=LATER)
    assert refusal.value.references == ["SRC-2026-0777"]
    assert entry_of("INC-2026-0001").version == 1
    assert Revision.objects.filter(reference="INC-2026-0001").count() == 1


def test_an_unknown_code_is_refused_and_nothing_is_written():
    content = {**source().content, "type": {"code": "rumour", "label": "Rumour"}}
    with pytest.raises(UnknownTerm):
        write(Kind.SOURCE, content, at=NOW)
    assert not SourceEntry.objects.exists()


def test_an_unknown_area_is_refused():
    incident = publish_incident()
    content = content_of(incident)
    content["place"]["areas"].append({"code": "PK999", "level": "district"})
    with pytest.raises(KeyError, match="PK999"):
        write(Kind.INCIDENT, content, reference=incident.reference, at=LATER)


# --- withdrawal ---------------------------------------------------------------------------------


def test_a_withdrawn_object_has_no_text_anywhere():
    published = rewrite(publish(source("Secret")), title="Secret again", note="Secret note")
    withdrawn = withdraw_entry(
        published, reason="safety", note="For the safety of a person.", at=LATER
    )
    entry = entry_of(withdrawn.reference)
    assert (entry.state, entry.withdrawal_reason) == (State.WITHDRAWN, "safety")
    assert (entry.document, entry.content_sha256) == ("", "")
    assert list(
        Revision.objects.values_list("version", "action", "document", "note", "reason")
    ) == [
        (1, "created", None, "", ""),
        (2, "corrected", None, "", ""),
        (3, "withdrawn", None, "For the safety of a person.", "safety"),
    ]
    assert verify_chain() == []


def test_a_withdrawn_incident_leaves_no_row_for_filters():
    incident = publish_incident(
        violations=[violation(involvements=[involvement(agency())])],
        legal_actions=[legal_action()],
    )
    withdraw_incident(incident)
    for table in (Fact, IncidentKey, IncidentText, VictimKey, VictimName):
        assert not table.objects.exists(), table
    assert verify_chain() == []


def test_a_withdrawn_victim_is_not_found_through_the_incident_that_still_shows_them():
    incident = publish_incident(violations=[violation(victim=victim(sex="woman"))])
    withdraw_entry(VictimEntry.objects.get(), reason="consent-withdrawn", at=LATER)
    fact = Fact.objects.get(incident=incident)
    assert (fact.victim, fact.sex, fact.age_group, fact.named, fact.statuses) == (
        None,
        None,
        None,
        None,
        [],
    )


def test_withdrawal_empties_earlier_revisions_of_others_that_mention_the_object():
    incident = publish_incident()
    person = VictimEntry.objects.get()
    act = Fact.objects.get().violation
    rewrite(incident, violations=[], victims=[])
    withdraw_entries([person, act], reason="safety", at=LATER)
    first, second = Revision.objects.of(incident.reference)
    assert first.document is None
    assert person.reference not in second.document
    assert verify_chain() == []


def test_what_still_mentions_an_object_can_be_asked_for():
    incident = publish_incident()
    assert live_mentions([VictimEntry.objects.get().reference]) == {
        Kind.INCIDENT: [incident.reference],
        Kind.VIOLATION: ["VIO-2026-0001"],
    }


def test_a_reason_must_be_one_the_public_knows():
    published = publish(source())
    with pytest.raises(UnknownTerm):
        withdraw_entry(published, reason="because", at=LATER)
    assert entry_of(published.reference).state == State.LIVE


def test_nothing_is_withdrawn_twice():
    withdrawn = withdraw_entry(publish(source()), reason="safety", at=LATER)
    with pytest.raises(WritingError, match="is withdrawn"):
        withdraw_entry(withdrawn, reason="error", at=LATER)


def test_a_withdrawn_object_does_not_come_back_by_mistake():
    published = publish(source())
    content = content_of(published)
    withdraw_entry(published, reason="error", at=LATER)
    with pytest.raises(WritingError, match="is withdrawn: it cannot be written"):
        write(Kind.SOURCE, content, reference=published.reference, at=LATER)


def test_a_withdrawn_object_can_be_published_again_on_purpose():
    published = publish(source())
    content = content_of(published)
    withdraw_entry(published, reason="error", at=LATER)
    again = write(
        Kind.SOURCE, content, reference=published.reference, action=Action.CREATED, at=LATER
    )
    assert (again.state, again.version, again.first_published) == (State.LIVE, 3, NOW)
    assert list(Revision.objects.values_list("action", flat=True)) == [
        "created",
        "withdrawn",
        "created",
    ]
    assert verify_chain() == []


def test_a_number_is_never_given_out_again():
    published = publish(source())
    withdraw_entry(published, reason="safety", at=LATER)
    assert publish(source()).reference == "SRC-2026-0002"


# --- merging ------------------------------------------------------------------------------------


def test_a_merged_object_leads_to_its_survivor():
    loser, survivor = publish(agency("CTD"), agency("Counter Terrorism Department"))
    merge_entry(loser, survivor, note="The same body.", at=LATER)
    entry = entry_of(loser.reference)
    assert (entry.state, entry.merged_into.reference) == (State.MERGED, survivor.reference)
    assert entry.document == ""
    last = Revision.objects.of(loser.reference).last()
    assert (last.action, last.merged_into, last.note) == (
        "merged",
        survivor.reference,
        "The same body.",
    )
    assert verify_chain() == []


def test_chains_of_merges_lead_to_the_last_survivor_in_one_step():
    first, second, third = publish(agency("A"), agency("B"), agency("C"))
    merge_entry(first, second, at=LATER)
    merge_entry(second, third, at=LATER)
    assert entry_of(first.reference).merged_into == third
    assert entry_of(second.reference).merged_into == third


def test_an_earlier_revision_of_a_merged_object_can_still_be_cited():
    loser, survivor = publish(agency("CTD"), agency("Counter Terrorism Department"))
    merge_entry(loser, survivor, at=LATER)
    assert Revision.objects.of(loser.reference).first().document == loser.document


def test_withdrawing_a_survivor_empties_what_was_merged_into_it():
    loser, survivor = publish(agency("CTD"), agency("Counter Terrorism Department"))
    merge_entry(loser, survivor, at=LATER)
    withdraw_entry(survivor, reason="error", at=LATER)
    assert not Revision.objects.filter(document__isnull=False).exists()
    assert verify_chain() == []


def test_withdrawing_a_survivor_empties_the_notes_of_mergers_into_it():
    first, second, third = publish(agency("A"), agency("B"), agency("C"))
    merge_entry(first, second, note="A is B.", at=LATER)
    merge_entry(second, third, note="B is C.", at=LATER)
    withdraw_entry(third, reason="error", note="An error.", at=LATER)
    left = Revision.objects.exclude(note="").in_order()
    assert [(row.reference, row.note) for row in left] == [(third.reference, "An error.")]
    assert not Revision.objects.filter(action="merged").exclude(salt="").exists()
    assert verify_chain() == []


def test_a_merged_object_leaves_no_row_for_filters():
    loser, survivor = publish(agency("CTD"), agency("Counter Terrorism Department"))
    merge_entry(loser, survivor, at=LATER)
    assert [key.entry_id for key in AgencyKey.objects.all()] == [survivor.pk]
    assert [text.entry_id for text in AgencyText.objects.all()] == [survivor.pk]


def test_only_two_live_objects_of_one_kind_can_be_merged():
    one, other, report = publish(agency("A"), agency("B"), source())
    withdrawn = withdraw_entry(other, reason="error", at=LATER)
    for loser, survivor in [(one, one), (one, report), (one, withdrawn), (withdrawn, one)]:
        with pytest.raises(WritingError):
            merge_entry(loser, survivor, at=LATER)


def test_a_merged_object_cannot_be_written():
    loser, survivor = publish(agency("A"), agency("B"))
    content = content_of(loser)
    merge_entry(loser, survivor, at=LATER)
    with pytest.raises(WritingError, match="was merged"):
        write(Kind.AGENCY, content, reference=loser.reference, action=Action.CREATED, at=LATER)


# --- cost ---------------------------------------------------------------------------------------


def incident_of(violations):
    """A published incident with this many violations, each with everything."""
    force = agency()
    return publish_incident(
        violations=[
            violation(victim=victim(f"Person {number}"), involvements=[involvement(force)])
            for number in range(violations)
        ],
        legal_actions=[legal_action()],
    )


def test_correcting_an_incident_takes_a_fixed_number_of_queries():
    small, large = incident_of(1), incident_of(12)
    rewrite(small, title="Warm")
    counts = [queries(rewrite, incident, title="Corrected title") for incident in (small, large)]
    assert counts == [12, 12]


def test_publishing_takes_a_fixed_number_of_queries():
    def publish_again(incidents):
        copies = [content_of(incident) for incident in incidents]
        for content in copies:
            content["violations"] = []
        return write_all(
            [Publication(kind=Kind.INCIDENT, content=content) for content in copies], at=NOW
        )

    incidents = [incident_of(2) for _ in range(5)]
    assert queries(publish_again, incidents[:1]) == queries(publish_again, incidents) == 15


def test_writing_nothing_new_takes_four_queries():
    published = publish(source())
    content = content_of(published)
    assert queries(write, Kind.SOURCE, content, reference=published.reference, at=LATER) == 4


def test_documents_are_whole_json():
    publish_incident()
    assert all(
        json.loads(document)["reference"] == reference
        for reference, document in Revision.objects.values_list("reference", "document")
    )
