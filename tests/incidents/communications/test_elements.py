"""What WGEID and COIED need: what is there, what is missing, and how long there is time."""

from datetime import date

import pytest

from incidents.communications.clock import Clock
from incidents.communications.consents import uses_in_force
from incidents.communications.elements import Known, elements
from incidents.communications.forms import Form
from incidents.communications.gaps import Where, gaps
from incidents.communications.gate import Refused, kept_back
from incidents.models import DisappearanceElement, Incident, Intervention, PersonName
from reference.models import Organisation
from reference.publisher import publisher
from tests.incidents import factories as make
from tests.incidents.communications import cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _organisation(db):
    cases.organisation()


def missing_of(act, form, **options):
    """Code of each gap → whether the form is refused for it."""
    subject = cases.subject(act)
    known = Known(subject, uses_in_force(subject.person), publisher(), **options)
    return {gap.code: gap.refuses for gap in gaps(elements(form, known))}


def wgeid(act, **options):
    return missing_of(act, Form.WGEID, **options)


def coied(act):
    return missing_of(act, Form.COIED)


def test_a_complete_case_lacks_nothing():
    act = cases.missing()
    assert wgeid(act) == {}
    assert coied(act) == {}


def test_a_case_without_tehsil_and_consent_lacks_exactly_these():
    act = cases.missing(placed=False, consents=())
    assert wgeid(act) == {"consent": True}
    assert coied(act) == {"tehsil": True, "consent": True}


def test_what_is_there_is_said_with_its_value():
    subject = cases.subject(cases.missing())
    known = Known(subject, uses_in_force(subject.person), publisher())
    values = {each.code: each.value for each in elements(Form.WGEID, known)}
    assert values["wgeid-a"] == "Gwaram · گوارم · father: Shambay · شمبے"
    assert values["wgeid-b"] == "29 October 2023"
    assert values["wgeid-c"].startswith("Turbat (tehsil), Kech (district)")
    assert values["wgeid-d"] == "Counter-Terrorism Department"
    assert values["wgeid-f"] == "Voice of the Missing · office@voice.example"


def test_each_gap_leads_to_where_it_is_closed():
    subject = cases.subject(cases.missing(placed=False, consents=()))
    known = Known(subject, frozenset(), publisher())
    where = {gap.code: gap.where for gap in gaps(elements(Form.COIED, known))}
    assert where == {"tehsil": Where.INCIDENT, "consent": Where.CONSENTS}


# ------------------------------------------------------------------------------ the elements


def test_a_group_is_not_one_missing_person():
    group = make.person("", unit=make.term("counting-unit", "family"), description="A family")
    act = cases.missing(group)
    assert wgeid(act) == {"group": True}
    assert coied(act) == {"group": True, "parentage": True}


def test_somebody_without_a_name_cannot_be_searched_for():
    act = cases.missing(make.person("", description="A man from Tump"))
    assert wgeid(act) == {"name": True}


@pytest.mark.parametrize(
    ("values", "gap"),
    [
        ({}, {"second-identifier": True}),
        ({"birth": "1999"}, {}),
        ({"occupation_note": "Tailor"}, {}),
        ({"occupation": "tailor"}, {}),
        ({"occupation": "other"}, {"second-identifier": True}),
        ({"occupation": "not-applicable"}, {"second-identifier": True}),
    ],
)
def test_a_name_needs_something_that_tells_namesakes_apart(values, gap):
    if "occupation" in values:
        values = {"occupation": make.term("occupation", values["occupation"])}
    assert wgeid(cases.missing(make.person("Gwaram", **values))) == gap


def test_a_tribe_tells_namesakes_apart():
    act = cases.missing(make.person("Gwaram"))
    PersonName.objects.update(tribe_or_place="Bugti")
    assert wgeid(act) == {}


def test_an_alias_is_no_name_of_ones_own():
    act = cases.missing()
    PersonName.objects.update(kind=PersonName.Kind.ALIAS)
    assert "name" in wgeid(act)


@pytest.mark.parametrize(
    ("value", "gap"),
    [
        ("2023-10-29", {}),
        ("2023-10-29~", {"day": False}),
        ("2023-10-29?", {"day": False}),
        ("2023-10", {"day": False}),
        ("2023-11-22/2023-11-23", {"day": False}),
        ("../2023-12-11", {"day": False}),
        ("", {"date": True}),
    ],
)
def test_a_date_less_exact_than_a_day_is_said_and_no_date_refuses(value, gap):
    act = cases.missing(date=value)
    assert wgeid(act) == gap
    assert coied(act) == gap


def test_a_province_is_too_wide_a_place_and_words_are_one():
    act = cases.missing(area=make.area().parent.parent)
    assert wgeid(act) == {"place": True}
    assert coied(act) == {"tehsil": True, "district": True}
    act.incident.place_text = "On the road to Tump"
    act.incident.save()
    assert wgeid(act) == {}


def test_the_place_of_the_act_goes_before_that_of_the_incident():
    act = cases.missing(placed=False)
    act.area, act.area_basis = cases.tehsil(), "stated"
    act.save()
    assert coied(act) == {}


def test_somebody_has_to_be_believed_responsible():
    act = cases.missing()
    act.incident.involvements.all().delete()
    assert wgeid(act) == {"responsible": True}


@pytest.mark.parametrize(
    ("basis", "gap"),
    [
        (None, {"state": True}),
        ("unknown", {"state": True}),
        ("author-asserted", {"state": True}),
        ("group-claimed", {"state": True}),
        ("uniform-or-vehicle", {}),
        ("area-inferred", {}),
    ],
)
def test_men_whom_nobody_knows_need_a_reason_to_suspect_the_state(basis, gap):
    act = cases.missing()
    act.incident.involvements.all().delete()
    known = None if basis is None else make.term("involvement-basis", basis)
    make.involvement(act.incident, description="Armed men in plain clothes", basis=known)
    assert wgeid(act) == gap


@pytest.mark.parametrize(
    ("finding", "gap"), [("alleged", {}), ("evidenced", {}), ("not-established", {"state": True})]
)
def test_a_finding_on_the_link_to_the_state_is_such_a_reason(finding, gap):
    act = cases.missing()
    act.incident.involvements.all().delete()
    make.involvement(act.incident, description="Armed men in plain clothes")
    DisappearanceElement.objects.create(
        violation=act,
        element=make.term("disappearance-element", "el-state"),
        finding=make.term("element-finding", finding),
    )
    assert wgeid(act) == gap


def test_steps_are_recorded_or_it_is_said_why_there_are_none():
    act = cases.missing()
    act.incident.legal_actions.all().delete()
    assert wgeid(act) == {"steps": True}
    assert wgeid(act, no_steps="The family was threatened.") == {}
    appeal = Intervention.objects.create(incident=act.incident, by_text="The family")
    appeal.people.add(act.person)
    assert wgeid(act) == {}


def test_steps_for_somebody_else_or_kept_internal_do_not_count():
    act = cases.missing()
    act.incident.legal_actions.all().delete()
    make.legal_action(act.incident, people=[make.person("Another")])
    make.legal_action(act.incident, people=[act.person], internal=True)
    assert wgeid(act) == {"steps": True}


@pytest.mark.parametrize("type", ["counter-fir", "preventive-order"])
def test_what_was_filed_against_the_person_is_no_step_to_find_them(type):
    act = cases.missing()
    act.incident.legal_actions.update(type=make.term("legal-action-type", type))
    assert wgeid(act) == {"steps": True}


def test_an_organisation_that_cannot_be_reached_submits_nothing(settings):
    settings.GAWAH_CONTACT, settings.GAWAH_ORGANISATION = "", "Voice"
    Organisation.objects.get().delete()
    assert wgeid(cases.missing()) == {"submitter": True}


def test_an_organisation_that_never_named_itself_submits_nothing(settings):
    settings.GAWAH_CONTACT, settings.GAWAH_ORGANISATION = "desk@example.org", "Gawah"
    Organisation.objects.get().delete()
    assert wgeid(cases.missing()) == {"submitter-name": True}


# ------------------------------------------------------------------------------- the consent


CONSENTS = [
    ("share-un", "granted", {}, Form.WGEID, True),
    ("share-un", "refused", {}, Form.WGEID, False),
    ("share-un", "not-asked", {}, Form.WGEID, False),
    ("share-un", "granted", {"expires": date(2020, 1, 1)}, Form.WGEID, False),
    ("share-un", "granted", {"withdrawn_on": date(2023, 12, 1)}, Form.WGEID, False),
    ("publish-name", "granted", {}, Form.WGEID, False),
    ("share-commission", "granted", {}, Form.WGEID, False),
    ("share-commission", "granted", {}, Form.COIED, True),
    ("share-un", "granted", {}, Form.COIED, False),
    ("share-court", "granted", {}, Form.COURT, True),
    ("publish-name", "granted", {}, Form.COURT, False),
    ("keep", "granted", {}, Form.FAMILY, True),
    ("share-court", "granted", {}, Form.FAMILY, False),
]


@pytest.mark.parametrize(("use", "answer", "values", "form", "made"), CONSENTS)
def test_only_consent_in_force_to_that_use_lets_a_paper_out(use, answer, values, form, made):
    act = cases.missing(consents=())
    cases.consent(act.person, use, answer=answer, **values)
    if made:
        assert cases.paper(act, form).form is form
    else:
        with pytest.raises(Refused) as refused:
            cases.paper(act, form)
        assert [gap.code for gap in refused.value.gaps] == ["consent"]


def refused_for(act, form, **options):
    with pytest.raises(Refused) as refused:
        cases.paper(act, form, **options)
    return [gap.code for gap in refused.value.gaps]


@pytest.mark.parametrize("use", [None, "keep", "share-un", "share-court"])
def test_without_consent_to_be_seen_there_is_no_sheet_for_everybody(use):
    act = cases.missing(consents=())
    act.person.publication_ground = None
    act.person.save()
    if use is not None:
        cases.consent(act.person, use)
    assert refused_for(act, Form.SHEET) == ["not-to-be-shown"]
    cases.consent(act.person, "publish-name")
    assert cases.paper(act, Form.SHEET)


def test_what_nobody_has_approved_is_on_no_sheet_for_everybody():
    act = cases.missing()
    subject = cases.subject(act)
    assert [gap.code for gap in kept_back(Form.SHEET, subject)] == ["not-approved"]
    make.approve(act.incident)
    assert kept_back(Form.SHEET, cases.subject(act)) == []
    act.incident.public_account = "Another account."
    act.incident.save()
    assert refused_for(act, Form.SHEET) == ["not-approved"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"restricted": True}, ["restricted"]),
        ({"publication": "withdrawn", "reference": "INC-2023-0001"}, ["ended"]),
        ({"publication": "merged", "reference": "INC-2023-0001"}, ["ended"]),
    ],
)
def test_what_was_taken_from_the_public_is_on_no_sheet_for_everybody(values, codes):
    act = cases.missing(consents=("share-court",))
    make.approve(act.incident)
    Incident.objects.filter(pk=act.incident.pk).update(**values)
    act.incident.refresh_from_db()
    assert refused_for(act, Form.SHEET) == codes
    reader = make.publisher()
    act.incident.assigned.add(reader)
    assert cases.paper(act, Form.COURT, reader=reader)


USES = (
    ("share-un", Form.WGEID),
    ("share-commission", Form.COIED),
    ("share-court", Form.COURT),
    ("keep", Form.FAMILY),
)


@pytest.mark.parametrize(("use", "form"), USES)
@pytest.mark.parametrize(
    ("giver", "made"),
    [
        ("guardian", True),
        ("sibling", True),
        ("other-kin", True),
        ("lawyer", False),
        ("other", False),
        ("unknown", False),
        (None, False),
    ],
)
def test_only_the_person_a_guardian_or_the_family_can_agree(use, form, giver, made):
    act = cases.missing(consents=())
    consent = cases.consent(act.person, use)
    consent.giver = giver and make.term("consent-giver", giver)
    consent.save()
    if made:
        assert cases.paper(act, form)
    else:
        assert refused_for(act, form) == ["consent"]


def test_of_somebody_who_came_back_there_is_no_sheet_for_the_family():
    act = cases.missing(consents=())
    cases.consent(act.person, "keep", giver="guardian")
    assert cases.paper(act, Form.FAMILY)
    make.status(act.incident, act.person, "released", "2024-01-01")
    assert refused_for(act, Form.FAMILY) == ["came-back"]


def test_what_only_the_person_let_us_keep_is_not_for_the_family():
    act = cases.missing(consents=())
    cases.consent(act.person, "keep", giver="self")
    assert refused_for(act, Form.FAMILY) == ["kept-for-themselves"]
    cases.consent(act.person, "keep", giver="spouse")
    assert cases.paper(act, Form.FAMILY)


@pytest.mark.parametrize(
    ("giver", "gap"), [("parent", {"consent": True}), ("self", {}), ("guardian", {})]
)
def test_a_return_that_only_the_act_tells_of_ends_what_the_family_gave(giver, gap):
    act = cases.missing(consents=())
    cases.consent(act.person, "share-un", giver=giver)
    assert wgeid(act) == {}
    act.end, act.end_meaning = "2023-12-20", "released"
    act.save()
    assert wgeid(act) == gap


def test_whoever_was_taken_again_is_missing_again():
    act = cases.missing(consents=())
    cases.consent(act.person, "share-un", giver="parent")
    before = make.violation(make.incident(date="2019-05-01"), act.person, end="2019-06-01")
    before.end_meaning = "released"
    before.save()
    assert wgeid(act) == {}


def test_a_later_refusal_ends_a_consent():
    act = cases.missing(consents=())
    cases.consent(act.person, "share-un", given_on=date(2023, 11, 1))
    cases.consent(act.person, "share-un", answer="refused", given_on=date(2023, 12, 1))
    assert wgeid(act) == {"consent": True}


@pytest.mark.parametrize(("giver", "gap"), [("parent", {"consent": True}), ("self", {})])
def test_after_the_return_only_the_person_themselves_can_consent(giver, gap):
    act = cases.missing(consents=())
    cases.consent(act.person, "share-un", giver=giver)
    make.status(act.incident, act.person, "released", "2024-01-01")
    assert wgeid(act) == gap


# --------------------------------------------------------------------------------- the clock


@pytest.mark.parametrize(
    ("began", "today", "left"),
    [
        ("2023-10-29", date(2023, 10, 29), 92),
        ("2023-10-29", date(2024, 1, 15), 14),
        ("2023-10-29", date(2024, 1, 28), 1),
        ("2023-10-29", date(2024, 1, 29), 0),
        ("2023-10", date(2023, 12, 31), 1),
        ("", date(2024, 1, 15), None),
        ("../2023-12-11", date(2024, 1, 15), None),
    ],
)
def test_three_months_count_from_the_earliest_day(began, today, left):
    assert Clock.of(cases.subject(cases.missing(date=began)), today).days_left == left


@pytest.mark.parametrize("today", [date(2024, 3, 11), date(2026, 1, 1)])
def test_the_months_are_over_once_they_are_from_the_latest_day(today):
    subject = cases.subject(cases.missing(date="../2023-12-11"))
    assert Clock.of(subject, today).days_left == 0


def test_no_clock_runs_once_the_act_has_ended():
    act = cases.missing()
    act.end, act.end_meaning = "2023-12-20", "acknowledged"
    act.save()
    assert Clock.of(cases.subject(act), cases.TODAY) is None


@pytest.mark.parametrize(
    ("status", "runs"),
    [("disappeared", True), ("sighted", True), ("released", False), ("dead", False)],
)
def test_no_clock_runs_once_the_fate_is_clarified(status, runs):
    act = cases.missing()
    make.status(act.incident, act.person, status, "2023-12-20")
    assert (Clock.of(cases.subject(act), cases.TODAY) is not None) is runs


@pytest.mark.parametrize(
    ("today", "said"), [(date(2024, 10, 28), True), (date(2024, 10, 29), False)]
)
def test_what_is_possible_until_a_year_has_passed_is_said(today, said):
    clock = Clock.of(cases.subject(cases.missing()), today)
    assert ("Until a year has passed" in str(clock)) is said


def test_the_clock_is_said_in_words():
    clock = Clock.of(cases.subject(cases.missing()), cases.TODAY)
    assert str(clock) == "Urgent: 14 days left of three months; the last is 28 January 2024."
