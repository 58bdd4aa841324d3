"""A release: the whole record of one moment as files that agree with each other."""

import json
import tracemalloc

import pytest
from django.core.management import CommandError, call_command

from record.columns import COLUMNS
from record.kinds import Kind
from record.models import ENTRY_OF
from record.releasing import making
from record.releasing.files import write_tables
from record.releasing.folders import clear_left_behind, release_folders, writing_alone
from record.releasing.making import ReleaseError, make_release
from record.releasing.manifest import MANIFEST, ManifestError, manifest_in, read_manifest
from reference.publisher import publisher
from tests.api.case import publish_case
from tests.record.factories import publish_incident, rewrite, withdraw_incident
from tests.record.released import lines, rows, texts, wrong_hashes
from tests.reference.organisation_factory import describe, fully

pytestmark = pytest.mark.django_db

DATE = "2026-02-01"


@pytest.fixture
def folder(tmp_path, settings):
    settings.GAWAH_RELEASES = tmp_path
    return tmp_path


@pytest.fixture
def release(folder):
    publish_case()
    make_release(DATE)
    return folder / DATE


def live(kind):
    return ENTRY_OF[kind].objects.live().order_by("reference").documents()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_file_of_documents_holds_every_live_one_as_it_is_stored(release, kind):
    text = (release / f"{kind.plural}.ndjson").read_text(encoding="utf-8")
    assert text.splitlines() == live(kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_table_has_the_same_records_under_the_declared_columns(release, kind):
    found = rows(release, f"{kind.plural}.csv")
    assert [row["reference"] for row in found] == [
        document["reference"] for document in lines(release, f"{kind.plural}.ndjson")
    ]
    assert list(found[0]) == [column.name for column in COLUMNS[kind]]


def test_tables_begin_without_a_byte_order_mark(release):
    assert (release / "victims.csv").read_bytes().startswith(b"reference,")


@pytest.mark.parametrize("kind", ["incidents", "victims", "violations"])
def test_points_are_of_the_same_records(release, kind):
    collection = json.loads((release / f"{kind}.geojson").read_text(encoding="utf-8"))
    assert [feature["id"] for feature in collection["features"]] == [
        document["reference"] for document in lines(release, f"{kind}.ndjson")
    ]


def test_an_empty_record_makes_a_release_of_empty_files(folder):
    manifest = make_release(DATE)
    assert manifest.dataset_version == 0
    assert set(manifest.counts.values()) == {0}
    assert wrong_hashes(folder / DATE) == []


def test_every_file_is_in_the_manifest_with_its_size_and_hash(release):
    named = {each.name for each in manifest_in(release).files}
    assert named | {MANIFEST} == {each.name for each in release.iterdir()}
    assert wrong_hashes(release) == []


def test_the_sums_are_those_of_all_files_but_themselves_and_the_manifest(release):
    listed = dict(reversed(line.split("  ")) for line in sums(release))
    files = {each.name: each.sha256 for each in manifest_in(release).files}
    assert listed == {name: value for name, value in files.items() if name != "SHA256SUMS"}


def sums(release):
    return (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()


def test_the_data_package_describes_each_table_as_it_is(release):
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert package["caveat"].startswith("Documented cases, not all cases")
    assert package["collecting_bodies"] == [publisher().name_in("en")]
    for resource in package["resources"]:
        content = (release / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert ("schema" in resource) is (resource["format"] == "csv")
        if "schema" in resource:
            schema = resource["schema"]
            table = rows(release, resource["path"])
            assert [field["name"] for field in schema["fields"]] == list(table[0])
            assert schema["missingValues"] == [""]
            key = schema["primaryKey"]
            names = [key] if key == "reference" else key
            named = [tuple(row[name] for name in names) for row in table]
            assert all(map(all, named))
            assert len(named) == len(set(named))
            for field in schema["fields"]:
                read = {"integer": int, "number": float}.get(field["type"], str)
                cells = [row[field["name"]] for row in table]
                assert {type(read(cell)) for cell in cells if cell} <= {read}
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))


def test_a_release_names_who_collected_the_data_and_keeps_naming_them(release):
    fully()
    publish_incident()
    later = make_release("2026-03-01")
    describe(collecting_bodies={"en": "Somebody else"})
    folder = release.parent / later.release
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["collecting_bodies"] == ["Witness Office Quetta", "Families' Committee"]
    points = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))
    assert points["collecting_bodies"] == package["collecting_bodies"]
    assert points["caveat"] == package["caveat"]
    assert manifest_in(folder).collecting_bodies == tuple(package["collecting_bodies"])
    assert "Collected by: Witness Office Quetta; Families" in (folder / "README.txt").read_text()


def test_a_manifest_of_before_names_nobody(release):
    values = json.loads((release / "manifest.json").read_text())
    del values["collecting_bodies"]
    assert read_manifest(json.dumps(values).encode()).collecting_bodies == ()
    with pytest.raises(ManifestError):
        read_manifest(json.dumps({**values, "collecting_bodies": [1]}).encode())


def test_what_a_table_refers_to_is_in_the_other_table(release):
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    (table,) = [each for each in package["resources"] if each["path"] == "violations.csv"]
    paths = {each["name"]: each["path"] for each in package["resources"]}
    for key in table["schema"]["foreignKeys"]:
        there = {row["reference"] for row in rows(release, paths[key["reference"]["resource"]])}
        named = {row[key["fields"]] for row in rows(release, "violations.csv")} - {""}
        assert named
        assert named <= there


def test_the_codebook_explains_every_column(release):
    explained = {(row["table"], row["name"]) for row in rows(release, "codebook.csv")}
    assert explained == {(kind.plural, each.name) for kind in Kind for each in COLUMNS[kind]}
    assert "| victim_age_group | Age group |" in (release / "codebook.md").read_text()


def test_codes_and_areas_that_stand_in_the_tables_are_explained(release):
    terms = {(row["vocabulary"], row["code"]) for row in rows(release, "vocabularies.csv")}
    (violation,) = rows(release, "violations.csv")
    assert ("violation-type", violation["type"]) in terms
    areas = {row["code"]: row for row in rows(release, "areas.csv")}
    assert areas["PK211"]["within"] == "PK2-makran"


def test_changes_are_those_since_the_release_before(folder):
    entry = publish_incident("First title")
    make_release("2026-01-01")
    rewrite(entry, title="Second title")
    withdraw_incident(publish_incident("Another"))
    manifest = make_release(DATE)
    found = rows(folder / DATE, "changes.csv")
    assert manifest.previous == "2026-01-01"
    assert (found[0]["action"], found[0]["reference"]) == ("corrected", entry.reference)
    assert found[-1]["action"] == "withdrawn"
    assert "title" not in (folder / DATE / "changes.csv").read_text()
    assert "withdrawn: 4" in (folder / DATE / "CHANGELOG.txt").read_text()


def test_a_date_that_has_a_release_is_refused(release):
    before = texts(release)
    with pytest.raises(ReleaseError, match="already"):
        make_release(DATE)
    assert texts(release) == before


def test_a_release_can_be_made_again(release):
    publish_incident("A later one")
    make_release(DATE, again=True)
    assert "A later one" in texts(release)


@pytest.mark.parametrize("date", ["2026-2-1", "latest", "../2026-02-01", "2026-13-01", ""])
def test_what_is_no_date_makes_no_release(folder, date):
    with pytest.raises(ReleaseError, match="date"):
        make_release(date)


def test_a_run_that_breaks_off_leaves_nothing_that_looks_like_a_release(folder, monkeypatch):
    publish_case()

    def broken(*_arguments):
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_all_entities", broken)
    with pytest.raises(OSError, match="disk full"):
        make_release(DATE)
    assert release_folders(folder) == []
    assert texts(folder) == ""


def test_a_release_follows_the_newest_one_before_it_that_can_be_read(release):
    publish_incident("Another")
    make_release("2026-02-15")
    (release.with_name("2026-02-15") / MANIFEST).write_text("{}")
    assert make_release("2026-03-01").previous == DATE


def test_memory_does_not_grow_with_a_table_of_what_has_no_place(tmp_path):
    agency = {"reference": "AGY-2026-0001", "name": "x", "other_names": [], "note": "n" * 5_000}
    with (tmp_path / "agencies.ndjson").open("w") as file:
        file.writelines(f"{json.dumps(agency)}\n" for _number in range(12_000))
    tracemalloc.start()
    try:
        (table,) = write_tables(tmp_path, Kind.AGENCY, 12_000, {})
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert table.bytes > 60_000_000
    assert peak < 30_000_000


def test_what_a_killed_run_left_behind_is_cleared_but_for_that_of_a_run_at_work(folder):
    left = folder / f".{DATE}.draft"
    left.mkdir()
    with writing_alone(folder):
        left.mkdir(exist_ok=True)
        clear_left_behind(folder)
        assert left.exists()
    clear_left_behind(folder)
    assert not left.exists()


def test_what_a_killed_run_left_behind_is_removed_removed_by_the_next(folder):
    left = folder / f".{DATE}.draft"
    left.mkdir()
    (left / "incidents.ndjson").write_text("half a line")
    make_release(DATE)
    assert [each.name for each in folder.iterdir() if each.is_dir()] == [DATE]


def test_a_run_killed_between_two_renamings_is_finished_by_the_next(release, folder):
    release.rename(folder / f".{DATE}.draft")
    old = folder / f".{DATE}.old"
    old.mkdir()
    make_release("2026-03-01")
    assert [each.name for each in release_folders(folder)] == ["2026-03-01", DATE]
    assert not old.exists()


def test_the_command_makes_a_release_and_says_what_is_in_it(folder, capsys):
    publish_case()
    call_command("release_dataset", date=DATE)
    assert "incidents.ndjson: 1" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already"):
        call_command("release_dataset", date=DATE)
