"""A disappearance from Turbat with everything that WGEID and COIED ask for, made-up throughout."""

from datetime import date

from incidents.communications.filling import fill
from incidents.communications.subject import read_subjects, subject_of
from incidents.models import Agency, Consent, PersonName, Stage
from reference.models import Area, Organisation
from tests.incidents import factories as make

TODAY = date(2024, 1, 15)
"""Eleven weeks after ``make.incident`` happens."""


def tehsil():
    """A tehsil of Kech."""
    return Area.objects.get_or_create(
        code="X-TURBAT",
        defaults={
            "name": "Turbat",
            "name_local": "تربت",
            "level": Area.Level.TEHSIL,
            "parent": make.area(),
        },
    )[0]


def organisation():
    """An organisation that can be reached."""
    return Organisation.objects.create(
        names={"en": "Voice of the Missing", "ur": "گمشدہ افراد کی آواز"},
        email="office@voice.example",
    )


def consent(person, use, giver="parent", answer="granted", **values):
    return Consent.objects.create(
        person=person,
        use=make.term("consent-use", use),
        answer=make.term("consent-answer", answer),
        giver=make.term("consent-giver", giver),
        **values,
    )


def victim(**values):
    """Somebody with names in both scripts."""
    values.setdefault("name", "Gwaram")
    values.setdefault("fathers_name", "Shambay")
    person = make.person(**values)
    PersonName.objects.create(person=person, given="گوارم", fathers_name="شمبے")
    return person


def missing(person=None, *, consents=("share-un", "share-commission"), placed=True, **values):
    """A disappearance; complete unless a test takes something away. Returns the violation."""
    values.setdefault("area", tehsil() if placed else make.area())
    incident = make.incident(area_basis="stated", **values)
    act = make.violation(incident, person or victim())
    make.involvement(incident, agency=Agency.objects.first() or make.agency())
    make.legal_action(incident, people=[act.person], filed="2023-11-22")
    for use in consents:
        consent(act.person, use)
    return act


def subject(act):
    return subject_of(read_subjects(act.incident), act.person_id)


def paper(act, form, language="en", **options):
    """A paper for a publisher to send; approved as it stands where everybody may read it."""
    if not form.whole and act.incident.stage == Stage.DRAFT:
        make.approve(act.incident)
    options.setdefault("today", TODAY)
    options.setdefault("reader", make.publisher())
    return fill(form, subject(act), language=language, **options)


def text_of(paper):
    """Everything that a paper says, a statement a line."""
    return "\n".join(
        [
            paper.heading,
            *(
                line
                for section in paper.sections
                for row in section.rows
                for line in (section.title, row.label, *row.statements)
            ),
            paper.closing,
        ]
    )
