"""Loading other people's tables of areas."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from reference.area_files import AreaFileError
from reference.area_loading import load_areas
from reference.areas import resolve_area
from reference.models import Area, AreaName
from tests.reference.sample_data import sample_data

pytestmark = pytest.mark.django_db

CHILE = """\
# The shape of COD-AB: one row for each comuna.
ADM0_ES,ADM0_PCODE,ADM1_ES,ADM1_PCODE,ADM2_ES,ADM2_PCODE,ADM3_ES,ADM3_PCODE,lat,lon,Shape_Area
Chile,CL,Valparaíso,CL05,Isla de Pascua,CL052,Isla de Pascua,CL05201,-27.15,-109.43,1.5
Chile,CL,Región Metropolitana,CL13,Santiago,CL131,Ñuñoa,CL13120,-33.4571234,-70.60,2.5
Chile,CL,Región Metropolitana,CL13,Santiago,CL131,Santiago,CL13101,-33.45,-70.65,3.5
Chile,CL,Región Metropolitana,CL13,Santiago,CL131,,,,,
"""

LONG = """\
code,level,parent,name,name_local,aliases,former_names,lat,lon,valid_from,valid_to,predecessors,pop
XX,country,,Land,سرزمین,,,,,,,,
XX1,province,XX,Old,,Older;Eldest,Ancient,1.5,2.5,,2018,,1000
XX2,province,XX,New,نیا,,,,,2018-06,,XX1,
"""


@pytest.fixture
def table(tmp_path):
    """Write a table and return its path."""

    def write(text, name="areas.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_chile_loads_from_a_table_in_the_shape_of_cod_ab(table):
    report = load_areas(table(CHILE))
    codes = "CL CL05 CL052 CL05201 CL13 CL131 CL13101 CL13120"
    assert sorted(report.created) == codes.split()
    nunoa = resolve_area("Nunoa")
    assert [Area.objects.get(pk=pk).name for pk in nunoa.path] == [
        "Chile",
        "Región Metropolitana",
        "Santiago",
        "Ñuñoa",
    ]
    assert (nunoa.level, nunoa.latitude) == ("tehsil", Decimal("-33.45712"))
    assert resolve_area("Santiago").code == "CL131"
    assert report.ignored_columns == ["Shape_Area"]


def test_loading_the_same_table_again_changes_nothing(table):
    load_areas(table(CHILE))
    again = load_areas(table(CHILE))
    assert (again.created, again.updated, len(again.unchanged)) == ([], [], 8)


def test_names_in_two_languages_and_alternatives_are_read(table):
    load_areas(
        table(
            "admin0Name_en,admin0Name_ur,admin0Pcode,admin1Name_en,admin1AltName1_en,admin1Name_ur,"
            "admin1Pcode,admin1RefName\nPakistan,پاکستان,PK,Sindh,Sind,سندھ,PK7,x\n"
        )
    )
    sindh = Area.objects.get(code="PK7")
    assert (sindh.name, sindh.name_local) == ("Sindh", "سندھ")
    assert set(sindh.names.values_list("name", "kind")) == {
        ("Sindh", "official"),
        ("سندھ", "official"),
        ("Sind", "alias"),
    }


def test_the_published_list_of_pakistan_loads_as_it_is():
    report = load_areas(sample_data("pakistan_areas/pk_admin_codes.csv"))
    assert len(report.created) == 1 + 7 + 160 + 577
    assert resolve_area("Kech", level="district").code == "PK211"


def test_a_table_with_one_area_a_row_gives_every_column(table):
    load_areas(table(LONG))
    old, new = Area.objects.get(code="XX1"), Area.objects.get(code="XX2")
    assert (old.latitude, old.longitude, old.population) == (Decimal("1.5"), Decimal("2.5"), 1000)
    assert (str(old.abolished), str(new.established)) == ("2018", "2018-06")
    assert list(new.predecessors.all()) == [old]
    assert set(old.names.values_list("name", "kind")) == {
        ("Old", "official"),
        ("Older", "alias"),
        ("Eldest", "alias"),
        ("Ancient", "former"),
    }


def test_what_the_table_changes_is_counted_as_updated(table):
    load_areas(table(LONG))
    changed = LONG.replace("1000", "1001").replace("Older;", "Older;Oldest;")
    report = load_areas(table(changed.replace("Land", "Country")))
    assert (report.created, report.updated, report.unchanged) == ([], ["XX", "XX1"], ["XX2"])
    assert Area.objects.get(code="XX1").population == 1001
    assert resolve_area("Land").code == "XX", "the old name still leads there"


def test_a_new_parent_moves_the_area_and_all_below_it(table):
    load_areas(table(LONG + "XX11,district,XX1,Near,,,,,,,,,\nXX111,town,XX11,Town,,,,,,,,,\n"))
    load_areas(table("code,level,parent,name\nXX11,district,XX2,Near\n"))
    assert Area.objects.within(Area.objects.get(code="XX2")).count() == 3


def test_where_areas_were_moved_the_command_says_what_to_run(table, capsys):
    call_command("load_areas", str(table(LONG + "XX11,district,XX1,Near,,,,,,,,,\n")))
    call_command("load_areas", str(table("code,level,parent,name\nXX12,district,XX2,New\n")))
    assert "rebuild_keys" not in capsys.readouterr().out
    call_command("load_areas", str(table("code,level,parent,name\nXX11,district,XX2,Near\n")))
    assert "others than before: 1. Run manage.py rebuild_keys" in capsys.readouterr().out


def test_empty_cells_and_absent_areas_leave_what_is_there(table):
    load_areas(table(LONG))
    AreaName.objects.create(area=Area.objects.get(code="XX1"), name="Mine")
    load_areas(table("code,level,parent,name,name_local,lat,lon\nXX1,province,XX,Old,,,\n"))
    old = Area.objects.get(code="XX1")
    assert old.latitude == Decimal("1.5")
    assert Area.objects.count() == 3
    assert old.names.filter(name="Mine").exists()


def test_tables_of_a_folder_may_refer_to_each_other(table, tmp_path):
    table("code,level,parent,name\nXX1,province,XX,Here\n", "a.csv")
    table("code,level,parent,name\nXX,country,,Land\n", "b.csv")
    assert sorted(load_areas(tmp_path).created) == ["XX", "XX1"]


BAD = """\
code,level,parent,name,lat,lon,valid_from,predecessors,population
XX,country,,Land,,,,,
bad code,province,XX,A,,,,,
XX1,galaxy,XX,B,,,,,
XX2,province,YY,C,,,,,
XX3,province,,D,,,,,
XX4,province,XX,,,,,,
XX5,province,XX,E,north,3,,,
XX6,province,XX,F,95,3,,,
XX7,province,XX,G,9,,,,
XX8,province,XX,H,,,lately,,
XX9,province,XX,I,,,,ZZ,
XX10,province,XX,J,,,,,many
XX10,province,XX,K,,,,,
XX11,province,XX9,L,,,,,
XX12,province,XX,--,,,,,
"""


def test_every_fault_is_reported_with_row_and_column_and_nothing_is_loaded(table):
    with pytest.raises(AreaFileError) as refusal:
        load_areas(table(BAD))
    found = {(problem.row, problem.column) for problem in refusal.value.problems}
    assert found == {
        (3, "code"),
        (4, "level"),
        (5, "parent"),
        (6, "parent"),
        (7, "name"),
        (8, "lat"),
        (9, "lat"),
        (10, "lon"),
        (11, "valid_from"),
        (12, "predecessors"),
        (13, "population"),
        (14, "code"),
        (15, "parent"),
        (16, "name"),
    }
    assert "areas.csv, row 8, column lat: “north” is not a number" in str(refusal.value)
    assert not Area.objects.exists()


def test_contradictions_within_a_wide_table_are_faults(table):
    with pytest.raises(AreaFileError) as refusal:
        load_areas(table(CHILE.replace("Santiago,CL131,Ñ", "Maipo,CL131,Ñ")))
    assert {(p.row, p.column) for p in refusal.value.problems} == {(5, "ADM2_ES"), (6, "ADM2_ES")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column code: this column is missing"),
        ("code,level,name\n", "column parent: this column is missing"),
        ("code,level,parent,name,name_en\n", "column name: this column is there twice"),
        ("code,level,parent,name\nXX,country,,Land,more\n", "row 2, column 5: more cells"),
        ('code,level,parent,name\nXX,country,,"Land\n', "not readable as CSV"),
        ("code,level,parent,name\nXX,country,,La\0nd\n", "not readable as CSV"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(table, text, message):
    with pytest.raises(AreaFileError, match=message):
        load_areas(table(text))


def test_a_table_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("code,level,parent,name\nCL,country,,Ñ\n".encode("latin-1"))
    with pytest.raises(AreaFileError, match="not UTF-8"):
        load_areas(path)


def test_a_known_area_cannot_change_its_level(table):
    load_areas(table(LONG))
    with pytest.raises(AreaFileError, match="already known as a province"):
        load_areas(table("code,level,parent,name\nXX1,district,XX,Old\n"))


def test_the_command_reports_what_it_did(table, capsys):
    call_command("load_areas", str(table(CHILE)))
    assert capsys.readouterr().out == (
        "Columns not used: Shape_Area\n8 areas created, 0 updated, 0 unchanged.\n"
    )


def test_the_command_loads_nothing_from_a_faulty_or_missing_file(table, tmp_path):
    with pytest.raises(CommandError, match=r"row 3, column code"):
        call_command("load_areas", str(table(BAD)))
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_areas", str(tmp_path / "absent.csv"))
    assert not Area.objects.exists()


def test_the_shipped_areas_load_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        report = load_areas()
    assert len(report.created) > 800
