"""Clusters, checkouts and accounts for the tests of the launcher."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from config.database import ROLES
from config.embedded.account import Account
from config.embedded.places import PROJECT, cluster
from config.embedded.use import ensure_running, stop
from config.grants import missing_roles

AS_ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")


@pytest.fixture
def folder():
    """A short directory that every account may enter; pytest's own is closed to others."""
    path = new_folder()
    yield path
    remove(path)


def remove(folder, attempts=50):
    """Delete a folder, also while a program that was interrupted clears up in it."""
    for _attempt in range(attempts):
        if not folder.exists():
            return
        try:
            shutil.rmtree(folder)
        except OSError:
            time.sleep(0.1)
    assert not folder.exists()


def new_folder():
    path = Path(tempfile.mkdtemp(prefix="gawah-"))
    path.chmod(0o755)
    return path


@pytest.fixture
def up(folder):
    """``ensure_running``, undone after the test."""
    uses = []

    def bring_up(which):
        uses.append(ensure_running(which))
        return uses[-1]

    yield bring_up
    for use in uses:
        use.leave()


@pytest.fixture
def a_cluster(folder):
    """A cluster that does not exist yet, stopped afterwards."""
    made = cluster(project=folder, durable=False, environ={})
    yield made
    stop(made)


@pytest.fixture(scope="session")
def at_rest():
    """One cluster for many tests, because creating one is what takes long."""
    path = new_folder()
    made = cluster(project=path, durable=False, environ={})
    ensure_running(made).leave()
    yield made
    remove(path)


@pytest.fixture
def made(at_rest, up):
    """A cluster that was created before and does not run; it is stopped again afterwards."""
    yield at_rest
    stop(at_rest)


@pytest.fixture(scope="session")
def running():
    """A server that runs for all tests that only look at it."""
    path = new_folder()
    use = ensure_running(cluster(project=path, durable=False, environ={}))
    yield use.cluster
    use.leave()
    remove(path)


@pytest.fixture
def sleeper(made):
    """A process of the server's account that is no server."""
    process = subprocess.Popen(["sleep", "600"], **made.account.popen_arguments())
    yield process
    process.kill()
    process.wait()


def connect(to, user="gawah_owner", dbname="gawah"):
    return psycopg2.connect(host=str(to.socket), user=user, dbname=dbname)


def ask(to, query, user="gawah_owner", dbname="gawah"):
    """The first value that ``query`` answers."""
    connection = connect(to, user, dbname)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def postmaster(of):
    """The process number of the running server."""
    return int((of.data / "postmaster.pid").read_text().split()[0])


def python_for(account):
    """A Python with our packages that ``account`` can run; skips the test without one."""
    environment = {"PYTHONPATH": os.pathsep.join([str(PROJECT), *site_packages()])}
    for each in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            subprocess.run(
                [each, "-c", "import psycopg2, django"],
                env=environment,
                cwd="/",
                check=True,
                capture_output=True,
                **account.popen_arguments(),
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return each, environment
    pytest.skip(f"{account.name} can run no Python that has our packages")


def site_packages():
    return [each for each in sys.path if each.endswith("site-packages")]


@pytest.fixture
def somebody():
    """An unprivileged account that tests started by root can become."""
    if not AS_ROOT:
        pytest.skip("only root can become another account")
    return Account(NOBODY.pw_uid, NOBODY.pw_gid)


STARTER = """
import sys
from pathlib import Path
from config.embedded.places import cluster
from config.embedded.use import ensure_running
use = ensure_running(cluster(project=Path(sys.argv[1]), durable=False, environ={}))
print("ready", flush=True)
sys.stdin.readline()
print("stopped" if use.leave() else "left", flush=True)
"""


def starter(project, account=None, **arguments):
    """Another process that starts the server of ``project``, and leaves it after a line of input.

    Says ``ready``, then ``stopped`` if it was the last user, else ``left``.
    """
    python, environment = sys.executable, {"PYTHONPATH": str(PROJECT)}
    if account is not None:
        python, environment = python_for(account)
        arguments |= account.popen_arguments()
    return subprocess.Popen(
        [python, "-c", STARTER, str(project)],
        env=os.environ | environment,
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **arguments,
    )


def answers(of):
    """All that a starter says once it is told to go on."""
    out, _ = of.communicate("\n", timeout=60)
    return out.split()


@pytest.fixture
def roles(db):
    """The roles of the application and the reader; skips where the server has none."""
    if missing := missing_roles():
        pytest.skip(f"this server has no role {' and no role '.join(missing)}")


@pytest.fixture
def role(roles, transactional_db):
    """Connect under another role for a block: ``with role("reader"): ...``."""
    call_command("grant_roles", verbosity=0)
    settings = connection.settings_dict
    owner = settings["USER"]

    @contextmanager
    def under(name):
        connection.close()
        settings["USER"] = ROLES[name]
        try:
            yield
        finally:
            connection.close()
            settings["USER"] = owner

    return under
