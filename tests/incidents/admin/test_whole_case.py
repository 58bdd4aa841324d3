"""A whole case goes from an empty page to the public record through nothing but the admin."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from incidents import demonstration, publishing
from incidents.models import Incident, Stage
from record.models.entry import ENTRY_OF
from tests.incidents.admin.entry import CASE, Clerk
from tests.incidents.admin.pages import Form, messages_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def contents():
    """Everything the record says, without when it was said."""
    found = {}
    for model in ENTRY_OF.values():
        for entry in model.objects.live():
            document = entry.content()
            for member in ("version", "first_published", "published_at"):
                del document[member]
            found[entry.reference] = json.loads(json.dumps(document, sort_keys=True))
    return found


def demonstrated():
    with transaction.atomic():
        demonstration.load(at=NOW)
        found = contents()
        transaction.set_rollback(True)
    return found


def step(client, pk, name, **more):
    path = f"/admin/incidents/incident/{pk}/publication/"
    seen = client.get(path).context["seen"]
    response = client.post(path, {"step": name, "seen": seen, **more})
    assert response.status_code == 302
    return messages_of(client)


def test_the_documented_case_typed_into_the_admin_is_published_as_the_demonstration_is(
    clerk, publisher, monkeypatch
):
    expected = demonstrated()
    incidents = Clerk(clerk).enter()
    assert [Incident.objects.get(pk=pk).title for pk in incidents] == [
        row["title"] for row in CASE["incident"]
    ]
    monkeypatch.setattr(publishing.releasing.timezone, "now", lambda: NOW)
    for pk in incidents:
        step(clerk, pk, "submit")
    for pk in incidents:
        assert step(publisher, pk, "approve") == ["Done: Approve for publication."]
        assert step(publisher, pk, "publish", confirmed="yes") == ["Done: Publish."]
    found = contents()
    assert sorted(found) == sorted(expected)
    for reference in expected:
        assert found[reference] == expected[reference], reference


def test_a_page_that_is_saved_as_it_was_opened_changes_nothing(clerk, publisher):
    demonstration.load(at=NOW)
    for incident in Incident.objects.all():
        before = incident.changed_at
        form = Form(clerk, f"/admin/incidents/incident/{incident.pk}/change/", "incident_form")
        form.save()
        incident.refresh_from_db()
        assert incident.stage == Stage.APPROVED
        assert incident.changed_at == before
