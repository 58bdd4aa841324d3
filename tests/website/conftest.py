"""Fixtures of the page tests."""

import math

import pytest
from django.utils import translation

from reference import vocabularies
from tests.website.turbat import publish_case


@pytest.fixture(autouse=True)
def english():
    """Begin in English: a request for an Urdu page leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def turbat(db):
    """The Turbat case, published."""
    publish_case()


@pytest.fixture
def counted(monkeypatch):
    """For counting queries: vocabularies once read are not checked again, however slow we are."""
    monkeypatch.setattr(vocabularies, "CHECK_EVERY", math.inf)
