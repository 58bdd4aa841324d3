"""An office as it is deployed: the staff behind one door, everybody else before another.

Two servers on one database that holds no case yet: that of the staff as ``gawah_app`` without any
public page, that of the public as ``gawah_reader`` without any account.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.management import call_command

from incidents import roles
from tests.browser.site import database, filled, served
from tests.incidents import factories as make

PASSWORD = "seven goats cross a dry river"


@dataclass(frozen=True)
class Office:
    """The addresses of both sides without a slash at the end, and the user names of three people
    with one password."""

    staff: str
    public: str
    clerk: str
    reviewer: str
    publisher: str


@contextmanager
def running_office(folder):
    """The office for the block; ``folder`` has the static files."""
    name = f"{settings.TEST_DATABASE}_office"
    with database(name):
        with ThreadPoolExecutor(1) as thread:
            # While Playwright runs, Django does not touch a database from its thread.
            people = thread.submit(filled, name, folder, move_in).result()
        with (
            served(name, folder, "app", GAWAH_SIDE="staff") as staff,
            served(name, folder, "reader", GAWAH_SIDE="public") as public,
        ):
            yield Office(staff, public, *people)


def move_in():
    """Vocabularies, areas and three people. Returns their user names."""
    call_command("grant_roles", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    groups = (roles.DATA_ENTRY, roles.REVIEWER, roles.PUBLISHER)
    return [colleague(group).get_username() for group in groups]


def colleague(group):
    """Somebody of a group who can log in at a server, which knows no password of the tests."""
    member = make.staff(group)
    member.password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    member.save()
    return member
