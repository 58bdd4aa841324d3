"""History of the many-to-many links: who was added to what, and when.

Django makes the tables of these links by itself; a proxy of each is what triggers hang on.
"""

import pghistory

from incidents.models.incident import Incident, Protest
from incidents.models.intervention import Intervention
from incidents.models.legal import LegalAction
from incidents.models.violation import Violation

tracked = pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)


@tracked
class IncidentAssignment(Incident.assigned.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class ProtestKind(Protest.kinds.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class ProtestResponse(Protest.state_responses.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class ViolationMethod(Violation.methods.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    # Named after the table of the links, by which the door for erasing history finds it.
    meta={"db_table": "incidents_violation_intentsevent"},
)
class ViolationIntent(Violation.intents.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class LegalActionIncident(LegalAction.incidents.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class LegalActionPerson(LegalAction.people.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class InterventionKind(Intervention.types.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True


@tracked
class InterventionPerson(Intervention.people.through):  # type: ignore[name-defined,misc]
    class Meta:
        proxy = True
