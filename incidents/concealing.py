"""Which people, legal actions and sources are to be kept from somebody: one statement for each.

It begins with the cases that are concealed, which are few, and does not ask of each row there is.
"""

from functools import cache, reduce
from operator import or_
from typing import Any, Final

from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from incidents.informants import readable_informants_of
from incidents.models import Incident, Merger, Person, Source, StaffMember
from incidents.ties import LINKS, OUT_OF_SOURCES

_CONCEALED: Final = "SELECT id FROM concealed"
_FEW_CONCEALED: Final = f"SELECT unnest(ARRAY({_CONCEALED}))"
_FEW_NEAR: Final = "SELECT unnest(ARRAY(SELECT id FROM near))"
_FEW_TOUCHED: Final = "unnest(ARRAY(SELECT id FROM touched))"
"""The planner takes what comes out of an array for few rows, and looks each up by an index; from
the tables themselves it would rather read all violations and citations there are."""

_GONE: Final = f"""
    gone (id) AS (
        SELECT loser_id FROM {Merger._meta.db_table}
        WHERE undone_at IS NULL AND survivor_id IN (SELECT id FROM touched)
        UNION
        SELECT loser_id FROM {Merger._meta.db_table} JOIN gone ON survivor_id = gone.id
        WHERE undone_at IS NULL
    )
    """  # noqa: S608 - the table's own name
"""People who live on in a record that a concealed case touches, at any remove: they left all their
ties to that record, so that nothing of their own says whose case it was."""


def concealed_from(user: StaffMember) -> QuerySet[Incident]:
    """The restricted cases to which somebody is not assigned."""
    return Incident.objects.filter(restricted=True).exclude(assigned=user.pk)


def hidden_from(user: StaffMember, model: type[Model]) -> RawSQL:
    """Keys of the rows of a model of ``ties.LINKS`` that a concealed case touches and no open case
    tells of. Nothing is asked before the statement is sent."""
    if model is Person:
        return _HiddenPeople(_hidden(model), user)
    return RawSQL(_hidden(model), (user.pk,))  # noqa: S611 - made of statements of the ORM


class _HiddenPeople(RawSQL):
    """The people among them. Who told us is looked up when the statement is sent: a page prepares
    many boxes that offer people, and sends the statement of few of them."""

    def __init__(self, sql: str, user: StaffMember) -> None:
        super().__init__(sql, ())
        self.told = cache(lambda: (user.pk, _told_of_concealed(user)))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The statement with its values, looked up once for all copies of this."""
        return f"({self.sql})", self.told()


def _told_of_concealed(user: StaffMember) -> list[int]:
    """People who told us of a concealed case: a tie that the database cannot follow."""
    touched = f"WITH {_ground(Source)} {_touched(Source)}"
    return readable_informants_of(Source.objects.filter(pk__in=RawSQL(touched, (user.pk,))))  # noqa: S611 - as above


@cache
def _hidden(model: type[Model]) -> str:
    """The statement behind ``hidden_from``. It is the same for everybody but for who asks, and
    worked out once: a page has many boxes that offer people."""
    telling = _open_ties(model, RawSQL("few.id", ()))
    told_of = " OR ".join(f"EXISTS ({_sql(each)})" for each in telling)
    hidden = f"SELECT id FROM {_FEW_TOUCHED} AS few (id) WHERE NOT ({told_of})"  # noqa: S608
    if model is not Person:
        return f"WITH {_ground(model)}, touched (id) AS ({_touched(model)}) {hidden}"
    touched = f"touched (id) AS ({_touched(model)} UNION SELECT unnest(%s::bigint[]))"
    people = f"({hidden}) UNION SELECT id FROM gone"  # noqa: S608 - as above
    return f"WITH RECURSIVE {_ground(model)}, {touched}, {_GONE} {people}"


def _ground(model: type[Model]) -> str:
    """What ``_touched`` starts from: the cases that are concealed from somebody, whose key is its
    one value; for sources also the people near them."""
    theirs = Incident.assigned.through.objects.filter(staffmember=0).values("incident")
    restricted = Incident.objects.filter(restricted=True).order_by().values("pk")
    sql, _nobody = restricted.exclude(pk__in=theirs).query.sql_with_params()
    concealed = f"concealed (id) AS MATERIALIZED ({sql})"
    return f"{concealed}, near (id) AS ({_touched(Person)})" if model is Source else concealed


def _touched(model: type[Model]) -> str:
    """What the concealed cases touch."""
    telling, beside = LINKS[model]
    found = [
        link._default_manager.filter(**{f"{path}__in": RawSQL(_FEW_CONCEALED, ())})  # noqa: S611
        .exclude(**{column: None})
        .order_by()
        .values_list(column)
        for link, column, path in (*telling, *beside)
    ]
    if model is Source:
        found += [
            link._default_manager.filter(person__in=RawSQL(_FEW_NEAR, ()))  # noqa: S611 - as above
            .order_by()
            .values_list("source")
            for link in OUT_OF_SOURCES
        ]
    return " UNION ".join(_sql(each) for each in found)


def _open_ties(model: type[Model], row: Any) -> list[QuerySet[Any, Any]]:
    """The ties by which an open case tells of a row."""
    telling, _beside = LINKS[model]
    ties = [
        link._default_manager.filter(**{column: row})
        .alias(case=F(path))
        .filter(case__isnull=False)
        .exclude(case__in=RawSQL(_CONCEALED, ()))  # noqa: S611 - nothing of anybody's in either
        .order_by()
        .values_list(column)
        for link, column, path in telling
    ]
    if model is Source:
        about = _open_ties(Person, OuterRef("person"))
        of_person = reduce(or_, (Q(person__in=tie) for tie in about))
        ties += [
            link._default_manager.filter(of_person, source=row).order_by().values_list("source")
            for link in OUT_OF_SOURCES
        ]
    return ties


def _sql(rows: QuerySet[Any, Any]) -> str:
    """A statement without values of its own."""
    sql, values = rows.query.sql_with_params()
    if values:
        raise TypeError(f"Values of nobody: {values}")
    return str(sql)
