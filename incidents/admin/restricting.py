"""Restricting a case that is public: asked once more, then taken out with the same saving."""

from contextlib import AbstractContextManager, nullcontext

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext

from incidents.admin.base import staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.obeyed import files_went, files_would_go
from incidents.models import Incident, Person
from incidents.publishing.restricting import obey_restriction
from incidents.publishing.withdrawing import Withdrawn
from record.chain import publishing_lock


class WouldUnpublish(Exception):
    """The page would take a case out of the public record, and nobody was asked whether that is
    meant. Raised inside the transaction that saves the page, so that nothing of it stays."""

    def __init__(self, incident: Incident, gone: Withdrawn) -> None:
        super().__init__(incident.pk)
        self.incident, self.gone = incident, gone


def held_while_saving_case(request: HttpRequest, key: str | None) -> AbstractContextManager[None]:
    """Take the publishing lock before the page locks any row, as publishing does: two who took
    them in different orders would wait for each other. Nothing for a page from which nothing
    follows in public: nobody of the case was ever public, and it is not restricted now."""
    if request.method != "POST" or key is None or not key.isdecimal():
        return nullcontext()
    restricts = "restricted" in request.POST
    if restricts and Incident.objects.filter(pk=int(key), restricted=False).exists():
        return publishing_lock()
    victims = Person.objects.filter(violations__incident=int(key), reference__isnull=False)
    return publishing_lock() if victims.exists() else nullcontext()


def obey_saved_case(request: HttpRequest, incident: Incident) -> None:
    """Let the record obey the page that was just saved. Raises WouldUnpublish: undo it, and ask."""
    if not incident.restricted:
        return
    gone = obey_restriction(incident, by=staff_member(request))
    if not gone.withdrawn:
        return
    if not is_confirmed(request):
        raise WouldUnpublish(incident, gone)
    messages.warning(
        request,
        gettext("The case is restricted, so it left the public record. Withdrawn: %s.")
        % ", ".join(gone.withdrawn),
    )
    if gone.files:
        messages.warning(request, files_went(gone.files))


def ask_before_unpublishing(request: HttpRequest, asked: WouldUnpublish) -> HttpResponse:
    """The page that says what would follow, with all that was typed."""
    question = Question(
        title=gettext("Restricting this case takes it out of the public record"),
        sentences=[
            gettext(
                "A restricted case is not public. It disappears in the moment in which you save: "
                "from pages, the API, exports, releases and every earlier version. Its reference "
                "and the reason “safety” stay."
            ),
            gettext("Withdrawn: %s.") % ", ".join(asked.gone.withdrawn),
            *([files_would_go(asked.gone.files)] if asked.gone.files else []),
            gettext(
                "Once the restriction is lifted, it can be published again under its reference "
                "after two people have approved it anew."
            ),
        ],
        button=gettext("Save, and take it out"),
        back=request.path,
    )
    return ask(request, question, opts=Incident._meta, original=asked.incident)
