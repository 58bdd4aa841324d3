"""Somebody of each group, each at a browser of their own."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from incidents import roles
from incidents.models import StaffMember
from tests.incidents import factories


@pytest.fixture(autouse=True)
def _english():
    """A page in Urdu leaves its language behind in the process that served it."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


def browser_of(member):
    client = Client()
    client.force_login(member)
    client.member = member
    return client


@pytest.fixture
def clerk(db):
    return browser_of(factories.staff(roles.DATA_ENTRY))


@pytest.fixture
def other_clerk(db):
    return browser_of(factories.staff(roles.DATA_ENTRY))


@pytest.fixture
def reviewer(db):
    return browser_of(factories.staff(roles.REVIEWER))


@pytest.fixture
def publisher(db):
    return browser_of(factories.staff(roles.PUBLISHER))


@pytest.fixture
def administrator(db):
    return browser_of(factories.staff(roles.ADMINISTRATOR))


@pytest.fixture
def superuser(db):
    member = StaffMember.objects.create_superuser("superuser", password="correct horse battery")
    return browser_of(member)


@pytest.fixture
def anonymous(db):
    return Client()
