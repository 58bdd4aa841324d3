"""Installs the app and makes its tables for the length of a test module."""

from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import override_settings


@contextmanager
def dated_tables():
    """The tables of this app, with their history triggers, in the test database."""
    with override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, "tests.reference.dated"]):
        # Installing apps forgets no relations; those of another test's time lack this app's.
        apps.clear_cache()
        models = list(apps.get_app_config("dated").get_models())
        with connection.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
        _install_triggers(models)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(models):
                editor.delete_model(model)


def _install_triggers(models):
    """What migrate does for installed apps; there are none on a side without history."""
    if not apps.is_installed("pgtrigger"):
        return
    import pgtrigger

    for model, trigger in pgtrigger.registered():
        if model in models:
            trigger.install(model)
