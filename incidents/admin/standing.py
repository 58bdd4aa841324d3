"""How a case stands, in a few lines at the top of its page."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from incidents.admin.changes import changes_address
from incidents.admin.comments import comments_address
from incidents.models import Incident, StaffMember
from incidents.review_comments import COMMENT


def standing_of(incident: Incident, *, changed_since: datetime | None = None) -> SafeString:
    """Stage and publication; open comments; since when others have changed something that the
    reader has not been shown. Each line leads to where it is dealt with."""
    first = format_html(
        '<a href="{}">{}</a> · {} {}',
        reverse("admin:incidents_incident_publication", args=[incident.pk]),
        capfirst(incident.get_stage_display()),
        incident.get_publication_display(),
        incident.reference or "",
    )
    links = format_html_join("", '<br><a href="{}">{}</a>', _links(incident, changed_since))
    return format_html("{}{}", first, links)


def open_comments(number: int) -> str:
    """“3 comments are open.”"""
    text = ngettext("%(number)d comment is open.", "%(number)d comments are open.", number)
    return text % {"number": number}


def _links(incident: Incident, changed_since: datetime | None) -> Iterator[tuple[str, str]]:
    if changed_since is not None:
        when = f"{timezone.localtime(changed_since):%Y-%m-%d %H:%M}"
        told = gettext("Others have changed this case since you last looked, on %s: see what.")
        yield changes_address(incident), told % when
    if number := incident.review_comments.open().count():
        yield comments_address(incident), open_comments(number)
    reader: StaffMember | None = getattr(incident, "shown_to", None)
    if reader is not None and reader.has_perm(COMMENT):
        yield (
            reverse("admin:incidents_incident_comment", args=[incident.pk]),
            gettext("Comment on this case"),
        )
