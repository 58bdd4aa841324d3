"""Removing content by law or request: what goes, who has to agree, and what trace is left."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from incidents import publishing, roles
from incidents.combining import combine
from incidents.expunging import (
    ExpungingRefused,
    ask_for,
    carry_out,
    expunged,
    fit,
    plan_of,
    turn_down,
)
from incidents.history.reasons import changing_because, reasons_of
from incidents.models import (
    Capture,
    Citation,
    Contact,
    Expunging,
    ImportBatch,
    ImportProblem,
    Incident,
    ListCase,
    ListRow,
    Merger,
    Person,
    PersonName,
    PersonRelation,
    Picture,
    Review,
    ReviewComment,
    Source,
    SourceList,
    Violation,
)
from record.models import IncidentEntry
from record.verification import verify_chain
from tests.incidents import factories as make
from tests.incidents.importing import lists
from tests.incidents.pictures.drawing import consent, picture
from tests.incidents.test_sealed_sources import lying_open

pytestmark = pytest.mark.django_db

WORD = "zqgone"


def administrator():
    return make.staff(roles.ADMINISTRATOR)


def asked(kind, row, *, by=None, **values):
    values = {"ground": "law", "request_reference": "HC 12/2026", "words": "An order."} | values
    wish = Expunging(kind=kind, row_id=row.pk, **values)
    return ask_for(wish, by=by or administrator())


def remove(kind, row):
    return carry_out(asked(kind, row), by=make.publisher())


def somebody():
    person = make.person(f"{WORD}name", f"{WORD}father", about=f"{WORD}about")
    person.internal_notes = f"{WORD}notes"
    person.save()
    name = person.names.get()
    name.given = f"{WORD} otherwise"
    name.save()
    Contact.objects.create(person=person, text=f"{WORD} 0300 1234567")
    consent(person, giver_name=f"{WORD} sister", note=f"{WORD} note")
    return person


def told():
    case = make.incident(f"{WORD}title", public_account=f"{WORD}account")
    case.internal_notes = f"{WORD}notes"
    case.save()
    victim = make.person("Balach")
    make.violation(case, victim, stated_reason=f"{WORD}reason")
    make.status(case, victim, "disappeared", "2023-10-29", note=f"{WORD}note")
    make.account(case, f"{WORD}answer")
    return case


def source():
    row = make.source(f"{WORD}title", author=f"{WORD}author", url=f"https://{WORD}.example/")
    Capture.objects.create(source=row, sha256="a" * 64, file_name=f"{WORD}.pdf")
    make.cite(make.incident(), row, quotation=f"{WORD}quote")
    return row


@pytest.mark.parametrize(
    ("kind", "row"), [("person", somebody), ("incident", told), ("source", source)]
)
def test_nothing_of_the_content_is_left_in_any_table(kind, row):
    row = row()
    assert lying_open(WORD)
    done = remove(kind, row)
    assert lying_open(WORD) == set()
    assert done.done_at is not None
    assert sum(done.counts.values()) > 3


def test_what_others_wrote_of_a_person_goes_as_well():
    person = somebody()
    case = make.incident()
    make.violation(case, person)
    author, reviewer = make.staff(roles.DATA_ENTRY), make.publisher()
    comment = ReviewComment.objects.create(
        incident=case,
        row_kind="person",
        row_id=person.pk,
        about=f"{WORD} otherwise",
        text=f"{WORD} otherwise or another?",
        written_by=reviewer,
    )
    other = ReviewComment.objects.create(incident=case, text="Of the place", written_by=reviewer)
    Review.objects.create(
        incident=case,
        decision="returned",
        author=author,
        reviewer=reviewer,
        reason=f"Who is {WORD} otherwise?",
    )
    loser = make.person("Zarif")
    publishing.merge(loser, person, by=reviewer, note=f"{WORD} otherwise is Zarif.")
    publishing.separate(Merger.objects.get(), by=reviewer, note="No, two men.")
    listed(case, person)
    done = remove("person", person)
    assert lying_open(WORD) == set()
    comment.refresh_from_db()
    assert (comment.about, comment.text) == ("–", "–")
    other.refresh_from_db()
    assert other.text == "Of the place"
    assert other.pgh_event_models["insert"].objects.filter(pgh_obj_id=other.pk).exists()
    assert done.counts["incidents_reviewcomment"] == 1
    assert done.counts["incidents_listrow"] == 1


def listed(case, person):
    """A row of a list that brought the case and the person, with a problem."""
    source_list = SourceList.objects.create(code="list", name="A list")
    batch = ImportBatch.objects.create(
        list=source_list, file_name="list.csv", sha256="0" * 64, bytes=1
    )
    one = ListCase.objects.create(
        list=source_list, key=f"{WORD} 1", incident=case, batch=batch, last_batch=batch
    )
    row = ListRow.objects.create(
        list=source_list,
        key=f"{WORD} 1",
        number=1,
        received={"name": f"{WORD} otherwise"},
        digest="0" * 64,
        case=one,
        person=person,
        batch=batch,
        last_batch=batch,
    )
    row.received = {"name": f"{WORD} once more"}
    row.save()
    ImportProblem.objects.create(
        batch=batch, row=1, key=row.key, value=f"{WORD} x", code="x", reason="x", severity="noted"
    )
    return row


def test_several_rows_of_one_list_are_emptied():
    person = somebody()
    row = listed(make.incident(), person)
    row.pk, row.key = None, f"{WORD} 2"
    row.save()
    remove("person", person)
    assert len(set(ListRow.objects.values_list("key", flat=True))) == 2
    assert lying_open(WORD) == set()


def test_somebody_who_was_made_two_people_again_stays_whole():
    other, person = make.person("Zarif", "Karim"), somebody()
    consent(other)
    kept = picture(other)
    Contact.objects.create(person=other, text="0300 7654321")
    case = make.incident()
    make.violation(case, other)
    by = make.publisher()
    publishing.merge(other, person, by=by, note="One man.")
    publishing.separate(Merger.objects.get(), by=by, note="No, two men.")
    done = remove("person", person)
    assert [name.given for name in other.names.all()] == ["Zarif"]
    assert other.contacts.count() == other.consents.count() == other.violations.count() == 1
    assert other.pictures.get() == kept
    assert kept.original.storage.exists(kept.original.name)
    history = other.names.get().pgh_event_models["insert"].objects
    assert history.filter(id=other.names.get().pk, person_id=other.pk).exists()
    assert not history.filter(person_id=person.pk).exists()
    assert "files" not in done.counts
    assert lying_open(WORD) == set()


def test_what_was_moved_into_another_incident_stays_there():
    case, other = told(), make.incident("Another")
    by = make.publisher()
    violation, account = case.violations.get(), case.accounts.get()
    combine(case, other, by=by)
    remove("incident", case)
    violation.refresh_from_db()
    account.refresh_from_db()
    assert violation.incident == account.incident == other
    assert violation.stated_reason == f"{WORD}reason"
    events = violation.pgh_event_models["insert"].objects
    assert events.filter(id=violation.pk, incident_id=other.pk).exists()
    assert not events.filter(incident_id=case.pk).exists()


def test_why_something_was_changed_that_was_moved_into_another_incident_goes():
    case, other = told(), make.incident("Another")
    violation = case.violations.get()
    with changing_because(f"{WORD}why"):
        violation.stated_reason = "None"
        violation.save()
    combine(case, other, by=make.publisher())
    events = violation.pgh_event_models["update"].objects.filter(id=violation.pk)
    contexts = list(events)
    assert f"{WORD}why" in reasons_of(contexts).values()
    remove("incident", case)
    assert reasons_of(contexts) == {}


def test_what_was_corrected_to_another_source_stays_there():
    row, other = source(), make.source("Another")
    for moved in (row.citations.get(), row.captures.get()):
        moved.source = other
        moved.save()
    remove("source", row)
    assert other.citations.get().quotation == f"{WORD}quote"
    assert other.captures.get().file_name == f"{WORD}.pdf"


def test_a_person_of_a_petition_and_an_incident_with_people_assigned_go():
    person, case = somebody(), told()
    case.assigned.add(make.staff())
    action = make.legal_action(case)
    action.people.add(person)
    assert remove("person", person).counts["incidents_legalactionpersonevent"] == 1
    assert remove("incident", case).counts["incidents_incidentassignmentevent"] == 1
    assert not action.people.exists()


def test_a_corrected_list_does_not_bring_back_whom_or_what_was_removed():
    clerk = make.staff()
    lists.brought_in(clerk)
    person = ListRow.objects.get(key="1").person
    remove("person", person)
    remove("incident", Incident.objects.get(title="Attack B"))
    rows = [[*row[:4], "Naseer", *row[5:]] for row in lists.ROWS]
    batch, figures = lists.brought_in(clerk, rows)
    assert (figures.rows, figures.cases_new, figures.rows_gone) == (1, 0, 0)
    noted = batch.problems.filter(code="removed-for-good").order_by("row")
    assert len(set(noted.values_list("row", flat=True))) == 2
    assert not person.names.exists()
    fathers = dict(PersonName.objects.values_list("given", "fathers_name"))
    assert fathers == {"Karim": "Naseer", "Zahid": "Ali"}
    assert Incident.objects.exclude(title="–").get().title == "Attack A"
    assert "Balach" not in lying_in_lists()


def lying_in_lists():
    rows = [*ListRow.objects.values_list("key", "received"), *ListCase.objects.values_list("key")]
    return str(rows)


def test_rows_of_a_list_that_brought_a_source_are_emptied_and_its_files_told():
    lists.brought_in(make.staff())
    row = Source.objects.get()
    assert plan_of(row).rest == 1
    done = remove("source", row)
    assert done.counts["incidents_listrow"] == 3
    assert set(ListRow.objects.values_list("digest", flat=True)) == {""}
    assert PersonName.objects.count() == 3


def test_somebody_whose_name_still_stands_in_public_is_refused():
    person = somebody()
    case = make.incident("Another", public_account=f"He is {WORD} otherwise.")
    make.violation(case, make.person("Zarif"))
    make.publish(case)
    case.refresh_from_db()
    with pytest.raises(ExpungingRefused, match=case.reference):
        asked("person", person)


def test_somebody_else_of_that_name_in_public_is_no_obstacle():
    person, other = somebody(), make.person(f"{WORD} otherwise")
    case = make.incident("Another")
    make.violation(case, other)
    make.publish(case)
    assert remove("person", person).done_at is not None


def test_a_record_of_a_restricted_case_does_not_exist_for_others():
    case = told()
    case.restricted = True
    case.save()
    reader = make.staff(roles.DATA_ENTRY)
    with pytest.raises(ExpungingRefused, match="no such record"):
        fit("incident", case.pk, seen_by=reader)


def test_the_record_stays_as_an_empty_row_under_its_number():
    person = somebody()
    case = make.incident()
    make.violation(case, person)
    remove("person", person)
    kept = Person.objects.get(pk=person.pk)
    assert Violation.objects.get().person == kept
    assert not kept.names.exists()
    assert not PersonRelation.objects.exists()


def test_what_the_case_shares_with_others_stays():
    case = told()
    other = make.incident("Another")
    action = make.legal_action(case, other)
    remove("incident", case)
    assert list(action.incidents.all()) == [other]
    assert Person.objects.filter(names__given="Balach").exists()
    assert Incident.objects.get(pk=other.pk).title == "Another"


def test_what_rests_on_a_source_that_was_emptied_still_says_that_there_was_one():
    row = source()
    remove("source", row)
    cited = Citation.objects.get(source=row)
    assert (cited.quotation, cited.fact.title) == ("", "Taken from home in Turbat")
    assert Capture.objects.get().sha256 == "a" * 64


def test_the_history_of_others_is_not_touched():
    person, other = somebody(), make.person("Zarif")
    history = other.pgh_event_models["insert"].objects.filter(pgh_obj_id=other.pk)
    before = history.count()
    remove("person", person)
    assert history.count() == before > 0
    assert not history.model.objects.filter(pgh_obj_id=person.pk).exists()


def test_files_of_photographs_are_deleted_once_it_is_certain(django_capture_on_commit_callbacks):
    person = somebody()
    kept = picture(person)
    storage, name = kept.original.storage, kept.original.name
    with django_capture_on_commit_callbacks(execute=True):
        done = remove("person", person)
    assert not storage.exists(name)
    assert done.counts["files"] == 1
    assert not Picture.objects.exists()


def test_it_leaves_who_asked_who_agreed_and_on_what_ground():
    person = somebody()
    done = remove("person", person)
    trace = expunged(person)
    assert trace == done
    assert trace.asked_by != trace.agreed_by
    assert (trace.ground, trace.request_reference) == ("law", "HC 12/2026")


# ---------------------------------------------------------------------------------- who and when


def test_whoever_asks_cannot_agree():
    administrator_ = administrator()
    wish = asked("person", somebody(), by=administrator_)
    with pytest.raises(ExpungingRefused, match="cannot agree"):
        carry_out(wish, by=administrator_)
    assert lying_open(WORD)


@pytest.mark.parametrize("group", [roles.DATA_ENTRY, roles.REVIEWER])
def test_others_can_neither_ask_nor_agree(group):
    person = somebody()
    with pytest.raises(PermissionDenied):
        asked("person", person, by=make.staff(group))
    wish = asked("person", person)
    with pytest.raises(PermissionDenied):
        carry_out(wish, by=make.staff(group))
    with pytest.raises(PermissionDenied):
        turn_down(wish, by=make.staff(group))


def test_a_publisher_agrees_and_does_not_ask():
    with pytest.raises(PermissionDenied):
        asked("person", somebody(), by=make.publisher())


def test_what_is_public_has_to_be_withdrawn_first():
    case = told()
    make.publish(case)
    case.refresh_from_db()
    with pytest.raises(ExpungingRefused, match=case.reference):
        asked("incident", case)
    publishing.withdraw(case, by=make.publisher(), reason="legal-order")
    done = remove("incident", case)
    assert done.reference == case.reference
    assert lying_open(WORD) == set()
    assert IncidentEntry.objects.get(reference=case.reference).state == "withdrawn"
    assert list(verify_chain()) == []


def test_it_is_asked_again_at_the_moment_of_agreeing_whether_it_is_public():
    case = told()
    wish = asked("incident", case)
    make.publish(case)
    with pytest.raises(ExpungingRefused, match="public"):
        carry_out(wish, by=make.publisher())


def test_somebody_who_was_merged_is_not_expunged():
    loser, survivor = somebody(), make.person("Zarif")
    publishing.merge(loser, survivor, by=make.publisher(), note="One man.")
    assert Merger.objects.exists()
    with pytest.raises(ExpungingRefused, match="merged"):
        asked("person", loser)


def test_what_was_turned_down_is_not_done():
    wish = asked("person", somebody())
    turn_down(wish, by=make.publisher())
    with pytest.raises(ExpungingRefused, match="answered"):
        carry_out(wish, by=make.publisher())
    assert lying_open(WORD)


def test_a_number_without_a_record_is_refused():
    with pytest.raises(ExpungingRefused, match="no such record"):
        asked("person", Person(pk=999_999))


# ------------------------------------------------------------------------------------- the trace


def test_the_trace_can_be_neither_changed_nor_deleted():
    done = remove("person", somebody())
    for attempt in (
        lambda: Expunging.objects.filter(pk=done.pk).update(words="Otherwise"),
        lambda: Expunging.objects.filter(pk=done.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
            attempt()


def test_the_door_stays_shut_without_two_people():
    wish = asked("person", somebody())
    person = Person.objects.latest("pk")
    histories = f'{{"incidents_personevent": [{person.pk}]}}'
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="two people"):
        cursor.execute("SELECT incidents_erase_history(%s, %s::jsonb)", [wish.pk, histories])


def test_the_door_takes_no_history_of_another_record():
    wish, other = asked("person", somebody()), make.person("Zarif")
    case = make.incident("Another")
    Expunging.objects.filter(pk=wish.pk).update(agreed_by=make.publisher())
    name = other.names.get()
    for table, part in (
        ("personevent", {"ids": [other.pk]}),
        ("personnameevent", {"ids": [name.pk]}),
        ("incidentevent", {"ids": [case.pk]}),
        ("personnameevent", {"ids": [], "of": {"person_id": [other.pk]}}),
        ("personnameevent", {"ids": [], "of": {"given": [other.pk]}}),
    ):
        histories = json.dumps({f"incidents_{table}": part})
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match=r"Not agreed on|No column"),
            transaction.atomic(),
        ):
            cursor.execute("SELECT incidents_erase_history(%s, %s::jsonb)", [wish.pk, histories])
    assert other.pgh_event_models["insert"].objects.filter(pgh_obj_id=other.pk).exists()


def test_nothing_begins_as_agreed_to():
    by = {"asked_by": administrator(), "agreed_by": make.publisher()}
    with pytest.raises(DatabaseError, match="asked for first"), transaction.atomic():
        Expunging.objects.create(kind="person", row_id=somebody().pk, ground="law", words="x", **by)


def test_history_stays_append_only_elsewhere_and_afterwards():
    person = make.person("Zarif")
    remove("person", somebody())
    history = person.pgh_event_models["insert"].objects.filter(pgh_obj_id=person.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        history.delete()


def test_what_would_go_is_counted_before():
    case = told()
    plan = plan_of(case)
    counts = plan.counts()
    assert counts["incidents_violation"] == 1
    assert counts["incidents_violationevent"] == 1
    assert counts["incidents_incident"] == 1
    done = remove("incident", case)
    assert done.counts == counts


def test_a_source_told_in_trust_goes_too():
    row = source()
    row.confidential = True
    row.save()
    remove("source", row)
    assert Source.objects.get(pk=row.pk).author == ""
    assert lying_open(WORD) == set()
