"""The embedded server after accidents: kills, stale lock files, starters that broke off."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from config.embedded import folders, locks, processes, server
from config.embedded.places import SOCKET_NAME
from config.embedded.use import stop
from tests.config.conftest import ask, postmaster, starter

pytestmark = pytest.mark.skipif(not processes.PROC.is_dir(), reason="reads /proc")


def kill_all(of):
    for number in processes.servers_on(of.data):
        # A child may end by itself between the listing and the kill.
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


@pytest.mark.parametrize("children_too", [True, False])
def test_after_kill_9_the_last_commit_is_there(children_too, made, up):
    durable = replace(made, durable=True)
    up(durable)
    ask(durable, "DROP TABLE IF EXISTS kept")
    ask(durable, "CREATE TABLE kept AS SELECT 7 AS n")
    if children_too:
        kill_all(durable)
    else:
        os.kill(postmaster(durable), signal.SIGKILL)
    up(durable)
    assert ask(durable, "SELECT n FROM kept") == 7


def test_a_process_number_that_another_program_has_by_now_is_cleared(made, sleeper, up):
    up(made)
    kill_all(made)
    leave_locks_naming(sleeper.pid, made)
    up(made)
    assert ask(made, "SELECT 1") == 1
    assert sleeper.poll() is None


def test_a_process_number_of_a_zombie_is_cleared(made, up):
    up(made)
    kill_all(made)
    zombie = subprocess.Popen(["true"], **made.account.popen_arguments())
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    leave_locks_naming(zombie.pid, made)
    up(made)
    assert ask(made, "SELECT 1") == 1
    zombie.wait()


def test_stopping_never_signals_another_program(made, sleeper, up):
    use = up(made)
    kill_all(made)
    leave_locks_naming(sleeper.pid, made)
    assert use.leave() is False
    assert sleeper.poll() is None


def leave_locks_naming(number, of):
    """What a killed server leaves, with a number that was given to another process since."""
    while processes.servers_on(of.data):
        time.sleep(0.01)
    for path in (of.data / "postmaster.pid", of.socket / f"{SOCKET_NAME}.lock"):
        lines = path.read_text().split("\n")
        path.write_text("\n".join([str(number), *lines[1:]]))


def test_no_lock_is_cleared_under_a_running_server(made, up):
    up(made)
    assert processes.clear_stale_locks(made) == []
    assert postmaster(made)


def test_a_creation_that_broke_off_is_begun_anew(a_cluster, up):
    server.make_home(a_cluster)
    half = a_cluster.home / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    up(a_cluster)
    assert ask(a_cluster, "SELECT 1") == 1


def test_roles_missing_after_a_kill_are_made_by_the_next(a_cluster, up):
    server.make_home(a_cluster)
    with locks.alone(a_cluster.starting_lock, a_cluster.account):
        server.bring_up(a_cluster)
    up(a_cluster)
    assert ask(a_cluster, "SELECT current_user", user="gawah_app") == "gawah_app"


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.5])
def test_a_starter_interrupted_half_way_leaves_no_server(seconds, made):
    interrupt_after(seconds, made)
    assert processes.servers_on(made.data) == []


def test_a_creation_that_is_interrupted_leaves_no_server(a_cluster):
    interrupt_after(0.6, a_cluster)
    assert processes.servers_on(a_cluster.data) == []


def interrupt_after(seconds, of):
    """Start the server from a process of its own and press Ctrl-C there."""
    interrupted = starter(of.home.parent.parent, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    interrupted.send_signal(signal.SIGINT)
    interrupted.communicate(timeout=60)


def test_everything_removed_under_a_running_server_ends_quietly(a_cluster, up):
    use = up(a_cluster)
    stop(a_cluster)
    folders.remove_tree(a_cluster.home)
    assert use.leave() is False
