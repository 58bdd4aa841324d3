"""Words of what was published lately wait beside their index, and are found all the same."""

import pytest
from django.http import QueryDict

from incidents.jobs.worker import work_off
from record.filing_words import file_words
from record.questions import ask
from tests.record.factories import publish_incident, rewrite, withdraw_incident

pytestmark = pytest.mark.django_db


def found(words):
    question = ask("incidents", QueryDict(f"q={words}"), "en")
    return question.count(), len(question.entries())


def test_words_are_found_before_and_after_they_are_filed():
    publish_incident("Shops were shuttered in Panjgur")
    assert found("shuttered") == (1, 1)
    assert file_words() > 0
    assert found("shuttered") == (1, 1)


def test_what_is_filed_waits_no_longer():
    publish_incident("Shops were shuttered in Panjgur")
    file_words()
    assert file_words() == 0


def test_words_of_a_withdrawn_incident_are_not_found_though_they_wait():
    entry = publish_incident("Shops were shuttered in Panjgur")
    withdraw_incident(entry)
    assert found("shuttered") == (0, 0)
    file_words()
    assert found("shuttered") == (0, 0)


def test_words_that_a_correction_took_out_are_not_found_though_they_wait():
    entry = publish_incident("Shops were shuttered in Panjgur")
    rewrite(entry, title="Shops were closed in Panjgur")
    assert found("shuttered") == (0, 0)
    assert found("closed") == (1, 1)


def test_the_worker_files_words():
    publish_incident("Shops were shuttered in Panjgur")
    work_off(once=True)
    assert file_words() == 0
