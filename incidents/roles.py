"""The four groups of staff and what each may do. Everything not named here is not allowed."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions

CASE_MODELS = (
    "incident",
    "incidentlink",
    "casualties",
    "protest",
    "person",
    "victim",
    "personname",
    "personrelation",
    "contact",
    "posting",
    "violation",
    "disappearanceelement",
    "attribution",
    "involvement",
    "statusentry",
    "bodyentry",
    "agency",
    "agencyparent",
    "legalaction",
    "legalstep",
    "legalrelation",
    "intervention",
    "interventionaddressee",
    "account",
    "source",
    "capture",
    "citation",
    "consent",
    "picture",
    "task",
)
"""Rows that people who enter cases write. Deleting is not among it: history is kept."""

READ_ONLY_MODELS = ("review", "custodyentry", "importbatch", "listrow", "job")
"""Logs that everybody on staff may read and nobody may edit."""

PARTS = (
    "incidentlink",
    "casualties",
    "protest",
    "personname",
    "personrelation",
    "contact",
    "posting",
    "disappearanceelement",
    "attribution",
    "involvement",
    "statusentry",
    "bodyentry",
    "agencyparent",
    "legalstep",
    "legalrelation",
    "interventionaddressee",
    "account",
    "citation",
    "violation",
)
"""Rows inside a case that may be removed while it is drafted. The history keeps them."""

DATA_ENTRY = "Data entry"
REVIEWER = "Reviewer"
PUBLISHER = "Publisher"
ADMINISTRATOR = "Administrator"


def permissions_of(group: str) -> frozenset[tuple[str, str]]:
    """(application, codename) of each permission of a group."""
    return frozenset(_PERMISSIONS[group]())


def _data_entry() -> Iterator[tuple[str, str]]:
    for model in CASE_MODELS:
        yield from (("incidents", f"{verb}_{model}") for verb in ("view", "add", "change"))
    yield from (("incidents", f"delete_{model}") for model in PARTS)
    yield from (("incidents", f"view_{model}") for model in READ_ONLY_MODELS)
    yield from (("reference", f"view_{model}") for model in ("term", "area"))
    yield from (("incidents", f"{verb}_sourcelist") for verb in ("view", "add", "change"))
    yield "incidents", "import_lists"


def _reviewer() -> Iterator[tuple[str, str]]:
    yield from _data_entry()
    yield "incidents", "review_incident"
    yield "incidents", "download_picture_original"
    yield "incidents", "export_evidence"
    yield "incidents", "export_papers"


def _publisher() -> Iterator[tuple[str, str]]:
    yield from _reviewer()
    yield "incidents", "publish_incident"
    yield from (("incidents", name) for name in ("view_expunging", "agree_to_expunging"))
    yield "incidents", "export_confidential_evidence"


def _administrator() -> Iterator[tuple[str, str]]:
    """Staff, the access log, vocabularies, the organisation itself and tokens of the API. An
    administrator needs no access to cases, and has none."""
    yield from (("incidents", f"{verb}_staffmember") for verb in ("view", "add", "change"))
    yield "auth", "view_group"
    yield "incidents", "view_accessevent"
    for name in ("view_expunging", "add_expunging", "agree_to_expunging"):
        yield "incidents", name
    for model in ("term", "area", "areaname", "organisation", "pagetext"):
        yield from (("reference", f"{verb}_{model}") for verb in ("view", "add", "change"))
    yield from (("api", f"{verb}_issuedtoken") for verb in ("view", "add", "change"))


_PERMISSIONS = {
    DATA_ENTRY: _data_entry,
    REVIEWER: _reviewer,
    PUBLISHER: _publisher,
    ADMINISTRATOR: _administrator,
}


def ensure_groups(**_signal: Any) -> None:
    """Bring the four groups in line with this module. Runs after every migration."""
    for label in ("incidents", "reference", "auth", "api"):
        # Django makes the permissions of an application after our signal may have come.
        create_permissions(apps.get_app_config(label), verbosity=0)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permission_model.objects.select_related("content_type")
    }
    for name in _PERMISSIONS:
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.set([known[key] for key in sorted(permissions_of(name)) if key in known])
