"""Redacted files for everybody: how they come into the record, and when they leave it."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from incidents import publishing
from incidents.documents.source import can_be_public
from incidents.evidence.storing import path_of
from incidents.jobs.faces import take_down_closed_files
from incidents.models import Capture, Consent, Danger, Incident, NameProtection
from incidents.publishing.restricting import obey_restriction
from record.models import PublishedFile, Revision, SourceEntry
from record.source_files import MOST_BYTES
from record.verification import verify_chain
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form
from tests.incidents.evidence import files
from tests.incidents.evidence.two import until_somebody_waits_for_us

pytestmark = pytest.mark.django_db


def case_citing(source, title="A raid"):
    case = make.incident(title)
    make.violation(case, make.person(f"Victim of {title}"))
    make.cite(case, source)
    return case


def source_with_file():
    """A source with a redacted file that is ticked for everybody."""
    source = make.source("A letter")
    _original, _redaction, copy = files.redacted(source)
    Capture.objects.filter(pk=copy.pk).update(public=True)
    return source


@pytest.fixture
def source():
    """A source of two published cases, with a redacted file that everybody can read."""
    source = source_with_file()
    for title in ("A raid", "A protest"):
        make.publish(case_citing(source, title))
    source.refresh_from_db()
    return source


def address(source):
    [shown] = document(source)["files"]
    return shown["address"]


def document(source):
    return SourceEntry.objects.get(reference=source.reference).content()


def gone(client, where, source):
    """Whether nothing of the file is left but hashes in earlier revisions, and stays so."""
    return (
        client.get(where).status_code == 404
        and not PublishedFile.objects.exists()
        and not source.captures.filter(public=True).exists()
        and verify_chain() == []
    )


def test_an_unticked_box_takes_the_file_down_at_once(source, clerk, client):
    where = address(source)
    assert client.get(where).status_code == 200
    form = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    ticked = source.captures.get(public=True)
    form.fill(form.row_of("captures", "id", ticked), public=[]).save()
    assert gone(client, where, source)
    assert "files" not in document(source)
    earlier = Revision.objects.filter(reference=source.reference, version=1).get()
    assert "files" in (earlier.document or "")
    page = client.get(f"/sources/{source.reference}/r/1/").content.decode()
    assert where not in page


def test_a_source_that_becomes_confidential_takes_its_files_along(source, clerk, client):
    where = address(source)
    form = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    form.fill(confidential="on").save()
    assert client.get(where).status_code == 404
    assert not PublishedFile.objects.exists()


def victim(source):
    return source.citations.first().incident.violations.get().person


def test_whoever_is_withdrawn_takes_the_files_beside_along(source, publisher, client):
    where = address(source)
    publishing.withdraw(victim(source), by=publisher.member, reason="error")
    assert SourceEntry.objects.live().filter(reference=source.reference).exists()
    assert gone(client, where, source)


def test_a_case_that_is_withdrawn_takes_the_files_beside_along(source, publisher, client):
    where = address(source)
    case = source.citations.first().incident
    publishing.withdraw(case, by=publisher.member, reason="error")
    assert gone(client, where, source)


def test_a_source_that_is_withdrawn_takes_its_files_along(source, publisher, client):
    where = address(source)
    publishing.withdraw(source, by=publisher.member, reason="error")
    assert client.get(where).status_code == 404
    assert not PublishedFile.objects.exists()


def test_consent_that_ended_takes_the_files_beside_along(source, clerk, client):
    where, person = address(source), victim(source)
    Consent.objects.filter(person=person).delete()
    person.publication_ground = None
    person.save()
    publishing.obey_consents(person, by=clerk.member)
    assert gone(client, where, source)


def test_protection_that_became_stricter_takes_the_files_beside_along(source, clerk, client):
    where, person = address(source), victim(source)
    publishing.obey_consents(person, by=clerk.member)
    assert client.get(where).status_code == 200
    person.name_protection = NameProtection.INITIALS
    person.save()
    publishing.obey_consents(person, by=clerk.member)
    assert gone(client, where, source)


def test_whoever_has_no_page_of_their_own_takes_the_files_beside_along(publisher, client):
    source = source_with_file()
    officer = make.person("Jamal", publication_ground=make.term("consent-ground", "court-named"))
    case = case_citing(source)
    make.involvement(case, person=officer)
    for each in (case, case_citing(source, "A protest")):
        make.publish(each)
    source.refresh_from_db()
    where = address(source)
    went = publishing.withdraw(officer, by=publisher.member, reason="error")
    assert went.withdrawn
    assert went.files == [source.reference]
    assert SourceEntry.objects.live().filter(reference=source.reference).exists()
    assert gone(client, where, source)


def test_a_file_that_left_with_the_only_case_of_its_source_is_unticked_too(client):
    source = source_with_file()
    case = case_citing(source)
    make.publish(case)
    source.refresh_from_db()
    where = address(source)
    Incident.objects.filter(pk=case.pk).update(restricted=True)
    assert obey_restriction(case, by=None).files == [source.reference]
    assert not SourceEntry.objects.live().filter(reference=source.reference).exists()
    assert gone(client, where, source)


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (Capture, {"public": False}),
        (Capture.objects.filter(copy_kind="redacted"), {"dangers": [Danger.SCRIPT]}),
        (Capture.objects.filter(copy_kind="cleaned"), {"storage_name": ""}),
    ],
    ids=["unticked", "set apart", "gone"],
)
def test_what_was_closed_past_every_page_is_taken_down_by_the_worker(source, client, rows, values):
    where = address(source)
    assert take_down_closed_files() == 0
    assert client.get(where).status_code == 200
    getattr(rows, "objects", rows).update(**values)
    assert take_down_closed_files() == 1
    assert client.get(where).status_code == 404
    assert not PublishedFile.objects.exists()
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_a_file_unticked_while_somebody_publishes_it_is_not_left_in_public(clerk):
    source = source_with_file()
    case = case_citing(source)
    make.approve(case)
    form = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    form.fill(form.row_of("captures", "id", source.captures.get(public=True)), public=[])

    def untick():
        try:
            form.save()
        finally:
            connection.close()

    other = Thread(target=untick)
    with transaction.atomic():
        publishing.publish(case, by=make.publisher())
        other.start()
        until_somebody_waits_for_us()
    other.join()
    source.refresh_from_db()
    assert not source.captures.filter(public=True).exists()
    assert not PublishedFile.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"dangers": [Danger.SCRIPT]},
        {"media_type": "text/html"},
        {"storage_name": ""},
    ],
)
def test_what_may_not_be_served_is_not_published_whatever_is_ticked(values):
    case, source = make.incident(), make.source("A letter")
    make.violation(case)
    make.cite(case, source)
    _original, _redaction, copy = files.redacted(source)
    Capture.objects.filter(pk=copy.pk).update(public=True, **values)
    make.publish(case)
    assert not PublishedFile.objects.exists()


def test_what_is_too_large_to_be_served_can_not_be_ticked():
    _original, redaction, copy = files.redacted(make.source("A letter"))
    assert can_be_public(copy, redaction)
    copy.bytes = MOST_BYTES + 1
    assert not can_be_public(copy, redaction)


def test_only_the_clean_copy_of_a_redaction_can_be_ticked(clerk):
    source = make.source("A letter")
    original, redaction, copy = files.redacted(source)
    form = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    offered = {
        row.pk: f"{form.row_of('captures', 'id', row)}-public" in form.values
        for row in (original, redaction, copy)
    }
    assert offered == {original.pk: False, redaction.pk: False, copy.pk: True}


def test_a_file_that_is_not_here_any_more_stands_in_the_way(folder):
    case, source = make.incident(), make.source("A letter")
    make.violation(case)
    make.cite(case, source)
    _original, _redaction, copy = files.redacted(source)
    Capture.objects.filter(pk=copy.pk).update(public=True)
    path_of(copy.storage_name).unlink()
    with pytest.raises(publishing.PublicationRefused) as refused:
        make.publish(case)
    assert [each.code for each in refused.value.obstacles] == ["file-not-here"]


def test_that_it_was_published_stands_in_the_log_of_the_file(source):
    copy = source.captures.get(public=True)
    assert files.acts(copy) == ["received", "exported"]


def test_a_link_from_a_restricted_case_is_not_told_to_others(clerk, other_clerk):
    source = make.source("A letter")
    row = files.capture(source=source)
    for title, restricted in (("An open case", False), ("A hidden case", True)):
        case = make.incident(title, restricted=restricted)
        make.cite(case, source)
        if restricted:
            case.assigned.add(clerk.member)
    page = f"/admin/incidents/source/{source.pk}/files/{row.pk}/"
    assert "A hidden case" in clerk.get(page).content.decode()
    told = other_clerk.get(page).content.decode()
    assert "An open case" in told
    assert "A hidden case" not in told


def test_the_page_of_a_file_asks_as_often_for_many_links(clerk):
    source = make.source("A letter")
    row = files.capture(source=source)
    page = f"/admin/incidents/source/{source.pk}/files/{row.pk}/"
    make.cite(make.incident("One"), source)
    clerk.get(page)
    with CaptureQueriesContext(connection) as few:
        clerk.get(page)
    for number in range(5):
        make.cite(make.incident(f"Case {number}"), source)
    with CaptureQueriesContext(connection) as many:
        clerk.get(page)
    assert len(few) == len(many)
