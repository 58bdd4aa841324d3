"""Migrations and models agree."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    out = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())
