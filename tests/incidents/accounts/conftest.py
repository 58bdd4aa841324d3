"""Accounts as in production: everybody needs a second factor."""

import pytest
from django.conf import settings as all_settings
from django.utils import translation

from incidents import roles
from tests.incidents import factories
from tests.incidents.accounts.people import at_work, with_app


@pytest.fixture(autouse=True)
def _required(settings):
    settings.GAWAH_SECOND_FACTOR = "required"


@pytest.fixture(autouse=True)
def _english():
    """A page in Urdu leaves its language behind in the process that served it."""
    translation.activate(all_settings.LANGUAGE_CODE)
    yield
    translation.activate(all_settings.LANGUAGE_CODE)


@pytest.fixture
def sana(db):
    """Somebody who enters cases, with an authenticator app."""
    return with_app(factories.staff(roles.DATA_ENTRY))


@pytest.fixture
def head(db):
    """An administrator, with an authenticator app."""
    return with_app(factories.staff(roles.ADMINISTRATOR))


@pytest.fixture
def desk(sana):
    """The browser at which Sana works."""
    return at_work(sana)


@pytest.fixture
def office(head):
    """The browser of the administrator."""
    return at_work(head)
