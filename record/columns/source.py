"""The columns of a source, in the order of files. New ones come at the end."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from record.columns.column import ColumnType
from record.columns.lists import coded_list, listed
from record.columns.shared import ENVELOPE, TITLE
from record.columns.values import coded, dated, plain

COLUMNS: Final = (
    *ENVELOPE,
    *TITLE,
    *coded("type", "source-type", _("Kind of source")),
    *coded_list(
        "types",
        "types",
        "source-type",
        _("Type with all above it"),
        of=lambda document: document.get("types") or (),
    ),
    *plain("publisher", _("Publisher")),
    *plain("author", _("Author")),
    *dated("published", _("Published")),
    *plain("accessed", _("Read on"), type=ColumnType.DATE),
    *coded("language", "language", _("Language")),
    *plain("url", _("Address on the web")),
    *plain("archived_url", _("Address of an archived copy")),
    *coded("scale", "source-scale", _("Reach")),
    *coded("perspective", "source-perspective", _("Perspective")),
    *coded("independence", "source-independence", _("Independence")),
    *plain(
        "origin",
        _("Rests on"),
        _("Reference of the source that this one repeats."),
        path=("origin", "reference"),
    ),
    *plain("origin_title", _("Title of what it rests on"), path=("origin", "title")),
    *coded("reliability", "source-reliability", _("Reliability")),
    *listed(
        "captures",
        "captures",
        _("Captured files"),
        _("SHA-256 of each file we hold."),
        each=lambda part: part["sha256"],
    ),
    *plain("note", _("Note")),
    *listed(
        "files",
        "files",
        _("Redacted files"),
        _("SHA-256 of each redacted file that everybody can read."),
        each=lambda part: part["sha256"],
    ),
)
