"""The page “Counts”: totals that agree with the lists behind them, of what one may know of."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import AccessEvent, SavedQuery
from reference import vocabularies
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, errors_of, messages_of
from tests.incidents.admin.test_undo import undo

pytestmark = pytest.mark.django_db

COUNTS = "/admin/incidents/violation/counts/"


@pytest.fixture
def world(db):
    """Two districts and a case without a place; one victim with two acts; two agencies at once."""
    kech = make.incident("In Turbat", area=make.area("PK211-turbat"), area_basis="inferred")
    gwadar = make.incident("In Gwadar", area=make.area("PK205"), area_basis="stated", date="2006")
    nowhere = make.incident("Somewhere", area=None, date="")
    balach, karim = make.person("Balach"), make.person("Karim")
    ctd, army = make.agency(), make.agency("Frontier Corps", "paramilitary")
    make.violation(kech, balach)
    make.violation(gwadar, balach, "staged-encounter", start="2023-11-22/2023-11-23")
    make.violation(gwadar, karim, "staged-encounter")
    make.violation(nowhere, karim)
    make.involvement(kech, agency=ctd)
    make.involvement(kech, agency=army)
    make.involvement(gwadar, agency=ctd)
    make.status(kech, balach, "disappeared", "2023-10-29")
    make.status(gwadar, balach, "dead", "2023-11-23")
    return {"kech": kech, "gwadar": gwadar, "balach": balach, "karim": karim, "ctd": ctd}


def table_of(client, **asked):
    """The table as {(row, column): number}; "total" is what each is called."""
    shown = client.get(COUNTS, asked).context["table"]
    heads = [*shown.heads, "total"]
    lines = [(line.label, line.cells) for line in shown.lines] + [("total", shown.totals)]
    return {
        (label, head): cell.count.number
        for label, cells in lines
        for head, cell in zip(heads, cells, strict=True)
    }


def cells_of(shown):
    yield from (cell for line in shown.lines for cell in line.cells)
    yield from shown.totals


def test_violations_by_district_and_type_have_totals_that_agree(clerk, world):
    table = table_of(clerk, rows="district", columns="type")
    disappeared, killed = "Enforced disappearance", "Staged encounter"
    assert table["Kech", disappeared] == 1
    assert table["Gwadar", killed] == 2
    assert table["district not known", disappeared] == 1
    assert [table[row, "total"] for row in ("Kech", "Gwadar", "district not known")] == [1, 2, 1]
    assert [table["total", head] for head in (disappeared, killed, "total")] == [2, 2, 4]


def test_a_victim_of_two_acts_counts_once_in_the_total_and_the_page_says_so(clerk, world):
    table = table_of(clerk, rows="district", columns="type", unit="victims")
    assert [table[row, "total"] for row in ("Kech", "Gwadar", "district not known")] == [1, 2, 1]
    assert table["total", "total"] == 2
    page = clerk.get(COUNTS, {"rows": "district", "unit": "victims"}).content.decode()
    assert "The rows add up to 4, the total is 2" in page
    assert "Counted are victims" in page


def test_agencies_count_once_and_what_names_none_is_said(clerk, world):
    table = table_of(clerk, rows="district", unit="agencies")
    assert table["Kech", "total"] == 2
    assert table["district not known", "total"] == 0
    assert table["total", "total"] == 2
    page = clerk.get(COUNTS, {"rows": "district", "unit": "agencies"}).content.decode()
    assert "1 violation names no agency and counts for none." in page


def test_an_act_with_two_agencies_stands_with_both_and_one_without_under_nobody(clerk, world):
    table = table_of(clerk, rows="agency")
    by = {row: number for (row, _head), number in table.items()}
    assert by == {
        "Counter-Terrorism Department": 3,
        "Frontier Corps": 1,
        "no agency named": 1,
        "total": 4,
    }


def test_what_is_dated_by_the_year_has_a_place_of_its_own_among_months(clerk, world):
    by = {row: number for (row, _head), number in table_of(clerk, rows="month").items()}
    assert by == {
        "2006, month unknown": 1,
        "October 2023": 1,
        "November 2023": 1,
        "date unknown": 1,
        "total": 4,
    }


def test_the_status_is_the_latest_of_the_victim(clerk, world):
    by = {row: number for (row, _head), number in table_of(clerk, rows="status").items()}
    dead = make.term("victim-status", "dead").label
    assert {by[dead], by["no status entered"]} == {2}


@pytest.mark.parametrize(
    ("asked", "number", "certain"),
    [
        ({"date_from": "2006-08", "date_to": "2006-08"}, 1, 0),
        ({"date_from": "2006", "date_to": "2006"}, 1, 1),
        ({"date_from": "2006-08", "date_to": "2006-08", "date_mode": "certain"}, 0, 0),
        ({"date_to": "2023-11-22"}, 3, 2),
        ({"date_mode": "undated"}, 1, 1),
    ],
)
def test_dates_are_possible_or_certain(clerk, world, asked, number, certain):
    shown = clerk.get(COUNTS, {"rows": "year", **asked}).context["table"]
    assert (shown.totals[-1].count.number, shown.totals[-1].count.certain) == (number, certain)


@pytest.mark.parametrize(
    ("unit", "by", "more"),
    [
        ("violations", ("district", "type"), {}),
        ("violations", ("status", "month"), {"date_to": "2023-11-22"}),
        ("violations", ("agency", "year"), {"q": "Balach"}),
        ("victims", ("type", ""), {"q": "Balach"}),
        ("victims", ("district", "agency"), {}),
        ("victims", ("year", "status"), {"date_to": "2023-11-22", "date_mode": "certain"}),
        ("agencies", ("district", "month"), {}),
        ("agencies", ("status", ""), {"date_mode": "undated"}),
    ],
)
def test_each_number_leads_to_a_list_of_so_many(clerk, world, unit, by, more):
    asked = {"unit": unit, "rows": by[0], "columns": by[1], **more}
    shown = clerk.get(COUNTS, asked).context["table"]
    for cell in cells_of(shown):
        answer = clerk.get(cell.address)
        assert answer.status_code == 200, cell.address
        assert answer.context["cl"].result_count == cell.count.number, cell.address


def test_the_filter_of_the_list_of_acts_narrows_the_table(clerk, world):
    assert table_of(clerk, rows="district", type="life")["total", "total"] == 2
    assert table_of(clerk, rows="type", district="PK211")["total", "total"] == 1
    held = make.term("detention-type", vocabularies.terms("detention-type")[0].code)
    world["kech"].violations.update(detention_type=held)
    narrowed = table_of(clerk, rows="district", detention_type=held.code)
    assert narrowed["total", "total"] == 1
    assert table_of(clerk, rows="district", detention_type="-")["total", "total"] == 3


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"date_from": "soon"}, "soon"),
        ({"date_from": "2024", "date_to": "2023"}, "before the first day"),
        ({"rows": "type", "columns": "type"}, "by this already"),
        ({"rows": "agency", "unit": "agencies"}, "one each"),
        ({"type": "no-such-term"}, "no-such-term"),
        ({"district": "nowhere"}, "nowhere"),
        ({"rows": "weather"}, "weather"),
    ],
)
def test_what_cannot_be_counted_is_refused_beside_its_box(clerk, world, asked, says):
    answer = clerk.get(COUNTS, asked)
    assert answer.context["table"] is None
    assert says in " ".join(errors_of(answer))


@pytest.mark.parametrize("by", ["district", "type", "status", "month", "agency"])
def test_a_cell_that_is_none_leads_to_no_list(clerk, world, by):
    for code in ("\0", "9" * 30, "nowhere"):
        asked = {"rows": by, "row": code}
        assert clerk.get("/admin/incidents/violation/", asked).status_code == 302
        acts = {"acts": urlencode(asked)}
        assert clerk.get("/admin/incidents/victim/", acts).status_code == 302


# --- restricted cases -------------------------------------------------------------------------


def test_a_restricted_case_counts_for_nobody_who_is_not_assigned(clerk, other_clerk, world):
    world["gwadar"].assigned.add(other_clerk.member)
    type(world["gwadar"]).objects.filter(pk=world["gwadar"].pk).update(restricted=True)
    hidden = table_of(clerk, rows="district", columns="status")
    dead = make.term("victim-status", "dead").label
    assert hidden["total", "total"] == 2
    assert "Gwadar" not in {row for row, _head in hidden}
    assert dead not in {head for _row, head in hidden}
    assert table_of(clerk, rows="agency")["Counter-Terrorism Department", "total"] == 1
    assert table_of(clerk, unit="victims")["total", "total"] == 2
    assert table_of(other_clerk, rows="district", columns="status")["Gwadar", dead] == 1


def test_a_shared_question_counts_what_its_reader_may_know_of(clerk, other_clerk, world):
    type(world["gwadar"]).objects.filter(pk=world["gwadar"].pk).update(restricted=True)
    world["gwadar"].assigned.add(clerk.member)
    save(clerk, {"rows": "agency", "district": "PK205"}, name="Ours", shared="on")
    assert open_saved(clerk).totals[-1].count.number == 2
    page = other_clerk.get(COUNTS).content.decode()
    assert "Ours" in page
    assert open_saved(other_clerk).totals[-1].count.number == 0


# --- saved questions --------------------------------------------------------------------------


def save(client, asked, **typed):
    answer = client.post(f"{COUNTS}?{urlencode(asked)}", {"name": "By district", **typed})
    assert answer.status_code == 302, errors_of(answer)
    return answer


def open_saved(client):
    [line] = client.get(COUNTS).context["saved"]
    return client.get(line.address).context["table"]


def test_a_saved_question_reopens_with_the_same_filter_and_the_same_table(clerk, world):
    asked = {
        "rows": "district",
        "columns": "type",
        "unit": "victims",
        "type": "life",
        "date_from": "2006",
        "date_to": "2023-11",
        "date_mode": "certain",
        "conditions": "-",
    }
    before = clerk.get(COUNTS, asked).context["table"]
    save(clerk, asked)
    [line] = clerk.get(COUNTS).context["saved"]
    opened = clerk.get(line.address)
    assert opened.context["form"].parameters() == asked
    assert opened.context["table"].totals == before.totals
    assert opened.context["table"].lines == before.lines


def test_only_choices_of_boxes_are_kept(clerk, world):
    save(clerk, {"rows": "year", "acts": "x", "row": "2006", "title": "Secret", "o": "1"})
    assert SavedQuery.objects.get().parameters == {"rows": "year", "unit": "violations"}


def test_words_that_somebody_searched_for_are_not_kept(clerk, world):
    answer = clerk.post(f"{COUNTS}?rows=year&q=Balach", {"name": "About Balach"})
    assert answer.status_code == 200
    assert "Words that you search for are not kept" in " ".join(errors_of(answer))
    assert not SavedQuery.objects.exists()


def test_what_is_not_shared_is_nobody_elses(clerk, other_clerk, world):
    save(clerk, {"rows": "year"}, name="Mine alone")
    saved = SavedQuery.objects.get()
    assert "Mine alone" not in other_clerk.get(COUNTS).content.decode()
    for answer in (other_clerk.get(f"{COUNTS}saved/{saved.pk}/"), deleted(other_clerk, saved)):
        assert answer.status_code == 404
    assert SavedQuery.objects.exists()


def test_what_is_shared_is_changed_by_its_owner_and_by_reviewers(clerk, other_clerk, reviewer):
    save(clerk, {"rows": "year"}, shared="on")
    saved = SavedQuery.objects.get()
    assert deleted(other_clerk, saved).status_code == 403
    assert "Rename or delete" not in other_clerk.get(COUNTS).content.decode()
    form = Form(reviewer, f"{COUNTS}saved/{saved.pk}/", "saved_form")
    assert form.fill(name="By year").send("save").status_code == 302
    saved.refresh_from_db()
    assert (saved.name, saved.owner) == ("By year", clerk.member)


def test_two_questions_of_one_person_have_two_names(clerk, other_clerk, world):
    save(clerk, {"rows": "year"})
    again = clerk.post(f"{COUNTS}?rows=type", {"name": "By district"})
    assert "another question under this name" in " ".join(errors_of(again))
    save(other_clerk, {"rows": "type"})
    assert SavedQuery.objects.count() == 2


def deleted(client, saved):
    return client.post(f"{COUNTS}saved/{saved.pk}/", {"delete": "1"})


def test_deleting_and_renaming_are_taken_back(clerk, world):
    save(clerk, {"rows": "district", "type": "life"})
    before = SavedQuery.objects.values("name", "shared", "parameters", "owner").get()
    saved = SavedQuery.objects.get()
    deleted(clerk, saved)
    assert not SavedQuery.objects.exists()
    undo(clerk)
    assert SavedQuery.objects.values("name", "shared", "parameters", "owner").get() == before
    messages_of(clerk)
    clerk.post(f"{COUNTS}saved/{saved.pk}/", {"name": "Another name"})
    assert SavedQuery.objects.get().name == "Another name"
    undo(clerk)
    assert SavedQuery.objects.get().name == before["name"]


def test_a_filter_that_is_offered_no_more_still_holds(clerk, world):
    term = make.term("violation-type", "staged-encounter")
    save(clerk, {"rows": "district", "type": term.code})
    term.hidden = True
    term.save()
    vocabularies.clear_cache()
    assert open_saved(clerk).totals[-1].count.number == 2


# --- the file and the log ---------------------------------------------------------------------


def test_the_file_holds_the_table_and_nothing_that_a_spreadsheet_runs(clerk, world):
    world["ctd"].name = "=cmd()"
    world["ctd"].save()
    answer = clerk.get(f"{COUNTS}counts.csv", {"rows": "agency", "columns": "district"})
    lines = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert answer["Content-Disposition"] == 'attachment; filename="counts.csv"'
    assert lines[0][1:] == [
        "violations: Gwadar",
        "violations: Kech",
        "violations: district not known",
        "violations: total",
    ]
    assert ["'=cmd()", "2", "1", "0", "3"] in lines
    assert ["total", "2", "1", "1", "4"] in lines
    assert any("The rows add up to 5, the total is 4" in line[0] for line in lines)
    event = AccessEvent.objects.get(act="exported")
    assert (event.member, event.note) == (clerk.member, "violations: agency × district")


def test_with_days_each_column_of_the_file_says_what_is_certain(clerk, world):
    asked = {"rows": "type", "date_from": "2006-08", "date_to": "2006-08"}
    text = clerk.get(f"{COUNTS}counts.csv", asked).content.decode().removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][1:] == ["violations: total", "violations: total, for certain"]
    assert ["total", "1", "0"] in lines


def test_a_search_is_noted_without_its_words(clerk, world):
    clerk.get(COUNTS, {"rows": "year"})
    assert not AccessEvent.objects.filter(act="searched").exists()
    cell = clerk.get(COUNTS, {"unit": "victims", "q": "Zarmina"}).context["table"].totals[-1]
    clerk.get(cell.address)
    events = AccessEvent.objects.filter(act="searched")
    assert [event.section for event in events] == ["violation", "violation"]
    assert not [
        event for event in AccessEvent.objects.all() if "Zarmina" in f"{event.note}{event.key}"
    ]


# --- cost -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {"rows": "district", "columns": "type"},
        {"rows": "agency", "columns": "month"},
        {"rows": "status", "columns": "year", "unit": "agencies"},
        {"rows": "district", "unit": "victims", "date_from": "2020"},
    ],
)
def test_the_page_asks_the_same_number_of_questions_whatever_it_counts(clerk, world, asked):
    def queries():
        with CaptureQueriesContext(connection) as context:
            assert clerk.get(COUNTS, asked).status_code == 200
        return len(context)

    queries()
    few = queries()
    for number, code in enumerate(("PK206", "PK208", "PK212", "PK213")):
        case = make.incident(
            f"Case {number}", area=make.area(code), area_basis="stated", date=f"202{number}-03"
        )
        make.violation(case, make.person(f"Sameer {number}"), "staged-encounter")
        make.involvement(case, agency=make.agency(f"Unit {number}"))
        SavedQuery.objects.create(owner=make.staff(), name=f"Question {number}", shared=True)
    assert queries() == few


@pytest.mark.parametrize("address", ["counts/", "counts/counts.csv", "counts/saved/1/"])
def test_an_administrator_without_cases_counts_none(administrator, address):
    assert administrator.get(f"/admin/incidents/violation/{address}").status_code == 403


def test_the_page_reads_in_urdu_with_its_boxes_labelled(clerk, world):
    page = clerk.get(f"/ur{COUNTS}?rows=month&columns=type&unit=victims").content.decode()
    assert 'dir="rtl"' in page
    for name in ("rows", "columns", "unit", "date_from", "date_to", "date_mode", "district", "q"):
        assert f'for="id_{name}"' in page
