"""Where the embedded server keeps its files, and under which account it runs."""

import os

import pytest

from config.embedded import places
from config.embedded.account import Account, server_account
from config.embedded.errors import EmbeddedServerError
from config.embedded.places import LONGEST_SOCKET_PATH, SOCKET_NAME, Cluster, cluster
from tests.config.conftest import AS_ROOT, NOBODY

as_root = pytest.mark.skipif(not AS_ROOT, reason="needs root")
ACCOUNT = Account(os.geteuid(), os.getegid())


def test_everything_is_below_var_of_the_project(folder):
    made = cluster(project=folder, environ={})
    assert made.home == folder / "var" / "postgres"
    assert made.data.parent == made.socket.parent == made.log.parent == made.home


def test_the_state_directory_of_the_environment_replaces_var(folder):
    made = cluster(project=folder, environ={"GAWAH_STATE": str(folder / "elsewhere")})
    assert made.home == folder / "elsewhere" / "postgres"


def test_the_suite_has_a_cluster_of_its_own(folder):
    ours, tests = (cluster(name, project=folder, environ={}) for name in ("a", "b"))
    assert ours.home != tests.home


def test_a_long_path_moves_the_socket_to_a_short_one(folder):
    home = folder / ("x" * 80) / "postgres"
    socket = Cluster(home, ACCOUNT).socket
    assert len(str(socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    assert not socket.is_relative_to(folder)


def test_two_long_paths_have_two_sockets(folder):
    first, second = (Cluster(folder / (letter * 90), ACCOUNT).socket for letter in "xy")
    assert first != second


def test_a_path_is_measured_in_bytes(folder):
    home = folder / ("گواہ" * 12)
    assert not Cluster(home, ACCOUNT).socket.is_relative_to(folder)


@pytest.mark.skipif(AS_ROOT, reason="root never runs the server itself")
def test_a_user_runs_the_server_as_themself(folder):
    assert server_account(folder, {}).is_ours


@as_root
def test_root_uses_nobody(folder):
    assert server_account(folder, {}).uid == NOBODY.pw_uid


@as_root
def test_root_uses_the_owner_of_the_project(folder):
    os.chown(folder, 4711, 4711)
    assert server_account(folder, {}).uid == 4711


@as_root
def test_root_uses_the_account_that_is_named(folder):
    os.chown(folder, 4711, 4711)
    named = server_account(folder, {"GAWAH_POSTGRES_ACCOUNT": "nobody"})
    assert named.uid == NOBODY.pw_uid


@as_root
def test_root_uses_the_owner_of_existing_data(folder):
    home = folder / "var" / "postgres"
    home.mkdir(parents=True)
    os.chown(home, 4711, 4711)
    assert cluster(project=folder, environ={}).account.uid == 4711


@as_root
@pytest.mark.parametrize("name", ["root", "nobody-by-this-name"])
def test_root_refuses_to_use(name, folder):
    with pytest.raises(EmbeddedServerError):
        server_account(folder, {"GAWAH_POSTGRES_ACCOUNT": name})


@as_root
def test_a_closed_project_keeps_its_database_in_the_state_directory(folder, monkeypatch):
    monkeypatch.setattr(places, "SYSTEM_STATE", folder / "lib")
    project = folder / "home" / "gawah"
    project.mkdir(parents=True)
    project.parent.chmod(0o700)
    assert cluster(project=project, environ={}).home.is_relative_to(folder / "lib")


@as_root
def test_data_stays_where_it_is_when_permissions_change(folder, monkeypatch):
    monkeypatch.setattr(places, "SYSTEM_STATE", folder / "lib")
    project = folder / "home" / "gawah"
    (project / "var" / "postgres").mkdir(parents=True)
    before = cluster(project=project, environ={})
    project.parent.chmod(0o700)
    assert cluster(project=project, environ={}).home == before.home


@pytest.mark.parametrize(
    ("mode", "may"), [(0o755, True), (0o711, True), (0o750, False), (0o700, False), (0o744, False)]
)
def test_an_account_may_enter_what_others_may_pass(mode, may, folder):
    folder.chmod(mode)
    assert Account(4711, 4711).may_enter(folder / "not there yet") is may
