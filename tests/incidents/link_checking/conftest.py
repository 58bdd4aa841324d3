"""A web server of the test's own, which the program is allowed to ask although it is inside."""

import pytest

from incidents.link_checking import politeness
from tests.incidents.link_checking.server import Proxy, Server, serving


@pytest.fixture(autouse=True)
def _asking_is_allowed(settings, monkeypatch):
    """At once and of this machine; how long hosts are left in peace has tests of its own."""
    settings.GAWAH_CHECK_LINKS = True
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ("127.0.0.1",)
    monkeypatch.setattr(politeness, "PAUSE", 0.0)


@pytest.fixture
def server():
    with serving(Server()) as running:
        yield running


@pytest.fixture
def proxy(settings):
    with serving(Proxy()) as running:
        settings.GAWAH_LINK_PROXY = running.address
        yield running
