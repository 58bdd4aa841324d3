"""What somebody is in the case file, read from the rows that point to them. No column says it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from incidents.admin.base import visible_rows
from incidents.models import Incident, LegalAction, Person, Source

MOST = 20
"""Records of one role that are named; of somebody with more the section has a list."""


def roles_of(person: Person, request: HttpRequest) -> SafeString:
    """Each role with the records in which it is held, as far as the reader may know of them.

    Four queries, however many there are.
    """
    lines = [
        (role, _page(row), str(row))
        for role, rows in _rows_of(person, request)
        for row in rows.distinct()[:MOST]
    ]
    line = '<p>{}: <a href="{}"><bdi>{}</bdi></a></p>'
    return format_html_join("", line, lines)


def _rows_of(person: Person, request: HttpRequest) -> Iterator[tuple[str, Any]]:
    cases = visible_rows(request, Incident).order_by("-date_earliest", "-pk")
    yield _("Victim"), cases.filter(violations__person=person)
    yield _("Alleged to be responsible"), cases.filter(involvements__person=person)
    actions = visible_rows(request, LegalAction).order_by("filed_earliest", "pk")
    yield _("Complainant"), actions.filter(complainant=person)
    sources = visible_rows(request, Source).order_by("-pk")
    yield _("Source"), sources.filter(informant=person)


def _page(row: Any) -> str:
    return reverse(f"admin:incidents_{row._meta.model_name}_change", args=[row.pk])
