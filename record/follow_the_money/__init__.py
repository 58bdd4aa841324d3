"""The public record as entities of FollowTheMoney, for tools that compare it with other data.

A record becomes what the model has a word for and nothing more: see ``docs/releases.md`` for the
whole mapping. A name that is withheld makes no name, a date that is not known no date, and
nothing alleged becomes a fact: who is alleged to be responsible is linked by a role that says so.
"""

from record.follow_the_money.entities import MEDIA_TYPE, entities_of, write_entities

__all__ = ["MEDIA_TYPE", "entities_of", "write_entities"]
