"""All sections of the admin, registered by being imported."""

from incidents.admin import (  # noqa: F401
    agency,
    area,
    citation,
    incident,
    intervention,
    jobs,
    legal_action,
    person,
    review,
    source,
    staff,
    vocabulary,
)
from incidents.admin.imports import batch, lists  # noqa: F401
