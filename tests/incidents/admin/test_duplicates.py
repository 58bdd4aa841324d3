"""People entered twice: the list of pairs, two side by side, a decision, and typing hints."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.duplicates.deciding import decide
from incidents.duplicates.jobs import FIND_DUPLICATES
from incidents.duplicates.looking import look_at_new
from incidents.jobs import work_off
from incidents.models import (
    ImportBatch,
    Job,
    Likeness,
    LikenessDecision,
    ListCase,
    ListRow,
    Person,
    PossiblePair,
    SourceList,
)
from tests.incidents import factories
from tests.incidents.admin.pages import Form, messages_of

pytestmark = pytest.mark.django_db

LIST = "/admin/incidents/person/duplicates/"


def victim(name="Balach", father="Mola Bakhsh", *, date="2023-10-29", **values):
    person = factories.person(name, father)
    act = factories.violation(factories.incident(date=date, **values), person)
    factories.status(act.incident, person, "disappeared", date)
    return person


@pytest.fixture
def pair(db):
    """A man entered twice, and somebody else."""
    people = victim(), victim("Balaach")
    victim("Karim", "Dad")
    look_at_new()
    return people


def page_of(*people):
    return f"{LIST}{people[0].pk}-{people[1].pk}/"


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def hint_of(client):
    """What the next page says of people who are perhaps known already."""
    return "".join(text for text in messages_of(client) if "Perhaps already known" in text)


def received(person, list_name="HRCP list", **cells):
    """A row of a list that documents the person."""
    source_list, _created = SourceList.objects.get_or_create(
        code=list_name.lower().replace(" ", "-"), defaults={"name": list_name}
    )
    batch = ImportBatch.objects.create(
        list=source_list, file_name=f"{list_name}.csv", sha256="0" * 64, bytes=1, state="done"
    )
    key = str(person.pk)
    case = ListCase.objects.create(list=source_list, key=key, batch=batch, last_batch=batch)
    return ListRow.objects.create(
        list=source_list,
        key=key,
        number=7,
        received=cells,
        digest="",
        case=case,
        person=person,
        batch=batch,
        last_batch=batch,
    )


def test_the_list_shows_each_pair_once_with_what_speaks_for_it(clerk, pair):
    page = text_of(clerk, LIST)
    assert page.count(page_of(*pair)) == 1
    assert "Hint: strong" in page
    assert "the father’s name agrees" in page


def test_the_strongest_pairs_come_first(clerk):
    people = victim(), victim("Balaach"), victim(father="Dad Karim")
    look_at_new()
    page = text_of(clerk, LIST)
    assert page.index("Hint: strong") < page.index("Hint: weak")
    assert "the father’s name differs" in page
    assert page.index(page_of(*people[:2])) < page.index(page_of(people[0], people[2]))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("strength=3", True),
        ("strength=2", False),
        ("decision=undecided", True),
        ("decision=unsure", False),
        ("strength=nonsense", True),
    ],
)
def test_the_list_can_be_filtered(clerk, pair, query, shown):
    assert (page_of(*pair) in text_of(clerk, f"{LIST}?{query}")) is shown


def test_the_list_can_be_narrowed_to_one_list_or_import(clerk, pair):
    row = received(pair[0])
    other = received(victim("Zarif", "Dad"), "Another list")
    for query in (f"list={row.list_id}", f"batch={row.batch_id}"):
        assert page_of(*pair) in text_of(clerk, f"{LIST}?{query}")
    for query in (f"list={other.list_id}", f"batch={other.batch_id}"):
        assert page_of(*pair) not in text_of(clerk, f"{LIST}?{query}")


def test_people_found_to_be_different_leave_the_list_and_the_unsure_stay(clerk, pair):
    decide(*pair, Likeness.UNSURE, by=clerk.member)
    assert "decided: not sure" in text_of(clerk, LIST)
    decide(*pair, Likeness.DIFFERENT, by=clerk.member)
    assert page_of(*pair) not in text_of(clerk, LIST)


def test_looking_for_pairs_is_done_in_the_background(clerk):
    people = victim(), victim("Balaach")
    assert clerk.post(LIST).status_code == 302
    job = Job.objects.get(kind=FIND_DUPLICATES)
    assert job.asked_by == clerk.member
    assert page_of(*people) not in text_of(clerk, LIST)
    look_at_new()
    assert page_of(*people) in text_of(clerk, LIST)


@pytest.mark.django_db(transaction=True)
def test_the_worker_finds_the_pairs(clerk):
    people = victim(), victim("Balaach")
    clerk.post(LIST)
    assert work_off(once=True) == 1
    job = Job.objects.get(kind=FIND_DUPLICATES)
    assert (job.state, job.done) == ("done", 2)
    # A number would count people who are concealed from whoever asked.
    assert not any(letter.isdigit() for letter in job.message)
    assert page_of(*people) in text_of(clerk, LIST)


def test_those_without_access_to_people_have_no_such_pages(administrator, pair):
    paths = (LIST, page_of(*pair), page_of(*pair) + "merge/", LIST + "decisions/")
    assert {administrator.get(path).status_code for path in paths} == {403}
    assert administrator.post(LIST + "hints/", {"given": "Balach"}).status_code == 403


def test_nobody_outside_gets_an_answer(anonymous, pair):
    for path in (LIST, page_of(*pair)):
        assert anonymous.get(path).status_code == 302
    assert anonymous.post(LIST + "hints/", {"given": "Balach"}).status_code == 302


# ------------------------------------------------------------------------- side by side


def test_two_people_stand_side_by_side_with_the_verdict_in_words(clerk, pair):
    page = text_of(clerk, page_of(*pair))
    assert "Balach" in page
    assert "Balaach" in page
    assert "agrees" in page
    assert "neither says" in page


def test_the_rows_of_lists_are_shown_as_received(clerk, pair):
    received(pair[0], NAME="BALACH S/O MOLA BAKSH", REMARK="kept though nothing reads it")
    page = text_of(clerk, page_of(*pair))
    assert "kept though nothing reads it" in page
    assert "HRCP list" in page


@pytest.mark.parametrize("found", [Likeness.DIFFERENT, Likeness.UNSURE])
def test_a_decision_is_remembered_with_its_reason(clerk, pair, found):
    form = Form(clerk, page_of(*pair)).fill(reason="Two villages.")
    assert form.send(None, decision=found.value).status_code == 302
    decision = LikenessDecision.objects.of(*pair)
    assert (decision.decision, decision.reason) == (found, "Two villages.")
    assert decision.decided_by == clerk.member
    assert "Two villages." in text_of(clerk, page_of(*pair))
    assert "Two villages." in text_of(clerk, LIST + "decisions/")


def test_a_decision_that_is_none_is_refused(clerk, pair):
    clerk.post(page_of(*pair), {"decision": "surely"})
    assert LikenessDecision.objects.of(*pair) is None
    assert messages_of(clerk)


def test_the_same_person_is_merged_after_choosing_who_stays(clerk, pair):
    answer = Form(clerk, page_of(*pair)).fill(reason="Same son.").send(None, decision="same")
    form = Form(clerk, answer["Location"])
    assert form["survivor"] == str(pair[0].pk)
    assert form["text"] == "Same son."
    form.fill(survivor=pair[1])
    answer = form.send(None)
    assert b"can be taken back" in answer.content
    assert pair[0].violations.exists()
    form.read(answer)
    assert form.send(None).status_code == 302
    assert not pair[0].violations.exists()
    assert pair[1].violations.count() == 2


def test_what_is_public_is_merged_by_publishers_and_the_decision_waits_for_them(
    clerk, publisher, pair
):
    factories.publish(pair[0].violations.get().incident)
    answer = Form(clerk, page_of(*pair)).fill(reason="He is named X.").send(None, decision="same")
    answer = clerk.get(answer["Location"])
    assert answer.status_code == 302
    assert any("may publish" in message for message in messages_of(clerk))
    assert "the same person" in text_of(clerk, f"{LIST}?decision=same")

    form = Form(publisher, page_of(*pair) + "merge/")
    assert form["survivor"] == str(pair[0].pk), "the published one is proposed"
    assert form["text"] == "", "a reason among colleagues is not put where it is published"


def test_a_refused_merge_is_told(clerk, pair):
    Person.objects.filter(pk=pair[0].pk).update(name_protection="withheld")
    factories.publish(pair[0].violations.get().incident)
    publisher = factories.publisher()
    clerk.force_login(publisher)
    path = page_of(*pair) + "merge/"
    data = {"survivor": pair[1].pk, "text": "The same.", "confirmed": "yes"}
    assert clerk.post(path, data).status_code == 302
    assert messages_of(clerk)
    assert pair[0].violations.exists()


# ------------------------------------------------------------------------- mergers and undoing


@pytest.fixture
def merged(clerk, pair):
    stays, _goes = pair
    path = page_of(*pair) + "merge/"
    clerk.post(path, {"survivor": stays.pk, "text": "Spelt differently.", "confirmed": "yes"})
    return pair


@pytest.mark.parametrize("path", ["person/", "person/?q=Balach", "victim/"])
def test_whoever_was_merged_is_no_person_of_their_own_in_lists(clerk, merged, path):
    stays, goes = merged
    page = text_of(clerk, f"/admin/incidents/{path}")
    assert f"/{stays.pk}/change/" in page
    assert f"/{goes.pk}/change/" not in page


def test_no_box_offers_whoever_was_merged(clerk, merged):
    query = {"app_label": "incidents", "model_name": "violation", "field_name": "person"}
    found = clerk.get("/admin/autocomplete/", {**query, "term": "Balach"}).json()["results"]
    assert [result["id"] for result in found] == [str(merged[0].pk)]


def test_the_two_records_lead_to_each_other(clerk, merged):
    stays, goes = merged
    survivor = text_of(clerk, f"/admin/incidents/person/{stays.pk}/change/")
    assert "Merged from" in survivor
    assert f"/admin/incidents/person/{goes.pk}/change/" in survivor
    loser = text_of(clerk, f"/admin/incidents/person/{goes.pk}/change/")
    assert "lives on here" in loser
    assert f"/admin/incidents/person/{stays.pk}/change/" in loser


@pytest.mark.parametrize("where", ["/admin/incidents/person/{}/change/", LIST + "decisions/"])
def test_a_merger_is_taken_back_from_either_page(clerk, merged, where):
    stays, goes = merged
    merger = stays.mergers_in.get()
    path = f"/admin/incidents/person/mergers/{merger.pk}/undo/"
    assert path in text_of(clerk, where.format(stays.pk))
    form = Form(clerk, path).fill(text="Two villages.")
    answer = form.send(None)
    assert goes.violations.count() == 0
    form.read(answer)
    assert form.send(None).status_code == 302
    assert goes.violations.count() == 1
    assert any("two people again" in message for message in messages_of(clerk))
    assert f"/{goes.pk}/change/" in text_of(clerk, "/admin/incidents/person/")
    assert clerk.get(path).status_code == 404


def test_a_pair_that_was_merged_is_not_decided_again(clerk, merged):
    assert "What did you find?" not in text_of(clerk, page_of(*merged))
    clerk.post(page_of(*merged), {"decision": "different"})
    assert LikenessDecision.objects.of(*merged).decision == Likeness.SAME


# ------------------------------------------------------------------------- restricted cases


@pytest.fixture
def secret(db):
    """Somebody known from a restricted case alone, and a namesake of theirs in an open one."""
    people = victim("Zarmina", restricted=True), victim("Zarmeena")
    look_at_new()
    assert PossiblePair.objects.count() == 1
    return people


def test_a_pair_with_somebody_concealed_does_not_exist(clerk, secret):
    assert "0 pairs" in text_of(clerk, LIST)
    assert clerk.get(page_of(*secret)).status_code == 404
    assert clerk.get(page_of(*secret) + "merge/").status_code == 404
    assert clerk.post(page_of(*secret), {"decision": "same"}).status_code == 404
    decide(*secret, Likeness.UNSURE, by=factories.staff(), reason="a secretmark")
    assert "secretmark" not in text_of(clerk, LIST + "decisions/")


def test_no_hint_is_given_of_somebody_concealed(clerk, secret):
    answer = clerk.post(LIST + "hints/", {"given": "Zarmina", "father": "Mola Bakhsh"})
    assert [person["label"] for person in answer.json()["people"]] == [
        "Zarmeena, father: Mola Bakhsh"
    ]
    form = Form(clerk, "/admin/incidents/person/add/", "person_form")
    form.fill("names-0", given="Zarmina", fathers_name="Mola Bakhsh").save()
    message = hint_of(clerk)
    assert "Zarmeena" in message
    assert "Zarmina" not in message


def test_those_assigned_see_the_pair(clerk, secret):
    secret[0].violations.get().incident.assigned.add(clerk.member)
    assert "1 pair" in text_of(clerk, LIST)
    assert clerk.get(page_of(*secret)).status_code == 200


def test_an_act_of_a_restricted_case_is_not_compared_for_others(clerk):
    one, other = victim(date="2020-01-01"), victim(date="2023-10-29")
    secret = factories.incident("A secretmark", date="2023-10-29", restricted=True)
    factories.violation(secret, one)
    page = text_of(clerk, page_of(one, other))
    assert "secretmark" not in page
    assert "differs" in page[page.index("What was done, and when") :]


def test_somebody_merged_out_of_a_restricted_case_stays_concealed(clerk):
    chain = [victim(), victim("Zarmeena"), victim("Zarmina", father="Hiddenfather")]
    secret = factories.incident("A secret", restricted=True)
    factories.violation(secret, chain[2])
    chain[2].violations.exclude(incident=secret).delete()
    factories.publishing.merge(chain[2], chain[1], by=factories.publisher(), note="One.")
    factories.publishing.merge(chain[1], chain[0], by=factories.publisher(), note="One.")
    pages = [f"/admin/incidents/person/{person.pk}/change/" for person in chain]
    assert [clerk.get(page).status_code for page in pages] == [200, 302, 302]
    secret.assigned.add(clerk.member)
    assert [clerk.get(page).status_code for page in pages] == [200, 200, 200]


def test_the_page_of_a_merged_record_is_only_read(clerk, merged):
    _stays, goes = merged
    path = f"/admin/incidents/person/{goes.pk}/change/"
    assert 'name="_save"' not in text_of(clerk, path)
    assert clerk.post(path, {"internal_notes": "Changed."}).status_code == 403


def test_a_former_reference_finds_the_one_who_stays(clerk, pair):
    stays, goes = pair
    goes.reference = "VIC-2026-0077"
    goes.save()
    factories.publishing.merge(goes, stays, by=factories.publisher(), note="One.")
    page = text_of(clerk, "/admin/incidents/person/?q=vic-2026-0077")
    assert f"/{stays.pk}/change/" in page


def test_somebody_merged_out_of_sight_is_not_named_on_the_survivors_page(clerk):
    stays, goes = victim(), victim("Zarmeena", father="Hiddenfather")
    factories.publishing.merge(goes, stays, by=factories.publisher(), note="One.")
    keeper = factories.incident("A secret", restricted=True)
    factories.violation(keeper, goes)
    page = text_of(clerk, f"/admin/incidents/person/{stays.pk}/change/")
    assert "Merged from" not in page
    merger = stays.mergers_in.get()
    assert clerk.get(f"/admin/incidents/person/mergers/{merger.pk}/undo/").status_code == 404


def test_rows_out_of_sight_are_not_counted_where_a_merger_is_taken_back(clerk):
    stays, goes = victim(), victim("Balaach")
    row = received(goes)
    ListCase.objects.filter(pk=row.case_id).update(
        incident=factories.incident("A secret", restricted=True)
    )
    factories.publishing.merge(goes, stays, by=factories.publisher(), note="One.")
    path = f"/admin/incidents/person/mergers/{stays.mergers_in.get().pk}/undo/"
    # The name, the violation and the status.
    assert "3 rows that the merger moved" in text_of(clerk, path)


# ------------------------------------------------------------------------- while typing


def test_a_name_being_typed_is_answered_with_who_is_known(clerk, pair):
    answer = clerk.post(LIST + "hints/", {"given": "بالاچ", "father": "مولا بخش"}).json()
    assert answer["title"].startswith("Perhaps already known")
    assert {person["address"] for person in answer["people"]} == {
        f"/admin/incidents/person/{person.pk}/change/" for person in pair
    }


def test_hints_for_a_record_lead_to_the_comparison_and_leave_it_out(clerk, pair):
    data = {"given": "Balach", "father": "Mola Bakhsh", "person": pair[0].pk}
    [person] = clerk.post(LIST + "hints/", data).json()["people"]
    assert person["address"] == page_of(*pair)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"given": ""},
        {"given": "\0", "father": "x"},
        {"given": ["Balach"] * 50, "sex": "x", "birth": "199", "person": "-1"},
        {"given": "Balach", "sex": "9" * 30, "person": "9" * 30},
    ],
)
def test_half_typed_or_odd_values_are_no_error(clerk, pair, data):
    assert clerk.post(LIST + "hints/", data).status_code == 200


def test_names_are_not_asked_for_in_an_address(clerk, pair):
    assert clerk.get(LIST + "hints/?given=Balach").status_code == 405


def test_the_page_of_a_person_has_a_polite_place_for_hints_and_an_external_script(clerk):
    page = text_of(clerk, "/admin/incidents/person/add/")
    assert 'aria-live="polite"' in page
    assert f'data-address="{LIST}hints/"' in page
    assert "staff/hints.js" in page


def test_without_a_script_the_hint_comes_after_saving(clerk, pair):
    form = Form(clerk, "/admin/incidents/person/add/", "person_form")
    new = form.fill("names-0", given="Balach", fathers_name="Mola Bakhsh").save()
    message = hint_of(clerk)
    assert f"{LIST}{pair[0].pk}-{new}/" in message


def test_saving_somebody_unlike_anybody_says_nothing(clerk, pair):
    form = Form(clerk, "/admin/incidents/person/add/", "person_form")
    form.fill("names-0", given="Zahoor", fathers_name="Yusuf").save()
    assert hint_of(clerk) == ""


# ------------------------------------------------------------------------- what pages cost


def queries_of(client, path, data=None):
    client.get("/admin/")
    with CaptureQueriesContext(connection) as context:
        answer = client.post(path, data) if data else client.get(path)
        assert answer.status_code == 200
    return len(context)


def test_no_page_costs_more_the_more_people_there_are(clerk, pair):
    hint = {"given": "Balach", "father": "Mola Bakhsh"}
    pages = [(LIST, None), (page_of(*pair), None), (LIST + "decisions/", None)]
    pages.append((LIST + "hints/", hint))
    decide(*pair, Likeness.UNSURE, by=clerk.member)
    few = [queries_of(clerk, *page) for page in pages]
    for number in range(5):
        person = victim()
        received(person, f"List {number}")
        decide(pair[0], person, Likeness.UNSURE, by=factories.staff())
    for person in pair:
        received(person, "One more list")
        for _number in range(3):
            act = factories.violation(factories.incident(), person, "torture")
            factories.status(act.incident, person, "dead", "2023-11-22")
    look_at_new()
    assert [queries_of(clerk, *page) for page in pages] == [
        few[0],
        few[1],
        few[2],
        few[3],
    ]
    assert max(few) <= 35
