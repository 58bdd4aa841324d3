"""The photographs of the record: bytes beside the documents that show them, and never without.

Of each victim the record holds the photograph that the live document shows, or none. Writing a
document that shows another one or none deletes the bytes in that transaction, and so do withdrawal
and merging: the address then answers 404. Earlier revisions that showed a face are emptied when it
is taken back (``take_back``) or the person is withdrawn. After a merger those of the one that went
stay, and with them the words about a photograph whose bytes are gone: its address leads nowhere,
unless somebody else has the very same picture. ``record.verification`` compares both.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256 as sha256_of
from typing import Any, Final

from django.db import connection

from record.errors import WritingError
from record.kinds import Kind
from record.mentions import forget_mentions, is_live
from record.models import PublishedPicture, Revision, VictimEntry

MEDIA_TYPE: Final = "image/jpeg"

_TABLE: Final = PublishedPicture._meta.db_table
_VICTIMS: Final = VictimEntry._meta.db_table


def address_of(sha256: str) -> str:
    """The path under which the public server has a photograph; the same for pages and the API."""
    return f"/pictures/{sha256}.jpg"


def picture(sha256: str) -> bytes | None:
    """The bytes of a photograph that a live document shows; one query."""
    content = PublishedPicture.objects.filter(sha256=sha256).values_list("content", flat=True)
    found = content.first()
    return None if found is None else bytes(found)


def is_shown(sha256: str) -> bool:
    """Whether a live document shows this photograph."""
    return PublishedPicture.objects.filter(sha256=sha256).exists()


def put_pictures(pictures: Mapping[str, bytes]) -> None:
    """Bring in the photographs that documents are about to show, by the victims' references.

    Call it under the publishing lock, before these documents are written.
    """
    if not pictures:
        return
    PublishedPicture.objects.bulk_create(
        [
            PublishedPicture(
                reference=reference, content=content, sha256=sha256_of(content).hexdigest()
            )
            for reference, content in pictures.items()
        ],
        update_conflicts=True,
        unique_fields=["reference"],
        update_fields=["sha256", "content"],
    )


def keep_pictures_in_step(contents: Mapping[str, Mapping[str, Any]]) -> None:
    """Delete what these documents, by reference, do not show any more.

    Raises WritingError for a document that shows a photograph whose bytes nobody brought in.
    """
    victims = {name: shown_in(content) for name, content in contents.items()}
    if not victims:
        return
    rows = PublishedPicture.objects.filter(reference__in=victims)
    held = dict(rows.values_list("reference", "sha256"))
    drop_pictures([name for name, sha256 in held.items() if sha256 != victims[name]])
    for name, sha256 in victims.items():
        if sha256 and held.get(name) != sha256:
            raise WritingError(f"{name}: the photograph that it shows is not in the record.")


def drop_pictures(references: Collection[str]) -> None:
    """Delete the photographs of these objects."""
    if references:
        PublishedPicture.objects.filter(reference__in=references).delete()


def take_back(shown: Mapping[str, str]) -> int:
    """Empty the earlier revisions of these victims that showed a photograph, by its SHA-256.

    What is said of a face is taken back with the face; what other documents say of the person
    stays. Returns how many revisions were emptied.
    """
    emptied: list[int] = []
    for reference, sha256 in shown.items():
        revisions = Revision.objects.filter(
            kind=Kind.VICTIM, reference=reference, document__contains=f'"{sha256}"'
        ).exclude(is_live())
        emptied += revisions.values_list("sequence", flat=True)
    forget_mentions(emptied)
    return Revision.objects.filter(sequence__in=emptied).update(document=None, note="", salt="")


def without_lost(reference: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an earlier document of this object as it can stand again: without a
    photograph whose bytes are gone. That somebody else has the same photograph is no help."""
    sha256 = shown_in(content)
    kept = PublishedPicture.objects.filter(reference=reference, sha256=sha256)
    lost = sha256 and not kept.exists()
    return {**content, "photograph": None} if lost else dict(content)


def shows_photograph(reference: str) -> bool:
    """Whether the record holds a photograph for this victim, or the live document names one."""
    if PublishedPicture.objects.filter(reference=reference).exists():
        return True
    entry = VictimEntry.objects.live().filter(reference=reference).first()
    return entry is not None and bool(shown_in(entry.content()))


def shown_in(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the photograph that a document shows; empty without one."""
    shown = content.get("photograph")
    return str(shown["sha256"]) if shown else ""


def faults() -> Iterator[tuple[str, str]]:
    """(reference, what is wrong) where documents and photographs do not go together."""
    statement = f"""
        WITH showing AS (
            SELECT reference, document::json #>> '{{photograph,sha256}}' AS sha256
            FROM {_VICTIMS} WHERE state = 'live' AND document LIKE '%"photograph":{{%'
        )
        SELECT reference, CASE
            WHEN showing.sha256 IS NULL THEN 'a photograph is kept that no document shows'
            WHEN kept.sha256 IS NULL THEN 'the photograph that it shows is missing'
            WHEN kept.sha256 <> showing.sha256 THEN 'another photograph is kept than it shows'
            ELSE 'its photograph is not the one that was published' END
        FROM showing FULL JOIN {_TABLE} AS kept USING (reference)
        WHERE kept.sha256 IS DISTINCT FROM showing.sha256
            OR kept.sha256 <> encode(sha256(kept.content), 'hex')
        ORDER BY reference
        """  # noqa: S608 - the tables' own names
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: Sequence[tuple[str, str]] = cursor.fetchall()
    yield from found
