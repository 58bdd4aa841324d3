"""The forms under which names are compared for hints, and keeping them in step with the names."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import md5
from itertools import islice
from typing import Final, NamedTuple

from django.db import connection

from incidents.models import NameKey, PersonName
from reference.name_tables import SHARED_NAMES
from reference.names import fold, fold_for_hints, script_of, skeleton

AT_ONCE: Final = 2000
"""Names folded together: some 2 MB of memory."""

REMEMBERED: Final = 20_000
"""Names whose forms are kept at hand: some 5 MB."""

_SEPARATOR: Final = "\x1f"
_NAME, _KEY = PersonName._meta.db_table, NameKey._meta.db_table
_STALE: Final = f"""
    SELECT name.id FROM {_NAME} AS name LEFT JOIN {_KEY} AS key ON key.name_id = name.id
    WHERE key.digest IS DISTINCT FROM md5(concat_ws(%s, name.given, name.fathers_name))
        OR key.person_id <> name.person_id
    ORDER BY name.id
    """  # noqa: S608 - the tables' own names
_ORPHANED: Final = f"""
    DELETE FROM {_KEY} AS key
    WHERE NOT EXISTS (SELECT FROM {_NAME} AS name WHERE name.id = key.name_id)
    """  # noqa: S608 - the tables' own names


class Key(NamedTuple):
    """One name as it is compared. Empty where nothing is left that could tell people apart."""

    is_arabic: bool
    given: str
    bones: str
    father: str
    father_bones: str
    whole: str
    whole_bones: str


class _Forms(NamedTuple):
    spelt: str
    bones: str


_NOTHING: Final = _Forms("", "")


def key_of(given: str, fathers_name: str) -> Key:
    """The forms of a name, without titles and without the names that thousands share.

    Somebody of whom only “Baloch” is known has an empty key, and resembles nobody.
    """
    own, father = _forms(given), _forms(fathers_name) if given else _NOTHING
    whole = (_joined(own.spelt, father.spelt), _joined(own.bones, father.bones))
    return Key(
        is_arabic=script_of(given) == "arabic",
        given=own.spelt[:300],
        bones=own.bones[:300],
        father=father.spelt[:300],
        father_bones=father.bones[:300],
        whole=whole[0][:600] if own.spelt else "",
        whole_bones=whole[1][:600] if own.spelt else "",
    )


def renew_keys() -> int:
    """Bring the keys of all names in step, whoever wrote the names; returns how many were not.

    Two queries for every ``AT_ONCE`` names; memory does not grow with their number.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANED)
        cursor.execute(_STALE, [_SEPARATOR])
        stale = [name_id for (name_id,) in cursor.fetchall()]
    for some in _chunks(stale):
        _store(PersonName.objects.filter(pk__in=some))
    return len(stale)


def renew_keys_of(people: Sequence[int]) -> None:
    """The same for these people alone."""
    _store(PersonName.objects.filter(person__in=people))


def _store(names: Iterable[PersonName]) -> None:
    NameKey.objects.bulk_create(
        [
            NameKey(
                name_id=name.pk,
                person_id=name.person_id,
                digest=_digest(name),
                **key_of(name.given, name.fathers_name)._asdict(),
            )
            for name in names
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["person", "digest", *Key._fields],
    )


def _digest(name: PersonName) -> str:
    text = _SEPARATOR.join((name.given, name.fathers_name))
    return md5(text.encode(), usedforsecurity=False).hexdigest()


@lru_cache(maxsize=REMEMBERED)
def _forms(text: str) -> _Forms:
    """A name as it sounds and its consonants. Remembered: names repeat, and folding is slow."""
    telling = " ".join(word for word in fold(text).split() if word not in SHARED_NAMES)
    return _Forms(fold_for_hints(telling), skeleton(telling))


def _joined(one: str, other: str) -> str:
    return f"{one} {other}".strip()


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    iterator = iter(ids)
    while some := list(islice(iterator, AT_ONCE)):
        yield some
