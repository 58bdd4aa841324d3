"""The public page of a case that is not public yet, for staff who decide on it.

Lives here because only this level may know both the case file and the website. The page is built
by the builders that publishing uses and shown by the template that the public gets.
"""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from incidents.admin.picture_addresses import picture_address
from incidents.documents.case import BuiltDocument, build
from incidents.documents.casefile import read_cases
from incidents.documents.photograph import shown_picture
from incidents.documents.references import Publishable, kind_of
from incidents.models import Incident, Person, StaffMember
from record.kinds import Kind
from website.presentation.incident import IncidentPage, present_incident
from website.presentation.victim import VictimPage, present_victim
from website.views.record_page import record_context

NO_YEAR = "0000"
"""Year of stand-in references: INC-0000-0042 cannot be taken for a public one."""


def public_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as its page would show it, if it were published now."""
    *others, incident = _built(request, pk)
    document = _enveloped(incident)
    sources = [_enveloped(row) for row in others if row.kind is Kind.SOURCE]
    page = present_incident(document, sources, get_language() or "en")
    return _shown(request, "public_page", document, page)


def public_victim_page(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """The page of a victim of the case as it would be, with the photograph that it would show."""
    built = _built(request, pk)
    found = next((row for row in built if row.kind is Kind.VICTIM and row.row.pk == person), None)
    if found is None:
        raise Http404
    document = _enveloped(found)
    picture = shown_picture(cast("Person", found.row))
    if document["photograph"] and picture is not None:
        # What is not published yet has its picture where only staff can see it.
        document["photograph"] = {**document["photograph"], "address": picture_address(picture)}
    sources = [_enveloped(row) for row in built if row.kind is Kind.SOURCE]
    page = present_victim(document, sources, get_language() or "en")
    return _shown(request, "public_victim_page", document, page)


def _built(request: HttpRequest, pk: int) -> list[BuiltDocument]:
    """The documents of a case that this member of staff may know of."""
    member = request.user
    if not isinstance(member, StaffMember) or not member.has_perm("incidents.view_incident"):
        raise PermissionDenied
    cases = read_cases(Incident.objects.visible_to(member).filter(pk=pk))
    if not cases:
        raise Http404
    return build(cases[0], _reference)


def _shown(
    request: HttpRequest, name: str, document: dict[str, Any], page: IncidentPage | VictimPage
) -> HttpResponse:
    context = {
        **record_context(request, document, None),
        "page": page,
        "notes": page.notes,
        "robots": "noindex, noarchive",
        "canonical": None,
    }
    return render(request, f"admin/incidents/{name}.html", context)


def _reference(row: Publishable) -> str:
    return row.reference or f"{kind_of(row).prefix}-{NO_YEAR}-{row.pk:04d}"


def _enveloped(row: BuiltDocument) -> dict[str, Any]:
    now = timezone.now().isoformat(timespec="seconds")
    return {
        "reference": row.reference,
        "kind": row.kind.value,
        "version": 1,
        "first_published": now,
        "published_at": now,
        **row.content,
    }
