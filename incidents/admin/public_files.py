"""Redacted files for everybody, on the page of a source."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from incidents.admin.base import staff_member
from incidents.admin.labels import label_of
from incidents.evidence.linked import FileLink
from incidents.models import Source
from incidents.publishing.public_files import obey_boxes
from record.chain import publishing_lock
from record.source_files import sources_with_files


def held_while_saving_source(request: HttpRequest, key: str | None) -> AbstractContextManager[None]:
    """Take the publishing lock before the page locks any row, as publishing does: two who took
    them in different orders would wait for each other, and who publishes in this moment would
    bring in what is unticked here. Nothing where no file is public or could be."""
    if request.method != "POST" or key is None or not key.isdecimal():
        return nullcontext()
    source = Source.objects.filter(pk=int(key)).first()
    if source is None:
        return nullcontext()
    shown = source.captures.filter(public=True).exists()
    if shown or (source.reference and sources_with_files([source.reference])):
        return publishing_lock()
    return nullcontext()


def obey_saved_source(request: HttpRequest, source: Source) -> None:
    """Let the record obey the page that was just saved, and say so."""
    if obey_boxes(source, by=staff_member(request)):
        messages.warning(
            request, gettext("A redacted file was taken out of the public record at once.")
        )


def link_lines(links: list[FileLink]) -> list[dict[str, Any]]:
    """For the page of a file: what it is linked to, with the page of each record."""
    return [
        {
            "label": label_of(link.record),
            "kind": link.record._meta.verbose_name,
            "fact": link.fact,
            "page": _page(link.record),
            "by": link.linked_by,
            "at": link.linked_at,
        }
        for link in links
    ]


def _page(record: Any) -> str:
    return reverse(f"admin:incidents_{record._meta.model_name}_change", args=[record.pk])
