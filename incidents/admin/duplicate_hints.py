"""While a name is being typed: who is perhaps known already."""

from datetime import date
from typing import Any, Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from django.views import View

from incidents.admin.base import StaffModelAdmin, staff_member, visible_rows
from incidents.admin.duplicates import pair_address, visible_pairs
from incidents.admin.labels import joined, person_label
from incidents.duplicates.candidates import TypedPerson, hints
from incidents.duplicates.evidence import Candidate, agreements, disagreements
from incidents.duplicates.looking import look_at_person
from incidents.models import Person, Strength
from reference.dates import UncertainDate, UncertainDateError
from reference.models import Term

SHOWN = 5
ASKED_FOR = 30
"""More than are shown, since some of them may be concealed from the reader."""

MOST_NAMES = 8
LONGEST = 120


class HintsView(View):
    """Answers the script of the person's page. Names come in the body, never in an address."""

    section: StaffModelAdmin = None  # type: ignore[assignment] # given by address()
    http_method_names = ["post"]

    @classmethod
    def address(cls: type[Self], section: StaffModelAdmin) -> URLPattern:
        """The address below the section of people."""
        view = section.admin_site.admin_view(cls.as_view(section=section))
        return path("duplicates/hints/", view, name="incidents_person_hints")

    def post(self, request: HttpRequest) -> JsonResponse:
        """People who resemble what was typed, as far as the reader may know of them."""
        if not self.section.has_view_permission(request):
            raise PermissionDenied
        known = _number(request.POST.get("person", ""))
        found = hints(
            _typed(request.POST), reader=staff_member(request), limit=ASKED_FOR, but=known
        )
        people = (
            visible_rows(request, Person)
            .prefetch_related("names")
            .in_bulk([candidate.other for candidate in found])
        )
        told = [
            self._told(candidate, people[candidate.other], known)
            for candidate in found
            if candidate.other in people
        ][:SHOWN]
        return JsonResponse({"title": _title(len(told)), "people": told})

    def _told(self, candidate: Candidate, person: Person, known: int | None) -> dict[str, Any]:
        address = (
            reverse("admin:incidents_person_change", args=[person.pk])
            if known is None
            else pair_address(known, person.pk)
        )
        return {
            "label": person_label(person),
            "strength": str((candidate.strength or Strength.WEAK).label),
            "why": joined((*agreements(candidate.agrees), *disagreements(candidate.differs))),
            "address": address,
        }


def remind_of_duplicates(request: HttpRequest, person: Person) -> None:
    """Look for others like somebody who was just saved, and say so above the next page."""
    look_at_person(person)
    pairs = (
        visible_pairs(request)
        .filter(Q(first=person) | Q(second=person), strength__gte=Strength.POSSIBLE)
        .values_list("first", "second")
    )[:SHOWN]
    others = {first if second == person.pk else second for first, second in pairs}
    if not others:
        return
    people = Person.objects.filter(pk__in=others).prefetch_related("names")
    links = format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        ((pair_address(person.pk, other.pk), person_label(other)) for other in people),
    )
    messages.warning(request, format_html("{} {}", _title(len(others)), links))


def _title(number: int) -> str:
    if not number:
        return ""
    return ngettext("Perhaps already known:", "Perhaps already known, one of these:", number)


def _typed(values: QueryDict) -> TypedPerson:
    given = [text.replace("\0", "")[:LONGEST] for text in values.getlist("given")[:MOST_NAMES]]
    fathers = [text.replace("\0", "")[:LONGEST] for text in values.getlist("father")]
    fathers += [""] * (len(given) - len(fathers))
    earliest, latest = _bounds(values.get("birth", ""))
    return TypedPerson(
        names=list(zip(given, fathers, strict=False)),
        sex=_sex(values.get("sex", "")),
        born_after=earliest,
        born_before=latest,
    )


def _sex(value: str) -> str:
    number = _number(value)
    term = Term.objects.filter(vocabulary="sex", pk=number).first() if number else None
    return term.code if term else "unknown"


def _bounds(text: str) -> tuple[date | None, date | None]:
    """What is being typed into the box of the birth; nothing while it is no date yet."""
    try:
        birth = UncertainDate.parse(text)
    except UncertainDateError:
        return None, None
    return birth.earliest, birth.latest


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
