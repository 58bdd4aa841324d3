"""Somebody of each group, each at a browser of their own."""

import pytest
from django.test import Client

from incidents import roles
from incidents.models import StaffMember
from tests.incidents import factories


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
