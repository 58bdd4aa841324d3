"""Cases on their way in tests: this database written out, emptied, and filled again."""

import io
import json
import tarfile

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from config.embedded.sealed_files import make_key
from incidents.models import StaffMember

KEPT = {"incidents_staffmember", "incidents_staffmember_groups"}


def superuser(name="carrier"):
    return StaffMember.objects.filter(username=name).first() or (
        StaffMember.objects.create_superuser(name, password="correct horse", pseudonym="Sangat")
    )


def another_installation():
    """Leave nothing of the case file and of the record, and be called by another code."""
    tables = [
        model._meta.db_table
        for app in ("incidents", "record")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in KEPT
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables
            )
        )
        filled = [table for (table,) in cursor.fetchall()]
        for table in filled:
            # Append-only tables refuse.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in filled:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def export(to, *cases, **options):
    """Write a file, unsealed unless a key is named; the parts of it that are not of the moment."""
    if "key" not in options:
        options["unsealed"] = True
    names = [str(getattr(case, "pk", case)) for case in cases]
    out, told = io.StringIO(), io.StringIO()
    call_command(
        "export_cases", *names, to=to, by=superuser().username, stdout=out, stderr=told, **options
    )
    return told.getvalue()


def receive(file, **options):
    """Bring a file in; what the command says."""
    out, told = io.StringIO(), io.StringIO()
    call_command("receive_cases", file, by=superuser().username, stdout=out, stderr=told, **options)
    return out.getvalue()


def refusal(file, **options):
    """What is said of a file that is not taken."""
    told = io.StringIO()
    try:
        call_command(
            "receive_cases",
            file,
            by=superuser().username,
            stdout=io.StringIO(),
            stderr=told,
            **options,
        )
    except Exception as error:
        return f"{told.getvalue()}{error}"
    raise AssertionError("It was taken in.")


def parts(file):
    """Name → content of the parts of an unsealed file."""
    with tarfile.open(file) as archive:
        return {each.name: archive.extractfile(each).read() for each in archive}


def rows(file, kind=None):
    """The rows of an unsealed file."""
    found = [json.loads(line) for line in parts(file)["rows.ndjson"].split(b"\n") if line]
    return [row for row in found if kind in (None, row["kind"])]


def lasting(file):
    """All of an unsealed file but what is of the moment."""
    return {
        name: content
        for name, content in parts(file).items()
        if name not in ("manifest.json", "SHA256SUMS")
    }


def key(tmp_path):
    path = tmp_path / "carry.key"
    make_key(path)
    return path
