"""Nested serializers: an incident with its violations, their victims, agencies and citations."""

from rest_framework import serializers

from bench.plain.models import (
    Agency,
    Citation,
    District,
    Incident,
    Province,
    Source,
    Victim,
    Violation,
    ViolationType,
)


class _Of(serializers.ModelSerializer):  # type: ignore[type-arg]
    """Every field of a model."""

    class Meta:
        fields = "__all__"


def _serializer(model: type, **fields: serializers.BaseSerializer) -> type[_Of]:  # type: ignore[type-arg]
    """A serializer of every field of a model, with some of them nested."""
    meta = type("Meta", (), {"model": model, "fields": "__all__"})
    return type(f"{model.__name__}Serializer", (_Of,), {**fields, "Meta": meta})


ProvinceSerializer = _serializer(Province)
DistrictSerializer = _serializer(District, province=ProvinceSerializer())
TypeSerializer = _serializer(ViolationType)
AgencySerializer = _serializer(Agency)
SourceSerializer = _serializer(Source)
VictimSerializer = _serializer(Victim)
CitationSerializer = _serializer(Citation, source=SourceSerializer())
_NESTED = {
    "type": TypeSerializer(),
    "province": ProvinceSerializer(),
    "district": DistrictSerializer(),
    "victim": VictimSerializer(),
    "agencies": AgencySerializer(many=True),
    "citations": CitationSerializer(many=True),
}
ViolationInIncidentSerializer = _serializer(Violation, **_NESTED)
IncidentSerializer = _serializer(Incident, violations=ViolationInIncidentSerializer(many=True))
BareIncidentSerializer = _serializer(Incident)
ViolationSerializer = _serializer(Violation, incident=BareIncidentSerializer(), **_NESTED)
