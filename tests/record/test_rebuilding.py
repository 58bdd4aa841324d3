"""Everything derived can be derived again, and comes out the same."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from record.errors import NotPublished
from record.kinds import Kind
from record.models import (
    AgencyKey,
    AgencyText,
    ClaimedDate,
    Fact,
    IncidentKey,
    IncidentText,
    LegalActionKey,
    LegalActionText,
    SourceKey,
    SourceText,
    State,
    VictimEntry,
    VictimKey,
    VictimName,
)
from record.rows import ROW_OF
from record.writing import merge_entry, withdraw_entry
from reference.models import Term
from tests.record.factories import (
    LATER,
    account,
    agency,
    coded,
    content_of,
    date_value,
    entry_of,
    involvement,
    legal_action,
    parent,
    publish,
    publish_incident,
    rewrite,
    source,
    unnamed_victim,
    victim,
    violation,
    withdraw_incident,
    withheld_victim,
)

pytestmark = pytest.mark.django_db

DERIVED = (
    *(Fact, ClaimedDate, IncidentKey, VictimKey, VictimName, AgencyKey, LegalActionKey, SourceKey),
    *(IncidentText, AgencyText, LegalActionText, SourceText),
    *ROW_OF.values(),
)


def derived_rows():
    """Every row that is derived from documents, ids included."""
    return {table.__name__: sorted(table.objects.values_list(), key=str) for table in DERIVED}


class RandomRecord:
    """A record that is written to at random, each step chosen by ``choose``."""

    def __init__(self, choose):
        self.choose = choose
        self.incidents = [publish_incident()]
        self.agencies = list(publish(agency("First"), agency("Second"), agency("Third")))

    def live(self, entries):
        fresh = [entry_of(entry.reference) for entry in entries]
        return [entry for entry in fresh if entry.state == State.LIVE]

    def one_of(self, entries):
        return entries[self.choose(len(entries))] if entries else None

    def publish_incident(self):
        types = ("enforced-disappearance", "staged-encounter", "life")
        force = self.one_of(self.live(self.agencies))
        self.incidents.append(
            publish_incident(
                date=("2023-10-29", "2006", "")[self.choose(3)],
                area=("PK211", "PK2", None)[self.choose(3)],
                violations=[
                    violation(
                        types[self.choose(3)],
                        victim=(victim, withheld_victim, unnamed_victim)[self.choose(3)](),
                        involvements=[involvement(force)] if force else [],
                    )
                    for _ in range(self.choose(3))
                ],
                legal_actions=[legal_action(forum=force)] if self.choose(2) else [],
                accounts=[account(answer_date=date_value("2023-11-20"))] * self.choose(2),
            )
        )

    def rewrite_incident(self):
        if incident := self.one_of(self.live(self.incidents)):
            kept = content_of(incident)["violations"][self.choose(2) :]
            with suppress(NotPublished):  # it still shows a victim that was withdrawn
                rewrite(incident, title=f"Title {self.choose(9)}", violations=kept)

    def withdraw_incident(self):
        if incident := self.one_of(self.live(self.incidents)):
            withdraw_incident(incident)

    def withdraw_victim(self):
        if person := self.one_of(list(VictimEntry.objects.live().order_by("pk"))):
            withdraw_entry(person, reason="safety", at=LATER)

    def rewrite_violation(self):
        if act := self.one_of(list(Fact.objects.filter(violation__isnull=False).order_by("pk"))):
            rewrite(act.violation, stated_reason=f"Reason {self.choose(9)}")

    def change_parents(self):
        child, above = (self.one_of(self.live(self.agencies)) for _ in range(2))
        if child and child != above:
            rewrite(child, parents=[{**parent(above), "reference": above.reference}])

    def change_type(self):
        if force := self.one_of(self.live(self.agencies)):
            rewrite(force, type=coded("agency-type", ("army", "police")[self.choose(2)]))

    def merge_agencies(self):
        loser, survivor = (self.one_of(self.live(self.agencies)) for _ in range(2))
        if loser and loser != survivor:
            merge_entry(loser, survivor, at=LATER)
            self.agencies.append(publish(agency("Another")))

    def withdraw_agency(self):
        if self.choose(3) == 0 and (force := self.one_of(self.live(self.agencies))):
            withdraw_entry(force, reason="error", at=LATER)
            self.agencies.append(publish(agency("Yet another")))


STEPS = (
    *(RandomRecord.publish_incident, RandomRecord.rewrite_incident, RandomRecord.change_parents),
    *(RandomRecord.change_type, RandomRecord.merge_agencies, RandomRecord.withdraw_incident),
    *(RandomRecord.withdraw_victim, RandomRecord.rewrite_violation, RandomRecord.withdraw_agency),
)


@settings(max_examples=8, deadline=None)
@given(chance=st.randoms(use_true_random=False), length=st.integers(5, 15))
def test_a_rebuild_after_random_writes_changes_nothing(chance, length):
    with transaction.atomic():
        record = RandomRecord(chance.randrange)
        for _ in range(length):
            chance.choice(STEPS)(record)
        before = derived_rows()
        call_command("rebuild_keys", stdout=StringIO())
        assert derived_rows() == before
        transaction.set_rollback(True)


def test_a_rebuild_restores_what_was_lost_or_spoilt():
    incident = publish_incident(violations=[violation(involvements=[involvement(agency())])])
    publish(legal_action(), source())
    ended = publish_incident()
    withdraw_incident(ended)
    before = derived_rows()
    Fact.objects.update(agencies=[], contested=True, open_ended=False, type_2=None)
    AgencyKey.objects.update(lineage=[1, 2, 3], types=[])
    VictimName.objects.all().delete()
    IncidentText.objects.all().delete()
    VictimKey.objects.update(people=99)
    IncidentKey.objects.create(entry=ended, changed=1)
    ROW_OF[Kind.INCIDENT].objects.update(line="spoilt", made_of="others")
    ROW_OF[Kind.SOURCE].objects.all().delete()
    call_command("rebuild_keys", stdout=StringIO())
    after = derived_rows()
    assert {name: rows for name, rows in after.items() if name != "VictimName"} == {
        name: rows for name, rows in before.items() if name != "VictimName"
    }
    assert [row[1:] for row in after["VictimName"]] == [row[1:] for row in before["VictimName"]]
    assert Fact.objects.get().incident_id == incident.pk


def test_a_rebuild_brings_a_moved_term_into_the_facts():
    publish_incident(violations=[violation("staged-encounter")])
    moved = Term.objects.get(vocabulary="violation-type", code="staged-encounter")
    moved.parent = Term.objects.get(vocabulary="violation-type", code="integrity")
    moved.save()
    call_command("rebuild_keys", stdout=StringIO())
    fact = Fact.objects.get()
    assert [fact.type_1.code, fact.type_2, fact.type_3] == ["integrity", moved, None]
