"""A case goes out of one installation and into an empty one, and is the same there."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from incidents import demonstration
from incidents.interchange.declared import KINDS
from incidents.models import AccessEvent, Arrival, Incident, Person, Violation
from tests.incidents import factories as make
from tests.incidents.interchange.carried import (
    another_installation,
    export,
    lasting,
    receive,
    rows,
)
from tests.incidents.interchange.crowded import crowded

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def documented(django_db_setup, django_db_blocker, tmp_path_factory):
    """The documented case, written out of an installation of which nothing is left."""
    file = tmp_path_factory.mktemp("carried") / "documented"
    with django_db_blocker.unblock(), transaction.atomic():
        export(file, *demonstration.load())
        transaction.set_rollback(True)
    return file


def test_the_documented_case_is_the_same_in_an_empty_installation(documented, tmp_path):
    receive(documented)
    export(tmp_path / "here", *Incident.objects.all())
    assert lasting(tmp_path / "here") == lasting(documented)
    assert {row["kind"] for row in rows(documented)} > {"violation", "legal-step", "citation"}


def test_every_column_that_travels_is_the_same_in_an_empty_installation(tmp_path):
    export(tmp_path / "there", *crowded()["incident"])
    another_installation()
    receive(tmp_path / "there")
    export(tmp_path / "here", *Incident.objects.all())
    assert lasting(tmp_path / "here") == lasting(tmp_path / "there")
    found = rows(tmp_path / "here")
    silent = {
        (kind.name, name)
        for kind in KINDS
        for name in kind.fields
        if all(
            row["values"][name] in (None, "", [], False)
            for row in found
            if row["kind"] == kind.name
        )
    }
    # Told in trust, or true of no row that is shown here.
    assert silent == {
        ("source", "confidential"),
        ("source", "informant"),
        ("incident", "restricted"),
        *(("violation", f"{name}_unknown") for name in ("conditions", "case_code", "case_name")),
    }


def test_the_numbers_are_new_and_the_identifiers_are_not(tmp_path):
    case = make.incident()
    act = make.violation(case)
    export(tmp_path / "there", case)
    [before] = rows(tmp_path / "there", "violation")
    another_installation()
    receive(tmp_path / "there")
    came = Violation.objects.get()
    assert came.pk != act.pk
    assert Arrival.objects.get(kind="violation", row=came.pk).identifier == before["id"]


def test_bringing_a_file_in_again_changes_nothing(documented, tmp_path):
    receive(documented)
    export(tmp_path / "once", *Incident.objects.all())
    before = everything()
    assert "New rows: 0." in receive(documented)
    assert everything() == before
    export(tmp_path / "twice", *Incident.objects.all())
    assert lasting(tmp_path / "twice") == lasting(tmp_path / "once")


def everything():
    """Every row of every table of the case file, histories included."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("incidents").get_models(include_auto_created=True):
            if model._meta.proxy or model is AccessEvent:
                continue
            cursor.execute(f"SELECT row::text FROM {model._meta.db_table} AS row ORDER BY 1")
            found[model._meta.db_table] = cursor.fetchall()
    return found


def test_a_file_changes_nothing_where_it_comes_from(tmp_path):
    case = make.incident()
    make.violation(case)
    export(tmp_path / "file", case)
    assert "New rows: 0." in receive(tmp_path / "file")
    assert not Arrival.objects.exists()


def test_a_row_that_came_goes_back_with_what_was_added_to_its_case(tmp_path):
    case = make.incident()
    make.violation(case)
    export(tmp_path / "there", case)
    another_installation()
    receive(tmp_path / "there")
    came = Incident.objects.get()
    added = make.violation(came, Person.objects.get(), "torture")
    export(tmp_path / "back", came)
    names = [row["id"] for row in rows(tmp_path / "back", "violation")]
    assert names[0].split(":")[0] != names[1].split(":")[0]
    assert names[1].endswith(f":violation:{added.pk}")
    another_installation()
    receive(tmp_path / "there")
    assert "violation: 1" in receive(tmp_path / "back")
    assert sorted(Violation.objects.values_list("type__code", flat=True)) == [
        "enforced-disappearance",
        "torture",
    ]


def test_what_is_filled_empty_and_unknown_stays_three_things(tmp_path):
    case = make.incident()
    filled = {"conditions": "Blindfolded", "counsel": make.term("counsel-access", "refused")}
    unknown = {"conditions_unknown": True, "counsel": make.term("counsel-access", "unknown")}
    for values in (filled, unknown, {}):
        make.violation(case, type="arbitrary-detention", **values)
    export(tmp_path / "there", case)
    another_installation()
    receive(tmp_path / "there")
    told = Violation.objects.order_by("pk").values_list(
        "conditions", "conditions_unknown", "counsel__code"
    )
    assert list(told) == [
        ("Blindfolded", False, "refused"),
        ("", True, "unknown"),
        ("", False, None),
    ]
