"""Files of a source that was removed by law or request."""

from threading import Thread

import pytest
from django.db import connection, transaction

from incidents import roles
from incidents.evidence.storing import path_of
from incidents.evidence.working import look_into
from incidents.expunging import ask_for, carry_out
from incidents.models import Capture, CaptureText, Expunging, Source
from tests.incidents import factories
from tests.incidents.evidence import files
from tests.incidents.evidence.two import until_somebody_waits_for_us

pytestmark = pytest.mark.django_db


def remove(source, callbacks):
    wish = Expunging(
        kind="source", row_id=source.pk, ground="law", request_reference="HC 12", words="An order."
    )
    ask_for(wish, by=factories.staff(roles.ADMINISTRATOR))
    with callbacks(execute=True):
        carry_out(wish, by=factories.publisher())


def test_the_file_its_words_and_its_copy_go_and_its_hash_and_log_stay(
    django_capture_on_commit_callbacks,
):
    row = files.capture(name="Statement of Balach.pdf")
    look_into(row, by=row.captured_by)
    paths = [path_of(each.storage_name) for each in row.source.captures.all()]
    remove(row.source, django_capture_on_commit_callbacks)
    row.refresh_from_db()
    assert len(paths) == 2
    assert not [path for path in paths if path.exists()]
    assert (row.is_held, row.file_name) == (False, "")
    assert not CaptureText.objects.exists()
    assert files.acts(row) == ["received", "derived"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_still_reads_a_file_does_not_bring_it_back(folder):
    row = files.capture()
    wish = Expunging(
        kind="source",
        row_id=row.source_id,
        ground="law",
        request_reference="HC 12",
        words="An order.",
    )
    ask_for(wish, by=factories.staff(roles.ADMINISTRATOR))

    def worker():
        try:
            look_into(row, by=None)
        finally:
            connection.close()

    other = Thread(target=worker)
    with transaction.atomic():
        carry_out(wish, by=factories.publisher())
        # It has read the file, and would write now what it found.
        other.start()
        until_somebody_waits_for_us()
    other.join()
    assert Capture.objects.count() == 1
    assert not CaptureText.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_who_saves_a_source_and_the_worker_wait_for_each_other_in_one_order_alone():
    row = files.capture(b"The guard spoke.", "a.txt")

    def worker():
        try:
            look_into(row, by=None)
        finally:
            connection.close()

    other = Thread(target=worker)
    with transaction.atomic():
        source = Source.objects.select_for_update(of=("self",), no_key=True).get(pk=row.source_id)
        other.start()
        until_somebody_waits_for_us()
        # With the file in hand, the worker would now wait for the source, and this for the file.
        source.confidential = True
        source.save()
    other.join()
    row.refresh_from_db()
    assert row.examined_at is not None
    assert not CaptureText.objects.exists()


def test_a_file_that_another_source_holds_as_well_stays(django_capture_on_commit_callbacks):
    row, other = files.capture(), files.capture()
    remove(row.source, django_capture_on_commit_callbacks)
    assert files.content_of(other) == files.pdf()
