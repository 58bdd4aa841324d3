"""Who told us: the people whom confidential sources name, which lies sealed (``sealed_key``)."""

from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from incidents.models import Person, Source
from incidents.models.sealed_key import UnreadableKey


class UnreadableTiesError(Exception):
    """Nobody here can say who told us some source; the text says it to whoever asked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Who told us some sources cannot be read here: the key to it is missing. Until it "
                "is there nobody can know whether this concerns one of them. Ask who runs the "
                "server."
            )
        )


def informants_of(sources: QuerySet[Source]) -> list[int]:
    """Ids of the people who told us these sources, each once, in order. One query; the ties are
    opened here, since the database cannot read them. Raises UnreadableTiesError."""
    ties = _ties(sources)
    if any(isinstance(key, UnreadableKey) for key in ties):
        raise UnreadableTiesError
    return sorted(set(map(int, ties)))


def readable_informants_of(sources: QuerySet[Source]) -> list[int]:
    """The same of those that can be read: for lists, which somebody has to be able to open while a
    key is missing."""
    return sorted({int(key) for key in _ties(sources) if not isinstance(key, UnreadableKey)})


def told_by(person: int) -> list[int]:
    """Ids of the sources that somebody told us, as far as they can be read."""
    return list(Source.objects.filter(informant=person).values_list("pk", flat=True))


def refuse_unreadable() -> None:
    """Raise UnreadableTiesError unless it can be read of every source who told it: anybody may be
    one of them otherwise. One query."""
    informants_of(Source.objects.all())


def connect() -> None:
    """Have nobody deleted who may have told us. Called once, when the program starts."""
    pre_delete.connect(_keep, sender=Person, dispatch_uid="incidents.informants")


def _keep(instance: Person, **_sent: Any) -> None:
    try:
        refuse_unreadable()
    except UnreadableTiesError as error:
        raise ProtectedError(str(error), {instance}) from None


def _ties(sources: QuerySet[Source]) -> list[Any]:
    rows = sources.filter(informant__isnull=False).order_by()
    return list(rows.values_list("informant", flat=True))
