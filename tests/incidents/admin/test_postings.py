"""Posts of people in agencies: who held one on a day, how surely, and who says so."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.combining import combine
from incidents.models import AgencyParent, Posting
from incidents.visibility import visible_to
from reference.dates import UncertainDate
from tests.incidents import factories as make
from tests.incidents.admin.pages import Form, errors_of
from tests.incidents.admin.test_undo import offered, undo

pytestmark = pytest.mark.django_db

POSTS = "/admin/incidents/agency/posts/"
DAY = "2023-11-23"


def posting(unit, name="Asad", **values):
    values.setdefault("post", "Regional officer")
    values.setdefault("commands", True)
    source = values.pop("source", None) or make.source(f"A notification about {name}")
    holder = values.pop("person", None) or make.person(name)
    return Posting.objects.create(person=holder, agency=unit, source=source, **values)


def lines_of(client, unit, on=DAY, **asked):
    parts = client.get(POSTS, {"agency": unit.pk, "on": on, **asked}).context["parts"]
    return [(line.posting.pk, line.certain) for _heading, lines in parts for line in lines]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        ("2023-01", "2024", True),
        ("2023-11-23", "2023-11-23", True),
        ("2023-01", "", False),
        ("", "2024", False),
        ("", "", False),
        ("2023-11", "2024", False),
        ("2023-01", "2023-11", False),
        ("2023-01", "2023-11-23/..", True),
        ("../2023-10-01", "2024", True),
        ("2024", "", None),
        ("", "2023-10", None),
        ("2023-11-24", "2024", None),
        ("2020", "../2023-11-22", None),
    ],
)
def test_a_post_certainly_or_possibly_covers_a_day_or_does_not(clerk, since, until, held):
    unit = make.agency()
    row = posting(unit, since=since, until=until)
    assert lines_of(clerk, unit) == ([] if held is None else [(row.pk, held)])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    bounds=st.lists(
        st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2024, 1, 1))), min_size=4, max_size=4
    ),
    day=st.dates(date(2019, 12, 1), date(2024, 2, 1)),
)
def test_what_is_certain_holds_for_every_reading_of_the_dates(bounds, day):
    since, until = _interval(*bounds[:2]), _interval(*bounds[2:])
    if since.earliest and until.latest and since.earliest > until.latest:
        return
    with transaction.atomic():
        row = posting(make.agency(f"Unit {Posting.objects.count()}"), since=since, until=until)
        found = Posting.objects.filter(pk=row.pk).held_on(day).first()
        transaction.set_rollback(True)
    starts = [each for each in (since.earliest, since.latest) if each]
    ends = [each for each in (until.earliest, until.latest) if each]
    can_begin = since.earliest is None or since.earliest <= day
    can_last = until.latest is None or until.latest >= day
    assert (found is not None) == (can_begin and can_last)
    if found is not None and found.certain:
        assert since.latest is not None
        assert until.earliest is not None
        assert all(start <= day for start in starts)
        assert all(end >= day for end in ends)


def _interval(first, last):
    if first and last and first > last:
        first, last = last, first
    if not first and not last:
        return UncertainDate.parse("")
    return UncertainDate.parse(f"{first or '..'}/{last or '..'}")


def test_command_posts_come_first_those_nobody_knows_of_apart_and_others_on_demand(clerk):
    unit = make.agency()
    dates = {"since": "2023-01", "until": "2024"}
    clerk_of_it = posting(unit, "Karim", post="Clerk", commands=False, **dates)
    unsure = posting(unit, "Nasir", commands=None, **dates)
    possible = posting(unit, "Asad", since="2023-01")
    certain = posting(unit, "Bilal", **dates)
    page = clerk.get(POSTS, {"agency": unit.pk, "on": DAY})
    (_first, leading), (_second, unknown) = page.context["parts"]
    assert [line.posting for line in leading] == [certain, possible]
    assert [line.posting for line in unknown] == [unsure]
    assert [pk for pk, _certain in lines_of(clerk, unit, every="on")] == [
        *(certain.pk, possible.pk, clerk_of_it.pk, unsure.pk)
    ]


def test_a_post_in_a_public_agency_is_entered_without_a_reason(clerk):
    case, unit = make.incident(), make.agency()
    make.violation(case)
    make.involvement(case, agency=unit)
    make.publish(case)
    form = Form(clerk, f"/admin/incidents/agency/{unit.pk}/change/", "agency_form")
    form.add_row("postings", person=make.person("Asad"), post="Clerk", source=make.source())
    answer = form.send(why="")
    assert answer.status_code == 302, errors_of(answer)


def test_units_under_it_on_that_day_are_asked_for_as_well(clerk):
    force, wing, post, other = (make.agency(name) for name in ("Force", "Wing", "Post", "Other"))
    AgencyParent.objects.create(agency=wing, parent=force, since="2023", until="2023")
    AgencyParent.objects.create(agency=post, parent=wing)
    AgencyParent.objects.create(agency=force, parent=post)
    row = posting(post, since="2020", until="2025")
    posting(other, since="2020", until="2025")
    assert lines_of(clerk, force) == []
    assert lines_of(clerk, force, below="on") == [(row.pk, True)]
    assert lines_of(clerk, force, on="2024-02-01", below="on") == []


@pytest.mark.parametrize("on", ["2023-11", "2023", "soon", "", "../2023-11-23"])
def test_anything_but_one_day_is_refused(clerk, on):
    answer = clerk.get(POSTS, {"agency": make.agency().pk, "on": on})
    assert errors_of(answer)
    assert answer.context["page"] is None


def test_a_post_is_entered_on_the_page_of_a_person_and_of_an_agency(clerk):
    unit, holder, source = make.agency(), make.person("Asad"), make.source("A notification")
    rows = {"post": "Regional officer", "rank": "Colonel", "since": "2023-01", "source": source}
    of_person = Form(clerk, f"/admin/incidents/person/{holder.pk}/change/", "person_form")
    of_person.add_row("postings", agency=unit, commands="true", **rows)
    of_person.save()
    of_agency = Form(clerk, f"/admin/incidents/agency/{unit.pk}/change/", "agency_form")
    of_agency.add_row("postings", person=make.person("Bilal"), **rows)
    of_agency.save()
    assert list(Posting.objects.values_list("post", "rank", "commands", "entered_by")) == [
        ("Regional officer", "Colonel", True, clerk.member.pk),
        ("Regional officer", "Colonel", None, clerk.member.pk),
    ]


def test_a_post_without_a_source_is_not_entered(clerk):
    unit, holder = make.agency(), make.person("Asad")
    form = Form(clerk, f"/admin/incidents/person/{holder.pk}/change/", "person_form")
    form.add_row("postings", agency=unit, post="Regional officer")
    assert form.send().status_code == 200
    assert not Posting.objects.exists()


def test_the_database_refuses_a_post_that_ends_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        posting(make.agency(), since="2024", until="2023")


def test_what_was_entered_is_taken_back_and_told_by_the_history(clerk):
    holder = make.person("Asad")
    page = f"/admin/incidents/person/{holder.pk}/"
    form = Form(clerk, f"{page}change/", "person_form")
    form.add_row("postings", agency=make.agency(), post="Thanedar", source=make.source("Gazette"))
    form.save()
    action = offered(clerk)
    assert "Thanedar" in clerk.get(f"{page}history/").content.decode()
    undo(clerk, action)
    assert not Posting.objects.exists()


def test_posts_go_along_when_two_people_are_one(clerk):
    row = posting(make.agency(), "Asad")
    survivor = make.person("Assad")
    combine(row.person, survivor, by=clerk.member)
    row.refresh_from_db()
    assert row.person == survivor


@pytest.mark.parametrize("hidden", ["person", "source"])
def test_a_post_of_somebody_or_by_a_source_known_from_a_restricted_case_is_not_there(
    clerk, other_clerk, hidden
):
    case = make.incident(restricted=True)
    case.assigned.add(other_clerk.member)
    unit, holder, source = make.agency(), make.person("Zarmina"), make.source("A testimonymark")
    row = posting(unit, person=holder, source=source, post="Postmark", since="2023")
    if hidden == "person":
        make.involvement(case, person=holder)
    else:
        make.cite(case, source)
    assert lines_of(clerk, unit) == []
    assert lines_of(other_clerk, unit) == [(row.pk, False)]
    assert not visible_to(clerk.member, Posting.objects.all()).exists()
    for page in ("change/", "history/"):
        seen = clerk.get(f"/admin/incidents/agency/{unit.pk}/{page}").content.decode()
        assert "Postmark" not in seen
    if hidden == "source":
        for page in ("change/", "history/"):
            seen = clerk.get(f"/admin/incidents/person/{holder.pk}/{page}").content.decode()
            assert "Postmark" not in seen


def test_an_administrator_without_cases_asks_in_vain(administrator):
    assert administrator.get(POSTS).status_code == 403


@pytest.mark.parametrize("page", ["posts", "agency", "person"])
def test_the_pages_ask_the_same_number_of_questions_however_many_posts(clerk, page):
    unit, holder = make.agency(), make.person("Asad")
    paths = {
        "posts": f"{POSTS}?agency={unit.pk}&on={DAY}&below=on",
        "agency": f"/admin/incidents/agency/{unit.pk}/change/",
        "person": f"/admin/incidents/person/{holder.pk}/change/",
    }

    def queries():
        with CaptureQueriesContext(connection) as context:
            assert clerk.get(paths[page]).status_code == 200
        return len(context)

    posting(unit, person=holder, since="2023")
    queries()
    few = queries()
    for number in range(4):
        posting(unit, f"Nasir {number}", since="2023")
        posting(make.agency(f"Unit {number}"), person=holder, since="2023")
    assert queries() == few
