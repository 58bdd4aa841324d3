"""What was told in trust lies sealed in every table, its history included, and reads as before."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incidents import confidential, publishing
from incidents.models import Capture, Citation, ImportBatch, ImportChange, LinkCheck, Source
from incidents.models.sealed import SEALED, Unreadable
from tests.incidents import factories as make
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.pages import Form

pytestmark = pytest.mark.django_db

WORD = "zqtrust"
VALUES = {
    "title": f"Talk with {WORD}title",
    "title_local": f"{WORD}local",
    "publisher": f"{WORD}publisher",
    "author": f"{WORD}author",
    "url": f"https://{WORD}url.example/",
    "archived_url": f"https://{WORD}archived.example/",
    "public_note": f"{WORD}note",
    "internal_notes": f"{WORD}internal",
}


def told(*, trust=True, **values):
    """A source with a file and a citation, each with words of their own."""
    source = make.source(**(VALUES | values), confidential=trust)
    Capture.objects.create(
        source=source,
        sha256="a" * 64,
        file_name=f"{WORD}file.pdf",
        method=f"{WORD}method",
        url=f"https://{WORD}capture.example/",
    )
    make.cite(make.incident(), source, locator=f"{WORD}page", quotation=f"{WORD}quote")
    return source


def lying_open(word=WORD):
    """Table and column of every place in the database in which the word stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            JOIN information_schema.tables USING (table_schema, table_name)
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                AND (data_type IN ('text', 'character varying', 'ARRAY', 'tsvector')
                     OR data_type LIKE 'json%')
            """
        )
        columns = cursor.fetchall()
        assert len({table for table, _column in columns}) > 80
        found = set()
        for table, column in columns:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE %s)',
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


def test_the_words_of_a_confidential_source_lie_open_nowhere():
    told()
    assert lying_open() == set()


def test_they_read_as_they_were_written():
    told()
    read = Source.objects.get(confidential=True)
    assert {name: getattr(read, name) for name in VALUES} == VALUES
    assert Capture.objects.get().file_name == f"{WORD}file.pdf"
    assert Citation.objects.get(source=read).quotation == f"{WORD}quote"
    assert Source.objects.values_list("title", flat=True).get(pk=read.pk) == VALUES["title"]


def test_an_open_source_lies_open_and_is_found_by_its_words():
    told(trust=False)
    assert Source.objects.filter(title__icontains=f"{WORD}title").exists()
    assert ("incidents_source", "title") in lying_open()


@pytest.mark.parametrize("way", ["page", "update_fields", "withdrawn", "many"])
def test_a_source_that_becomes_confidential_is_sealed_with_its_history(way):
    source = told(trust=False)
    source.title = f"{WORD} once called otherwise"
    source.save()
    source = Source.objects.get(pk=source.pk)
    source.confidential = True
    match way:
        case "page":
            source.save()
        case "update_fields":
            source.save(update_fields=["confidential"])
        case "withdrawn":
            publishing.withdraw(source, by=make.publisher(), reason="safety")
        case "many":
            Source.objects.filter(pk=source.pk).make_confidential()
    assert lying_open() == set()
    assert _first_event(source).title == VALUES["title"]


def _first_event(source):
    model = Source.pgh_event_models["insert"]
    return model.objects.filter(pgh_obj_id=source.pk).order_by("pk").first()


def test_the_database_refuses_a_confidential_source_that_lies_open():
    source = told(trust=False)
    with pytest.raises(IntegrityError, match="source_confidential_is_sealed"), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(confidential=True)


@pytest.mark.parametrize("model", [Citation, Capture])
def test_the_database_refuses_open_words_that_hang_on_a_confidential_source(model):
    source = told(trust=False)
    row = model.objects.get(source=source)
    name = "quotation" if model is Citation else "file_name"
    trusted = make.source("Another", confidential=True)
    for values in ({"source": trusted}, {"source": trusted, name: "Otherwise"}):
        with pytest.raises(IntegrityError, match="lies sealed"), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**values)
    model.objects.filter(pk=row.pk).update(**{name: f"{WORD}otherwise"})


@pytest.mark.parametrize("model", [Citation, Capture])
@pytest.mark.parametrize("fields", [None, ["source"]])
def test_what_is_corrected_to_a_confidential_source_is_sealed_with_its_history(model, fields):
    source = told(trust=False)
    make.cite(make.incident("Another"), source)
    row = model.objects.filter(source=source).order_by("pk")[0]
    row.source = make.source("Trusted", confidential=True)
    row.save(update_fields=fields)
    tables = {table for table, _column in lying_open()}
    name = model._meta.model_name
    assert not tables & {f"incidents_{name}", f"incidents_{name}event"}
    read = model.objects.get(pk=row.pk)
    assert WORD in (read.quotation if model is Citation else read.file_name)


def test_a_source_that_is_opened_is_found_by_its_words_again():
    source = told()
    source.confidential = False
    source.save()
    assert Source.objects.filter(title__icontains=f"{WORD}title").exists()
    assert Citation.objects.filter(quotation__icontains=f"{WORD}quote").exists()


def test_saving_it_as_it_was_changes_no_stored_letter():
    source = told()
    before = stored()
    Source.objects.get(pk=source.pk).save()
    assert stored() == before


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM incidents_source WHERE confidential ORDER BY id")
        return [title for (title,) in cursor.fetchall()]


def test_two_sources_of_one_title_are_not_told_apart_by_what_lies_there():
    told()
    told()
    assert len(set(stored())) == 2
    assert all(each.startswith(SEALED) for each in stored())


def test_the_history_in_the_admin_shows_the_words_to_staff():
    source = told()
    source.title = "Another title"
    source.save()
    page = browser_of(make.staff()).get(f"/admin/incidents/source/{source.pk}/history/")
    assert VALUES["title"] in page.content.decode()


def test_the_door_to_the_history_takes_nothing_but_sealed_texts_of_confidential_sources():
    source = told(trust=False)
    event = _first_event(source)
    with connection.cursor() as cursor:
        for text in ("Gone", f"{SEALED}xyz"):
            wanted = f'[{{"id": {event.pk}, "values": {{"title": "{text}"}}}}]'
            cursor.execute(
                "SELECT incidents_seal_history('incidents_sourceevent', %s::jsonb)", [wanted]
            )
    assert _first_event(source).title == VALUES["title"]


# -------------------------------------------------------------------------------- in the office


def test_a_confidential_source_is_found_by_those_who_may_see_it():
    source = told()
    client = browser_of(make.staff())
    page = client.get("/admin/incidents/source/", {"q": f"{WORD}title"}).content.decode()
    assert f"/admin/incidents/source/{source.pk}/" in page
    page = client.get("/admin/incidents/source/", {"q": "quite another"}).content.decode()
    assert f"/admin/incidents/source/{source.pk}/" not in page


def test_a_source_of_a_restricted_case_is_found_by_nobody_else():
    source = told()
    case = source.citations.get().incident
    case.restricted = True
    case.save()
    page = browser_of(make.staff()).get("/admin/incidents/source/", {"q": f"{WORD}title"})
    assert f"/admin/incidents/source/{source.pk}/" not in page.content.decode()


# ------------------------------------------------------------------------------------- the keys


def test_without_its_key_the_page_says_so_and_saving_it_loses_nothing(settings):
    settings.GAWAH_SOURCE_KEYS = ["first"]
    source = told()
    settings.GAWAH_SOURCE_KEYS = ["another"]
    client = browser_of(make.staff())
    path = f"/admin/incidents/source/{source.pk}/change/"
    form = Form(client, path, "source_form")
    assert "the key to it is missing" in form["title"]
    form.fill(public_note="A note under the new key").save()
    assert isinstance(Source.objects.get(pk=source.pk).title, Unreadable)
    assert client.get(f"/admin/incidents/source/{source.pk}/history/").status_code == 200
    assert client.get("/admin/incidents/source/").status_code == 200
    settings.GAWAH_SOURCE_KEYS = ["first"]
    read = Source.objects.get(pk=source.pk)
    assert (read.title, read.url) == (VALUES["title"], VALUES["url"])


def test_a_changed_key_opens_what_the_former_one_sealed_and_seals_it_anew(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    source = told()
    settings.GAWAH_SOURCE_KEYS = ["new", "old"]
    assert Source.objects.get(pk=source.pk).title == VALUES["title"]
    call_command("reseal_sources")
    settings.GAWAH_SOURCE_KEYS = ["new"]
    assert Source.objects.get(pk=source.pk).title == VALUES["title"]
    assert _first_event(source).title == VALUES["title"]
    assert confidential.reseal_all()[1] == 0


def test_the_first_key_of_its_own_shuts_nothing_away(settings):
    source = told()
    settings.GAWAH_SOURCE_KEYS = ["first"]
    assert Source.objects.get(pk=source.pk).title == VALUES["title"]
    call_command("reseal_sources")
    settings.SECRET_KEY = "another"
    assert Source.objects.get(pk=source.pk).title == VALUES["title"]


def test_the_command_fails_where_a_key_is_missing(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    told()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    with pytest.raises(CommandError, match="Under no known key: 26"):
        call_command("reseal_sources")


@pytest.mark.parametrize("of", ["source", "citation"])
def test_what_cannot_be_read_is_not_opened(settings, of):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    source = told()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    if of == "citation":
        for name, value in VALUES.items():
            setattr(source, name, f"{value}x")
        source.save()
    read = Source.objects.get(pk=source.pk)
    read.confidential = False
    for attempt in (read.full_clean, read.save):
        with pytest.raises(ValidationError, match="the key to it is missing"):
            attempt()
    assert Source.objects.get(pk=source.pk).confidential


def test_what_no_key_opens_is_counted_and_left(settings):
    settings.GAWAH_SOURCE_KEYS = ["old"]
    source = told()
    before = stored()
    settings.GAWAH_SOURCE_KEYS = ["new"]
    done, lost = confidential.reseal_all()
    assert done == 0
    assert lost > 0
    assert stored() == before
    assert isinstance(Source.objects.get(pk=source.pk).title, Unreadable)


def test_seals_of_accounts_and_of_sources_do_not_open_each_other():
    from incidents.accounts.sealing import UnreadableSecretError, unseal

    told()
    with pytest.raises(UnreadableSecretError):
        unseal(stored()[0].removeprefix(SEALED))


# ------------------------------------------------------------------------- what was there before


def test_the_migration_seals_what_was_told_in_trust_before_it():
    source = told()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_source DROP CONSTRAINT source_confidential_is_sealed")
        for table, column, of in (
            ("source", "title", "id"),
            ("citation", "quotation", "source_id"),
            ("capture", "method", "source_id"),
        ):
            if table != "source":
                cursor.execute(
                    f"ALTER TABLE incidents_{table} DISABLE TRIGGER {table}_words_lie_sealed"
                )
            cursor.execute(
                f"UPDATE incidents_{table} SET {column} = %s WHERE {of} = %s",
                [f"{WORD} {column}", source.pk],
            )
    ImportChange.objects.create(
        batch=ImportBatch.objects.create(file_name="list.csv", sha256="0" * 64, bytes=1),
        path="source",
        model="source",
        object_id=source.pk,
        before=f"{WORD} title",
    )
    LinkCheck.objects.create(
        source=source,
        checked_at=timezone.now(),
        address=f"https://{WORD}/",
        outcome="works",
        milliseconds=1,
    )
    assert len(lying_open()) == 8
    migration = import_module("incidents.migrations.0011_sealed_sources")
    migration.seal_what_stands(None, SimpleNamespace(connection=connection))
    assert lying_open() == set()
    assert Source.objects.get(pk=source.pk).title == f"{WORD} title"
    assert Citation.objects.get(source=source).quotation == f"{WORD} quotation"
    assert ImportChange.objects.get().before == confidential.SILENT
    migration.open_what_lies_sealed(None, SimpleNamespace(connection=connection))
    assert len(lying_open()) > 6


def test_the_migration_seals_past_triggers_of_an_older_version():
    """They know less columns of a history than its table has when the migration comes to it."""
    source = told()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_capture DISABLE TRIGGER capture_words_lie_sealed")
        cursor.execute("UPDATE incidents_capture SET method = %s", [f"{WORD} by hand"])
        cursor.execute("ALTER TABLE incidents_captureevent ADD later integer NOT NULL DEFAULT 1")
        cursor.execute("ALTER TABLE incidents_captureevent ALTER later DROP DEFAULT")
        with pytest.raises(IntegrityError, match="later"), transaction.atomic():
            cursor.execute("UPDATE incidents_capture SET method = %s", [f"{WORD} otherwise"])
    migration = import_module("incidents.migrations.0011_sealed_sources")
    migration.seal_what_stands(None, SimpleNamespace(connection=connection))
    assert lying_open() == set()
    assert Capture.objects.get(source=source).method == f"{WORD} by hand"


def test_a_row_that_is_put_back_as_it_stood_lies_sealed_again():
    source = told()
    kept = Citation.objects.get(source=source)
    kept.delete()
    kept.pk = 4_000_000
    kept.save_base(raw=True, force_insert=True)
    assert lying_open() == set()
    assert Citation.objects.get(pk=4_000_000).quotation == f"{WORD}quote"


def test_notes_of_an_import_are_silenced_with_the_source():
    source = told(trust=False)
    batch = ImportBatch.objects.create(file_name="list.csv", sha256="0" * 64, bytes=1)
    ImportChange.objects.create(
        batch=batch, path="source", model="source", object_id=source.pk, after=str(source)
    )
    source.confidential = True
    source.save()
    assert ImportChange.objects.get().after == confidential.SILENT
