"""Asking of an array instead of a query, so that the database decides what it reads first."""

from django.db.models import BooleanField, Func


class IsAmong(Func):
    """Whether a value is in an array: ``IsAmong("pk", ArraySubquery(few))``.

    An array that depends on no row is made once, before any row is looked at, and taken for a few
    values, each of which is looked up by an index. An array of another row, a path of areas, is
    one look-up by an index too.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()
