"""A case typed once from a source: looked over, then saved whole."""

import re
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.documents.case import preview
from incidents.documents.casefile import read_cases
from incidents.duplicates.looking import look_at_person
from incidents.entry.entering import _LOCK as ENTERING
from incidents.models import AccessEvent, Citation, Incident, Person, Source
from incidents.readiness import obstacles
from record.chain import _LOCK as PUBLISHING
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of

pytestmark = pytest.mark.django_db

PATH = "/admin/incidents/incident/new/"
PEOPLE = """\
Balach s/o Mola Bakhsh, 22, student
بالاچ ولد کریم بخش، ۳۰
about 20 unnamed people: arbitrary arrest
"""


def typed(client, **values):
    """The first page filled in as a clerk does from an article."""
    form = Form(client, PATH, "newcase_form")
    return form.fill(
        **{
            "source_type": factories.term("source-type", "news"),
            "source_title": "Three taken in Turbat",
            "publisher": "Dawn",
            "published": "26 Nov 2023",
            "url": "https://example.org/three-taken",
            "locator": "para. 2",
            "quotation": "They were taken at night.",
            "date": "late November 2023",
            "place": "Turbat town",
            "public_account": "According to the newspaper three men were taken from their homes.",
            "people": PEOPLE,
            "acts": [factories.term("violation-type", "enforced-disappearance")],
            "description": "Armed men in plain clothes",
            "claimant_text": "author of the article",
            **values,
        }
    )


def looked_over(client, **values):
    """The second page."""
    form = typed(client, **values)
    answer = form.send(None)
    assert answer.status_code == 200
    assert "newcase_form" in answer.content.decode(), errors_of(answer)
    assert not errors_of(answer), errors_of(answer)
    form.read(answer, "newcase_form")
    return form


def test_an_article_becomes_a_whole_draft_with_two_pages(clerk):
    form = looked_over(clerk)
    assert "understood as" in form.html
    assert form["date"] == "2023-11-21/2023-11-30"
    assert Incident.objects.count() == 0
    pk = form.save("_save")

    incident = Incident.objects.get(pk=pk)
    assert incident.stage == "draft"
    assert incident.date.text == "2023-11-21/2023-11-30"
    assert (incident.area.name, incident.area.level) == ("Turbat", "town")
    assert incident.area_basis == "inferred"
    assert incident.entered_by == clerk.member
    assert incident.title.startswith("Enforced disappearance, Turbat")
    acts = {(str(act.person), act.type.code) for act in incident.violations.all()}
    assert acts == {
        ("Balach", "enforced-disappearance"),
        ("بالاچ", "enforced-disappearance"),
        ("about 20 unnamed people", "arbitrary-arrest"),
    }
    balach = Person.objects.get(names__given="Balach")
    assert balach.occupation.code == "student"
    assert balach.violations.get().age_low == 22
    assert balach.names.get().fathers_name == "Mola Bakhsh"
    group = Person.objects.get(group_size=20)
    assert group.size_estimated
    assert group.unit.attributes["group"]
    assert {entry.status.code for entry in incident.statuses.all()} == {"disappeared"}
    assert incident.statuses.count() == 2
    assert incident.involvements.get().description == "Armed men in plain clothes"
    source = Source.objects.get()
    assert source.published.text == "2023-11-26"
    assert {citation.source for citation in Citation.objects.all()} == {source}
    assert Citation.objects.count() == 1 + 3 + 2 + 1
    assert Citation.objects.get(incident=incident).quotation == "They were taken at night."


def test_nothing_but_real_gaps_stands_in_the_way_of_a_new_draft(clerk):
    pk = looked_over(clerk).save("_save")
    [case] = read_cases(Incident.objects.filter(pk=pk))
    codes = {obstacle.code for obstacle in obstacles(case)}
    assert codes == {"not-approved", "no-consent"}


def test_somebody_who_is_known_has_to_be_told_apart_before_saving(clerk):
    known = factories.person("Balaach", "Mola Bakhsh")
    look_at_person(known)
    form = looked_over(clerk)
    assert "The same person: Balaach" in form.html
    answer = form.send("_save")
    assert "Say whether it is one of these or another person." in errors_of(answer)
    form.read(answer, "newcase_form")
    form.fill("person-0", same_as=known)
    pk = form.save("_save")
    assert known.violations.get().incident_id == pk
    assert Person.objects.filter(names__fathers_name="Mola Bakhsh").count() == 1


def test_another_person_of_the_same_name_is_entered_beside_the_known_one(clerk):
    known = factories.person("Balaach", "Mola Bakhsh")
    look_at_person(known)
    form = looked_over(clerk)
    form.fill("person-0", same_as="another")
    form.save("_save")
    assert Person.objects.filter(names__fathers_name="Mola Bakhsh").count() == 2


def test_somebody_of_a_restricted_case_is_not_offered(clerk):
    case = factories.incident("Hidden", restricted=True)
    known = factories.person("Balaach", "Mola Bakhsh")
    factories.violation(case, known)
    look_at_person(known)
    form = looked_over(clerk)
    assert "The same person" not in form.html
    form.values["person-0-same_as"] = [str(known.pk)]
    answer = form.send("_save")
    assert answer.status_code == 200
    assert not known.violations.filter(incident__restricted=False).exists()


def test_a_line_can_be_left_out_and_mended(clerk):
    form = looked_over(clerk)
    form.fill("person-2", leave_out=["on"])
    form.fill("person-1", given_local="بالاچ خان", age="about 30")
    incident = Incident.objects.get(pk=form.save("_save"))
    assert incident.violations.count() == 2
    act = incident.violations.get(person__names__given="بالاچ خان")
    assert (act.age_low, act.age_high) == (28, 32)


@pytest.mark.parametrize(
    ("box", "value", "told"),
    [
        ("source_title", "", "Describe the new source here, or choose one above."),
        ("place", "Nowhereabad", "No area is called “Nowhereabad”."),
        ("date", "before Eid 2023", "lunar calendar"),
        ("date", "5/10/2023", "can mean more than one date"),
        ("claimant_text", "", "Say who alleges it"),
        ("kind", "", "This field is required."),
        ("url", "no address", "Enter a valid URL."),
    ],
)
def test_a_fault_is_told_at_its_box_and_nothing_is_lost(clerk, box, value, told):
    form = typed(clerk, **{box: value})
    answer = form.send(None)
    assert any(told in error for error in errors_of(answer))
    form.read(answer, "newcase_form")
    assert form[box] == value
    assert form["people"].strip().splitlines() == PEOPLE.strip().splitlines()
    assert Incident.objects.count() == 0


def test_each_fault_of_the_first_page_is_named_at_its_top_with_a_link_to_its_box(clerk):
    form = typed(clerk, claimant_text="", url="no address", acts=[])
    page = form.send(None).content.decode()
    told = page.split('<ul class="entry-faults">')[1].split("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)">', told)
    assert {"id_url", "id_claimant_text"} <= set(links)
    assert [link for link in links if f'id="{link}"' not in page] == []
    assert "Enter a valid URL." in told


def test_the_faults_are_named_in_urdu_too(clerk):
    form = Form(clerk, "/ur" + PATH, "newcase_form")
    page = form.send(None).content.decode()
    told = page.split('<ul class="entry-faults">')[1].split("</ul>")[0]
    assert 'href="#id_people"' in told
    assert "This field is required." not in told


def test_of_several_areas_of_one_name_the_clerk_chooses(clerk):
    form = typed(clerk, place="Turbat")
    answer = form.send(None)
    assert any("Several areas are called “Turbat”" in error for error in errors_of(answer))
    form.read(answer, "newcase_form")
    town = next(code for code, label in form.choices["area_choice"] if "town" in label)
    form.fill(area_choice=town)
    assert Incident.objects.get(pk=form.save("_save")).area.code == town


def test_a_testimony_has_to_say_whether_it_was_told_in_trust(clerk):
    testimony = factories.term("source-type", "family-statement")
    answer = typed(clerk, source_type=testimony, url="").send(None)
    assert "Say whether this was told in trust." in errors_of(answer)
    looked_over(clerk, source_type=testimony, url="", confidential="yes").save("_save")
    assert Source.objects.get().confidential


def test_an_article_that_is_known_is_not_entered_twice(clerk):
    known = factories.source("Known", url="https://example.org/three-taken")
    form = typed(clerk)
    answer = form.send(None)
    assert any("This address belongs to" in error for error in errors_of(answer))
    form.read(answer, "newcase_form")
    form.fill(source=known)
    answer = form.send(None)
    form.read(answer, "newcase_form")
    form.save("_save")
    assert Source.objects.get() == known


def test_a_date_that_is_changed_into_words_on_the_second_page_is_shown_again(clerk):
    form = looked_over(clerk)
    form.fill(date="mid-November 2023")
    answer = form.send("_save")
    assert answer.status_code == 200
    assert Incident.objects.count() == 0
    form.read(answer, "newcase_form")
    assert form["date"] == "2023-11-11/2023-11-20"
    form.save("_save")


def test_going_back_keeps_what_was_typed(clerk):
    form = looked_over(clerk)
    answer = form.send("_back")
    form.read(answer, "newcase_form")
    assert form["people"].strip().splitlines() == PEOPLE.strip().splitlines()
    assert form["source_title"] == "Three taken in Turbat"


def test_a_restricted_case_is_open_to_its_writer_alone(clerk, other_clerk):
    pk = looked_over(clerk, restricted=["on"]).save("_save")
    assert clerk.get(f"/admin/incidents/incident/{pk}/change/").status_code == 200
    assert other_clerk.get(f"/admin/incidents/incident/{pk}/change/").status_code == 302


def test_only_those_who_enter_cases_find_the_page(clerk, administrator):
    assert PATH in clerk.get("/admin/").content.decode()
    assert PATH in clerk.get("/admin/incidents/incident/").content.decode()
    assert PATH not in administrator.get("/admin/").content.decode()
    assert administrator.get(PATH).status_code == 403
    assert AccessEvent.objects.filter(act=AccessEvent.Act.DENIED).exists()


def test_the_pages_are_in_urdu_as_well(clerk):
    assert 'dir="rtl"' in clerk.get("/ur" + PATH).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_people(clerk):
    def queries(lines):
        form = typed(clerk, people="\n".join(lines))
        with CaptureQueriesContext(connection) as counted:
            form.send(None)
        return len(counted)

    few = [f"Somebody{number} s/o Father{number}, 20" for number in range(2)]
    many = [f"Somebody{number} s/o Father{number}, 20" for number in range(30)]
    queries(few)
    # Whether the vocabularies changed is asked every ten seconds, whoever is being served.
    assert abs(queries(many) - queries(few)) <= 2


def test_a_case_is_begun_from_the_page_of_its_source(clerk):
    known = factories.source("Known")
    page = clerk.get(f"/admin/incidents/source/{known.pk}/change/").content.decode()
    assert f"{PATH}?source={known.pk}" in page
    assert Form(clerk, f"{PATH}?source={known.pk}", "newcase_form")["source"] == str(known.pk)


def test_a_chosen_source_does_not_overrule_that_it_was_told_in_trust(clerk):
    known = factories.source("Known")
    answer = typed(clerk, source=known, confidential="yes", url="").send(None)
    assert any("is not confidential" in error for error in errors_of(answer))
    known.confidential = True
    known.save()
    form = looked_over(clerk, source=known, confidential="yes", url="")
    assert "Not used, since a source is chosen" in form.html
    form.save("_save")
    assert Source.objects.get() == known


def test_a_source_that_may_not_be_seen_cannot_be_cited(clerk):
    case = factories.incident("Hidden", restricted=True)
    hidden = factories.source("Hiddenmark", confidential=True)
    case.citations.all().delete()
    factories.cite(case, hidden)
    form = typed(clerk)
    form.values["source"] = [str(hidden.pk)]
    answer = form.send(None)
    assert any("Select a valid choice" in error for error in errors_of(answer))
    assert "Hiddenmark" not in answer.content.decode()
    assert form.send("_save").status_code == 200
    assert Incident.objects.count() == 1


def test_the_year_of_a_date_is_told_by_the_source(clerk):
    assert looked_over(clerk, published="2020-02", date="29 October")["date"] == "2019-10-29"
    known = factories.source("Known", published="2018-12-01")
    assert looked_over(clerk, source=known, url="", date="29 October")["date"] == "2018-10-29"


def test_a_date_is_not_replaced_unseen_when_the_first_page_comes_back(clerk):
    form = typed(clerk, source_title="")
    answer = form.send(None)
    assert errors_of(answer)
    form.read(answer, "newcase_form")
    assert form["date"] == "2023-11-21/2023-11-30"
    assert "late November 2023" in form.html


def test_the_same_person_stays_chosen_when_the_name_is_corrected(clerk):
    known = factories.person("Balaach", "Mola Bakhsh")
    look_at_person(known)
    form = looked_over(clerk)
    form.fill("person-0", same_as=known, given="Wholly", fathers_name="Different")
    form.save("_save")
    assert known.violations.count() == 1


def test_a_page_that_is_sent_twice_enters_one_case(clerk):
    form = looked_over(clerk)
    pk = form.save("_save")
    again = form.send("_save")
    assert again["Location"] == f"/admin/incidents/incident/{pk}/change/"
    assert Incident.objects.count() == 1
    assert Source.objects.count() == 1


def test_corrections_survive_the_way_back_for_lines_that_did_not_change(clerk):
    form = looked_over(clerk)
    form.fill("person-0", given="Balaach", age="about 30")
    form.fill("person-1", leave_out=["on"])
    form.read(form.send("_back"), "newcase_form")
    form.fill(people=PEOPLE.replace("about 20", "about 25"))
    form.read(form.send(None), "newcase_form")
    assert (form["person-0-given"], form["person-0-age"]) == ("Balaach", "about 30")
    assert form["person-1-leave_out"] == "on"
    assert form["person-2-group_size"] == "25"
    assert form["person-0-acts"] == "enforced-disappearance"


@pytest.mark.parametrize(
    ("box", "value", "told"),
    [
        ("fathers_name_local", "مولا بخش", "A father’s name is kept with a name"),
        ("given", "", "A father’s name is kept with a name"),
    ],
)
def test_a_fathers_name_is_not_lost_for_want_of_a_name(clerk, box, value, told):
    form = looked_over(clerk)
    form.fill("person-0", **{box: value})
    answer = form.send("_save")
    assert any(told in error for error in errors_of(answer))
    assert 'role="alert"' in answer.content.decode()
    assert 'href="#id_person-0-given' in answer.content.decode()


def test_an_honorific_goes_to_the_first_name_if_it_fits_none(clerk):
    form = looked_over(clerk)
    form.fill("person-0", honorific="حاجی")
    form.save("_save")
    assert Person.objects.get(names__given="Balach").names.get().honorific == "حاجی"


def test_texts_in_urdu_go_to_the_columns_for_urdu(clerk):
    form = looked_over(clerk, description="سادہ کپڑوں میں مسلح افراد", claimant_text="خاندان")
    form.fill(title="تربت سے تین افراد لاپتہ")
    form.fill("person-2", description="بیس نامعلوم افراد")
    incident = Incident.objects.get(pk=form.save("_save"))
    assert incident.title_local == "تربت سے تین افراد لاپتہ"
    assert incident.title.startswith("Enforced disappearance, Turbat")
    involved = incident.involvements.get()
    assert (involved.description, involved.description_local) == ("", "سادہ کپڑوں میں مسلح افراد")
    assert (involved.alleged_by_text, involved.alleged_by_text_local) == ("", "خاندان")
    claimants = {(row.claimant_text, row.claimant_text_local) for row in incident.statuses.all()}
    assert claimants == {("", "خاندان")}
    group = Person.objects.get(group_size=20)
    assert (group.description, group.description_local) == ("", "بیس نامعلوم افراد")


@pytest.mark.parametrize("count", ["0", "", "x"])
def test_no_case_is_entered_without_anybody(clerk, count):
    form = looked_over(clerk)
    form.values["people_count"] = [count]
    form.values["people"] = ["- "]
    assert form.send("_save").status_code == 200
    assert Incident.objects.count() == 0


def test_the_second_page_says_which_status_follows(clerk):
    assert "Enforced disappearance → Disappeared" in looked_over(clerk).html


def test_who_is_said_to_be_responsible_in_urdu_alone_is_published_as_urdu(clerk):
    pk = looked_over(clerk, description="مسلح افراد", claimant_text="خاندان").save("_save")
    [case] = read_cases(Incident.objects.filter(pk=pk))
    Person.objects.update(name_protection="full")
    [case] = read_cases(Incident.objects.filter(pk=pk))
    [involved] = preview(case)[-1].content["involvements"]
    assert (involved["party"]["name"], involved["party"]["name_local"]) == ("", "مسلح افراد")
    assert (involved["description"], involved["description_local"]) == ("", "مسلح افراد")
    assert (involved["alleged_by"]["name"], involved["alleged_by"]["name_local"]) == ("", "خاندان")


# ---------------------------------------------------------------- one article, two people at work


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/three-taken/",
        "https://example.org/three-taken?utm_source=share",
        "https://EXAMPLE.org/three-taken#comments",
    ],
)
def test_an_address_is_known_however_it_is_written(clerk, url):
    factories.source("Known", url="https://example.org/three-taken")
    assert any(
        "This address belongs to" in error for error in errors_of(typed(clerk, url=url).send(None))
    )


@pytest.mark.parametrize(
    ("stored", "url", "one"),
    [
        ("https://example.org/story?fbclid=abc", "https://example.org/story", True),
        ("http://www.example.org/story/?fbclid=abc", "https://example.org/story?utm_a=b", True),
        ("https://example.org/story#end", "https://example.org/story", True),
        ("https://example.org/?id=7&utm_source=x", "https://example.org/?id=7", True),
        ("https://example.org/?id=8&utm_source=x", "https://example.org/?id=7", False),
        ("https://example.org/story/2?fbclid=abc", "https://example.org/story", False),
    ],
)
def test_an_address_is_known_however_it_was_written_before(clerk, stored, url, one):
    factories.source("Known", url=stored)
    answer = typed(clerk, url=url).send(None)
    assert any("This address belongs to" in error for error in errors_of(answer)) is one


def test_an_address_is_entered_without_what_says_who_passed_it_on(clerk):
    address = "https://example.org/story?page=2&fbclid=abc&utm_source=share#top"
    looked_over(clerk, url=address).save("_save")
    assert Source.objects.get().url == "https://example.org/story?page=2#top"


def test_a_case_of_which_one_act_rests_on_the_article_is_shown(clerk):
    known = factories.source("Known", url="https://example.org/three-taken")
    case = factories.incident("A case from last year")
    factories.cite(factories.violation(case), known)
    form = typed(clerk)
    form.read(form.send(None), "newcase_form")
    assert "A case from last year" in form.fill(source=known).send(None).content.decode()


@pytest.mark.parametrize("public", [True, False])
def test_of_somebody_public_the_publishing_lock_is_taken_before_any_other(clerk, public):
    known = factories.person("Balach", fathers_name="Mola Bakhsh")
    if public:
        case = factories.incident()
        factories.violation(case, known)
        factories.publish(case)
    look_at_person(known)
    form = looked_over(clerk)
    form.fill("person-0", same_as=known)
    with CaptureQueriesContext(connection) as queries:
        form.save("_save")
    locks = [each["sql"] for each in queries if "pg_advisory_xact_lock" in each["sql"]]
    first = PUBLISHING if public else ENTERING
    assert str(first) in locks[0]
    assert any(str(ENTERING) in each for each in locks)


def test_whoever_saves_second_sees_the_first_case_and_loses_nothing(clerk, other_clerk):
    first, second = looked_over(clerk), looked_over(other_clerk)
    second.fill("person-0", given="Balaach")
    pk = first.save("_save")
    answer = second.send("_save")
    page = answer.content.decode()
    assert Incident.objects.count() == Source.objects.count() == 1
    assert f'href="/admin/incidents/incident/{pk}/change/"' in page
    second.read(answer, "newcase_form")
    assert second["people"].strip().splitlines() == PEOPLE.strip().splitlines()
    assert second["person-0-given"] == "Balaach"


def test_a_case_that_rests_on_the_chosen_source_is_shown_before_another_is_saved(
    clerk, other_clerk
):
    source = factories.source("Known", url="https://example.org/known")
    mine = looked_over(clerk, source=source, url="")
    theirs = looked_over(other_clerk, source=source, url="", people="about 20 unnamed people")
    pk = theirs.save("_save")
    answer = mine.send("_save")
    assert f'href="/admin/incidents/incident/{pk}/change/"' in answer.content.decode()
    assert "Somebody has entered a case from this source meanwhile." in answer.content.decode()
    assert Incident.objects.count() == 1


def test_a_case_that_was_shown_is_no_reason_to_refuse_another(clerk, other_clerk):
    source = factories.source("Known", url="https://example.org/known")
    people = "about 20 unnamed people"
    looked_over(other_clerk, source=source, url="", people=people).save("_save")
    mine = looked_over(clerk, source=source, url="", people=people)
    assert "1 case rests on this source already." in mine.html
    mine.save("_save")
    assert Incident.objects.count() == 2


def test_a_restricted_case_on_the_same_source_is_not_shown(clerk, other_clerk):
    source = factories.source("Known", url="https://example.org/known")
    secret = looked_over(other_clerk, source=source, url="", restricted=["on"]).save("_save")
    known = factories.incident("Open")
    factories.cite(known, source)
    page = looked_over(clerk, source=source, url="").html
    assert f"/admin/incidents/incident/{known.pk}/change/" in page
    assert f"/admin/incidents/incident/{secret}/change/" not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_article_at_one_moment_one_is_told_of_the_other(clerk, other_clerk):
    answers = []

    def save(form):
        answers.append(form.send("_save").status_code)
        connection.close()

    at_once = [Thread(target=save, args=[looked_over(each)]) for each in (clerk, other_clerk)]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert sorted(answers) == [200, 302]
    assert Incident.objects.count() == Source.objects.count() == 1
