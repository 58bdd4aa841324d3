"""Making a release: the whole public record of one moment as files, the manifest last."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db.models import Count

from record.caveat import CAVEAT
from record.chain import last_sequence, timestamp
from record.kinds import Kind
from record.models import Revision
from record.models.revision import Action
from record.releasing import folders
from record.releasing.describing import (
    collected_by,
    write_changelog,
    write_data_package,
    write_readme,
)
from record.releasing.files import (
    write_all_entities,
    write_documents,
    write_sums,
    write_tables,
)
from record.releasing.lines import live_documents, one_state
from record.releasing.manifest import (
    Manifest,
    ManifestError,
    ReleasedFile,
    manifest_in,
    write_manifest,
)
from record.releasing.reference_tables import (
    write_areas,
    write_changes,
    write_codebook,
    write_vocabularies,
)
from record.releasing.safety import emptied_until, head_of
from reference.publisher import publisher

logger = logging.getLogger(__name__)

Tell = Callable[[str], None]
"""Takes a line that says how far the work has come."""

ACTIONS: Final = tuple(Action.values)


class ReleaseError(Exception):
    """A release that cannot be made, with the reason in words."""


def make_release(
    date: str, *, again: bool = False, within: Path | None = None, tell: Tell = lambda _line: None
) -> Manifest:
    """Write the release of a date (``2026-01-31``) and return its manifest.

    All files come from one state of the data; memory does not grow with it. Nothing is seen of a
    release before it is whole. Raises ReleaseError where there is one of this date already,
    unless it is to be made ``again``.
    """
    if not folders.DATE.fullmatch(date):
        raise ReleaseError(f"A release has a date such as 2026-01-31, not {date!r}.")
    within = within or folders.releases_folder()
    with folders.writing_alone(within):
        release = within / date
        if release.exists() and not again:
            raise ReleaseError(f"There is a release of {date} already; --again replaces it.")
        with folders.draft_of(release) as draft:
            manifest = _write(draft, date, _before(within, date), tell)
            folders.put_in_place(draft, release)
    return manifest


def _write(draft: Path, date: str, before: Manifest | None, tell: Tell) -> Manifest:
    made: list[ReleasedFile] = []
    counts: dict[str, int] = {}
    with one_state():
        last = last_sequence()
        for kind in Kind:
            written, counts[kind.plural] = write_documents(draft, kind, live_documents(kind))
            made.append(written)
            tell(f"{written.name}: {written.rows}")
        since = before.dataset_version if before else 0
        made += [
            write_areas(draft),
            write_vocabularies(draft),
            write_changes(draft, since, last),
            *write_codebook(draft),
        ]
        manifest = Manifest(
            release=date,
            dataset_version=last,
            covers=last,
            head=head_of(last),
            emptied=emptied_until(last),
            made_at=timestamp(datetime.now(UTC)),
            organisation=publisher().name_in("en"),
            licence=publisher().licence,
            collecting_bodies=publisher().collecting_bodies_in("en"),
            previous=before.release if before else "",
            counts=counts,
        )
        actions = actions_between(since, last)
    return finish(draft, manifest, made, actions, tell)


def finish(
    draft: Path,
    manifest: Manifest,
    made: Iterable[ReleasedFile],
    actions: dict[str, int],
    tell: Tell,
) -> Manifest:
    """Write what is made from the documents, then what describes the files, then the manifest."""
    files = list(made)
    about = {
        "release": manifest.release,
        "dataset_version": manifest.dataset_version,
        "caveat": CAVEAT,
        "collecting_bodies": list(collected_by(manifest)),
    }
    for kind in Kind:
        for written in write_tables(draft, kind, manifest.counts[kind.plural], about):
            files.append(written)
            tell(f"{written.name}: {written.rows}")
    files.append(write_all_entities(draft))
    tell(f"{files[-1].name}: {files[-1].rows}")
    files += [write_readme(draft, manifest), write_changelog(draft, manifest, actions)]
    files.sort(key=lambda each: each.name)
    files.append(write_data_package(draft, replace(manifest, files=tuple(files))))
    files.append(write_sums(draft, files))
    whole = replace(manifest, files=tuple(files))
    write_manifest(whole, draft)
    return whole


def actions_between(after: int, until: int) -> dict[str, int]:
    """How many acts of each kind there were, in words for the changelog."""
    found = Counter[str]()
    rows = Revision.objects.filter(sequence__gt=after, sequence__lte=until).order_by()
    for action, number in rows.values_list("action").annotate(number=Count("sequence")):
        found[action] += number
    return {action: found[action] for action in ACTIONS}


def _before(within: Path, date: str) -> Manifest | None:
    """The manifest of the newest release that is older and can be read."""
    for folder in folders.release_folders(within):
        if folder.name < date:
            try:
                return manifest_in(folder)
            except ManifestError as error:
                logger.error("The release of %s is passed over: %s", folder.name, error)
    return None
