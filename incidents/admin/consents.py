"""What follows in public from what the page of a person says of consent: told before it is saved,
done in the request that saves it, and told again."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext as _

from incidents import publishing
from incidents.admin.base import staff_member
from incidents.admin.confirming import Question, ask, is_confirmed
from incidents.admin.obeyed import what_went, what_would_go
from incidents.entry.entering import VictimToEnter
from incidents.models import Person, StatusEntry
from record.chain import publishing_lock

CHOSEN = "same_as"
"""The box of a line in which somebody is chosen who is known already."""

_DIGITS = 18
"""A number of more does not fit the column."""

_PICTURES = "pictures"
"""The prefix of the rows of photographs."""


class NotAskedYet(Exception):
    """The page would take something out of the public record, and nobody was asked whether that
    is meant. Raised inside the transaction that saves the page, so that nothing of it stays."""

    def __init__(self, person: Person, follows: publishing.Obeyed) -> None:
        super().__init__(person.pk)
        self.person, self.follows = person, follows


def obey_saved_page(request: HttpRequest, person: Person) -> None:
    """Let the record obey the page that was just saved. Raises NotAskedYet: undo it, and ask."""
    follows = publishing.obey_consents(person, by=staff_member(request))
    if (follows.withdrawn or follows.rewritten) and not is_confirmed(request):
        raise NotAskedYet(person, follows)
    for sentence in what_went(follows):
        messages.warning(request, sentence)


def held_while_saving(request: HttpRequest, key: str | None) -> AbstractContextManager[None]:
    """Take the publishing lock before the page locks any row, as publishing does: two who took
    them in different orders would wait for each other. Nothing for who was never public."""
    if request.method != "POST" or key is None or not key.isdecimal():
        return nullcontext()
    public = Person.objects.filter(pk=int(key), reference__isnull=False).exists()
    return publishing_lock() if public else nullcontext()


def held_while_entering(request: HttpRequest) -> AbstractContextManager[None]:
    """The same for a page that enters people, where somebody public was chosen out of those who
    are known: the lock comes before that of new cases, and before any row."""
    chosen = [
        int(value[:_DIGITS])
        for name, value in request.POST.items()
        if name.endswith(f"-{CHOSEN}") and isinstance(value, str) and value.isdecimal()
    ]
    public = chosen and Person.objects.filter(pk__in=chosen, reference__isnull=False).exists()
    return publishing_lock() if public else nullcontext()


def obey_statuses(request: HttpRequest, formsets: Iterable[Any]) -> None:
    """Let the record obey a return that a case was just told of, or no longer tells of: of whoever
    came back only their own consents count."""
    entries = [
        row
        for formset in formsets
        if getattr(formset, "model", None) is StatusEntry
        for row in (
            *formset.new_objects,
            *(row for row, _fields in formset.changed_objects),
            *formset.deleted_objects,
        )
    ]
    _obey_about(request, {row.person_id for row in entries})


def obey_entered(request: HttpRequest, victims: Iterable[VictimToEnter]) -> None:
    """Let the record obey what was just entered of people who are known already."""
    _obey_about(request, {victim.person.pk for victim in victims})


def _obey_about(request: HttpRequest, people: Iterable[int]) -> None:
    for person in Person.objects.filter(pk__in=people, reference__isnull=False).order_by("pk"):
        for sentence in what_went(publishing.obey_consents(person, by=staff_member(request))):
            messages.warning(request, sentence)


def ask_before(request: HttpRequest, asked: NotAskedYet) -> HttpResponse:
    """The page that says what would follow, with all that was typed."""
    question = Question(
        title=_("Saving this takes something out of the public record"),
        sentences=list(_sentences(asked.follows, lost_files=bool(request.FILES))),
        button=_("Save, and take it out"),
        back=request.path,
    )
    _forget_files(request)
    return ask(request, question, opts=asked.person._meta, original=asked.person)


def _sentences(follows: publishing.Obeyed, *, lost_files: bool) -> Iterator[str]:
    yield _(
        "With what you are saving, neither a consent in force nor a recorded ground allows all "
        "that is public of this person. What follows happens in the moment in which you save: on "
        "pages, in the API, in exports, in releases and in every earlier version."
    )
    yield from what_would_go(follows)
    if lost_files:
        yield _("The files that you have chosen are not saved with it. Add them afterwards.")


def _forget_files(request: HttpRequest) -> None:
    """Let the rows of new files go, which no second request can bring along."""
    if not request.FILES:
        return
    typed = request.POST.copy()
    kept = int(typed.get(f"{_PICTURES}-INITIAL_FORMS", 0))
    for name in list(typed):
        prefix, _dash, rest = name.partition("-")
        if prefix == _PICTURES and rest.split("-")[0].isdigit() and int(rest.split("-")[0]) >= kept:
            del typed[name]
    typed[f"{_PICTURES}-TOTAL_FORMS"] = str(kept)
    request.POST = typed  # type: ignore[assignment]
