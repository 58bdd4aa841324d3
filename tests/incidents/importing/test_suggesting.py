"""A first mapping from headers and values: what is known is proposed, nothing is invented."""

import csv
import io

import pytest

from incidents.importing.mapping import read_mapping
from incidents.importing.suggesting import Choices, mapping_text, suggest, suggested_mapping
from incidents.importing.suggesting.headers import families, target_of
from incidents.importing.suggesting.values import day_first, known_terms, not_given
from incidents.importing.tables import open_table
from tests.reference.sample_data import sample_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    def made(columns, *rows):
        held = io.StringIO()
        csv.writer(held).writerows([columns, *rows])
        path = tmp_path / "list.csv"
        path.write_text(held.getvalue(), "utf-8")
        return open_table(path)

    return made


@pytest.mark.parametrize(
    ("header", "target"),
    [
        *(
            ("Name", "name"),
            ("Full Name", "name"),
            ("NAME OF VICTIM", "name"),
            ("victim_name", "name"),
        ),
        *(
            ("نام", "name"),
            ("متاثرہ کا نام", "name"),
            ("الاسم", "name"),
            ("Nombre completo", "name"),
        ),
        *(("Nom complet", "name"), ("firstName", "given"), ("first_name", "given")),
        *(("Prénom", "given"), ("الاسم الأول", "given"), ("Father's Name", "father")),
        *(
            ("Father’s name", "father"),
            ("s/o", "father"),
            ("ولدیت", "father"),
            ("والد کا نام", "father"),
        ),
        *(("اسم الأب", "father"), ("Nombre del padre", "father"), ("Nom du père", "father")),
        *(("Surname", "last"), ("Apellidos", "last"), ("Tribe", "last"), ("قبیلہ", "last")),
        *(("Sex", "sex"), ("Gender", "sex"), ("جنس", "sex"), ("الجنس", "sex"), ("Sexo", "sex")),
        *(
            ("Age", "age"),
            ("Age (years)", "age"),
            ("عمر", "age"),
            ("العمر", "age"),
            ("Edad", "age"),
        ),
        *(("Âge", "age"), ("D.O.B", ""), ("DOB", "birth"), ("تاریخ پیدائش", "birth")),
        *(("Date", "start"), ("Start date", "start"), ("start_date_daily", "start")),
        *(
            ("Date of incident", "start"),
            ("تاریخ", "start"),
            ("التاريخ", "start"),
            ("Fecha", "start"),
        ),
        *(("Date de disparition", "start"), ("start_date_monthly", "start-month")),
        *(("end_date_daily", "end"), ("Fecha de fin", "end"), ("end_date_monthly", "end-month")),
        *(
            ("District", "district"),
            ("ضلع", "district"),
            ("Province", "province"),
            ("صوبہ", "province"),
        ),
        *(("Place", "place"), ("location", "place"), ("مقام", "place"), ("المكان", "place")),
        *(("Lugar", "place"), ("Lieu", "place"), ("Latitude", "latitude"), ("lng", "longitude")),
        *(("Type of violation", "type"), ("خلاف ورزی", "type"), ("نوع الانتهاك", "type")),
        *(("Tipo de violencia", "type"), ("Perpetrator", "perpetrator"), ("ملزم", "perpetrator")),
        *(
            ("الجاني", "perpetrator"),
            ("Perpetrador", "perpetrator"),
            ("Auteur présumé", "perpetrator"),
        ),
        *(("Status", "status"), ("موجودہ حیثیت", "status"), ("Situación", "status")),
        *(
            ("Occupation", "occupation-words"),
            ("پیشہ", "occupation-words"),
            ("Profesión", "occupation-words"),
        ),
        *(("Source", "source-title"), ("ماخذ", "source-title"), ("Fuente", "source-title")),
        *(("page", "page"), ("صفحہ", "page"), ("Página", "page"), ("Remarks", "incident-notes")),
        *(
            ("کیفیت", "incident-notes"),
            ("ملاحظات", "incident-notes"),
            ("ID", "row"),
            ("S. No", "row"),
        ),
        *(("نمبر شمار", "row"), ("group_id", "group"), ("Incident ID", "group")),
        *(("name_urdu", "name"), ("Name in English", "name"), ("الاسم بالعربية", "name")),
    ],
)
def test_a_header_is_known_in_five_languages(header, target):
    assert target_of(header) == target


@pytest.mark.parametrize(
    "header",
    [
        "Blood group",
        "Filename",
        "Named in FIR",
        "Username",
        "Mileage",
        "Placebo",
        "Updated",
        "x",
        "",
    ],
)
def test_a_header_that_only_resembles_a_known_word_is_not_known(header):
    assert target_of(header) == ""


def test_what_is_not_known_stays_unread_and_is_not_in_the_mapping(table):
    found = table(["name", "Blood group", "misc"], ["Balach", "B+", "x"])
    choices = suggest(found, list_code="a", list_name="A")
    assert choices.targets == {"name": "name"}
    mapping = read_mapping(mapping_text(choices), columns=found.columns)
    assert mapping.columns_read == {"name"}


def test_columns_that_do_not_hold_what_their_header_says_stay_unread(table):
    found = table(["name", "age", "latitude", "date"], ["Balach", "young", "north", "unknown"])
    assert suggest(found).targets == {"name": "name"}


def test_a_number_names_the_rows_only_if_it_stands_once_and_everywhere(table):
    assert suggest(table(["id", "name"], ["1", "a"], ["2", "b"])).targets["id"] == "row"
    assert "id" not in suggest(table(["id", "name"], ["1", "a"], ["1", "b"])).targets
    assert "id" not in suggest(table(["id", "name"], ["1", "a"], ["", "b"])).targets


def test_names_in_two_scripts_are_two_names(table):
    found = table(["Name", "نام", "ولدیت"], ["Balach", "بالاچ", "مولا بخش"])
    assert suggest(found).targets == {"Name": "name", "نام": "name-2", "ولدیت": "father-2"}


def test_a_name_in_urdu_alone_is_the_name(table):
    found = table(["نام", "ولدیت"], ["بالاچ", "مولا بخش"])
    assert suggest(found).targets == {"نام": "name", "ولدیت": "father"}


def test_a_header_may_mean_the_first_name_or_the_whole_one(table):
    assert suggest(table(["Nombre", "Apellidos"], ["Luis", "Pérez"])).targets["Nombre"] == "given"
    assert suggest(table(["Nombre", "Edad"], ["Luis Pérez", "20"])).targets["Nombre"] == "name"


def test_of_two_columns_for_one_thing_the_one_that_says_more_is_taken(table):
    rows = [["worker", "bus driver"], ["worker", "mason"], ["worker", "tailor"]]
    found = table(["occupation", "occupation_detail"], *rows)
    assert suggest(found).targets == {"occupation_detail": "occupation-words"}


def test_a_numbered_family_is_taken_together(table):
    columns = ["name", *(f"{stem}_{n}" for n in (1, 2, 3) for stem in ("place", "latitude"))]
    found = table(columns, ["Balach", "Turbat", "26.0", "Quetta", "30.1", "", ""])
    choices = suggest(found)
    assert choices.targets == {
        "name": "name",
        "place_{n}": "place",
        "latitude_{n}": "latitude",
    }
    assert choices.column_for("place") == "place_1"


def test_numbers_that_do_not_follow_each_other_make_no_family():
    assert [family.stem for family in families(["a_1", "a_2", "b_1", "b_3", "c2", "c3"])] == ["a_"]


def test_each_place_of_a_family_becomes_an_account_of_where_somebody_was_held(table):
    found = table(["name", "place 1", "place 2"], ["Balach", "a camp", "a jail"])
    choices = suggest(found, list_code="a", list_name="A")
    choices.targets["place {n}"] = "each-held"
    mapping = read_mapping(mapping_text(choices), columns=found.columns)
    assert mapping.columns_read == {"name", "place 1", "place 2"}


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["29/10/2023", "1/2/2023"], True),
        (["10/29/2023", "1/2/2023"], False),
        (["1/2/2023", "3/4/2023"], None),
        (["29/10/2023", "10/29/2023"], None),
        (["29.10.2023"], True),
        (["2023-10-29", "2023"], None),
        ([], None),
    ],
)
def test_the_order_of_day_and_month_is_taken_only_if_the_dates_prove_it(dates, order):
    assert day_first(dates) is order


def test_values_are_known_by_label_and_code_in_both_languages():
    values = ["Enforced Disappearance", "enforced-disappearance", "جبری گمشدگی", "Killed", ""]
    assert known_terms("violation-type", values) == {
        "Enforced Disappearance": "enforced-disappearance",
        "enforced-disappearance": "enforced-disappearance",
        "جبری گمشدگی": "enforced-disappearance",
    }


def test_the_plain_words_for_the_sexes_are_known():
    known = known_terms("sex", ["M", "f", "مرد", "عورت", "Hombre", "أنثى", "Femme", "1", "x"])
    assert known == {
        **dict.fromkeys(["M", "مرد", "Hombre"], "man"),
        **dict.fromkeys(["f", "عورت", "أنثى", "Femme"], "woman"),
    }
    assert known_terms("sex", ["1", "0"], header="male") == {"1": "man", "0": "woman"}


def test_cells_that_say_nothing_are_found_as_they_are_written():
    assert not_given(["NA", "n/a", "-", "None", "0", "Unknown"]) == ["-", "NA", "n/a"]


def test_a_header_that_is_hard_to_write_makes_a_mapping_all_the_same(table):
    columns = ['na"me', "{page}", "a = [b]", "نام", "line\nbreak", "back\\slash"]
    found = table(columns, ["x", "3", "y", "بالاچ", "z", "w"])
    choices = suggest(found, list_code="a", list_name='A "list" {of} x')
    targets = ("given", "page", "type", "given-2", "incident-notes", "person-notes")
    choices.targets = dict(zip(found.columns, targets, strict=True))
    mapping = read_mapping(mapping_text(choices), columns=found.columns)
    assert mapping.columns_read == set(found.columns)


@pytest.mark.parametrize("rows_are", ["victim", "violation"])
def test_everything_a_column_can_become_makes_a_mapping_that_is_accepted(table, rows_are):
    from incidents.importing.suggesting.targets import offered

    targets = [target.code for target in offered(family=False)]
    found = table(targets, ["1" for _target in targets])
    choices = Choices(list_code="a", list_name="A", title="A {row}", rows_are=rows_are)
    choices.source.title = "A"
    choices.targets = {code: code for code in targets}
    choices.new_agency_type = "police"
    mapping = read_mapping(mapping_text(choices), columns=found.columns)
    unread = set(found.columns) - mapping.columns_read
    assert unread == (set() if rows_are == "violation" else {"same-person"})


def test_a_row_with_several_names_makes_a_person_of_each(table):
    found = table(["case", "victim 1", "victim 2"], ["1", "Balach", "Karim"])
    choices = Choices(list_code="a", list_name="A", title="A {case}", rows_are="incident")
    choices.source.title = "A"
    choices.targets = {"victim {n}": "each-name"}
    choices.families = {"victim {n}": [1, 2]}
    mapping = read_mapping(mapping_text(choices), columns=found.columns)
    assert mapping.columns_read == {"case", "victim 1", "victim 2"}


def test_choices_are_the_same_after_they_were_kept(table):
    found = table(["id", "name", "sex"], ["1", "Balach", "M"])
    choices = suggest(found, list_code="a", list_name="A")
    assert Choices.from_json(choices.to_json()) == choices


def test_the_list_of_chile_gives_a_mapping_at_once():
    found = open_table(sample_data("chile/pinochet.csv"))
    text = suggested_mapping(found, list_code="cl", list_name="Chile")
    mapping = read_mapping(text, columns=found.columns)
    assert mapping.rows.key == ("individual_id",)
    assert mapping.rows.incident == ("group_id",)
    assert mapping.columns_read >= {
        *("first_name", "last_name", "age", "male", "violence", "occupation_detail", "page"),
        *("start_date_daily", "start_date_monthly", "end_date_daily", "end_date_monthly"),
        *("location_1", "latitude_1", "longitude_1", "perpetrator_affiliation_detail"),
    }
