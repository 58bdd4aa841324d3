"""What a paper says of its subject, section by section. Internal rows never come here."""

from typing import Final

from django.utils.translation import gettext as _

from incidents.communications.gaps import Where
from incidents.communications.paper import Face, Row, SourceNotes
from incidents.communications.steps import StepsTaken
from incidents.communications.subject import Subject
from incidents.communications.words import (
    Telling,
    according_to,
    dated,
    joined,
    label,
    labelled,
    listed,
    told,
)
from incidents.documents.parts import parts
from incidents.models import Account, Attribution, Picture, Publication, Stage
from incidents.models.account import Stance
from record.sentence_marks import without_marks
from reference.models import Area
from reference.publisher import Publisher

CHECKED: Final = (Stage.VERIFIED, Stage.APPROVED)
"""Stages of a case at which somebody else has looked at it."""


class Rows:
    """The rows of one subject, told to one extent; sources are numbered as rows are asked for."""

    def __init__(self, telling: Telling, notes: SourceNotes, *, named_in_public: bool) -> None:
        self.telling = telling
        self.notes = notes
        self.named_in_public = named_in_public

    @property
    def subject(self) -> Subject:
        """Whom it is about."""
        return self.telling.subject

    # ---------------------------------------------------------------------------- the person

    def names(self) -> list[Row]:
        """Name and parentage."""
        telling = self.telling
        rows = [
            Row.of(_("Name"), self.notes.say(telling.names(), telling.person)),
            Row.of(_("Father’s name"), telling.fathers_names()),
        ]
        if others := telling.other_names():
            rows.append(Row.of(_("Other names"), others))
        return rows

    def identity(self, picture: Picture | None) -> list[Row]:
        """The number of an identity document, and the photograph that was chosen for this paper."""
        rows = []
        if identity := self.telling.person.identity_number:
            rows.append(Row.of(_("Identity number"), identity))
        if picture is not None:
            face = Face(bytes(picture.copy), picture.copy_width, picture.copy_height)
            seen = told(picture, "description") or _("Of the person named above.")
            rows.append(Row(_("Photograph"), (seen,), face=face))
        return rows

    def traits(self) -> list[Row]:
        """By what else somebody can be recognised. Nothing of it tells where anybody lives."""
        telling, person = self.telling, self.telling.person
        rows = [
            Row.of(_("Sex"), label(person.sex)),
            Row.of(_("Born"), telling.birth()),
            Row.of(_("Age at the time"), telling.age()),
            Row.of(_("Occupation"), telling.occupation()),
        ]
        if about := telling.about():
            rows.append(Row.of(_("Who this person is"), about))
        return rows

    # ------------------------------------------------------------------------- what happened

    def time(self) -> list[Row]:
        """When it began."""
        telling, subject = self.telling, self.subject
        act, incident = subject.act, subject.incident
        own = not act.start.is_unknown
        basis = act.get_start_basis_display() if own else incident.get_date_basis_display()
        hour = incident.time_of_day if telling.whole else ""
        when = joined((telling.date(subject.began), basis if subject.began.text else "", hour))
        question = _("When") if subject.disappearance is None else _("Since")
        return [Row.of(question, self.notes.say(when, act if own else incident))]

    def place(self) -> list[Row]:
        """Where it was."""
        telling, subject, placed = self.telling, self.subject, self.subject.placed
        of_area = subject.incident if subject.act.area_id is None else subject.act
        basis = "" if subject.area_id is None else of_area.get_area_basis_display()
        where = telling.place(subject.act)
        text = joined((where, basis if where else ""))
        rows = [Row.of(_("Place"), self.notes.say(text, placed))]
        if telling.protection.lets_out_place_text and self.subject.act.place_type is not None:
            rows.append(Row.of(_("Kind of place"), label(self.subject.act.place_type)))
        if ended := listed(telling.areas(self.subject.act.area_end_id)):
            rows.append(Row.of(_("Area at the end"), ended))
        return rows

    def tehsil_and_district(self) -> tuple[list[Row], list[Row]]:
        """The two areas for which the Commission asks, each as a section of its own."""
        areas = self.telling.areas_by_level(self.subject.area_id)
        small = joined((areas.get(Area.Level.TOWN, ""), areas.get(Area.Level.TEHSIL, "")))
        words = told(self.subject.placed, "place_text")
        placed = self.subject.placed
        return (
            [Row.of(_("Tehsil or area"), self.notes.say(joined((small, words)), placed))],
            [
                Row.of(_("District"), areas.get(Area.Level.DISTRICT, "")),
                Row.of(_("Province"), areas.get(Area.Level.PROVINCE, "")),
            ],
        )

    def acts(self) -> list[Row]:
        """What was done to the person."""
        return [
            Row.of(
                _("What was done"),
                *(self.notes.say(self.telling.act(row), row) for row in self.subject.violations),
            )
        ]

    def event(self) -> list[Row]:
        """What happened, and what each side says of it."""
        incident, accounts = self.subject.incident, self.subject.accounts
        replaced = {row.replaces_id for row in accounts}
        said: dict[str, list[str]] = {}
        for row in accounts:
            text = self._account(row, replaced=row.pk in replaced)
            said.setdefault(label(row.question), []).append(self.notes.say(text, row))
        happened = without_marks(told(incident, "public_account"))
        return [
            *self.acts(),
            Row.of(_("What happened"), self.notes.say(happened, incident)),
            *(Row.of(question, *answers) for question, answers in said.items()),
            self.grade(),
        ]

    def _account(self, row: Account, *, replaced: bool) -> str:
        """A version with how it stands to the others, when it was said, and if it was changed."""
        telling = self.telling
        answer = joined(
            (
                "" if row.stance == Stance.ASSERTS else row.get_stance_display(),
                told(row, "answer"),
                telling.date(row.answer_date),
            )
        )
        when = labelled(_("said on"), telling.date(row.said))
        return joined((according_to(answer, telling.claimant(row)), *when, _later(replaced)))

    def grade(self) -> Row:
        """How far all this is established in our own judgement, and whether anybody else has
        looked at it."""
        subject = self.subject
        reason = subject.incident.grade_reason if subject.act.grade_id is None else ""
        checked = subject.incident.stage in CHECKED
        return Row.of(
            _("How well established"),
            joined((str(subject.grade.label), reason)),
            "" if checked else _("not yet checked by a second person"),
        )

    def responsible(self) -> list[Row]:
        """Who is alleged to be responsible, by whom, and what they answer."""
        telling, subject = self.telling, self.subject
        alleged = [
            self.notes.say(
                according_to(
                    joined((telling.alleged(row), label(row.degree), label(row.basis))),
                    telling.alleger(row),
                ),
                row,
            )
            for row in subject.involvements
            if telling.alleged(row)
        ]
        rows = [Row.of(_("Believed responsible"), *alleged)]
        links = [
            self.notes.say(joined((label(row.element), label(row.finding), row.note)), row)
            for row in parts(subject.act, "elements")
        ]
        if links:
            rows.append(Row.of(_("Elements of the disappearance"), *links))
        replaced = {row.replaces_id for row in subject.attributions}
        answers = [
            self.notes.say(self._answer(row, replaced=row.pk in replaced), row)
            for row in subject.attributions
        ]
        if answers:
            rows.append(Row.of(_("Official response"), *answers))
        return rows

    def _answer(self, row: Attribution, *, replaced: bool) -> str:
        telling = self.telling
        words = joined((label(row.attribution), told(row, "words")))
        said = according_to(dated(telling.date(row.date), words), telling.agency(row.speaker_id))
        return joined((said, _later(replaced)))

    def since(self) -> list[Row]:
        """What became of the person."""
        telling = self.telling
        entries = [
            self.notes.say(
                according_to(
                    dated(telling.date(row.date), joined((label(row.status), told(row, "note")))),
                    telling.claimant(row),
                ),
                row,
            )
            for row in self.subject.statuses
        ]
        found = [
            self.notes.say(
                according_to(
                    dated(telling.date(row.date), joined((label(row.event), row.note))),
                    telling.claimant(row),
                ),
                row,
            )
            for row in self.subject.body_entries
        ]
        rows = [Row.of(_("What is known since"), *entries)]
        return [*rows, Row.of(_("The body"), *found)] if found else rows

    # ----------------------------------------------------------------------- around the case

    def steps(self, no_steps: str = "") -> list[Row]:
        """Complaints, petitions and orders with their dates, then appeals; ``no_steps`` says why
        nothing was done to find the person."""
        rows = StepsTaken(self.telling, self.notes).rows()
        if no_steps:
            rows.append(Row(_("Steps taken"), (no_steps,), Where.HERE))
        return rows or [Row.of(_("Steps taken"))]

    def public(self) -> list[Row]:
        """What of the case the public can see now. Nothing on a paper that tells a name of which
        that is not true: it would say whose place in public is the one without a name."""
        if self.telling.whole and not self.named_in_public:
            return []
        incident = self.subject.incident
        if incident.publication != Publication.PUBLISHED:
            return [Row.of(_("In public"), _("Nothing of this case is published by us."))]
        name = {
            "full": _("The person appears by name."),
            "initials": _("The person appears with initials."),
            "withheld": _("The person appears without a name."),
            "hidden": _("The person does not appear."),
        }[self.telling.person.name_protection]
        text = _("Published under the reference %(reference)s.") % {"reference": incident.reference}
        return [Row.of(_("In public"), text, name)]


def organisation(submitter: Publisher, consent: str = "") -> list[Row]:
    """Who submits, how to reach them, and who has agreed. Nobody of the staff is named."""
    rows = [
        Row.of(_("Organisation"), submitter.name),
        Row.of(_("Contact"), *submitter.contacts),
    ]
    return [*rows, Row.of(_("Consent"), consent)] if consent else rows


def _later(replaced: bool) -> str:
    return _("they have since given another version") if replaced else ""
