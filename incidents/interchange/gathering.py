"""The rows of some cases: all that they tell of, and of others only what ties two of them.

A restricted case that was not asked for leaves no trace, nor does anybody known from it alone. What
was told in trust is gathered only where that is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from incidents.informants import informants_of
from incidents.interchange.declared import KIND, KIND_OF, links_to
from incidents.models import (
    CITED_FACTS,
    Agency,
    AgencyParent,
    Citation,
    CopyKind,
    Incident,
    LegalAction,
    PersonRelation,
    Posting,
    Source,
)
from incidents.visibility import restricted_cases

_OF_THE_CASE: Final = tuple(kind.name for kind, name in links_to(Incident) if name == "incident")
_OF_THEIRS: Final = (
    ("disappearance-element", "violation"),
    ("addressee", "intervention"),
    ("legal-step", "action"),
)
_BOTH_ENDS: Final = (
    ("incident-link", "from_incident", "to_incident"),
    ("legal-relation", "action", "other"),
)
_OF_PEOPLE: Final = ("person-name", "contact", "consent")
_TELLING: Final = ("violation", "involvement", "status", "body-entry")
_SHARED: Final = {"person": "person", "legal_action": "legal-action", "legal_step": "legal-step"}
"""Columns of a citation whose fact can belong to several cases → its kind."""

Row = tuple[str, int]
"""Kind and number of a row."""


@dataclass(slots=True)
class Gathered:
    """What goes into a file."""

    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Kind → numbers."""
    absent: set[tuple[Row, str, Row]] = field(default_factory=set)
    """Row, column, and the other end that is not in the file."""
    hidden: set[Row] = field(default_factory=set)
    """Rows known from restricted cases that were not asked for: the file does not say that there
    is anything."""
    confidential: set[int] = field(default_factory=set)
    """Sources told in trust that stay."""
    held_back: int = 0
    """Citations that stay with them."""


def gather(cases: Collection[int], *, informants: bool) -> Gathered:
    """Find the rows of these incidents."""
    return _Gathering(set(cases), informants=informants).all()


class _Gathering:
    def __init__(self, cases: set[int], *, informants: bool) -> None:
        self.found = Gathered()
        self.rows = self.found.rows
        self.rows["incident"] = cases
        self.informants = informants
        restricted = Incident.objects.filter(restricted=True).exclude(pk__in=cases)
        self.concealed = set(restricted.values_list("pk", flat=True))
        self._known: dict[Row, bool] = {}

    def all(self) -> Gathered:
        """Kind by kind, until nothing new is found."""
        self._facts()
        self._people()
        before = -1
        while before != (now := len(self.rows["person"]) + len(self.rows["source"])):
            before = now
            self._sources()
        self._of_people()
        self._agencies()
        self._between()
        return self.found

    def _facts(self) -> None:
        for name in _OF_THE_CASE:
            self._add(name, incident__in=self.rows["incident"])
        self._add("legal-action", incidents__in=self.rows["incident"])
        for name, owner in _OF_THEIRS:
            self._add(name, **{f"{owner}__in": self.rows[_end_of(name, owner)]})

    def _people(self) -> None:
        """Those of whom the cases tell, and those beside them unless a restricted case hides
        them."""
        for name in _TELLING:
            self.rows["person"] |= self._values(name, "person")
        self.rows["person"] |= self._values("intervention", "people")
        told = set(self.rows["person"])
        beside = self._values("legal-action", "complainant") | self._values(
            "legal-action", "people"
        )
        for near, far in (("person", "other"), ("other", "person")):
            ties = PersonRelation.objects.filter(**{f"{near}__in": told})
            beside |= set(ties.values_list(far, flat=True))
        self.rows["person"] |= {pk for pk in beside - told if not self._hides("person", pk)}

    def _sources(self) -> None:
        """Citations of what is here, their sources, on what these rest, and who told them."""
        of_its_own, shared = Q(), Q()
        for column, model in CITED_FACTS.items():
            rows = self.rows[KIND_OF[model].name]
            concealed = {
                pk for pk in rows if column in _SHARED and self._touched(_SHARED[column], pk)
            }
            of_its_own |= Q(**{f"{column}__in": rows - concealed})
            shared |= Q(**{f"{column}__in": concealed})
        own = Citation.objects.filter(of_its_own)
        sources = set(own.values_list("source", flat=True))
        # Of what a restricted case tells too: only what rests on a source of the file anyway.
        citations = own | Citation.objects.filter(shared, source__in=sources)
        self.rows["source"] |= self._open(sources)
        self.rows["citation"] = set(
            citations.filter(source__in=self.rows["source"]).values_list("pk", flat=True)
        )
        self.found.held_back = citations.filter(source__in=self.found.confidential).count()
        self._posts()
        self._origins()
        if self.informants:
            self.rows["person"] |= set(
                informants_of(Source.objects.filter(pk__in=self.rows["source"]))
            )

    def _posts(self) -> None:
        posts = Posting.objects.filter(person__in=self.rows["person"])
        named = set(posts.values_list("source", flat=True))
        self.rows["source"] |= self._open(self._not_hidden("source", named))
        self._add("posting", person__in=self.rows["person"], source__in=self.rows["source"])

    def _origins(self) -> None:
        new = self.rows["source"]
        while new:
            rests_on = Source.objects.filter(pk__in=new, origin__isnull=False)
            named = set(rests_on.values_list("origin", flat=True)) - self.rows["source"]
            new = self._open(self._not_hidden("source", named))
            self.rows["source"] |= new
        captures = KIND["capture"].model._default_manager.filter(source__in=self.rows["source"])
        # The program makes a copy without metadata again.
        captures = captures.exclude(copy_kind=CopyKind.CLEANED)
        self.rows["capture"] = set(captures.values_list("pk", flat=True))

    def _of_people(self) -> None:
        for name in _OF_PEOPLE:
            self._add(name, person__in=self.rows["person"])
        self._add("person-relation", person__in=self.rows["person"], other__in=self.rows["person"])

    def _agencies(self) -> None:
        """Those that any row names, and under whom they stood."""
        new: set[int] = set()
        for kind, name in links_to(Agency):
            if kind.model is not AgencyParent:
                new |= self._values(kind.name, name)
        while new:
            self.rows["agency"] |= new
            parents = AgencyParent.objects.filter(agency__in=new)
            new = set(parents.values_list("parent", flat=True)) - self.rows["agency"]
        self._add("agency-parent", agency__in=self.rows["agency"])

    def _between(self) -> None:
        """Links whose ends are both here; of others, the end that is absent is named."""
        for name, one, other in _BOTH_ENDS:
            kind = KIND[name]
            end = _end_of(name, one)
            there = self.rows[end]
            manager = kind.model._default_manager
            ties = manager.filter(Q(**{f"{one}__in": there}) | Q(**{f"{other}__in": there}))
            for pk, first, second in ties.values_list("pk", one, other):
                if {first, second} <= there:
                    self.rows[name].add(pk)
                    continue
                column, far = (other, second) if first in there else (one, first)
                self._name_absent((name, pk), column, (end, far))
        through = LegalAction.incidents.through.objects
        of_actions = through.filter(legalaction__in=self.rows["legal-action"])
        for action, incident in of_actions.exclude(incident__in=self.rows["incident"]).values_list(
            "legalaction", "incident"
        ):
            self._name_absent(("legal-action", action), "incidents", ("incident", incident))

    def _name_absent(self, row: Row, column: str, end: Row) -> None:
        if not self._touched(*end):
            self.found.absent.add((row, column, end))

    def _add(self, name: str, **condition: Any) -> None:
        rows = KIND[name].model._default_manager.filter(**condition)
        self.rows[name] |= set(rows.values_list("pk", flat=True))

    def _values(self, name: str, column: str) -> set[int]:
        rows = KIND[name].model._default_manager.filter(pk__in=self.rows[name])
        return set(rows.order_by().values_list(column, flat=True)) - {None}

    def _open(self, sources: Iterable[int]) -> set[int]:
        """Those that may go; the others are noted."""
        wanted = set(sources)
        if self.informants:
            return wanted
        trusted = Source.objects.filter(pk__in=wanted, confidential=True)
        held_back = set(trusted.values_list("pk", flat=True))
        self.found.confidential |= held_back
        return wanted - held_back

    def _not_hidden(self, name: str, rows: Iterable[int | None]) -> set[int]:
        here = self.rows[name]
        return {pk for pk in rows if pk and (pk in here or not self._hides(name, pk))}

    def _hides(self, name: str, pk: int) -> bool:
        """Whether a row beside the cases stays, since a restricted one touches it."""
        if self._touched(name, pk):
            self.found.hidden.add((name, pk))
            return True
        return False

    def _touched(self, name: str, pk: int) -> bool:
        """Whether a restricted case that was not asked for tells of a row."""
        if not self.concealed:
            return False
        if (name, pk) not in self._known:
            self._known[name, pk] = bool(self._restricted(name, pk) - self.rows["incident"])
        return self._known[name, pk]

    def _restricted(self, name: str, pk: int) -> set[int]:
        if name == "legal-step":
            step = KIND[name].model._default_manager.filter(pk=pk)
            return restricted_cases(LegalAction, step.values_list("action", flat=True)[0])
        return restricted_cases(KIND[name].model, pk)


def _end_of(name: str, column: str) -> str:
    """The kind to which a column of a kind leads."""
    [link] = (link for link in KIND[name].links if link.name == column)
    return KIND_OF[link.related_model].name
