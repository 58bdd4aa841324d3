"""What was published, corrected, merged and withdrawn, in the order in which it became visible;
and the seals by which anyone can check that nothing was changed afterwards."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from rest_framework.request import Request

from api.envelope import write_envelope
from api.errors import Problem, wrong_parameters
from api.meta import reference_meta
from api.paging import beside
from api.parameters import read_parameters
from api.problem_types import NOT_FOUND
from api.views.base import ReadView, json_response, refuse_parameters
from api.views.details import address, unknown_reference
from api.views.questions import QuestionView
from record.chain import SEALED_FIELDS, sealed_fields
from record.kinds import Kind, kind_of
from record.models import Revision
from record.parameter_fields import NumberField, ParameterField
from record.parameters import ParameterError
from record.snapshots import bounded
from reference.vocabularies import label

MAX_CHANGES: Final = 1_000
PAGE_SIZE: Final = 100

PARAMETERS: Mapping[str, ParameterField] = {
    "after": NumberField(least=0),
    "page_size": NumberField(most=MAX_CHANGES),
}


class ChangesView(QuestionView):
    """The chain of revisions from a number on. Numbers are given out in the order of commits, so
    a reader who has seen one has missed none before it."""

    def answer(self, request: Request, version: int) -> HttpResponse:
        """The changes after ``after``, and the number to ask from the next time."""
        values = read_parameters(request.query_params, PARAMETERS)
        after, size = values["after"] or 0, values["page_size"] or PAGE_SIZE
        if after > version:
            message = f"The last change has the number {version}."
            raise wrong_parameters([ParameterError("after", message, str(version))])
        found = list(Revision.objects.after(after).only(*SEALED_FIELDS, "salt", "hash")[:size])
        last = found[-1].sequence if found else after
        following = f"after={last}&page_size={size}" if last < version else None
        turning = beside(request, following, None)
        head = {"count": version - after, "after": last, "next": turning.next}
        meta = {**reference_meta("changes"), "dataset_version": version}
        changes = [json.dumps(_change(request, each), ensure_ascii=False) for each in found]
        response = json_response(write_envelope(head, changes, meta))
        turning.write_links(response)
        return response


class SealView(ReadView):
    """What the hash of a revision covers. It stays when the revision is withdrawn, or the chain
    could not be checked any longer; it holds nothing of what the revision said."""

    kind: Kind = Kind.INCIDENT

    def get(self, request: Request, reference: str, version: int) -> HttpResponseBase:
        """The sealed fields and the hash, as the changes have them."""
        refuse_parameters(request)
        if kind_of(reference) is not self.kind:
            raise unknown_reference(reference, self.kind)
        found = Revision.objects.filter(reference=reference, version=version, kind=self.kind)
        with bounded():
            revision = found.only(*SEALED_FIELDS, "salt", "hash").first()
        if revision is None:
            raise Problem(NOT_FOUND, f"No public {self.kind.label} has this revision.")
        etag = f'"{revision.hash}"' if revision.salt else f'"{revision.hash}-emptied"'
        same = self.held_already(request, etag)
        if same is not None:
            return same
        response = json_response(_change(request, revision))
        response.headers["ETag"] = etag
        return response


def _change(request: Request, revision: Revision) -> dict[str, Any]:
    path = address(Kind(revision.kind), revision.reference, revision.version)
    reason = revision.reason
    return {
        **sealed_fields(revision),
        "salt": revision.salt,
        "hash": revision.hash,
        "reason_label": label("withdrawal-reason", reason, "en") if reason else "",
        "url": request.build_absolute_uri(path),
    }
