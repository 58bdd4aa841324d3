"""Files of evidence that come along: each kept under the hash that its row says, or none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from incidents.evidence import custody
from incidents.evidence.custody import Act
from incidents.evidence.jobs import ask_to_examine
from incidents.evidence.sniffing import FileRefused, sniff
from incidents.evidence.storing import keep, opened
from incidents.interchange.reading import Opened, Received, evidence_in
from incidents.interchange.refusing import CasesRefused, Problem
from incidents.models import Capture, StaffMember

_KEPT: Final = ("storage_name", "dangers", "changed_at", "changed_by")


def keep_files(
    numbers: Iterable[int], received: Received, opened_file: Opened, by: StaffMember
) -> int:
    """Keep the files of these captures, as far as the file has them and we do not; how many.

    Call it inside ``storing.all_or_none`` and the transaction. Raises CasesRefused.
    """
    wanted: dict[str, list[Capture]] = defaultdict(list)
    rows = Capture.objects.filter(pk__in=numbers, storage_name="", sha256__in=received.files)
    for capture in rows.select_related("source").order_by("pk"):
        wanted[capture.sha256].append(capture)
    if not wanted:
        return 0
    for digest, content in evidence_in(opened_file):
        if digest in wanted:
            _keep(wanted[digest], content, received.installation, by)
    kept = [capture.pk for captures in wanted.values() for capture in captures]
    transaction.on_commit(partial(ask_to_examine, kept, by=by))
    return len(wanted)


def _keep(
    captures: list[Capture], content: Iterator[bytes], installation: str, by: StaffMember
) -> None:
    kept = keep(content, in_trust=any(each.told_in_trust for each in captures))
    for capture in captures:
        if capture.sha256 != kept.sha256 or capture.bytes not in (None, kept.bytes):
            raise _refused(capture, _("its file is another than its row says"))
        capture.storage_name, capture.changed_by = kept.storage_name, by
        try:
            with opened(capture) as file:
                found = sniff(file, kept.bytes, capture.file_name)
        except FileRefused as error:
            raise _refused(capture, str(error)) from None
        if capture.media_type not in ("", found.media_type):
            raise _refused(capture, _("its file is of another type than its row says"))
        capture.dangers = list(found.dangers)
        capture.save(update_fields=_KEPT)
        reason = f"{kept.bytes} bytes, from installation {installation}"
        custody.note(capture, Act.RECEIVED, by=by, reason=reason)


def _refused(capture: Capture, why: str) -> CasesRefused:
    return CasesRefused(
        Problem(
            _("The file %(sha256)s is not taken: %(why)s.")
            % {"sha256": capture.sha256, "why": why.rstrip(".")},
            _("Ask for the cases without files, or for the file again."),
        )
    )
