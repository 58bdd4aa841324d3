"""The steps from draft to publication and back: who may take them, when, and what they need."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents import publishing, reviewing
from incidents.models import Incident, Publication, StaffMember, Stage
from incidents.readiness import PUBLISH
from incidents.review_comments import reason_of_return
from incidents.reviewing import REVIEW, ReviewRefused
from reference.vocabularies import terms

CHANGE = "incidents.change_incident"

SEEN = "seen"
"""Name of the hidden field with the fingerprint of the case as the page showed it."""

WITH_COMMENTS = "with_comments"
"""Name of the box that adds the open comments to the reason of a return."""

Act = Callable[[Incident, StaffMember, QueryDict], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done with a case as a whole.

    ``text`` asks for words, ``warning`` is what has to be confirmed first: it is given for
    everything that enters or leaves the public record.
    """

    code: str
    label: Promise
    permission: str
    act: Act
    stages: tuple[Stage, ...] = tuple(Stage)
    publications: tuple[Publication, ...] = tuple(Publication)
    text: Promise | None = None
    text_required: bool = False
    needs_reason: bool = False
    warning: Promise | None = None

    def is_offered(self, incident: Incident, user: StaffMember) -> bool:
        """Whether the case is where this step begins, and the person may take it."""
        return (
            incident.stage in self.stages
            and incident.publication in self.publications
            and user.has_perm(self.permission)
        )


def _submit(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    reviewing.submit(incident, by=user, note=_text(data))


def _return(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    words = _text(data)
    if data.get(WITH_COMMENTS):
        words = reason_of_return(incident, words)
    reviewing.return_for_work(incident, by=user, reason=words)


def _verify(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    reviewing.verify(incident, by=user, reason=_text(data))


def _approve(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    reviewing.approve(incident, by=user, reason=_text(data), seen=data.get(SEEN, ""))


def _reopen(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    reviewing.reopen(incident, by=user)


def _publish(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    publishing.publish(incident, by=user, note=_text(data))


def _correct(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    publishing.correct(incident, by=user, note=_text(data))


def _withdraw(incident: Incident, user: StaffMember, data: QueryDict) -> None:
    publishing.withdraw(incident, by=user, reason=withdrawal_reason(data), note=_text(data))


_OPEN = (Publication.UNPUBLISHED, Publication.PUBLISHED)

STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step(
            "submit",
            _("Submit for review"),
            CHANGE,
            _submit,
            stages=(Stage.DRAFT, Stage.RETURNED),
            publications=_OPEN,
            text=_("Note for the reviewer"),
        ),
        Step(
            "verify",
            _("Verify"),
            REVIEW,
            _verify,
            stages=(Stage.SUBMITTED,),
            text=_("What was checked against which sources"),
        ),
        Step(
            "approve",
            _("Approve for publication"),
            REVIEW,
            _approve,
            stages=(Stage.SUBMITTED, Stage.VERIFIED),
            text=_("Reason"),
        ),
        Step(
            "return",
            _("Return for work"),
            REVIEW,
            _return,
            stages=(Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED),
            text=_("What has to be done before it comes back"),
            text_required=True,
        ),
        Step(
            "reopen",
            _("Take back to draft"),
            CHANGE,
            _reopen,
            stages=(Stage.SUBMITTED, Stage.VERIFIED, Stage.APPROVED),
        ),
        Step(
            "publish",
            _("Publish"),
            PUBLISH,
            _publish,
            stages=(Stage.APPROVED,),
            publications=(Publication.UNPUBLISHED,),
            text=_("Note for the public on this publication"),
            warning=_(
                "Everything in the preview becomes public at once. Copies that others make "
                "cannot be called back."
            ),
        ),
        Step(
            "correct",
            _("Publish the correction"),
            PUBLISH,
            _correct,
            stages=(Stage.APPROVED,),
            publications=(Publication.PUBLISHED,),
            text=_("What was corrected, in a sentence; it is published"),
            text_required=True,
            warning=_(
                "The changes listed above become public at once, under the same reference and "
                "with a new version number."
            ),
        ),
        Step(
            "withdraw",
            _("Withdraw from the public"),
            PUBLISH,
            _withdraw,
            publications=(Publication.PUBLISHED,),
            text=_("Note; it is published, so it must name nobody"),
            needs_reason=True,
            warning=_(
                "The case disappears at once from pages, the API, exports and every earlier "
                "version. Its reference, and the class of reason, stay. It cannot be published "
                "again under this reference."
            ),
        ),
    )
}


def withdrawal_reason(data: QueryDict) -> str:
    """The chosen reason. Raises ReviewRefused where none of the list was chosen."""
    code = data.get("reason", "")
    if code not in {term.code for term in terms("withdrawal-reason")}:
        raise ReviewRefused(gettext("Choose a reason for the withdrawal."))
    return code


def _text(data: QueryDict) -> str:
    return data.get("text", "").replace("\0", "").strip()
