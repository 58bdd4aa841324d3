"""Legal actions and appeals as a paper tells them, each with its dates."""

from datetime import date

from django.utils.translation import gettext as _

from incidents.communications.paper import Row, SourceNotes
from incidents.communications.words import Telling, dated, joined, label, labelled, told
from incidents.documents.parts import parts
from incidents.models import Intervention, LegalAction, LegalStep
from reference.dates import UncertainDate


class StepsTaken:
    """What was done for one person, told to one extent."""

    def __init__(self, telling: Telling, notes: SourceNotes) -> None:
        self.telling = telling
        self.notes = notes

    def rows(self) -> list[Row]:
        """A row for each legal action, then for each appeal; none where nothing was done."""
        subject = self.telling.subject
        rows = [self._legal(row) for row in subject.legal_actions]
        return [*rows, *(self._appeal(row) for row in subject.interventions)]

    def _legal(self, action: LegalAction) -> Row:
        telling = self.telling
        forum = "" if action.forum_id is None else telling.agency(action.forum_id)
        filed, decided = telling.date(action.filed), telling.date(action.decided)
        lines = [
            self.notes.say(joined((told(action, "title"), forum)), action),
            joined((*labelled(_("Number"), action.number), action.offences)),
            joined(
                (
                    *labelled(_("Brought by"), action.filed_by),
                    *labelled(_("Filed or ordered"), filed),
                )
            ),
            *(self._step(row) for row in _in_order(action)),
            joined(
                (
                    *labelled(_("Decided"), decided),
                    *labelled(_("Outcome"), label(action.outcome)),
                    *labelled(_("Compliance"), label(action.compliance)),
                )
            ),
        ]
        return Row.of(label(action.type), *lines)

    def _step(self, row: LegalStep) -> str:
        telling = self.telling
        text = joined((told(row, "what"), told(row, "result"), label(row.compliance)))
        following = ""
        if row.next_date is not None:
            following = telling.date(UncertainDate.parse(row.next_date.isoformat()))
        text = joined((dated(telling.date(row.date), text), *labelled(_("next date"), following)))
        return self.notes.say(text, row)

    def _appeal(self, row: Intervention) -> Row:
        telling = self.telling
        types = joined(label(each) for each in parts(row, "types"))
        by = told(row, "by_text")
        lines = [
            self.notes.say(dated(telling.date(row.date), joined((by, told(row, "text")))), row),
            *(
                joined(
                    (
                        *labelled(_("to"), telling.agency(each.agency_id)),
                        label(each.response),
                        telling.date(each.responded),
                    )
                )
                for each in parts(row, "addressees")
            ),
        ]
        return Row.of(types or _("Appeal"), *lines)


def _in_order(action: LegalAction) -> list[LegalStep]:
    """The undated steps last."""
    steps: list[LegalStep] = list(parts(action, "steps"))
    return sorted(steps, key=lambda row: (row.date_earliest or date.max, row.pk))
