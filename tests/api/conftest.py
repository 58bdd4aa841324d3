"""What every test of the API starts from and leaves behind."""

import pytest
from django.test import Client

from api import limits


class ClosingClient(Client):
    """A client that lets go of every file in the end, as a server does.

    A file that nobody read to its end would otherwise end its transaction whenever it is cleared
    away: in the middle of another test.
    """

    def __init__(self, **defaults):
        super().__init__(**defaults)
        self.answers = []

    def request(self, **request):
        answer = super().request(**request)
        self.answers.append(answer)
        return answer


@pytest.fixture
def client():
    client = ClosingClient()
    yield client
    for answer in client.answers:
        if file := getattr(answer, "file", None):
            file.close()


@pytest.fixture(autouse=True)
def requests_are_counted(monkeypatch):
    """A fault in one test makes the process stop counting for a minute, and so in the next ones."""
    monkeypatch.setattr(limits, "_idle_until", 0.0)
