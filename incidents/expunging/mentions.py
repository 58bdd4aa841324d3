"""What other rows of the office say of a record in words of their own: comments, reasons of
decisions, obstacles of jobs, and rows of imported lists as they were received."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import models
from django.db.models import Q

from incidents.importing.mapping.reading import list_code
from incidents.models import (
    Citation,
    ImportBatch,
    ImportProblem,
    Incident,
    JobRefusal,
    ListCase,
    ListRow,
    Person,
    Review,
    ReviewComment,
    Source,
    SourceList,
)
from incidents.readiness import names_standing_in

Ids = dict[type[models.Model], set[int]]

WORDS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    ReviewComment: ("about", "text", "answer"),
    Review: ("reason",),
    JobRefusal: ("reason",),
}
"""Rows in which somebody wrote freely about a case → the columns that hold it."""


def mentions_of(root: models.Model, parts: Ids, emptied: Ids) -> Ids:
    """Rows of others that say something of the record, or did; ``parts`` and ``emptied`` are its
    own."""
    found: Ids = {}
    if isinstance(root, Person):
        for model, columns in WORDS.items():
            found[model] = set(_naming(root, model, columns))
    found.setdefault(ReviewComment, set()).update(_comments_on(parts, emptied))
    rows = _rows(root, emptied)
    cases = _cases(root, rows)
    found |= {ListRow: set(rows.values_list("pk", flat=True))}
    found |= {ListCase: set(cases.values_list("pk", flat=True))}
    problems = Q(pk__in=())
    listed: list[ListRow | ListCase] = [*rows, *cases]
    for row in listed:
        problems |= Q(batch__list=row.list_id, key=row.key)
    found[ImportProblem] = set(ImportProblem.objects.filter(problems).values_list("pk", flat=True))
    return {model: ids for model, ids in found.items() if ids}


def rest_of(mentions: Ids) -> int:
    """How many files brought these rows: their mappings and choices stay."""
    rows = ListRow.objects.filter(pk__in=mentions.get(ListRow, ()))
    brought = Q(rows__in=rows) | Q(cases__in=mentions.get(ListCase, ()))
    return ImportBatch.objects.filter(brought).distinct().count()


def files_of(mentions: Ids) -> models.QuerySet[ImportBatch]:
    """The files of every list that told of it: each version of a list may hold the row. Also those
    that were never brought in, and of which only their mapping or their bytes say whose they are.
    """
    lists = SourceList.objects.filter(
        Q(rows__in=mentions.get(ListRow, ())) | Q(cases__in=mentions.get(ListCase, ()))
    ).distinct()
    keys, codes = set(), set()
    for key, code in lists.values_list("pk", "code"):
        keys.add(key)
        codes.add(code)
    hashes = ImportBatch.objects.filter(list__in=keys).values("sha256")
    left = ImportBatch.objects.filter(list=None).exclude(file="")
    named = [pk for pk, mapping in left.values_list("pk", "mapping") if list_code(mapping) in codes]
    alike = Q(list=None, sha256__in=hashes)
    return ImportBatch.objects.filter(Q(list__in=keys) | alike | Q(pk__in=named)).exclude(file="")


def _naming(person: Person, model: Any, columns: tuple[str, ...]) -> Iterator[int]:
    """Rows in which one of the person's names stands, now or earlier."""
    names = [name.given for name in person.names.all()]
    asked = Q(pk__in=())
    for column in columns:
        for name in names:
            asked |= Q(**{f"{column}__icontains": name})
    near = Q(incident__violations__person=person) | Q(incident__statuses__person=person)
    events = getattr(model, "pgh_event_models", None)
    for rows, key, condition in (
        (model.objects, "pk", asked | near),
        *(((next(iter(events.values())).objects, "id", asked),) if events else ()),
    ):
        for pk, *words in rows.filter(condition).values_list(key, *columns):
            if names_standing_in(person, words):
                yield pk


def _comments_on(parts: Ids, emptied: Ids) -> set[int]:
    """Comments on rows that go: what they are about says what stood there."""
    found = ReviewComment.objects.none()
    for model, keys in (parts | emptied).items():
        found |= ReviewComment.objects.about_rows(str(model._meta.model_name), keys)
    return set(found.values_list("pk", flat=True))


def _rows(root: models.Model, emptied: Ids) -> models.QuerySet[ListRow]:
    """Rows of lists that told of it, as they were received."""
    if isinstance(root, Incident):
        return ListRow.objects.filter(case__incident=root)
    if isinstance(root, Person):
        return ListRow.objects.filter(person=root)
    if not isinstance(root, Source):
        return ListRow.objects.none()
    return ListRow.objects.filter(
        Q(pk__in=_brought(ListRow, root, emptied)) | Q(case__in=_brought(ListCase, root, emptied))
    )


def _cases(root: models.Model, rows: models.QuerySet[ListRow]) -> models.QuerySet[ListCase]:
    """Cases of lists whose key may say who it was: those of which no other row is left."""
    if isinstance(root, Source):
        return ListCase.objects.none()
    if isinstance(root, Incident):
        return ListCase.objects.filter(incident=root)
    others = ListRow.objects.exclude(pk__in=rows.values("pk")).exclude(received={})
    return ListCase.objects.filter(rows__in=rows).exclude(rows__in=others).distinct()


def _brought(model: Any, source: Source, emptied: Ids) -> list[int]:
    """Rows, or cases, of lists that brought the source or one of its citations."""
    wanted = {("source", source.pk)} | {("citation", pk) for pk in emptied.get(Citation, ())}
    batches = ImportBatch.objects.filter(
        Q(changes__model="source", changes__object_id=source.pk)
        | Q(list__source=source)
        | Q(list__cases__incident__citations__source=source)
    )
    rows = model.objects.filter(list__in=batches.values("list")).values_list("pk", "made")
    return [
        pk for pk, made in rows if not wanted.isdisjoint((name, key) for name, key in made.values())
    ]
