"""One published object under its permanent reference: as it stands, or as it stood."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from rest_framework.request import Request

from api.errors import Problem
from api.problem_types import MERGED, NOT_FOUND, WITHDRAWN
from api.views.base import ReadView, is_conditional, json_response, refuse_parameters
from record.citing import cite
from record.kinds import Kind, kind_of
from record.models import ENTRY_OF, Revision
from record.models.entry import State
from record.models.revision import Action
from record.snapshots import bounded
from reference.publisher import publisher
from reference.vocabularies import label


class DetailView(ReadView):
    """The current document of an object. The address decides the ``kind``."""

    kind: Kind = Kind.INCIDENT

    behind = ""
    """What stands behind the address of the object in that of the view: ``citation/``."""

    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """The stored document; 308 where it was merged, 410 where it was withdrawn."""
        refuse_parameters(request)
        if is_conditional(request):
            same = self.held_already(request, *_validators(self._read(request, reference)))
            if same is not None:
                return same
        # Read anew, with the state: it may have been withdrawn since the line above.
        entry = self._read(request, reference, "document")
        etag, modified = _validators(entry)
        body = _with_members(entry["document"], _beside(request, entry))
        response = json_response(body.encode())
        _date(response, etag, modified)
        return response

    def _read(self, request: Request, reference: str, *columns: str) -> dict[str, Any]:
        """The live entry's validators and ``columns``, in one query. Raises ``Problem``."""
        if kind_of(reference) is not self.kind:
            raise unknown_reference(reference, self.kind)
        entries = ENTRY_OF[self.kind].objects
        merged_here = entries.filter(Q(merged_into=OuterRef("pk"))).order_by("reference")
        former: Any = ArraySubquery(merged_here.values("reference"))
        found = (
            entries.filter(reference=reference)
            .annotate(former=former)
            .values(
                "state",
                "version",
                "content_sha256",
                "changed_at",
                "withdrawal_reason",
                "merged_into__reference",
                "former",
                *columns,
            )
        )
        with bounded():
            entry: dict[str, Any] | None = found.first()
        if entry is None:
            raise unknown_reference(reference, self.kind)
        if entry["state"] == State.WITHDRAWN:
            raise withdrawn(entry["withdrawal_reason"])
        if entry["state"] == State.MERGED:
            raise merged(request, self.kind, entry["merged_into__reference"], self.behind)
        return entry


class RevisionView(ReadView):
    """A numbered revision of an object: what a citation of that number refers to."""

    kind: Kind = Kind.INCIDENT
    behind = ""

    def get(self, request: Request, reference: str, version: int) -> HttpResponseBase:
        """The document as it was published then. It never changes; withdrawal removes it."""
        refuse_parameters(request)
        if is_conditional(request):
            revision = self._read(request, reference, version)
            same = self.held_already(request, *_revision_validators(revision))
            if same is not None:
                return same
        revision = self._read(request, reference, version, "document")
        response = json_response(revision["document"].encode())
        _date(response, *_revision_validators(revision))
        seal = reverse(f"api:{self.kind.plural}-seal", args=[reference, version])
        response.headers["Link"] = (
            f'<{address(self.kind, reference)}>; rel="latest-version", <{seal}>; rel="describedby"'
        )
        return response

    def _read(
        self, request: Request, reference: str, version: int, *columns: str
    ) -> dict[str, Any]:
        """The readable revision and ``columns``, in one query. Raises ``Problem``."""
        if kind_of(reference) is not self.kind:
            raise unknown_reference(reference, self.kind)
        entry = ENTRY_OF[self.kind].objects.filter(reference=OuterRef("reference"))
        found = (
            Revision.objects.filter(reference=reference, version=version, kind=self.kind)
            .annotate(
                state=Subquery(entry.values("state")),
                withdrawal_reason=Subquery(entry.values("withdrawal_reason")),
                emptied=Q(document__isnull=True),
            )
            .values(
                "action",
                "document_sha256",
                "published_at",
                "merged_into",
                "reason",
                "state",
                "withdrawal_reason",
                "emptied",
                *columns,
            )
        )
        with bounded():
            revision: dict[str, Any] | None = found.first()
        if revision is None:
            raise unknown_reference(reference, self.kind)
        # The state of the object decides as well: safety does not hang on the text being gone.
        if revision["state"] == State.WITHDRAWN:
            raise withdrawn(revision["withdrawal_reason"])
        if revision["action"] == Action.MERGED:
            raise merged(request, self.kind, revision["merged_into"], self.behind)
        if revision["emptied"]:
            # Withdrawn for itself, or because it mentioned something that was.
            now = address(self.kind, reference)
            detail = f"This version is withdrawn; {now} tells how the record stands now."
            raise withdrawn(revision["reason"], detail)
        return revision


def address(kind: Kind, reference: str, version: int | None = None) -> str:
    """The absolute path of an object, or of one of its revisions."""
    if version is None:
        return reverse(f"api:{kind.plural}-detail", args=[reference])
    return reverse(f"api:{kind.plural}-revision", args=[reference, version])


def unknown_reference(reference: str, kind: Kind) -> Problem:
    """404, with a hint where the reference belongs to another kind of object."""
    other = kind_of(reference)
    if other is None or other is kind:
        return Problem(NOT_FOUND, f"No public {kind.label} has this reference.")
    list_address = reverse(f"api:{other.plural}")
    return Problem(
        NOT_FOUND, f"References that begin with {other.prefix} are found under {list_address}."
    )


def withdrawn(reason: str, detail: str = "All versions of the record are withdrawn.") -> Problem:
    """410 with the public class of the reason, if there is one, and nothing else of the object."""
    shown = {"code": reason, "label": label("withdrawal-reason", reason, "en")} if reason else None
    return Problem(
        WITHDRAWN,
        f"{detail} Please remove copies.",
        members={"reason": shown},
    )


def merged(request: Request, kind: Kind, survivor: str, behind: str = "") -> Problem:
    """308 to the same of the object that remains, with the parameters of the request."""
    query = request.query_params.urlencode()
    location = f"{address(kind, survivor)}{behind}" + (f"?{query}" if query else "")
    return Problem(
        MERGED,
        f"The record lives on as {survivor}.",
        members={"merged_into": {"reference": survivor, "url": location}},
        headers={"Location": location},
    )


def _beside(request: Request, entry: dict[str, Any]) -> dict[str, Any]:
    """What stands beside the document: how to cite it, where its photograph is, and the references
    under which it can be found as well. They are no part of any revision: whose text is sealed as
    it stands, and that something was merged is said by what was merged."""
    document = json.loads(entry["document"])
    members: dict[str, Any] = {"citation": _citation(request, document)}
    if photograph := document.get("photograph"):
        members["photograph_url"] = request.build_absolute_uri(photograph["address"])
    if entry["former"]:
        members["former_references"] = entry["former"]
    return members


def _citation(request: Request, document: dict[str, Any]) -> dict[str, Any]:
    """Record, revision and day, with the address under which just this can be read for ever."""
    url = cited_address(request, document)
    citation = cite(document, url, settings.LANGUAGE_CODE)
    return {
        "record": citation.reference,
        "revision": citation.version,
        "date": citation.issued.isoformat(),
        "url": url,
        "text": citation.text,
    }


def cited_address(request: Request, document: dict[str, Any]) -> str:
    """The address to cite: the page of this revision, for people. Written out, as the website
    writes ours."""
    kind, reference = Kind(document["kind"]), document["reference"]
    path = f"/{kind.plural}/{reference}/r/{document['version']}/"
    return request.build_absolute_uri(path)


def _with_members(document: str, members: dict[str, Any]) -> str:
    """The stored document, which stays as it is, with members behind its own."""
    return f"{document.rstrip()[:-1]}, {json.dumps(members, ensure_ascii=False)[1:]}"


def _validators(entry: dict[str, Any]) -> tuple[str, datetime | None]:
    """ETag and time of change: a revision has one document, so both follow from it. What was
    merged later has a time of its own, and then the ETag alone tells."""
    # What stands beside the document follows from these.
    beside = (publisher().name_in(settings.LANGUAGE_CODE), publisher().licence, *entry["former"])
    digest = hashlib.sha256("\n".join(beside).encode()).hexdigest()
    etag = f'"{entry["version"]}-{entry["content_sha256"][:32]}-{digest[:8]}"'
    return etag, None if entry["former"] else entry["changed_at"]


def _revision_validators(revision: dict[str, Any]) -> tuple[str, datetime]:
    return f'"{revision["document_sha256"]}"', revision["published_at"]


def _date(response: HttpResponse, etag: str, modified: datetime | None) -> None:
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
