"""Marks in the public account name the sources of its sentences, and never a confidential one."""

import pytest

from incidents import publishing
from incidents.combining import combine
from record.models import IncidentEntry
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def told(case):
    """What the record tells of a case once it is published: the account, and how much it cites."""
    make.publish(case)
    case.refresh_from_db()
    return shown(case)


def shown(case):
    document = IncidentEntry.objects.get(reference=case.reference).content()
    return document["account"], len(document["citations"])


def test_marks_stand_as_they_were_written_where_every_source_is_public():
    case = make.incident(public_account="He was taken. [1] The police deny it. [2]")
    make.cite(case, make.source("A statement of the police"))
    assert told(case) == ("He was taken. [1] The police deny it. [2]", 2)


def test_marks_count_the_public_sources_alone_and_none_names_a_confidential_one():
    case = make.incident(public_account="He was taken. [1] At night. [2] The police deny it. [3]")
    make.cite(case, make.source("A neighbour", confidential=True))
    make.cite(case, make.source("A statement of the police"))
    assert told(case) == ("He was taken. [1] At night. The police deny it. [2]", 2)


def test_a_mark_without_its_source_stands_in_the_way():
    case = make.incident(public_account="He was taken. [1] The police deny it. [2]")
    make.approve(case)
    with pytest.raises(publishing.PublicationRefused) as refused:
        publishing.publish(case, by=make.publisher())
    assert [each.message for each in refused.value.obstacles] == [
        "The public account has the mark [2]. Sources cited for what happened: 1."
    ]


def test_marks_count_what_is_left_when_a_source_leaves_the_record():
    case = make.incident(
        public_account="He was taken. [1] At night. [2] The police deny it. [3]",
        public_account_local="لے گئے۔ [1] رات کو۔ [2] پولیس انکار کرتی ہے۔ [3]",
    )
    neighbour = make.source("A neighbour")
    make.cite(case, neighbour)
    make.cite(case, make.source("A statement of the police"))
    make.publish(case)
    neighbour.refresh_from_db()
    publishing.withdraw(neighbour, by=make.publisher(), reason="safety")
    case.refresh_from_db()
    assert shown(case) == ("He was taken. [1] At night. The police deny it. [2]", 2)
    document = IncidentEntry.objects.get(reference=case.reference).content()
    assert document["account_local"] == "لے گئے۔ [1] رات کو۔ پولیس انکار کرتی ہے۔ [2]"
    make.correct(case)
    assert shown(case) == ("He was taken. [1] At night. The police deny it. [2]", 2)


def test_marks_name_the_same_sources_when_another_case_becomes_one_with_this():
    loser = make.incident("Told twice")
    case = make.incident(public_account="He was taken. [1] The police deny it. [2]")
    make.cite(case, make.source("A statement of the police"))
    combine(loser, case, by=make.publisher())
    case.refresh_from_db()
    assert case.public_account == "He was taken. [2] The police deny it. [3]"
