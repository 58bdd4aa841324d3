"""What lies on the desks of the site under test, for the pages of the staff to show.

Beside what was published: a case that waits for a decision, with a comment and a change since it
was handed in; a disappearance with its consents; a file; a task; a wish that something be removed.
Nothing of it is public.
"""

from dataclasses import dataclass
from datetime import timedelta
from time import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from incidents import reviewing, roles
from incidents.accounts.sessions import SessionStore
from incidents.evidence.working import look_into
from incidents.expunging import ask_for
from incidents.models import Expunging, Incident, LegalAction, Person, Task
from incidents.review_comments import Place, comment
from reference.models import Area, Term
from tests.incidents import factories as make
from tests.incidents.accounts.people import with_app
from tests.incidents.admin.conftest import browser_of
from tests.incidents.admin.test_import_report import FAULTY, GOOD, brought_in
from tests.incidents.admin.test_import_steps import batch_of
from tests.incidents.communications.cases import missing
from tests.incidents.evidence import files


@dataclass(frozen=True)
class Desk:
    """Keys of the rows that are opened, and sessions of those who open them."""

    killing: int
    """The fullest case: published, with every kind of row."""
    victim: int
    act: int
    legal_action: int
    waiting: int
    """A case that was handed in, commented on, and changed since."""
    taken: int
    missing: int
    """An incident, and who has disappeared in it."""
    source: int
    file: int
    task: int
    expunging: int
    namesake: int
    member: int
    term: int
    area: int
    begun: int
    """A list whose columns are being chosen."""
    brought: int
    """A list that was brought in, with a fault in it."""
    publisher: str
    administrator: str
    guarded: str
    """Somebody with an authenticator app and recovery codes, who has just proved who they are."""


def lay_out():
    """Fill the connected database, in which the documented case stands already, for good."""
    reviewer, administrator = make.staff(roles.REVIEWER), make.staff(roles.ADMINISTRATOR)
    publisher = make.publisher()
    killing = Incident.objects.get(title="Killing of Balaach and three other men in Turbat")
    victim = Person.objects.get(names__given="Balaach")
    file = article()
    taken = missing(
        title="A labourer is taken from a tea house",
        consents=("share-un", "share-commission", "keep"),
        placed=False,
    )
    return Desk(
        killing=killing.pk,
        victim=victim.pk,
        act=killing.violations.get(person=victim).pk,
        legal_action=LegalAction.objects.order_by("pk")[0].pk,
        waiting=handed_in(reviewer).pk,
        taken=taken.incident_id,
        missing=taken.person_id,
        source=file.source_id,
        file=file.pk,
        task=promised(killing, reviewer).pk,
        expunging=unwanted(administrator).pk,
        namesake=make.person("Balach", "Mola Bakhsh").pk,
        member=reviewer.pk,
        term=Term.objects.get(vocabulary="violation-type", code="enforced-disappearance").pk,
        area=Area.objects.get(code="PK211").pk,
        begun=batch_of(browser_of(publisher), GOOD).pk,
        brought=brought_in(browser_of(publisher), FAULTY, good_rows_only=True).pk,
        publisher=session_of(publisher, proved=True),
        administrator=session_of(administrator),
        guarded=session_of(with_app(make.staff()), proved=True),
    )


def handed_in(reviewer):
    case = make.incident("A shop is closed by men with guns", by=make.staff())
    act = make.violation(case, make.person("Karim", "Dad"), "arbitrary-detention")
    reviewing.submit(case, by=make.staff(), note="Only the newspaper; the family was not reached.")
    comment(case, Place.of(act, "start"), "Dawn gives the day before. Which is it?", by=reviewer)
    case.refresh_from_db()
    case.place_text = "In the old market"
    case.save()
    return case


def article():
    file = files.capture(source=make.source("Sit-in enters its third week", publisher="Dawn"))
    look_into(file, by=file.captured_by)
    return file


def promised(case, reviewer):
    return Task.objects.create(
        incident=case,
        kind="call",
        what="Call the lawyer about the next hearing",
        due=timezone.localdate() + timedelta(days=3),
        assignee=reviewer,
    )


def unwanted(administrator):
    person = make.person("Somebody", "Else")
    wish = Expunging(
        kind="person",
        row_id=person.pk,
        ground="request",
        request_reference="12/2026",
        words="He was never part of this case and asks to be forgotten.",
    )
    return ask_for(wish, by=administrator)


def session_of(member, *, proved=False):
    """The key of a session in which this member of the staff is logged in; ``proved``: and has
    just entered the password."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    if proved:
        # For as long as the tests may take: it counts for minutes.
        record = {"method": "password", "at": time() + 3600, "reauthenticated": True}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
        session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(member.pk)
    session.save()
    return session.session_key
