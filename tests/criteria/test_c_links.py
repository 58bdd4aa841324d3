"""Section C: links, people, documents."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from incidents.models import IncidentLink, PersonRelation, Posting
from record.models import SourceEntry
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form
from tests.incidents.evidence import files

pytestmark = pytest.mark.django_db


def test_15_a_link_is_read_from_its_other_end_and_the_database_holds_it_once(clerk):
    cause, consequence = make.incident("A raid"), make.incident("A protest")
    causes = make.term("incident-link", "causes")
    IncidentLink.objects.create(from_incident=cause, kind=causes, to_incident=consequence)
    page = clerk.get(f"/admin/incidents/incident/{consequence.pk}/change/").content.decode()
    inverse = make.term("incident-link", causes.attributes["inverse"])
    assert f"{inverse.label}: <a " in page
    assert "A raid" in page
    for first, second in ((cause, consequence), (cause, cause)):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncidentLink.objects.create(from_incident=first, kind=causes, to_incident=second)


def test_16_who_held_a_command_post_on_a_day_is_answered_with_its_source(clerk):
    unit = make.agency()
    for name, since, until in (
        ("Bilal", "2023-01", "2024"),
        ("Asad", "2023-11", ""),
        ("Nasir", "2024", ""),
    ):
        Posting.objects.create(
            person=make.person(name),
            agency=unit,
            post="Regional officer",
            rank="Colonel",
            commands=True,
            since=since,
            until=until,
            source=make.source(f"A notification about {name}"),
        )
    asked = {"agency": unit.pk, "on": "2023-11-23"}
    page = clerk.get("/admin/incidents/agency/posts/", asked)
    [(_heading, lines), _unsure] = page.context["parts"]
    held = [(str(line.posting.person), line.certain, line.posting.source.title) for line in lines]
    assert held == [
        ("Bilal", True, "A notification about Bilal"),
        ("Asad", False, "A notification about Asad"),
    ]
    text = page.content.decode()
    assert "<strong>certain</strong>" in text
    assert "<strong>possible</strong>" in text
    assert "A notification about Asad" in text


def test_16_a_relation_between_people_is_dated(clerk):
    son, lawyer = make.person("Sameer"), make.person("Advocate")
    form = Form(clerk, f"/admin/incidents/person/{son.pk}/change/", "person_form")
    form.add_row(
        "relations",
        kind=make.term("person-relation", "lawyer"),
        other=lawyer,
        since="2023-11",
        until="2024",
    )
    form.save()
    relation = PersonRelation.objects.get()
    assert (str(relation.since), str(relation.until)) == ("2023-11", "2024")


def test_18_a_file_tells_staff_its_hash_and_linkers_and_everybody_its_redaction(
    clerk, other_clerk, client
):
    source, balach = make.source("A letter"), make.person("Balach")
    first, second = make.incident("A raid"), make.incident("A protest")
    make.violation(first, balach)
    make.violation(second)
    make.cite(first, source, entered_by=clerk.member)
    make.cite(second, source, entered_by=other_clerk.member)
    make.cite(balach, source, entered_by=other_clerk.member)
    original, _redaction, copy = files.redacted(source, by=clerk.member)

    page = clerk.get(f"/admin/incidents/source/{source.pk}/files/{original.pk}/").content.decode()
    assert original.sha256 in page
    for record in (first, second, balach):
        assert f'/{record._meta.model_name}/{record.pk}/change/">' in page
    assert str(clerk.member) in page
    assert page.count(f"<bdi>{other_clerk.member}</bdi>") == 2

    form = Form(clerk, f"/admin/incidents/source/{source.pk}/change/", "source_form")
    form.fill(form.row_of("captures", "id", copy), public="on").save()
    make.publish(first)
    document = SourceEntry.objects.get(reference=source_reference(source)).content()
    [shown] = document["files"]
    assert (shown["sha256"], shown["redacted_from"]) == (copy.sha256, original.sha256)
    told = client.get(f"/api/v1/sources/{document['reference']}/").json()
    assert told["files"] == document["files"]
    for language in ("", "/ur"):
        site = client.get(f"{language}/sources/{document['reference']}/").content.decode()
        assert f'href="{shown["address"]}"' in site
        assert copy.sha256 in site
    answer = client.get(shown["address"])
    assert sha256(answer.content).hexdigest() == copy.sha256
    assert files.SECRET.encode() not in answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"
    refused = client.get(shown["address"].replace(copy.sha256, original.sha256))
    unknown = client.get(shown["address"].replace(copy.sha256, "0" * 64))
    assert refused.status_code == unknown.status_code == 404
    assert refused.content == unknown.content.replace(b"0" * 64, original.sha256.encode())


def source_reference(source):
    source.refresh_from_db()
    return source.reference
