"""The embedded server as it should be: private, durable, blind to the shell that started it."""

import os
import stat
from contextlib import contextmanager
from dataclasses import replace

import psycopg2
import pytest

from config.embedded import folders
from config.embedded.binaries import programs
from config.embedded.errors import EmbeddedServerError
from config.embedded.places import Cluster, cluster
from config.embedded.use import stop
from tests.config.conftest import ask, connect, postmaster

ROLES = ["gawah_owner", "gawah_app", "gawah_reader"]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_connects_to_the_database(role, running):
    assert ask(running, "SELECT current_user", user=role) == role


def test_the_roles_are_not_superusers(running):
    query = "SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname LIKE 'gawah%'"
    assert ask(running, query) is False


def test_the_server_listens_on_no_network(running):
    assert ask(running, "SHOW listen_addresses") == ""


def test_only_the_account_of_the_server_can_reach_it(running):
    for private in (running.home, running.data, running.socket):
        status = private.stat()
        assert stat.S_IMODE(status.st_mode) == 0o700
        assert status.st_uid == running.account.uid


def test_the_log_holds_no_statement(running):
    with pytest.raises(psycopg2.Error, match="does not exist"):
        ask(running, "SELECT 'Balach' FROM nowhere")
    assert "nowhere" in running.log.read_text()
    assert "Balach" not in running.log.read_text()


def test_the_server_is_out_of_reach_of_ctrl_c(running):
    assert os.getsid(postmaster(running)) != os.getsid(0)


def test_trigrams_see_urdu_whatever_the_locale_of_the_shell(a_cluster, monkeypatch, up):
    monkeypatch.setenv("LC_ALL", "C")
    up(a_cluster)
    ask(a_cluster, "CREATE EXTENSION pg_trgm")
    assert ask(a_cluster, "SELECT show_trgm('کراچی') <> '{}'") is True


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_only_the_suite_turns_durability_off(durable, fsync, made, up):
    up(replace(made, durable=durable))
    assert ask(made, "SHOW fsync") == fsync
    assert ask(made, "SHOW data_checksums") == "on"


def test_a_warm_start_finds_the_data(made, up):
    up(made)
    ask(made, "CREATE TABLE warm AS SELECT 7 AS n")
    stop(made)
    up(made)
    assert ask(made, "SELECT n FROM warm") == 7


def test_a_running_server_is_used_as_it_is(made, up):
    up(made)
    before = postmaster(made)
    up(made)
    assert postmaster(made) == before


def test_a_connection_that_stays_open_does_not_keep_the_server(made, up):
    use = up(made)
    connection = connect(made)
    assert use.leave() is True
    connection.close()


@pytest.mark.parametrize("name", ["q ' \" $HOME `id` \\ %s", "گواہ, two words"])
def test_a_path_may_hold(name, folder, up):
    (folder / name).mkdir()
    odd = cluster(project=folder / name, durable=False, environ={})
    use = up(odd)
    assert ask(odd, "SELECT 1") == 1
    use.leave()
    folders.remove_tree(odd.socket)


def test_a_long_path_works_through_a_short_socket(folder, up):
    project = folder / ("x" * 100)
    project.mkdir()
    far = cluster(project=project, durable=False, environ={})
    use = up(far)
    assert ask(far, "SELECT 1") == 1
    use.leave()
    folders.remove_tree(far.socket)


def test_a_short_socket_place_of_somebody_else_is_refused(folder):
    far = Cluster(folder / ("x" * 100), cluster(project=folder, environ={}).account)
    far.socket.symlink_to(folder)
    with pytest.raises(EmbeddedServerError, match="not a directory"):
        folders.make_private(far.socket, far.account)
    far.socket.unlink()


def test_data_of_another_major_version_is_refused(made, up):
    with (
        changed(made.data / "PG_VERSION", "17\n"),
        pytest.raises(EmbeddedServerError, match=r"(?s)PostgreSQL 17.*PostgreSQL 18.*make backup"),
    ):
        up(made)


def test_another_installation_is_used_when_named(at_rest):
    given = programs(at_rest, {})
    assert programs(at_rest, {"APP_PG_BIN": str(given)}) == given


def test_an_installation_without_the_programs_is_refused(folder, at_rest):
    with pytest.raises(EmbeddedServerError, match="no PostgreSQL program"):
        programs(at_rest, {"APP_PG_BIN": str(folder)})


def test_a_server_that_cannot_start_shows_its_log(made, up):
    with (
        changed(made.data / "postgresql.auto.conf", "no_such_setting = 1\n"),
        pytest.raises(EmbeddedServerError, match="no_such_setting"),
    ):
        up(made)


@contextmanager
def changed(path, text):
    before = path.read_text()
    path.write_text(text)
    yield
    path.write_text(before)
