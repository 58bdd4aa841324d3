"""The plain tables, made and filled from the same generated cases.

Their models are not installed in Gawah; their tables are made as a migration would make them.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, models

from bench.world.copying import Copies
from bench.world.documents import Stretch
from config.database import ROLES
from record.kinds import Kind
from record.models import AgencyEntry
from record.reading import Document, bounds
from reference.models import Area, Term
from reference.vocabularies import term

_AGENCY_OF: Final = "plain_violation_agencies"


def ready() -> list[type[models.Model]]:
    """The models of the plain API, known to this process although it is not installed."""
    from bench.plain import models as plain

    return [
        *(plain.Province, plain.District, plain.ViolationType, plain.Agency, plain.Source),
        *(plain.Incident, plain.Victim, plain.Violation, plain.Citation),
    ]


def make_tables() -> list[str]:
    """Make the tables and fill in what they share; returns the names of the large ones."""
    known = ready()
    with connection.schema_editor() as editor:
        for model in known:
            editor.create_model(model)
    _fill_reference()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX plain_incident_words ON plain_incident"
            " USING gin (to_tsvector('english', account))"
        )
        names = ", ".join([*(str(model._meta.db_table) for model in known), _AGENCY_OF])
        cursor.execute(f"GRANT SELECT ON {names} TO {ROLES['reader']}")
    large = ("source", "incident", "victim", "violation", "citation", "violation_agencies")
    return [f"plain_{name}" for name in large]


def _fill_reference() -> None:
    from bench.plain.models import Agency, District, Province, ViolationType

    level = {area.pk: area for area in Area.objects.filter(level__in=("province", "district"))}
    Province.objects.bulk_create(
        Province(pk=area.pk, code=area.code, name=area.name)
        for area in level.values()
        if area.level == "province"
    )
    District.objects.bulk_create(
        District(pk=area.pk, code=area.code, name=area.name, province_id=province)
        for area in level.values()
        if area.level == "district"
        for province in [next(pk for pk in area.path if pk in level)]
    )
    types = Term.objects.filter(vocabulary="violation-type").order_by("pk")
    by_depth = sorted(types, key=lambda term: len(term.path))
    for each in by_depth:
        parent = each.path[-2] if len(each.path) > 1 else None
        label = each.label_in("en")
        ViolationType.objects.create(pk=each.pk, code=each.code, label=label, parent_id=parent)
    Agency.objects.bulk_create(
        Agency(pk=entry.pk, name=entry.content()["name"]) for entry in AgencyEntry.objects.all()
    )


class PlainRows:
    """What the plain tables say of a stretch."""

    def __init__(self) -> None:
        self._areas = {area.code: area for area in Area.objects.all()}
        self._agencies = dict(AgencyEntry.objects.values_list("reference", "pk"))

    def add(self, copies: Copies, stretch: Stretch) -> None:
        """Add the rows of all objects of a stretch."""
        ids = {
            identity.reference: identity.id
            for kind in (Kind.SOURCE, Kind.VICTIM)
            for identity, _content in stretch.of(kind)
        }
        for identity, content in stretch.sources:
            values = (identity.id, identity.reference, content["title"], content["publisher"])
            copies.add_values("plain_source", ("id", "reference", "title", "publisher"), values)
        for identity, content in stretch.victims:
            _add(copies, "plain_victim", _victim(identity.id, identity.reference, content))
        own = {identity.reference: identity.id for identity, _content in stretch.violations}
        for identity, content in stretch.incidents:
            _add(copies, "plain_incident", _incident(identity.id, identity.reference, content))
            for act in content["violations"]:
                row = self._violation(own[act["reference"]], identity.id, ids, act)
                _add(copies, "plain_violation", row)
                self._add_related(copies, own[act["reference"]], ids, act)

    def _violation(
        self, pk: int, incident: int, ids: dict[str, int], act: Document
    ) -> dict[str, Any]:
        areas = act["place"]["areas"] if act["place"] else []
        levels = {area["level"]: self._areas[area["code"]].pk for area in areas}
        earliest, latest = bounds(act["start"])
        return {
            "id": pk,
            "reference": act["reference"],
            "incident_id": incident,
            "victim_id": ids[act["victim"]["reference"]],
            "type_id": term("violation-type", act["type"]["code"]).pk,
            "province_id": levels.get("province"),
            "district_id": levels.get("district"),
            "start": act["start"]["text"],
            "start_earliest": earliest,
            "start_latest": latest,
            "end": act["end"]["text"],
            "open_ended": act["open_ended"],
        }

    def _add_related(
        self, copies: Copies, violation: int, ids: dict[str, int], act: Document
    ) -> None:
        for citation in _cited(act):
            values = (violation, ids[citation["source"]], citation["locator"])
            copies.add_values("plain_citation", ("violation_id", "source_id", "locator"), values)
        for involvement in act["involvements"]:
            pair = (violation, self._agencies[involvement["party"]["agency"]])
            copies.add_values(_AGENCY_OF, ("violation_id", "agency_id"), pair)


def _cited(act: Document) -> Iterator[Document]:
    for part in (act, *act["attributions"], *act["involvements"]):
        yield from part["citations"]


def _victim(pk: int, reference: str, content: Document) -> dict[str, Any]:
    return {
        "id": pk,
        "reference": reference,
        **{name: content[name] for name in ("name", "name_local", "fathers_name")},
        **{name: content[name]["code"] for name in ("sex", "age_group", "status")},
    }


def _incident(pk: int, reference: str, content: Document) -> dict[str, Any]:
    earliest, latest = bounds(content["date"])
    return {
        "id": pk,
        "reference": reference,
        "title": content["title"],
        "account": content["account"],
        "date": content["date"]["text"],
        "earliest": earliest,
        "latest": latest,
        "grade": content["grade"]["code"],
    }


def _add(copies: Copies, table: str, row: dict[str, Any]) -> None:
    copies.add_values(table, tuple(row), row.values())
