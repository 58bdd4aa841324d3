"""How many more would be found on the date that another claimant gives."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from record.chain import allocate_reference
from record.claimed_dates import rebuild_claimed_dates
from record.filters import FILTERS
from record.kinds import Kind
from record.models import ClaimedDate, Fact
from record.questions import ask
from record.rebuilding import rebuild_keys
from record.verification import verify_chain
from record.writing import Publication, merge_entry, write_all
from reference.dates import Match, UncertainDate, match_ongoing
from reference.vocabularies import lineage
from tests.record.factories import (
    LATER,
    account,
    agency,
    content_of,
    date_value,
    involvement,
    publish_incident,
    rewrite,
    victim,
    violation,
    withdraw_incident,
)

pytestmark = pytest.mark.django_db

NOVEMBER = "date_from=2023-11&date_to=2023-11"


def said(text, question="when-taken", **changes):
    """An account that gives a date."""
    return account(question=question, answer_date=date_value(text) if text else None, **changes)


def asked(query=NOVEMBER, resource="violations"):
    question = ask(resource, QueryDict(query), "en")
    assert question.errors == []
    return question


def claims():
    """The dates that are kept, as texts."""
    rows = ClaimedDate.objects.order_by("claimed_earliest", "claimed_latest")
    return [str(row) for row in rows]


def test_a_disappearance_counts_in_the_month_in_which_officials_say_they_made_the_arrest():
    act = violation()
    publish_incident(
        date="2023-10-29",
        violations=[act],
        accounts=[said("2023-10-29", about=act), said("2023-11-20", about=act, id=2)],
    )
    question = asked(f"type=enforced-disappearance&district=PK211&{NOVEMBER}")
    assert (question.count(), question.count_dated_otherwise()) == (0, 1)
    question = asked("date_from=2023-10&date_to=2023-10")
    assert (question.count(), question.count_dated_otherwise()) == (1, 0)


@pytest.mark.parametrize("resource", ["incidents", "victims", "violations"])
def test_what_is_found_on_its_own_date_is_not_found_on_another_as_well(resource):
    act = violation(start="2023-10-29")
    publish_incident(
        date="2023-10-29",
        violations=[act, violation("torture", start="2023-11-02", victim=act.content["victim"])],
        accounts=[said("2023-11-20", about=act)],
    )
    question = asked(resource=resource)
    assert question.count() == 1
    assert question.count_dated_otherwise() == (resource == "violations")


@pytest.mark.parametrize(
    ("query", "more"),
    [
        (NOVEMBER, 1),
        (f"{NOVEMBER}&date_mode=certain", 1),
        ("date_from=2023-11-10&date_to=2023-11-20", 1),
        ("date_from=2023-11-10&date_to=2023-11-18&date_mode=certain", 0),
        ("date_from=2023-11-21", 0),
        ("date_to=2023-10-01", 0),
        # begun, by either side, and not known to be over
        (f"{NOVEMBER}&date_mode=ongoing", 0),
        (f"type=life&{NOVEMBER}", 0),
        (f"district=PK226&{NOVEMBER}", 0),
        (f"name=Balach&{NOVEMBER}", 1),
        (f"q=Turbat&{NOVEMBER}", 1),
        (f"q=elsewhere&{NOVEMBER}", 0),
        ("", 0),
        ("date_unknown=false", 0),
        ("month=2023-11", 0),
    ],
)
def test_the_other_date_has_to_answer_the_same_question(query, more):
    act = violation(victim=victim("Balach Mola Bakhsh"))
    publish_incident(
        date="2023-10-29", violations=[act], accounts=[said("2023-11-15/2023-11-20", about=act)]
    )
    assert asked(query).count_dated_otherwise() == more
    assert asked(query, "victims").count_dated_otherwise() == more
    assert asked(query, "incidents").count_dated_otherwise() == more


def test_what_was_going_on_may_have_begun_earlier_by_another_account():
    act = violation(start="2023-11-20", end="2023-11-22")
    publish_incident(violations=[act], accounts=[said("2023-10-29", about=act)])
    assert asked("date_to=2023-11-01&date_mode=ongoing").count_dated_otherwise() == 1


def test_what_the_record_does_not_date_is_dated_by_who_speaks_of_it():
    act = violation(start="")
    publish_incident(date="", violations=[act], accounts=[said("2023-11", about=act)])
    question = asked()
    assert (question.count_undated(), question.count_dated_otherwise()) == (1, 1)


@pytest.mark.parametrize("resource", FILTERS)
def test_only_what_is_dated_by_its_beginning_is_counted_so(resource):
    publish_incident(date="2023-10-29", accounts=[said("2023-11-20")])
    more = asked(resource=resource).count_dated_otherwise()
    assert more == (resource in ("incidents", "victims", "violations"))


def test_an_agency_is_found_by_what_others_date_into_the_range():
    one, other = agency("One"), agency("Other")
    acts = [violation(involvements=[involvement(one), involvement(other)])]
    publish_incident(date="2023-10-29", violations=acts, accounts=[said("2023-11-20")])
    publish_incident(date="2023-11", violations=[violation(involvements=[involvement(other)])])
    question = asked(resource="agencies")
    assert (question.count(), question.count_dated_otherwise()) == (1, 1)


@pytest.mark.parametrize(
    ("type_", "text", "changes", "kept"),
    [
        ("enforced-disappearance", "2023-11-20", {}, True),
        ("short-term-disappearance", "2023-11-20", {}, True),
        ("life", "2023-11-20", {}, False),
        ("staged-encounter", "2023-11-20", {"question": "when-killed"}, True),
        ("enforced-disappearance", "2023-11-20", {"question": "when-killed"}, False),
        ("torture", "2023-11-20", {"question": "when-happened"}, True),
        ("enforced-disappearance", "2023-11-20", {"question": "when-released"}, False),
        ("enforced-disappearance", "2023-11-20", {"question": "when-in-court"}, False),
        ("enforced-disappearance", "2023-11-20", {"question": "where-taken"}, False),
        ("enforced-disappearance", "2023-10-29", {}, False),
        ("enforced-disappearance", "", {}, False),
        ("enforced-disappearance", "2023-11-20", {"replaced_by": 2}, False),
        ("enforced-disappearance", "2023-11-20", {"stance": {"code": "denies"}}, False),
        ("enforced-disappearance", "2023-11-20", {"stance": None}, True),
    ],
)
def test_a_date_is_kept_when_its_claimant_stands_by_it_and_it_is_the_beginning(
    type_, text, changes, kept
):
    told = said(text, **changes)
    publish_incident(date="2023-10-29", violations=[violation(type_)], accounts=[told])
    assert claims() == (["2023-11-20/2023-11-20"] if kept else [])


def test_a_date_of_one_violation_is_not_that_of_another():
    one, other = violation(), violation()
    publish_incident(violations=[one, other], accounts=[said("2023-11-20", about=one)])
    assert asked().count_dated_otherwise() == 1


def test_a_date_of_the_event_is_that_of_what_began_with_it():
    publish_incident(
        date="2023-10-29",
        violations=[violation("torture"), violation("life", start="2023-11-22")],
        accounts=[said("2023-12-01", "when-happened")],
    )
    assert asked("date_from=2023-12").count_dated_otherwise() == 1


def test_an_event_without_violations_has_the_dates_that_are_given_for_it():
    publish_incident(
        date="2023-11-29", violations=[], accounts=[said("2023-10-23", "when-happened")]
    )
    question = asked("date_to=2023-10", "incidents")
    assert (question.count(), question.count_dated_otherwise()) == (0, 1)


def test_a_violation_that_moves_to_a_new_incident_leaves_behind_what_was_said_of_it_there():
    first = publish_incident(accounts=[said("2023-11-20")])
    assert claims() == ["2023-11-20/2023-11-20"]
    act, content = Fact.objects.get().violation, content_of(first)
    second = allocate_reference(Kind.INCIDENT, LATER.year)
    named = {"reference": second, "title": "", "title_local": ""}
    moved = [{**each, "incident": named} for each in content["violations"]]
    written = [
        (Kind.INCIDENT, first.reference, {**content, "violations": []}),
        (Kind.VIOLATION, act.reference, {**content_of(act), "incident": named}),
        (Kind.INCIDENT, second, {**content, "violations": moved, "accounts": []}),
    ]
    write_all(
        [
            Publication(kind=kind, reference=reference, content=finished)
            for kind, reference, finished in written
        ],
        at=LATER,
    )
    assert Fact.objects.get(violation=act).incident.reference == second
    assert claims() == []


def test_two_who_give_the_same_date_are_counted_once():
    publish_incident(accounts=[said("2023-11-20"), said("2023-11-20", id=2)])
    assert claims() == ["2023-11-20/2023-11-20"]


def test_a_correction_exchanges_the_dates():
    incident = publish_incident(accounts=[said("2023-11-20"), said("2023-11-21", id=2)])
    before = {str(row): row.pk for row in ClaimedDate.objects.all()}
    rewrite(incident, accounts=[said("2023-11-21"), said("../2023-12", id=2)])
    after = {str(row): row.pk for row in ClaimedDate.objects.all()}
    assert after.keys() == {"2023-11-21/2023-11-21", "None/2023-12-31"}
    assert after["2023-11-21/2023-11-21"] == before["2023-11-21/2023-11-21"]
    rewrite(incident, accounts=[])
    assert claims() == []


def test_a_corrected_date_of_the_record_is_compared_anew():
    act = violation()
    incident = publish_incident(violations=[act], accounts=[said("2023-11-20")])
    acts = [
        {**each, "start": date_value("2023-11-20")} for each in content_of(incident)["violations"]
    ]
    rewrite(incident, violations=acts)
    assert claims() == []
    assert asked().count() == 1


def test_withdrawal_takes_the_dates_along():
    incident = publish_incident(accounts=[said("2023-11-20")])
    withdraw_incident(incident)
    assert claims() == []
    assert asked().count_dated_otherwise() == 0


def test_merging_takes_the_dates_of_the_one_that_goes_along():
    survivor = publish_incident()
    incident = publish_incident(accounts=[said("2023-11-20"), said("2023-11-21", id=2)])
    merge_entry(incident, survivor, at=LATER)
    assert claims() == []


def test_a_rebuild_gives_the_same_dates_and_verifying_sees_where_they_are_not():
    incident = publish_incident(accounts=[said("2023-11-20")])
    publish_incident(accounts=[said("2023-12-20")])
    publish_incident()
    before = list(ClaimedDate.objects.order_by("pk").values_list())
    list(rebuild_keys())
    assert list(ClaimedDate.objects.order_by("pk").values_list()) == before
    assert verify_chain() == []
    ClaimedDate.objects.filter(fact__incident=incident).delete()
    ClaimedDate.objects.create(
        fact=Fact.objects.order_by("pk").last(), claimed_earliest="2001-01-01", open_ended=False
    )
    (first, last) = verify_chain()
    assert first.reference == incident.reference
    assert "other claimants" in first.fault
    assert last.reference == Fact.objects.order_by("pk").last().incident.reference
    list(rebuild_keys())
    assert verify_chain() == []


def test_what_the_migration_does_gives_what_publishing_gave():
    publish_incident(accounts=[said("2023-11-20")])
    publish_incident(violations=[], accounts=[said("2023-12", "when-happened")])
    publish_incident(accounts=[account()])
    before = set(ClaimedDate.objects.values_list("fact", "claimed_earliest", "start_latest"))
    ClaimedDate.objects.all().delete()
    rebuild_claimed_dates()
    after = set(ClaimedDate.objects.values_list("fact", "claimed_earliest", "start_latest"))
    assert after == before
    assert len(after) == 2


@pytest.mark.parametrize("resource", FILTERS)
@pytest.mark.parametrize("words", ["", "q=Turbat&", "district=PK211&"])
def test_it_takes_one_query_at_most_however_much_there_is(resource, words):
    for _ in range(3):
        publish_incident(accounts=[said("2023-11-20")])
        question = asked(f"{words}{NOVEMBER}", resource)
        question.count()
        with CaptureQueriesContext(connection) as queries:
            question.count_dated_otherwise()
        own = resource in ("legal-actions", "sources")
        assert len(queries) <= (0 if own else 1)


# --- the law -----------------------------------------------------------------------------------

DATES = ["", "2023", "2023-10", "2023-10-29", "2023-11-20", "../2023-11-05", "2023-11-25/.."]
RANGES = [
    ("2023-11", "2023-11"),
    ("2023-10-15", "2023-11-22"),
    ("2023-11-21", None),
    (None, "2023-10"),
]
FIRST_OF_QUESTION = {"when-taken": "liberty", "when-killed": "life", "when-happened": None}

dates = st.sampled_from(DATES)
acts = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["enforced-disappearance", "life", "torture"]),
        "start": st.none() | dates,
        "end": st.sampled_from(["", "2023-11-10", "2023-12"]),
        "open_ended": st.booleans(),
        "same": st.booleans(),
    }
)
words = st.fixed_dictionaries(
    {
        "question": st.sampled_from([*FIRST_OF_QUESTION, "when-released"]),
        "date": dates,
        "about": st.none() | st.integers(0, 2),
        "stance": st.sampled_from(["asserts", "disputes", "denies"]),
        "replaced_by": st.sampled_from([None, None, 1]),
    }
)
events = st.lists(
    st.tuples(dates, st.lists(acts, max_size=3), st.lists(words, max_size=3)),
    min_size=1,
    max_size=3,
)


def published(date, violations, accounts, one):
    """An event; ``one`` is the victim of every act that is of the same person."""
    drafts = [
        violation(
            each["type"],
            start=each["start"],
            end=each["end"],
            open_ended=each["open_ended"] and not each["end"],
            victim=one if each["same"] else None,
        )
        for each in violations
    ]
    told = [
        said(
            each["date"],
            each["question"],
            id=number,
            stance={"code": each["stance"], "label": ""},
            replaced_by=each["replaced_by"],
            about=(
                drafts[each["about"]]
                if each["about"] is not None and each["about"] < len(drafts)
                else None
            ),
        )
        for number, each in enumerate(accounts, 1)
    ]
    return publish_incident(date=date, violations=drafts, accounts=told)


def fits(start, document, first, last, mode):
    low = UncertainDate.parse(first).earliest if first else None
    high = UncertainDate.parse(last).latest if last else None
    if mode == "ongoing":
        end = UncertainDate.parse((document["end"] or {"text": ""})["text"])
        found = match_ongoing(start, end, document.get("open_ended", False), low, high)
    else:
        found = start.match(low, high)
    return found in ({Match.CERTAIN} if mode == "certain" else {Match.CERTAIN, Match.POSSIBLE})


def parts_of(incident):
    """What is dated in a document: its violations, or itself, each with what is claimed of it."""
    whole = incident["date"]["text"]
    for each in incident["violations"] or [incident]:
        start = each.get("start", incident["date"])["text"]
        claimed = []
        for one in incident["accounts"]:
            question = one["question"]["code"]
            if question not in FIRST_OF_QUESTION or one["answer_date"] is None:
                continue
            if one["stance"]["code"] == "denies" or one["replaced_by"]:
                continue
            type_ = FIRST_OF_QUESTION[question]
            if one["about"]:
                meant = one["about"] == each["reference"]
            else:
                meant = start == whole or type_ is not None
            if type_ is not None:
                types = lineage("violation-type", each["type"]["code"]) if "type" in each else ()
                meant = meant and type_ in types
            if meant:
                claimed.append(one["answer_date"]["text"])
        yield each, start, claimed


@settings(max_examples=25, deadline=None)
@given(
    events=events,
    bounds=st.sampled_from(RANGES),
    mode=st.sampled_from(["possible", "certain", "ongoing"]),
)
def test_it_is_a_plain_count_over_the_documents(events, bounds, mode):
    with transaction.atomic():
        one = victim("Balach")
        entries = [published(*event, one) for event in events]
        found, otherwise = counted_in_python(entries, *bounds, mode)
        given_ = {"date_from": bounds[0], "date_to": bounds[1], "date_mode": mode}
        query = "&".join(f"{name}={value}" for name, value in given_.items() if value)
        for name in found:
            question = asked(query, name)
            assert question.count() == len(found[name])
            assert question.count_dated_otherwise() == len(otherwise[name] - found[name])
        transaction.set_rollback(True)


def counted_in_python(entries, first, last, mode):
    """The objects that are found, and those that are on the date of another claimant."""
    found = {name: set() for name in ("incidents", "victims", "violations")}
    otherwise = {name: set() for name in found}
    for entry in entries:
        for part, start, claimed in parts_of(content_of(entry)):
            act = "start" in part
            units = {
                "incidents": entry.reference,
                "victims": part["victim"]["reference"] if act and part["victim"] else None,
                "violations": part["reference"] if act else None,
            }
            own = fits(UncertainDate.parse(start), part, first, last, mode)
            others = [UncertainDate.parse(each) for each in claimed]
            for name, unit in units.items():
                if unit and own:
                    found[name].add(unit)
                if unit and any(fits(each, part, first, last, mode) for each in others):
                    otherwise[name].add(unit)
    return found, otherwise
