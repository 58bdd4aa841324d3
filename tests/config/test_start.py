"""``python -m config.start``, run and stopped as people do.

The public side, because it needs no tables: this is about processes, not about data.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse

import pytest

from config.embedded import processes
from config.embedded.places import PROJECT, cluster
from config.embedded.use import stop
from config.serving import ServerEndedError, application_server
from config.start import free_port
from tests.config.conftest import new_folder

pytestmark = pytest.mark.skipif(not processes.PROC.is_dir(), reason="reads /proc")


@pytest.fixture(scope="module")
def state():
    """The environment of the starts of this module: a state directory of their own."""
    folder = new_folder()
    environ = {
        "PATH": os.environ["PATH"],
        "GAWAH_SIDE": "public",
        "GAWAH_STATE": str(folder),
        "GAWAH_WORKERS": "1",
    }
    yield environ
    stop(cluster(environ=environ))
    # A start that was interrupted may still be clearing up after itself.
    assert eventually(lambda: shutil.rmtree(folder, ignore_errors=True) or not folder.exists())


@pytest.fixture
def start(state):
    """Start on a free port; returns the process, which has said that it runs, and the port."""
    running = []

    def begin():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "config.start"],
            cwd=PROJECT,
            env={**state, "PORT": str(port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        said = []
        while not (said and said[-1].startswith("  API")):
            line = process.stdout.readline()
            assert line, "".join(said)
            said.append(line)
        return process, port

    yield begin
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def health(port):
    """The status of the health address; None if nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def raw(port, request):
    """The status, the headers and the document that come back for these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.headers, json.loads(answer.read())


def servers(state):
    return processes.servers_on(cluster(environ=state).data)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_until_it_is_stopped_and_leaves_nothing_running(end, start, state):
    process, port = start()
    assert health(port) == 200
    process.send_signal(end)
    assert process.wait(60) == 0
    assert health(port) is None
    assert servers(state) == []


def test_what_the_server_cannot_read_is_refused_as_the_api_refuses(start):
    _, port = start()
    end = b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    list_of_500 = b",".join(b"SRC-2026-%04d" % number for number in range(500))
    status, _, problem = raw(port, b"GET /api/v1/limits/?source=" + list_of_500 + end + b"\r\n")
    assert (status, problem["type"]) == (400, "/api/v1/problems/parameters/")
    for request, expected, slug in [
        (b"GET /api/v1/incidents/?q=" + b"a" * 9_000 + end + b"\r\n", 414, "too-long"),
        (b"GET /api/v1/" + end + b"X-Long: " + b"a" * 9_000 + b"\r\n\r\n", 431, "headers"),
        (b"GET /api/v1/" + end + b"Bad header: secret\r\n\r\n", 400, "bad-request"),
        (b"GET /a secret HTTP/1.1\r\n\r\n", 400, "bad-request"),
    ]:
        status, headers, problem = raw(port, request)
        assert (status, problem["status"]) == (expected, expected)
        assert problem["type"] == f"/api/v1/problems/{slug}/"
        assert headers["Content-Type"] == "application/problem+json"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "secret" not in json.dumps(problem)


def test_a_body_that_cannot_be_read_is_no_reason_for_a_second_answer(start):
    _, port = start()
    request = b"GET /api/v1/limits/?x=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    for body in (b"zz\r\n", b"1\r\nab\r\n", b"1;\x00\r\na\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(request + b"Transfer-Encoding: chunked\r\n\r\n" + body)
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answers:
                assert answers.read().count(b"HTTP/1.1 ") == 1


def test_stopping_one_leaves_the_other_its_database(start):
    (first, _), (_, port) = start(), start()
    first.send_signal(signal.SIGINT)
    first.wait(60)
    assert health(port) == 200


def test_after_kill_9_the_application_server_ends_and_the_next_start_works(start, state):
    process, port = start()
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while health(port) is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert health(port) is None
    again, port = start()
    assert health(port) == 200
    again.send_signal(signal.SIGINT)
    again.wait(60)
    assert servers(state) == []


def test_after_kill_9_of_everything_the_next_start_works(start, state):
    process, _ = start()
    process.kill()
    for number in servers(state):
        os.kill(number, signal.SIGKILL)
    process.wait()
    _, port = start()
    assert health(port) == 200


def test_a_port_taken_meanwhile_is_not_mistaken_for_ours(state):
    """Another program answers on the port; we must end instead of showing its pages as ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerEndedError), application_server(port, []):
            pytest.fail("served on a port that is not ours")


def test_health_says_when_the_database_is_gone(start, state):
    _, port = start()
    stop(cluster(environ=state))
    assert health(port) == 503


def test_a_database_that_is_not_there_is_reported_in_one_line(state):
    """As it stands on the staff side, which has tables to prepare."""
    url = "postgres://gawah:s3cret@127.0.0.1:1/gawah"
    answer = subprocess.run(
        [sys.executable, "-m", "config.start"],
        cwd=PROJECT,
        env={**state, "GAWAH_SIDE": "all", "DATABASE_URL": url, "PORT": "65533"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "The database says: " in answer.stdout
    assert "Traceback" not in answer.stderr
    assert "s3cret" not in answer.stdout + answer.stderr


KEEPS_A_WORKER = """
import time
from config import serving
serving.RESTART = 0.0
with serving.job_worker([]) as worker:
    while True:
        worker.keep_going()
        time.sleep(0.1)
"""


@pytest.fixture
def keeper(state):
    """A program that keeps a worker going, as the start does beside the server."""
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPS_A_WORKER],
        cwd=PROJECT,
        env={**state, "GAWAH_SIDE": "all", "GAWAH_DATABASE_ROLE": "owner"},
        stderr=subprocess.DEVNULL,  # the worker says that it waits for its tables
    )
    yield process
    process.kill()
    process.wait()


def workers_of(keeper):
    """The numbers of the workers that run under a program."""
    found = subprocess.run(
        ["pgrep", "--parent", str(keeper.pid), "--full", "run_jobs"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(number) for number in found.stdout.split()]


def eventually(condition):
    deadline = time.monotonic() + 30
    while not (answer := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return answer


def is_running(number):
    return processes.PROC.joinpath(str(number)).is_dir()


def test_a_worker_that_dies_is_started_again(keeper):
    [first] = eventually(lambda: workers_of(keeper))
    os.kill(first, signal.SIGKILL)
    eventually(lambda: workers_of(keeper) not in ([], [first]))


def test_a_worker_does_not_outlive_whoever_started_it(keeper):
    [worker] = eventually(lambda: workers_of(keeper))
    time.sleep(3)  # it has to have come so far that it waits for work
    keeper.kill()
    keeper.wait()
    eventually(lambda: not is_running(worker))


def test_a_port_that_is_taken_is_named_with_another_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} .*make run PORT={port + 1}"):
            free_port(str(port))


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80.5", "８０００x"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(SystemExit, match="between 1 and 65535"):
        free_port(text)
