"""The table of people and lists tells apart “not documented” and “could not have been”."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.importing.list_matrix import STRATA, columns, lists_named, rows
from incidents.models import ImportBatch, ListCase, ListRow, Merger, SourceList
from record.files import harmless
from tests.incidents import factories

pytestmark = pytest.mark.django_db


def source_list(code="papers", *, areas=(), types=(), **values):
    made = SourceList.objects.create(code=code, name=code, **values)
    made.covers_areas.set(areas)
    made.covers_types.set(types)
    document(None, made)
    return made


def document(person, held):
    """A row of a list that documents the person."""
    batch = ImportBatch.objects.create(list=held, file_name="list.csv", sha256="0", bytes=1)
    number = ListRow.objects.count() + 1
    shared = {"list": held, "key": str(number), "batch": batch, "last_batch": batch}
    case = ListCase.objects.create(**shared)
    return ListRow.objects.create(
        **shared, number=number, received={}, digest="0", case=case, person=person
    )


def victim(*, type="enforced-disappearance", date="2023-10-29", name="Balach", **values):
    person = factories.person(name)
    factories.violation(factories.incident(date=date, **values), person, type)
    return person


def matrix(**options):
    """Rows of the matrix by person, each as column → figure."""
    lists = lists_named()
    names = columns(lists)
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows(lists, **options)}


def figure(person, code="papers"):
    return matrix()[str(person.pk)][f"list_{code}"]


def test_a_person_is_on_the_lists_with_a_row_of_theirs():
    on_one, on_two = source_list("one"), source_list("two")
    both, neither = victim(), victim()
    document(both, on_one)
    document(both, on_two)
    document(both, on_two)
    found = matrix()
    assert [found[str(both.pk)][name] for name in ("list_one", "list_two")] == ["1", "1"]
    assert [found[str(neither.pk)][name] for name in ("list_one", "list_two")] == ["0", "0"]


def test_people_to_whom_nothing_was_done_are_no_rows():
    source_list()
    factories.person("A witness")
    assert matrix() == {}


def test_the_row_has_a_number_and_no_name():
    source_list()
    person = victim(name="Balach")
    (row,) = rows(lists_named())
    assert row[0] == str(person.pk)
    assert not any("Balach" in value for value in row)


@pytest.mark.parametrize(
    ("covers", "date", "expected"),
    [
        ("2020/2022", "2023-10-29", "NA"),
        ("2024/..", "2023-10-29", "NA"),
        ("2023", "2023-10-29", "0"),
        ("2023-11/..", "2023", "0"),
        ("../2022", "", "0"),
        ("", "2023-10-29", "0"),
    ],
)
def test_a_list_of_another_period_could_not_have_documented_the_person(covers, date, expected):
    source_list(covers=covers)
    assert figure(victim(date=date)) == expected


def test_the_start_of_the_violation_counts_before_the_date_of_the_incident():
    source_list(covers="2020")
    person = factories.person()
    factories.violation(factories.incident(date="2023"), person, start="2020-05")
    assert figure(person) == "0"


@pytest.mark.parametrize(
    ("covered", "place", "expected"),
    [
        ("PK211", "PK211", "0"),
        ("PK2", "PK211", "0"),
        ("PK211", "PK2", "0"),
        ("PK6", "PK211", "NA"),
        ("PK6", None, "0"),
    ],
)
def test_a_list_of_another_area_could_not_have_documented_the_person(covered, place, expected):
    source_list(areas=[factories.area(covered)])
    where = {"area": factories.area(place), "area_basis": "stated"} if place else {"area": None}
    assert figure(victim(**where)) == expected


def test_the_place_of_the_violation_counts_before_that_of_the_incident():
    source_list(areas=[factories.area("PK6")])
    person = factories.person()
    factories.violation(
        factories.incident(), person, area=factories.area("PK6"), area_basis="stated"
    )
    assert figure(person) == "0"


@pytest.mark.parametrize(
    ("covered", "type", "expected"),
    [
        ("enforced-disappearance", "enforced-disappearance", "0"),
        ("liberty", "enforced-disappearance", "0"),
        ("enforced-disappearance", "liberty", "0"),
        ("life", "enforced-disappearance", "NA"),
    ],
)
def test_a_list_of_other_violations_could_not_have_documented_the_person(covered, type, expected):
    source_list(types=[factories.term("violation-type", covered)])
    assert figure(victim(type=type)) == expected


def test_one_violation_has_to_lie_in_all_that_the_list_covers():
    source_list(covers="2023", types=[factories.term("violation-type", "life")])
    person = victim(type="enforced-disappearance", date="2023")
    factories.violation(factories.incident(date="2021"), person, "extrajudicial-killing")
    assert figure(person) == "NA"
    factories.violation(factories.incident(date="2023"), person, "extrajudicial-killing")
    assert figure(person) == "0"


def test_whom_a_list_documents_is_on_it_whatever_it_says_it_covers():
    person = victim(date="2023")
    document(person, source_list(covers="2020"))
    assert figure(person) == "1"


def test_people_who_were_merged_are_one_row_on_the_lists_of_both():
    one, two = source_list("one"), source_list("two")
    survivor, loser = victim(), victim()
    document(survivor, one)
    row = document(loser, two)
    merger = Merger.objects.create(
        loser=loser, survivor=survivor, note="The same.", merged_by=factories.staff()
    )
    ListRow.objects.filter(pk=row.pk).update(person=survivor)
    found = matrix()
    assert set(found) == {str(survivor.pk)}
    assert found[str(survivor.pk)]["list_one"] == found[str(survivor.pk)]["list_two"] == "1"
    merger.undone_at, merger.undone_by = timezone.now(), factories.staff()
    merger.save()
    assert set(matrix()) == {str(survivor.pk), str(loser.pk)}


def test_strata_are_those_of_the_first_dated_violation():
    source_list()
    person = factories.person(sex=factories.term("sex", "man"))
    factories.violation(factories.incident(date=""), person, "torture")
    factories.violation(factories.incident(date="2023"), person, "extrajudicial-killing")
    factories.violation(
        factories.incident(date="2021-05", area=None),
        person,
        area=factories.area("PK211"),
        area_basis="stated",
    )
    found = matrix()[str(person.pk)]
    assert {name: found[name] for name in STRATA} == {
        "year": "2021",
        "province": "PK2",
        "type": "liberty",
        "sex": "man",
        "age_group": "adult",
        "unit": "individual",
    }


@pytest.mark.parametrize("date", ["", "2021/2023", "../2023", "2023/.."])
def test_a_year_that_is_not_certain_is_unknown(date):
    source_list()
    person = victim(date=date, area=None)
    assert matrix()[str(person.pk)]["year"] == "unknown"


def test_a_violation_without_a_place_is_of_no_province():
    source_list()
    person = victim(area=None)
    assert matrix()[str(person.pk)]["province"] == "unknown"


def test_nobody_is_left_out_between_two_chunks():
    held = source_list()
    people = [victim() for _each in range(5)]
    document(people[3], held)
    found = matrix(chunk=2)
    assert list(found) == [str(person.pk) for person in people]
    assert [row["list_papers"] for row in found.values()] == ["0", "0", "0", "1", "0"]


def test_queries_grow_neither_with_people_nor_with_lists_rows():
    held = source_list()
    document(victim(), held)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            matrix()
        return len(seen)

    before = queries()
    for _each in range(4):
        document(victim(), held)
    assert queries() == before


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}1") == f"'{start}1"


def run(*arguments):
    out = io.StringIO()
    call_command("export_list_matrix", *arguments, stdout=out)
    return out.getvalue()


def test_lists_without_a_row_are_no_columns_and_cannot_be_asked_for():
    source_list("papers")
    SourceList.objects.create(code="undone", name="Undone")
    victim()
    assert run().splitlines()[0].startswith("person,list_papers,year")
    with pytest.raises(CommandError, match="Nothing is in the case file of: undone"):
        run("--lists", "papers,undone")


def test_a_row_that_is_an_incident_documents_everybody_whom_it_brought():
    held = source_list()
    case = factories.incident()
    first, second, third = (factories.person(name) for name in ("Ali", "Baran", "Dost"))
    for person in (first, second, third):
        factories.violation(case, person, "enforced-disappearance")
    row = document(first, held)
    row.made = {f"victim.{n}": ["person", p.pk] for n, p in enumerate((first, second))}
    row.made["incident"] = ["incident", third.pk]
    row.save()
    ListCase.objects.filter(pk=row.case_id).update(incident=case)
    found = matrix()
    figures = [found[str(person.pk)]["list_papers"] for person in (first, second, third)]
    assert figures == ["1", "1", "0"]
    Merger.objects.create(
        loser=second, survivor=third, note="The same.", merged_by=factories.staff()
    )
    assert figure(third) == "1"


def test_the_command_writes_csv():
    held = source_list("papers")
    person = victim()
    document(person, held)
    header, row = csv.reader(io.StringIO(run()))
    assert header == ["person", "list_papers", *STRATA]
    assert row[:4] == [str(person.pk), "1", "2023", "PK2"]


def test_the_command_writes_a_file_that_only_its_owner_can_read(tmp_path):
    source_list()
    victim()
    path = tmp_path / "matrix.csv"
    assert "1 people and 1 lists" in run("--output", str(path))
    assert len(path.read_text().splitlines()) == 2
    assert path.stat().st_mode & 0o077 == 0


def test_beside_the_matrix_stands_what_it_is_who_collected_it_and_the_caveat(tmp_path):
    held = source_list("papers")
    document(victim(), held)
    told = SourceList.objects.create(
        code="told", name="A name nobody may know", source=factories.source(confidential=True)
    )
    document(victim(), told)
    path = tmp_path / "matrix.csv"
    run("--output", str(path))
    beside = tmp_path / "matrix.csv-metadata.json"
    assert beside.stat().st_mode & 0o077 == 0
    about = json.loads(beside.read_text())
    assert about["caveat"].startswith("Documented cases, not all cases")
    assert about["collecting_bodies"] == [held.name, "told"]
    assert about["people"] == 2
    assert [each["column"] for each in about["lists"]] == ["list_papers", "list_told"]
    assert about["lists"][0]["covers"] == {"period": "", "areas": [], "types": []}
    assert about["values"].keys() == {"1", "0", "NA"}


def test_the_command_takes_the_lists_asked_for():
    for code in ("one", "two", "three"):
        source_list(code)
    assert run("--lists", "two, one").splitlines()[0].startswith("person,list_one,list_two,year")


def test_restricted_cases_are_in_the_matrix():
    source_list()
    person = victim(restricted=True)
    assert str(person.pk) in matrix()


def test_a_list_that_is_none_is_refused_with_those_there_are():
    source_list("papers")
    with pytest.raises(CommandError, match=r"No such list: paper\. The lists are: papers\."):
        run("--lists", "paper")


def test_without_any_list_there_is_no_matrix():
    with pytest.raises(CommandError, match="No list was brought in"):
        run()


def test_a_matrix_that_broke_off_leaves_no_file(tmp_path, monkeypatch):
    source_list()

    def broken(lists):
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr("incidents.management.commands.export_list_matrix.rows", broken)
    with pytest.raises(CommandError, match="No space left"):
        run("--output", str(tmp_path / "matrix.csv"))
    assert list(tmp_path.iterdir()) == []
