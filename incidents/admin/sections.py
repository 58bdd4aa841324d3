"""All sections of the admin, registered by being imported."""

from incidents.admin import (  # noqa: F401
    agency,
    area,
    citation,
    incident,
    intervention,
    legal_action,
    person,
    review,
    source,
    staff,
    vocabulary,
)
