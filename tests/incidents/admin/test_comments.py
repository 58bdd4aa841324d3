"""Comments on a case that is checked: put, answered, settled, shown, and in nobody's way."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from incidents.models import IncidentLink, ReviewComment
from incidents.review_comments import CommentRefused, Place, comment
from incidents.visibility import visible_to
from tests.incidents import factories
from tests.incidents.admin.pages import Form, errors_of, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    made = factories.incident()
    made.act = factories.violation(made, factories.person("Balaach"))
    return made


def path_of(case, page):
    return f"/admin/incidents/incident/{case.pk}/{page}"


def put(client, case, text, on="", about=None):
    form = Form(client, path_of(case, f"comments/add/?on={on}"))
    return form.fill(about=on if about is None else about, text=text).send(button="")


def page_of(client, case, page="publication/"):
    return client.get(path_of(case, page)).content.decode()


def help_of(html, box):
    """The help that stands below a box of the form."""
    return html.split(f'id="id_{box}_helptext"')[1].split("</div>")[0]


def test_a_comment_on_a_field_stands_beside_its_box_with_who_wrote_it(clerk, reviewer, case):
    put(reviewer, case, "Which of the two days?", on=f"incident.{case.pk}.date")
    told = help_of(page_of(clerk, case, "change/"), "date")
    assert "Which of the two days?" in told
    assert str(reviewer.member) in told


def test_a_comment_on_a_field_of_a_row_stands_beside_the_box_of_that_row(clerk, reviewer, case):
    factories.violation(case, factories.person("Karim"))
    put(reviewer, case, "Is this the type?", on=f"violation.{case.act.pk}.type")
    html = page_of(clerk, case, "change/")
    assert "Is this the type?" in help_of(html, "violations-0-type")
    assert html.count("Is this the type?") == 1


def test_a_comment_on_a_name_stands_on_the_page_of_the_person(clerk, reviewer, case):
    name = case.act.person.names.get()
    put(reviewer, case, "Spelt otherwise in the FIR", on=f"personname.{name.pk}.given")
    html = clerk.get(f"/admin/incidents/person/{case.act.person_id}/change/").content.decode()
    assert "Spelt otherwise in the FIR" in help_of(html, "names-0-given")


def test_the_form_leads_to_commenting_on_each_row(clerk, case):
    html = page_of(clerk, case, "change/")
    assert f"comments/add/?on=violation.{case.act.pk}" in html


def test_all_comments_are_listed_with_what_they_are_about(clerk, reviewer, case):
    put(reviewer, case, "Read it again as a whole")
    put(reviewer, case, "Is this the type?", on=f"violation.{case.act.pk}.type")
    html = page_of(clerk, case)
    assert "Read it again as a whole" in html
    assert "Violation: Enforced disappearance: Balaach – What was done" in html


def test_a_comment_is_answered_and_settled_with_who_did_so(clerk, reviewer, case):
    put(reviewer, case, "Which day?")
    made = case.review_comments.get()
    clerk.post(path_of(case, f"comments/{made.pk}/"), {"answer": "The 29th."})
    made.refresh_from_db()
    assert (made.answer, made.answered_by, made.is_open) == ("The 29th.", clerk.member, True)
    reviewer.post(path_of(case, f"comments/{made.pk}/"), {"answer": "", "settle": "1"})
    made.refresh_from_db()
    assert (made.answer, made.settled_by, made.is_open) == ("The 29th.", reviewer.member, False)
    html = page_of(clerk, case)
    assert "The 29th." in html
    assert f"Settled by {reviewer.member}" in html


def test_open_comments_are_named_before_approval_and_keep_nobody_from_it(clerk, reviewer, case):
    for text in ("One", "Two"):
        put(reviewer, case, text)
    factories.reviewing.submit(case, by=clerk.member)
    page = reviewer.get(path_of(case, "publication/"))
    approving = page.content.decode().split('value="approve"')[1].split("</form>")[0]
    assert "2 comments are open." in approving
    reviewer.post(path_of(case, "publication/"), {"step": "approve", "seen": page.context["seen"]})
    case.refresh_from_db()
    assert case.stage == "approved"


def test_a_return_takes_its_reason_from_the_open_comments(clerk, reviewer, case):
    put(reviewer, case, "Which day?", on=f"incident.{case.pk}.date")
    put(reviewer, case, "An old one")
    settled = case.review_comments.get(text="An old one")
    reviewer.post(path_of(case, f"comments/{settled.pk}/"), {"settle": "1"})
    factories.reviewing.submit(case, by=clerk.member)
    data = {"step": "return", "text": "", "with_comments": "1"}
    reviewer.post(path_of(case, "publication/"), data)
    assert case.reviews.get(decision="returned").reason == "– Date: Which day?"


def test_a_return_without_words_and_without_comments_is_refused(clerk, reviewer, case):
    factories.reviewing.submit(case, by=clerk.member)
    reviewer.post(
        path_of(case, "publication/"), {"step": "return", "text": "", "with_comments": "1"}
    )
    case.refresh_from_db()
    assert case.stage == "submitted"


def test_a_comment_outlives_the_row_it_is_on(clerk, reviewer, case):
    told = factories.account(case, "He was taken by ghosts.", claimant_text="A neighbour")
    put(reviewer, case, "Who says this?", on=f"account.{told.pk}.answer")
    told.citations.all().delete()
    told.delete()
    html = page_of(clerk, case)
    assert "Who says this?" in html
    assert "A neighbour – What they say" in html
    assert clerk.get(path_of(case, "change/")).status_code == 200


def test_an_empty_comment_is_refused(reviewer, case):
    answer = put(reviewer, case, "   ")
    assert errors_of(answer)
    assert not case.review_comments.exists()


@pytest.mark.parametrize("on", ["violation.999999", "staffmember.1", "violation.x", "incident"])
def test_a_comment_on_what_is_not_of_the_case_is_refused(reviewer, case, on):
    assert reviewer.get(path_of(case, f"comments/add/?on={on}")).status_code == 404


def test_a_row_of_another_case_cannot_be_commented_on_here(reviewer, case):
    other = factories.violation(factories.incident("Another"))
    with pytest.raises(CommentRefused):
        comment(case, Place("violation", other.pk), "?", by=reviewer.member)


def test_comments_on_a_restricted_case_exist_for_nobody_else(clerk, reviewer, case):
    put(reviewer, case, "A secretmark")
    case.restricted = True
    case.save()
    case.assigned.add(reviewer.member)
    made = case.review_comments.get()
    assert not visible_to(clerk.member, ReviewComment.objects.all()).exists()
    assert clerk.get(path_of(case, "comments/add/")).status_code in (403, 404)
    answered = clerk.post(path_of(case, f"comments/{made.pk}/"), {"answer": "x"})
    assert answered.status_code in (403, 404)
    assert page_of(reviewer, case).count("A secretmark") == 1


def test_a_restricted_case_does_not_show_on_the_page_of_its_victim(clerk, reviewer, case):
    person = case.act.person
    factories.violation(factories.incident("An open case"), person)
    put(reviewer, case, "A secretmark", on=f"person.{person.pk}.occupation")
    case.restricted = True
    case.save()
    html = clerk.get(f"/admin/incidents/person/{person.pk}/change/").content.decode()
    assert "secretmark" not in html


def test_an_administrator_without_cases_cannot_comment(administrator, case):
    assert administrator.get(path_of(case, "comments/add/")).status_code == 403


def test_the_database_wants_an_answer_signed(reviewer, case):
    put(reviewer, case, "Which day?")
    with pytest.raises(IntegrityError), transaction.atomic():
        case.review_comments.update(answer="The 29th.")


def test_the_list_of_comments_costs_the_same_however_many_there_are(reviewer, case):
    def cost(page):
        reviewer.get(path_of(case, page))
        with CaptureQueriesContext(connection) as asked:
            reviewer.get(path_of(case, page))
        return len(asked)

    # Whose a change is gets asked where there is any since the reader has looked.
    page_of(reviewer, case)
    put(reviewer, case, "One", on=f"violation.{case.act.pk}.type")
    few = [cost(page) for page in ("publication/", "change/", "comments/add/")]
    for number in range(4):
        put(reviewer, case, f"More {number}", on=f"incident.{case.pk}.date")
    assert [cost(page) for page in ("publication/", "change/", "comments/add/")] == few


def test_a_settled_comment_is_not_answered(clerk, reviewer, case):
    put(reviewer, case, "Which day?")
    made = case.review_comments.get()
    reviewer.post(path_of(case, f"comments/{made.pk}/"), {"settle": "1"})
    clerk.post(path_of(case, f"comments/{made.pk}/"), {"answer": "The 29th."})
    made.refresh_from_db()
    assert made.answer == ""
    [told] = [told for told in messages_of(clerk) if "settled meanwhile" in told]
    assert "The 29th." in told, "what was typed is not lost"


def test_an_answer_does_not_replace_one_that_its_author_has_not_seen(clerk, reviewer, case):
    put(reviewer, case, "Which day?")
    made = case.review_comments.get()
    clerk.post(path_of(case, f"comments/{made.pk}/"), {"answer": "The 29th.", "seen": ""})
    reviewer.post(path_of(case, f"comments/{made.pk}/"), {"answer": "The 30th.", "seen": ""})
    made.refresh_from_db()
    assert made.answer == "The 29th."
    address = path_of(case, f"comments/{made.pk}/")
    reviewer.post(address, {"answer": "The 30th.", "seen": made.seen_answer})
    made.refresh_from_db()
    assert made.answer == "The 30th."


def test_the_reason_of_a_return_names_no_person(clerk, reviewer, case):
    put(reviewer, case, "Is this the type?", on=f"violation.{case.act.pk}.type")
    factories.reviewing.submit(case, by=clerk.member)
    data = {"step": "return", "text": "", "with_comments": "1"}
    reviewer.post(path_of(case, "publication/"), data)
    reason = case.reviews.get(decision="returned").reason
    assert reason == "– Violation – What was done: Is this the type?"


def test_comments_on_a_row_are_found_by_it(reviewer, case):
    name = case.act.person.names.get()
    put(reviewer, case, "On the name", on=f"personname.{name.pk}.given")
    put(reviewer, case, "On the act", on=f"violation.{case.act.pk}.type")
    found = ReviewComment.objects.about_rows("personname", [name.pk])
    assert [each.text for each in found] == ["On the name"]


def test_commenting_costs_the_same_however_many_rows_there_are(reviewer, case):
    """Each row is offered by its name, and has a link of its own in the form."""

    def cost(page):
        reviewer.get(path_of(case, page))
        with CaptureQueriesContext(connection) as asked:
            reviewer.get(path_of(case, page))
        return len(asked)

    def add_rows(number):
        someone = factories.person(f"Karim {number}")
        factories.violation(case, someone)
        factories.status(case, someone, "disappeared", "2023")
        factories.involvement(case, description=f"Men {number}")
        factories.account(case, f"He was taken: {number}.")
        IncidentLink.objects.create(
            from_incident=case,
            to_incident=factories.incident(f"Another {number}"),
            kind=factories.term("incident-link", "follows"),
        )

    add_rows(0)
    pages = ("comments/add/", "change/")
    few = [cost(page) for page in pages]
    for number in range(1, 4):
        add_rows(number)
    assert [cost(page) for page in pages] == few
