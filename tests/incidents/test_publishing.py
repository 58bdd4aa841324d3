import pytest

from incidents import publishing, reviewing
from incidents.models import Citation, Consent, Publication, Violation
from record.models import IncidentEntry, Revision, SourceEntry, VictimEntry, ViolationEntry
from record.models.revision import Action
from record.verification import verify_chain
from tests.incidents import factories as make

pytestmark = pytest.mark.django_db


def obstacles_of(case, *, by=None):
    with pytest.raises(publishing.PublicationRefused) as refused:
        publishing.publish(case, by=by or make.publisher())
    return {obstacle.code for obstacle in refused.value.obstacles}


def test_a_published_case_has_a_permanent_reference():
    case = make.incident()
    entry = make.publish(case)
    case.refresh_from_db()
    assert entry.reference == case.reference
    assert case.publication == Publication.PUBLISHED


def test_every_object_of_the_case_gets_its_document():
    case = make.incident()
    make.violation(case, make.person("Balach"))
    make.publish(case)
    assert [
        model.objects.live().count()
        for model in (IncidentEntry, VictimEntry, ViolationEntry, SourceEntry)
    ] == [1, 1, 1, 1]


def test_publishing_unchanged_content_again_adds_no_revision():
    case = make.incident()
    make.violation(case)
    make.publish(case)
    before = Revision.objects.count()
    make.correct(case)
    assert Revision.objects.count() == before


def test_everything_that_stands_in_the_way_is_listed_at_once():
    case = make.incident(public_account="", restricted=True)
    make.violation(case, make.person(publication_ground=None))
    Citation.objects.all().delete()
    assert obstacles_of(case) == {
        "not-approved",
        "no-account",
        "restricted",
        "uncited",
        "no-consent",
    }


def test_a_refusal_leaves_nothing_behind():
    case = make.incident()
    obstacles_of(case)
    case.refresh_from_db()
    assert (case.reference, Revision.objects.count()) == (None, 0)


def test_nobody_publishes_their_own_case():
    author = make.publisher()
    case = make.incident(by=author)
    make.approve(case)
    assert obstacles_of(case, by=author) == {"own-case"}


def test_data_entry_cannot_publish():
    case = make.incident()
    make.approve(case)
    assert obstacles_of(case, by=make.staff()) == {"not-a-publisher"}


def test_a_change_after_the_approval_needs_a_new_approval():
    case = make.incident()
    act = make.violation(case)
    make.approve(case)
    act.outcome = "He came home."
    act.save()
    assert obstacles_of(case) == {"changed-since-approval"}


def test_a_change_of_what_is_not_published_does_not_touch_the_approval():
    case = make.incident()
    make.approve(case)
    case.internal_notes = "Ask the brother again."
    case.save()
    publishing.publish(case, by=make.publisher())


def test_a_shared_agency_published_meanwhile_does_not_touch_the_approval():
    shared = make.agency()
    first, second = make.incident("First"), make.incident("Second")
    for case in (first, second):
        make.involvement(case, agency=shared)
        make.approve(case)
    publishing.publish(first, by=make.publisher())
    publishing.publish(second, by=make.publisher())


@pytest.mark.parametrize(
    ("protection", "use", "enough"),
    [
        ("full", "publish-name", True),
        ("full", "publish-anonymous", False),
        ("withheld", "publish-anonymous", True),
        ("withheld", "publish-name", True),
        ("withheld", "statistics", False),
    ],
)
def test_consent_has_to_cover_how_the_person_appears(protection, use, enough):
    case = make.incident()
    victim = make.person("Zarif", protection=protection, publication_ground=None)
    make.violation(case, victim)
    Consent.objects.create(
        person=victim,
        use=make.term("consent-use", use),
        answer=make.term("consent-answer", "granted"),
    )
    make.approve(case)
    if enough:
        publishing.publish(case, by=make.publisher())
    else:
        assert obstacles_of(case) == {"no-consent"}


def test_a_consent_taken_back_does_not_count():
    case = make.incident()
    victim = make.person("Zarif", publication_ground=None)
    make.violation(case, victim)
    Consent.objects.create(
        person=victim,
        use=make.term("consent-use", "publish-name"),
        answer=make.term("consent-answer", "granted"),
        given_on="2024-01-01",
        withdrawn_on="2024-02-01",
    )
    make.approve(case)
    assert obstacles_of(case) == {"no-consent"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Zarif", "Zarif was taken."),
        ("Zarif", "ZAREEF was taken."),
        ("Zarif", "Mr. Zarif, taken"),
        ("Zarif", "Zarif’s brother saw it."),
        ("Zarif", "Zarif's brother saw it."),
        ("حسن", "حسن کو گھر سے اٹھایا گیا۔"),
        ("Zarif", "ظریف کو گھر سے اٹھایا گیا۔"),
        ("ظریف", "Zarif was taken."),
        ("ظریف", "They say that Zareef was taken."),
        ("ظریف", "Zareef/Jamal were taken."),
        ("ظریف", "Jamal-Zareef were taken."),
        ("ظریف", "Quetta:Zareef was taken."),
        ("Zarif", "جمال۔ظریف کو اٹھایا گیا۔"),
        ("Sardar", "Sardar taken from his home."),
        ("Sardar", "They say that Sardar was taken."),
        ("Sardar", "Sardar-Balach were taken."),
        ("Mir Khan", "Mir Khan taken from his home."),
        ("Nawab Bugti", "Nawab Bugti taken from his home."),
        ("Balach", "Mir Balach was taken."),
        ("Mir Balach", "Balach was taken."),
    ],
)
@pytest.mark.parametrize("column", ["public_account", "public_account_local"])
def test_a_withheld_name_in_the_account_stands_in_the_way(name, text, column):
    case = make.incident(**{column: text})
    make.violation(case, make.person(name, protection="withheld"))
    make.approve(case)
    assert obstacles_of(case) == {"protected-name"}


@pytest.mark.parametrize(
    ("name", "local", "text"),
    [
        ("کریم", "", "It was a crime."),
        ("Karim", "کریم بخش", "وہ کرم سے تھا۔"),
        ("Qasim", "", "اس قسم کے واقعات عام ہیں۔"),
        ("Asad", "", "They took him in Asadabad."),
        ("Ali", "", "Ali Street was closed."),
    ],
)
def test_a_word_that_only_looks_like_a_withheld_name_does_not(name, local, text):
    case = make.incident(public_account=text, public_account_local=text)
    make.violation(case, make.person(name, local=local, protection="withheld"))
    make.violation(case, make.person("Balach"))
    assert make.publish(case)


def test_a_withheld_name_inside_one_that_is_shown_is_not_meant():
    case = make.incident(public_account="Karim Bakhsh was taken.")
    make.violation(case, make.person("Karim Bakhsh"))
    make.violation(case, make.person("Karim", protection="withheld"))
    assert make.publish(case)


def test_a_withheld_name_that_is_the_title_of_one_that_is_shown_is_not_meant():
    case = make.incident(public_account="Sardar Balach was taken.")
    make.violation(case, make.person("Sardar Balach"))
    make.violation(case, make.person("Sardar", protection="withheld"))
    assert make.publish(case)


def test_beside_one_that_is_shown_a_withheld_name_stands_in_the_way_all_the_same():
    case = make.incident(public_account="Karim Bakhsh was taken with Karim.")
    make.violation(case, make.person("Karim Bakhsh"))
    make.violation(case, make.person("Karim", protection="withheld"))
    make.approve(case)
    assert obstacles_of(case) == {"protected-name"}


def test_an_area_and_a_term_that_are_called_like_somebody_name_nobody():
    case = make.incident()
    make.violation(case, make.person(case.area.name, protection="withheld"))
    make.violation(case, make.person("Balach"))
    assert case.area.name in make.publish(case).document


def test_a_correction_needs_a_note():
    case = make.incident()
    make.publish(case)
    with pytest.raises(publishing.PublicationRefused):
        publishing.correct(case, by=make.publisher(), note=" ")


def test_a_correction_is_a_numbered_revision_with_its_note():
    case = make.incident()
    make.publish(case)
    case.refresh_from_db()
    case.title = "Taken from a bus near Turbat"
    case.save()
    make.correct(case, note="The place was corrected.")
    last = Revision.objects.of(case.reference).last()
    assert (last.version, last.action, last.note) == (
        2,
        Action.CORRECTED,
        "The place was corrected.",
    )


def test_an_internal_row_is_not_published():
    case = make.incident()
    make.violation(case)
    make.violation(case, internal=True)
    make.publish(case)
    assert ViolationEntry.objects.count() == 1


def test_a_person_who_must_not_appear_has_no_document_and_no_violation():
    case = make.incident()
    make.violation(case)
    make.violation(case, make.person("Nobody Knows", protection="hidden"))
    entry = make.publish(case)
    assert len(entry.content()["violations"]) == 1
    assert VictimEntry.objects.count() == 1


def test_a_violation_made_internal_leaves_the_record_with_the_correction():
    case = make.incident()
    make.violation(case)
    act = make.violation(case, make.person("Zarif"))
    make.publish(case)
    act.refresh_from_db()
    Violation.objects.filter(pk=act.pk).update(internal=True)
    make.correct(case)
    assert ViolationEntry.objects.get(reference=act.reference).state == "withdrawn"


def test_a_name_withheld_later_is_cleared_from_earlier_revisions():
    case = make.incident()
    victim = make.person("Zarif")
    make.violation(case, victim)
    make.publish(case)
    victim.refresh_from_db()
    victim.name_protection = "withheld"
    victim.save()
    make.correct(case)
    assert not Revision.objects.filter(document__contains="Zarif").exists()


def test_a_name_withheld_later_is_cleared_from_the_revisions_of_other_cases_too():
    victim, cases = make.person("Balach"), [make.incident("Taken"), make.incident("Killed")]
    for case in cases:
        make.violation(case, victim)
    for case in cases:
        make.publish(case)
    victim.refresh_from_db()
    victim.name_protection = "withheld"
    victim.save()
    make.correct(cases[0])
    assert not Revision.objects.filter(document__contains="Balach").exists()
    assert verify_chain() == []


def test_a_confidential_source_is_only_said_to_exist():
    case = make.incident()
    make.cite(case, make.source("What the neighbour told us", confidential=True))
    entry = make.publish(case)
    assert entry.content()["confidential_sources"] is True
    assert "neighbour" not in entry.document


def test_the_status_of_a_victim_follows_all_published_cases():
    victim = make.person("Balach")
    taken, killed = make.incident("Taken"), make.incident("Killed", date="2023-11-22")
    make.violation(taken, victim)
    make.status(taken, victim, "disappeared", "2023-10-29")
    make.violation(killed, victim, "staged-encounter")
    make.status(killed, victim, "dead", "2023-11-22")
    first = make.publish(taken)
    make.publish(killed)
    first.refresh_from_db()
    assert first.content()["victims"][0]["status"]["code"] == "dead"


def test_what_is_being_worked_on_in_another_case_is_not_published_with_this_one():
    victim = make.person("Balach")
    taken, killed = make.incident("Taken"), make.incident("Killed", date="2023-11-22")
    make.violation(taken, victim)
    make.violation(killed, victim, "staged-encounter")
    make.publish(taken)
    taken.refresh_from_db()
    taken.title = "UNAPPROVED TITLE"
    taken.save()
    make.status(taken, victim, "released", "2023-12-30", note="UNAPPROVED NOTE")
    make.publish(killed)
    assert not Revision.objects.filter(document__contains="UNAPPROVED").exists()


def test_linked_incidents_show_the_link_on_both_sides():
    taken, killed = make.incident("Taken"), make.incident("Killed")
    killed.links_out.create(kind=make.term("incident-link", "follows"), to_incident=taken)
    first = make.publish(taken)
    second = make.publish(killed)
    first.refresh_from_db()
    assert [link["relation"]["code"] for link in second.content()["links"]] == ["follows"]
    assert [link["relation"]["code"] for link in first.content()["links"]] == ["precedes"]


def test_a_link_to_an_unpublished_incident_is_not_shown():
    taken, killed = make.incident("Taken"), make.incident("Killed")
    killed.links_out.create(kind=make.term("incident-link", "follows"), to_incident=taken)
    assert make.publish(killed).content()["links"] == []


def test_reopening_a_published_case_leaves_the_record_as_it_was():
    case = make.incident()
    entry = make.publish(case)
    reviewing.reopen(case, by=make.staff())
    case.title = "Another title"
    case.save()
    entry.refresh_from_db()
    assert entry.content()["title"] == "Taken from home in Turbat"


def test_somebody_accused_without_ground_is_not_named_in_the_account_either():
    case = make.incident(public_account="The family says that Ramazan led them.")
    make.violation(case)
    make.involvement(case, person=make.person("Ramazan"), post="Regional officer")
    make.approve(case)
    assert obstacles_of(case) == {"protected-name"}


def test_the_exact_date_of_one_victim_does_not_tell_the_protected_date_of_another():
    case = make.incident(date="2023-10-29")
    make.violation(case, make.person("Zarif", protection="withheld", date_protection="year"))
    make.violation(case, make.person("Balach"), start="2023-10-29")
    entry = make.publish(case)
    assert "2023-10-29" not in entry.document


def test_a_legal_action_about_hidden_people_alone_is_not_published():
    case = make.incident()
    hidden = make.person("Nobody Knows", protection="hidden")
    make.violation(case)
    make.violation(case, hidden)
    make.legal_action(case, number="CP 12/2023", people=[hidden])
    assert "CP 12/2023" not in make.publish(case).document


def test_statuses_keep_their_order_when_protection_makes_their_dates_equal():
    case, victim = make.incident(), make.person(date_protection="year")
    make.violation(case, victim)
    make.status(case, victim, "released", "2023-12-22")
    make.status(case, victim, "disappeared", "2023-10-29")
    content = make.publish(case).content()
    assert content["violations"][0]["victim"]["status"]["code"] == "released"


def test_whoever_entered_a_quotation_cannot_publish_the_case():
    one = make.publisher()
    case = make.incident()
    make.cite(case, make.source(), quotation="They took him.", entered_by=one)
    make.approve(case)
    assert obstacles_of(case, by=one) == {"own-case"}


def test_a_victim_who_leaves_a_case_is_told_of_without_it():
    person, other = make.person("Balach"), make.person("Zarif")
    stays, leaves = make.incident("Taken"), make.incident("Killed", date="2023-11-22")
    make.violation(stays, person)
    act = make.violation(leaves, person, "staged-encounter")
    make.status(leaves, person, "dead", "2023-11-22")
    for case in (stays, leaves):
        make.publish(case)
    leaves.violations.update(person=other)
    leaves.statuses.update(person=other)
    make.correct(leaves)
    person.refresh_from_db()
    content = VictimEntry.objects.get(reference=person.reference).content()
    assert [line["incident"]["title"] for line in content["violations"]] == ["Taken"]
    assert content["status"] is None
    act.refresh_from_db()
    assert act.person == other
    stays.refresh_from_db()
    shown = IncidentEntry.objects.get(reference=stays.reference).content()
    assert shown["victims"][0]["status"] is None


def test_two_sources_that_rest_on_each_other_are_published():
    first = make.source("First")
    second = make.source("Second", origin=first)
    first.origin = second
    first.save()
    case = make.incident()
    make.cite(case, first)
    make.publish(case)
    case.refresh_from_db()
    document = IncidentEntry.objects.get(reference=case.reference).content()
    assert {each["title"] for each in document["sources"]} >= {"First", "Second"}
