"""Whether the address of a source still answers, in words."""

from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from record.models.source_link import LinkState
from record.source_links import LinkStanding
from reference.date_text import render_date
from reference.dates import UncertainDate

_SENTENCES: Final[dict[LinkState, Promise]] = {
    LinkState.ANSWERS: _("The address answered on %(day)s."),
    LinkState.MOVED: _("On %(day)s the address led to another one."),
    LinkState.REFUSES: _(
        "The address refused our program on %(day)s; a browser may still open it."
    ),
    LinkState.GONE: _(
        "The address no longer answered on %(day)s. We have asked in vain since %(since)s."
    ),
}


def link_words(link: LinkStanding | None) -> str:
    """A sentence with its day; empty where nothing is known."""
    if link is None:
        return ""
    return str(_SENTENCES[link.state]) % {
        "day": _day(link.checked_on),
        "since": _day(link.since),
    }


def _day(day: date) -> str:
    return render_date(UncertainDate.parse(day.isoformat()))
