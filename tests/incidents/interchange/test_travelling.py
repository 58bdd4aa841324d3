"""What a file holds, what stays, and how cases arrive."""

import json

import pytest
from django.core.management import CommandError
from django.db.models import Q

from incidents import publishing, roles
from incidents.expunging import ask_for, carry_out
from incidents.history.events import events_of
from incidents.history.reasons import reasons_of
from incidents.models import (
    AccessEvent,
    Arrival,
    Citation,
    Expunging,
    Incident,
    IncidentLink,
    LegalAction,
    Person,
    PersonRelation,
    Source,
    StaffMember,
    Violation,
)
from incidents.models.sealed import SEALED
from tests.incidents import factories as make
from tests.incidents.interchange.carried import (
    another_installation,
    export,
    key,
    lasting,
    parts,
    receive,
    refusal,
    rows,
    superuser,
)

pytestmark = pytest.mark.django_db


def manifest(file):
    return json.loads(parts(file)["manifest.json"])


def told(file):
    return b"".join(parts(file).values()).decode()


def test_published_cases_arrive_as_drafts_and_keep_their_reference_beside(tmp_path):
    case = make.incident()
    make.violation(case)
    make.publish(case)
    case.refresh_from_db()
    export(tmp_path / "file", case)
    another_installation()
    receive(tmp_path / "file")
    came = Incident.objects.get()
    assert (came.stage, came.publication, came.reference) == ("draft", "unpublished", None)
    assert Arrival.objects.get(kind="incident").reference == case.reference
    [row] = rows(tmp_path / "file", "incident")
    assert row["reference"] == case.reference


def test_the_history_says_that_it_came_and_from_where(tmp_path):
    case = make.incident()
    export(tmp_path / "file", case)
    another_installation()
    receive(tmp_path / "file")
    came = Incident.objects.get()
    event = came.events.get()
    assert event.pgh_context.metadata["act"] == "receive"
    assert event.pgh_context.metadata["user"] == superuser().pk
    [why] = reasons_of([event]).values()
    assert manifest(tmp_path / "file")["installation"] in why
    assert manifest(tmp_path / "file")["sha256"]["rows.ndjson"] in why
    assert came.entered_by == superuser()
    assert events_of([came])


def test_staff_travel_under_their_pseudonyms(tmp_path):
    clerk = make.staff(pseudonym="Zirak", first_name="Hidden")
    case = make.incident(by=clerk)
    export(tmp_path / "file", case)
    [row] = rows(tmp_path / "file", "incident")
    assert row["entered"]["by"] == "Zirak"
    assert manifest(tmp_path / "file")["written_by"] == "Sangat"
    for name in (clerk.username, "Hidden", superuser().username):
        assert name not in told(tmp_path / "file")
    another_installation()
    StaffMember.objects.exclude(pk=superuser().pk).update(pseudonym="")
    receive(tmp_path / "file")
    export(tmp_path / "again", Incident.objects.get())
    assert lasting(tmp_path / "again") == lasting(tmp_path / "file")


def test_the_office_work_on_a_case_stays(tmp_path):
    case, clerk = make.incident(), make.staff()
    case.tasks.create(kind="call", what="Call the lawyer", due="2026-12-01")
    case.review_comments.create(text="Is this so?", about="the case", written_by=clerk)
    case.assigned.add(clerk)
    make.approve(case)
    export(tmp_path / "file", case)
    for private in ("Call the lawyer", "Is this so?", "approved", "reviewer"):
        assert private not in "".join(json.dumps(row) for row in rows(tmp_path / "file"))


def test_each_export_is_in_the_access_log(tmp_path):
    cases = [make.incident(), make.incident("Another")]
    export(tmp_path / "file", *cases)
    lines = AccessEvent.objects.filter(act="exported", section="export_cases")
    assert set(lines.values_list("key", "member")) == {
        (str(case.pk), superuser().pk) for case in cases
    }


def test_the_file_is_for_its_owner_alone(tmp_path):
    export(tmp_path / "file", make.incident())
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_another_run_left_unfinished_is_not_written_into(tmp_path):
    left = tmp_path / ".file.unfinished"
    left.touch(0o666)
    with left.open() as watched:
        export(tmp_path / "file", make.incident())
        assert watched.read() == ""
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CommandError, match="there already"):
        export(tmp_path / "file", make.incident())
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["number", "reference", "identifier"])
def test_a_case_is_asked_for_by_any_of_its_names(tmp_path, name):
    case = make.incident()
    make.publish(case)
    case.refresh_from_db()
    export(tmp_path / "once", case)
    names = {
        "number": case.pk,
        "reference": case.reference,
        "identifier": manifest(tmp_path / "once")["cases"][0],
    }
    export(tmp_path / "again", names[name])
    assert lasting(tmp_path / "again") == lasting(tmp_path / "once")


def test_a_case_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="no incident “GW-9”"):
        export(tmp_path / "file", "GW-9")


def test_who_may_not_take_cases_out_is_refused(tmp_path):
    from django.core.management import call_command

    clerk = make.staff()
    with pytest.raises(CommandError, match="may not do this"):
        call_command(
            "export_cases",
            str(make.incident().pk),
            to=tmp_path / "file",
            unsealed=True,
            by=clerk.username,
        )


def test_of_a_withdrawn_case_the_other_side_learns_that_it_was_withdrawn(tmp_path):
    case = make.incident()
    make.publish(case)
    publishing.withdraw(case, by=make.publisher(), reason="safety", note="For safety.")
    said = export(tmp_path / "file", case)
    assert "1 of the cases are withdrawn here" in said
    assert manifest(tmp_path / "file")["withdrawn"] == manifest(tmp_path / "file")["cases"]
    another_installation()
    assert "published where they come from and taken back" in receive(tmp_path / "file")
    assert Incident.objects.get().publication == "unpublished"


# Restricted cases


def test_a_restricted_case_goes_only_if_that_is_said(tmp_path):
    case = make.incident(restricted=True)
    with pytest.raises(CommandError, match="--restricted"):
        export(tmp_path / "file", case)
    assert not (tmp_path / "file").exists()
    export(tmp_path / "file", case, restricted=True)
    [line] = AccessEvent.objects.filter(act="exported")
    assert (line.key, line.note) == (str(case.pk), "restricted, unsealed")
    another_installation()
    assert "nobody is assigned" in receive(tmp_path / "file")
    assert Incident.objects.get().restricted


def test_a_restricted_case_that_was_not_asked_for_leaves_no_trace(tmp_path):
    case = make.incident("Open case")
    secret = make.incident("Concealed case", restricted=True)
    victim, hidden = make.person("Balach"), make.person("Concealed person")
    make.violation(case, victim)
    make.violation(secret, hidden)
    PersonRelation.objects.create(
        person=victim, kind=make.term("person-relation", "sibling"), other=hidden
    )
    IncidentLink.objects.create(
        from_incident=case, kind=make.term("incident-link", "precedes"), to_incident=secret
    )
    source = make.source("Concealed source")
    make.cite(hidden, source)
    shared = make.legal_action(case, secret, people=[victim, hidden], complainant=hidden)
    make.cite(shared, make.source("Concealed order"))
    export(tmp_path / "file", case)
    text = told(tmp_path / "file")
    assert "Balach" in text
    assert "Concealed" not in text
    assert f":incident:{secret.pk}" not in text
    assert f":person:{hidden.pk}" not in text
    [row] = rows(tmp_path / "file", "legal-action")
    assert "left_out" not in row
    another_installation()
    receive(tmp_path / "file")
    assert LegalAction.objects.get().complainant is None


# Links to what is not in the file


def test_a_link_goes_where_both_ends_do_and_is_named_where_one_is_absent(tmp_path):
    first, second = make.incident("First"), make.incident("Second")
    link = IncidentLink.objects.create(
        from_incident=first, kind=make.term("incident-link", "precedes"), to_incident=second
    )
    action = make.legal_action(first, second)
    export(tmp_path / "one", first)
    export(tmp_path / "both", first, second)
    absent = [json.loads(line) for line in parts(tmp_path / "one")["absent.ndjson"].splitlines()]
    code = manifest(tmp_path / "one")["installation"]
    assert absent == [
        {
            "id": f"{code}:incident-link:{link.pk}",
            "field": "to_incident",
            "absent": f"{code}:incident:{second.pk}",
        },
        {
            "id": f"{code}:legal-action:{action.pk}",
            "field": "incidents",
            "absent": f"{code}:incident:{second.pk}",
        },
    ]
    assert "Second" not in told(tmp_path / "one")
    another_installation()
    receive(tmp_path / "one")
    assert not IncidentLink.objects.exists()
    # The other end comes later: the link comes with it, and the legal action is tied to both.
    assert "Links added: 1" in receive(tmp_path / "both")
    assert IncidentLink.objects.get().to_incident.title == "Second"
    assert LegalAction.objects.get().incidents.count() == 2
    export(tmp_path / "here", *Incident.objects.all())
    assert lasting(tmp_path / "here") == lasting(tmp_path / "both")


# What was told in trust


@pytest.fixture
def trusted():
    """A case that rests on an article and on somebody who spoke in trust."""
    case = make.incident()
    act = make.violation(case)
    teller = make.person("Teller", protection="withheld")
    source = make.source("Testimony", confidential=True, informant=teller, internal_notes="At 9")
    make.cite(act, source, quotation="I saw it", locator="12:30")
    return case


def test_what_was_told_in_trust_stays_and_that_is_said(trusted, tmp_path):
    said = export(tmp_path / "file", trusted)
    assert "1 sources with 1 citations" in said
    text = told(tmp_path / "file")
    for private in ("Testimony", "I saw it", "Teller", "At 9"):
        assert private not in text
    assert manifest(tmp_path / "file")["with_informants"] is False
    another_installation()
    receive(tmp_path / "file")
    assert not Source.objects.filter(confidential=True).exists()


def test_marks_count_the_sources_that_go_and_none_names_one_that_stays(tmp_path):
    case = make.incident(public_account="Taken. [1] At night. [2] The police deny it. [3]")
    make.cite(case, make.source("A neighbour", confidential=True))
    make.cite(case, make.source("A statement of the police"))
    export(tmp_path / "file", case)
    [row] = rows(tmp_path / "file", "incident")
    assert row["values"]["public_account"] == "Taken. [1] At night. The police deny it. [2]"
    # Here they stay as they are, and the file is still that of the case.
    assert "New rows: 0." in receive(tmp_path / "file")
    another_installation()
    receive(tmp_path / "file")
    export(tmp_path / "again", Incident.objects.get())
    assert lasting(tmp_path / "again") == lasting(tmp_path / "file")


def test_what_was_told_in_trust_never_leaves_unsealed(trusted, tmp_path):
    with pytest.raises(CommandError, match="never leaves unsealed"):
        export(tmp_path / "file", trusted, with_informants=True)
    assert list(tmp_path.iterdir()) == []


def test_what_was_told_in_trust_is_sealed_again_with_the_other_key(trusted, tmp_path, settings):
    settings.GAWAH_SOURCE_KEYS = ["the key there"]
    path = key(tmp_path)
    export(tmp_path / "file", trusted, with_informants=True, key=path)
    for private in (b"Testimony", b"I saw it", b"Teller"):
        assert private not in (tmp_path / "file").read_bytes()
    another_installation()
    settings.GAWAH_SOURCE_KEYS = ["the key here"]
    receive(tmp_path / "file", key=path)
    source = Source.objects.get(confidential=True)
    assert (source.title, source.internal_notes) == ("Testimony", "At 9")
    assert source.informant.names.get().given == "Teller"
    citation = Citation.objects.get(source=source)
    assert (citation.quotation, citation.locator) == ("I saw it", "12:30")
    stored = Source.objects.filter(pk=source.pk).extra(select={"lies": "title"})
    assert stored.values_list("lies", flat=True)[0].startswith(SEALED)
    assert not Source.objects.filter(Q(title="Testimony")).exists()
    assert "New rows: 0." in receive(tmp_path / "file", key=path)


def test_what_no_key_opens_is_not_written(trusted, tmp_path, settings):
    Source.objects.filter(confidential=True).get().save()
    settings.GAWAH_SOURCE_KEYS = ["the key"]
    for source in Source.objects.filter(confidential=True):
        source.title = "Sealed with it"
        source.save()
    settings.GAWAH_SOURCE_KEYS = ["another key"]
    with pytest.raises(CommandError, match="GAWAH_SOURCE_KEYS"):
        export(tmp_path / "file", trusted, with_informants=True, key=key(tmp_path))


def test_a_source_that_rests_on_one_told_in_trust_says_that_something_stays(trusted, tmp_path):
    article = make.source("Article", origin=Source.objects.get(confidential=True))
    make.cite(trusted, article)
    export(tmp_path / "file", trusted)
    [row] = [
        row for row in rows(tmp_path / "file", "source") if row["values"]["title"] == "Article"
    ]
    assert (row["values"]["origin"], row["left_out"]) == (None, ["origin"])
    assert "New rows: 0." in receive(tmp_path / "file")


# What is gone stays gone


def test_what_was_removed_for_good_never_comes_back(tmp_path):
    case = make.incident()
    victim = make.violation(case).person
    export(tmp_path / "file", case)
    wish = Expunging(
        kind="person", row_id=victim.pk, ground="law", request_reference="1", words="An order."
    )
    carry_out(ask_for(wish, by=make.staff(roles.ADMINISTRATOR)), by=make.publisher())
    said = refusal(tmp_path / "file", bring_back=True)
    assert f":person:{victim.pk} was removed for good here" in said


def test_people_beside_the_case_come_with_their_names(tmp_path):
    case = make.incident()
    victim, brother = make.violation(case).person, make.person("Karim")
    PersonRelation.objects.create(
        person=victim, kind=make.term("person-relation", "sibling"), other=brother
    )
    export(tmp_path / "file", case)
    another_installation()
    receive(tmp_path / "file")
    came = Violation.objects.get().person.relations.get()
    assert came.other.names.get().given == "Karim"
    assert Person.objects.count() == 2
