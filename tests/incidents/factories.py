"""Case-file rows for tests, each with valid defaults: what a test does not name does not matter."""

from itertools import count

from django.contrib.auth.models import Group

from incidents import publishing, reviewing, roles
from incidents.models import (
    Account,
    Agency,
    Attribution,
    Citation,
    Incident,
    Involvement,
    LegalAction,
    Person,
    PersonName,
    Source,
    StaffMember,
    StatusEntry,
    Violation,
)
from incidents.models.citation import column_of
from reference.models import Area, Term

_numbers = count(1)


def term(vocabulary, code):
    return Term.objects.get(vocabulary=vocabulary, code=code)


def area(code="PK211"):
    return Area.objects.get(code=code)


def staff(group=roles.DATA_ENTRY, **values):
    member = StaffMember.objects.create_user(
        f"{group.lower().replace(' ', '-')}-{next(_numbers)}",
        password="correct horse battery staple",
        is_staff=True,
        **values,
    )
    member.groups.add(Group.objects.get(name=group))
    return member


def publisher():
    return staff(roles.PUBLISHER)


def source(title="An article", **values):
    values.setdefault("type", term("source-type", "news"))
    return Source.objects.create(title=title, **values)


def cite(fact, source=None, **values):
    return Citation.objects.create(
        source=source or make_source_once(), **{column_of(fact): fact}, **values
    )


def make_source_once():
    return Source.objects.filter(title="The usual newspaper").first() or source(
        "The usual newspaper", publisher="Dawn", published="2023-11-26"
    )


def agency(name="Counter-Terrorism Department", type="counter-terrorism", **values):
    return Agency.objects.create(name=name, type=term("agency-type", type), **values)


def person(name="Balach", fathers_name="", *, local="", protection="full", **values):
    values.setdefault("publication_ground", term("consent-ground", "already-public"))
    values.setdefault("risk_assessment", "Public already.")
    values.setdefault("place_protection", "exact")
    made = Person.objects.create(name_protection=protection, **values)
    if name:
        PersonName.objects.create(person=made, given=name, fathers_name=fathers_name)
    if local:
        PersonName.objects.create(person=made, given=local)
    return made


def incident(title="Taken from home in Turbat", *, by=None, **values):
    values.setdefault("kind", term("incident-kind", "violation-event"))
    values.setdefault("date", "2023-10-29")
    values.setdefault("public_account", "According to the family he was taken from his home.")
    if "area" not in values:
        values |= {"area": area(), "area_basis": "stated"}
    made = Incident.objects.create(title=title, entered_by=by, changed_by=by, **values)
    cite(made)
    return made


def violation(of, victim=None, type="enforced-disappearance", **values):
    made = Violation.objects.create(
        incident=of,
        person=victim or person(),
        type=term("violation-type", type),
        age_group=values.pop("age_group", term("age-group", "adult")),
        **values,
    )
    cite(made)
    return made


def status(of, victim, code, date, **values):
    values.setdefault("claimant_text", "Family of the victim")
    made = StatusEntry.objects.create(
        incident=of, person=victim, status=term("victim-status", code), date=date, **values
    )
    cite(made)
    return made


def account(of, answer, question="how-died", **values):
    values.setdefault("claimant_text", "Family of the victim")
    made = Account.objects.create(
        incident=of, question=term("account-question", question), answer=answer, **values
    )
    cite(made)
    return made


def attribution(of, speaker, code="officials-deny", **values):
    made = Attribution.objects.create(
        incident=of, speaker=speaker, attribution=term("attribution", code), **values
    )
    cite(made)
    return made


def involvement(of, **values):
    values.setdefault("alleged_by_text", "Family of the victim")
    made = Involvement.objects.create(incident=of, **values)
    cite(made)
    return made


def legal_action(*incidents, title="Petition to the High Court", people=(), **values):
    values.setdefault("type", term("legal-action-type", "constitutional-petition"))
    made = LegalAction.objects.create(title=title, **values)
    made.incidents.set(incidents)
    made.people.set(people)
    cite(made)
    return made


def approve(case, *, clerk=None, reviewer=None):
    """Take a case through the office, as two people."""
    case.refresh_from_db()
    reviewing.submit(case, by=clerk or staff())
    reviewing.approve(case, by=reviewer or publisher())


def publish(case, *, by=None, **options):
    """Approve and publish a case."""
    approve(case)
    return publishing.publish(case, by=by or publisher(), **options)


def correct(case, *, by=None, note="A detail was corrected."):
    """Take a published case back to draft, approve it anew and correct the record."""
    case.refresh_from_db()
    reviewing.reopen(case, by=staff())
    approve(case)
    return publishing.correct(case, by=by or publisher(), note=note)
