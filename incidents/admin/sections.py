"""All sections of the admin, registered by being imported."""

from incidents.admin import (  # noqa: F401
    access_event,
    agency,
    area,
    citation,
    expunging,
    incident,
    intervention,
    jobs,
    legal_action,
    organisation,
    page_text,
    person,
    review,
    source,
    staff,
    task,
    violation,
    vocabulary,
)
from incidents.admin.imports import batch, lists  # noqa: F401
