"""Who told us lies sealed, in the rows and their history, and is found by those who may know."""

import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from incidents import confidential, publishing
from incidents.expunging import ask_for, carry_out
from incidents.informants import (
    UnreadableTiesError,
    informants_of,
    readable_informants_of,
    told_by,
)
from incidents.models import Expunging, Merger, Person, Source
from incidents.models.sealed import SEALED
from incidents.models.sealed_key import UnreadableKey
from incidents.visibility import restricted_cases, visible_to
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def witness():
    return make.person("Zqwitness")


def told(person, title="A talk"):
    return make.source(title, confidential=True, informant=person)


def lying(table="incidents_source"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT informant_id FROM {table} WHERE informant_id IS NOT NULL")
        return [text for (text,) in cursor.fetchall()]


def test_neither_rows_nor_history_say_who_told_us(witness):
    source = told(witness)
    source.title = "Otherwise"
    source.save()
    found = [*lying(), *lying("incidents_sourceevent")]
    assert len(found) > 1
    assert all(text.startswith(SEALED) for text in found)


def test_two_sources_of_one_person_do_not_show_that_they_are(witness):
    told(witness)
    told(witness)
    assert len(set(lying())) == 2


def test_it_reads_as_any_tie(witness):
    source = Source.objects.get(pk=told(witness).pk)
    assert source.informant == witness
    assert source.informant_id == witness.pk
    assert list(witness.sources.all()) == [source]
    assert told_by(witness.pk) == [source.pk]
    assert informants_of(Source.objects.all()) == [witness.pk]
    assert not Source.objects.filter(informant=make.person("Another")).exists()
    assert list(Source.objects.exclude(informant=witness)) == []


def test_saving_it_as_it_was_changes_no_stored_letter(witness):
    source = told(witness)
    before = lying()
    Source.objects.get(pk=source.pk).save()
    assert lying() == before


def test_the_database_refuses_an_open_number(witness):
    source = told(witness)
    values = [str(witness.pk), source.pk]
    refused = pytest.raises(IntegrityError, match="source_informant_is_sealed")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("UPDATE incidents_source SET informant_id = %s WHERE id = %s", values)


def test_a_question_that_would_find_nothing_is_an_error(witness):
    with pytest.raises(FieldError):
        Source.objects.filter(informant__gt=1).exists()


def test_whoever_told_us_is_not_deleted(witness):
    told(witness)
    with pytest.raises(ProtectedError):
        witness.delete()


# ------------------------------------------------------------------------------- in the office


def test_the_page_of_the_source_shows_and_keeps_who_told_us(witness):
    source = told(witness)
    client = browser_of(make.staff())
    path = f"/admin/incidents/source/{source.pk}/change/"
    assert "Zqwitness" in client.get(path).content.decode()
    before = lying()
    Form(client, path, "source_form").fill(public_note="A note").save()
    assert Source.objects.get(pk=source.pk).informant == witness
    assert lying() == before
    other = make.person("Another")
    Form(client, path, "source_form").fill(informant=str(other.pk)).save()
    assert Source.objects.get(pk=source.pk).informant == other


def test_the_history_says_the_name_to_those_who_may_know(witness):
    source = told(witness)
    page = browser_of(make.staff()).get(f"/admin/incidents/source/{source.pk}/history/")
    assert "Zqwitness" in page.content.decode()


def test_whoever_told_us_of_a_restricted_case_exists_for_nobody_else(witness):
    source = told(witness)
    case = make.incident()
    make.cite(case, source)
    case.restricted = True
    case.save()
    gone = make.person("Zqgone")
    Merger.objects.create(loser=gone, survivor=witness, merged_by=make.staff(), note="One")
    people = visible_to(make.staff(), Person.objects.all())
    assert not people.filter(pk__in=(witness.pk, gone.pk)).exists()
    assert restricted_cases(Person, witness.pk) == {case.pk}


def test_people_are_listed_in_as_many_queries_however_many_told_us(
    witness, django_assert_num_queries
):
    member = make.staff()
    for size in (1, 4):
        for _ in range(size):
            source = told(witness)
            case = make.incident()
            make.cite(case, source)
            case.restricted = True
            case.save()
        member = type(member).objects.get(pk=member.pk)
        member.has_perm("incidents.view_all_restricted")
        with django_assert_num_queries(2):
            list(visible_to(member, Person.objects.all()))


# ------------------------------------------------------------------------------------ merging


def test_a_merger_takes_them_along_and_says_so_nowhere_openly(witness):
    first, second = told(witness), told(witness)
    stays = make.person("Zqwitness")
    own = told(stays)
    publishing.merge(witness, stays, by=make.publisher(), note="One and the same.")
    assert sorted(told_by(stays.pk)) == [first.pk, second.pk, own.pk]
    assert told_by(witness.pk) == []
    assert len(set(lying())) == 3
    merger = Merger.objects.get()
    assert merger.moved_of("sources") == [first.pk, second.pk]
    with connection.cursor() as cursor:
        for table in ("incidents_merger", "incidents_mergerevent"):
            cursor.execute(f"SELECT moved::text, told FROM {table}")
            for moved, sealed in cursor.fetchall():
                assert "sources" not in moved
                assert sealed.startswith(SEALED)


def test_a_merger_that_is_taken_back_gives_them_back(witness):
    mine = told(witness)
    stays = make.person("Zqwitness")
    own = told(stays)
    publishing.merge(witness, stays, by=make.publisher(), note="One and the same.")
    publishing.separate(Merger.objects.get(), by=make.publisher(), note="Two after all.")
    assert told_by(witness.pk) == [mine.pk]
    assert told_by(stays.pk) == [own.pk]


# --------------------------------------------------------------------------------------- keys


def test_without_its_key_it_is_not_lost(witness, settings):
    settings.GAWAH_SOURCE_KEYS = ["first"]
    source = told(witness)
    settings.GAWAH_SOURCE_KEYS = ["another"]
    client = browser_of(make.staff())
    path = f"/admin/incidents/source/{source.pk}/change/"
    Form(client, path, "source_form").fill(public_note="A note").save()
    assert client.get(f"/admin/incidents/source/{source.pk}/history/").status_code == 200
    assert isinstance(Source.objects.get(pk=source.pk).informant_id, UnreadableKey)
    assert readable_informants_of(Source.objects.all()) == []
    with pytest.raises(UnreadableTiesError, match="the key to it is missing"):
        informants_of(Source.objects.all())
    settings.GAWAH_SOURCE_KEYS = ["first"]
    assert Source.objects.get(pk=source.pk).informant == witness


@pytest.fixture
def lost(witness, settings):
    """A tie of the witness whose key is missing here."""
    settings.GAWAH_SOURCE_KEYS = ["first"]
    source = told(witness)
    settings.GAWAH_SOURCE_KEYS = ["another"]
    return source


def test_without_the_key_nobody_is_deleted(lost, witness):
    for person in (witness, make.person("Another")):
        with pytest.raises(ProtectedError) as refused, transaction.atomic():
            person.delete()
        assert "the key to it is missing" in refused.value.args[0]


def test_without_the_key_nobody_is_merged(lost, witness):
    with pytest.raises(publishing.PublicationRefused, match="the key to it is missing"):
        publishing.merge(
            witness, make.person("Zqwitness"), by=make.publisher(), note="One and the same."
        )


def test_without_the_key_no_merger_is_taken_back(witness, settings):
    settings.GAWAH_SOURCE_KEYS = ["first"]
    source = told(witness)
    publishing.merge(
        witness, make.person("Zqwitness"), by=make.publisher(), note="One and the same."
    )
    Source.objects.filter(pk=source.pk).update(informant=None)
    settings.GAWAH_SOURCE_KEYS = ["another"]
    with pytest.raises(publishing.PublicationRefused, match="the key to it is missing"):
        publishing.separate(Merger.objects.get(), by=make.publisher(), note="Two after all.")


def test_without_the_key_the_page_of_a_person_opens(lost, witness):
    page = browser_of(make.staff()).get(f"/admin/incidents/person/{witness.pk}/change/")
    assert page.status_code == 200


def test_an_expunging_takes_out_who_told_us_without_the_key(lost, witness, settings):
    wish = Expunging(
        kind="source", row_id=lost.pk, ground="law", request_reference="12", words="An order."
    )
    ask_for(wish, by=make.staff("Administrator"))
    carry_out(wish, by=make.publisher())
    assert lying() == lying("incidents_sourceevent") == []


def test_a_tie_that_is_sealed_anew_meanwhile_is_found(witness):
    source = told(witness)
    asked = Source.objects.filter(informant=witness)
    statement, values = asked.query.sql_with_params()
    confidential.reseal_all()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert [row[0] for row in cursor.fetchall()] == [source.pk]


def test_a_changed_key_seals_it_anew_rows_and_history(witness, settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    source = told(witness)
    stays = make.person("Zqwitness")
    publishing.merge(witness, stays, by=make.publisher(), note="One and the same.")
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert Source.objects.get(pk=source.pk).informant == stays
    assert Merger.objects.get().moved_of("sources") == [source.pk]
    events = Source.pgh_event_models["insert"].objects.filter(pgh_obj_id=source.pk)
    assert {event.informant_id for event in events} == {witness.pk, stays.pk}
    settings.GAWAH_SOURCE_KEYS = ["old"]
    assert confidential.reseal_all()[0] == 0


# ------------------------------------------------------------------------- what was there before


def test_the_migration_seals_what_lay_open(witness):
    source = told(witness)
    merger = Merger.objects.create(
        loser=witness, survivor=make.person("Another"), merged_by=make.staff(), note="One"
    )
    migration = import_module("incidents.migrations.0013_sealed_files")
    with migration.history_at_rest(connection) as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_source DROP CONSTRAINT source_informant_is_sealed")
        for table in ("incidents_source", "incidents_sourceevent"):
            cursor.execute(f"UPDATE {table} SET informant_id = %s", [str(witness.pk)])
        for table in ("incidents_merger", "incidents_mergerevent"):
            cursor.execute(f"UPDATE {table} SET moved = %s", [json.dumps({"sources": [5]})])
    schema_editor = SimpleNamespace(connection=connection)
    migration.seal_who_told(None, schema_editor)
    found = [*lying(), *lying("incidents_sourceevent")]
    assert all(text.startswith(SEALED) for text in found)
    assert Source.objects.get(pk=source.pk).informant == witness
    merger.refresh_from_db()
    assert (merger.moved, merger.moved_of("sources")) == ({}, [5])
    migration.open_who_told(None, schema_editor)
    assert set(lying()) == {str(witness.pk)}
