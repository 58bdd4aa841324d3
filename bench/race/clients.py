"""Readers who ask one question after another, over HTTP or psycopg2, and note how long it took.

Small on purpose: what the reader costs stands in every figure. ``bench.race.idle`` measures it.
"""

import multiprocessing
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, Final

PROCESSES: Final = 2
"""Processes that readers are spread over: threads of one alone would wait for each other."""

_PIECE: Final = 1 << 18

Ask = Callable[[int], None]
"""Asks the question with this number, waits for the whole answer, and raises if it is an error."""


class WrongAnswer(Exception):
    """An answer that is not 200, with what was asked and the beginning of what came."""


@dataclass(slots=True)
class Sample:
    """How long each answer took, in seconds, and how long all of them took together."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def p50(self) -> float:
        """The median, in milliseconds."""
        return median(self.times) * 1000

    @property
    def p95(self) -> float:
        """The 95th percentile, in milliseconds."""
        if len(self.times) < 2:
            return self.p50
        return quantiles(self.times, n=20, method="inclusive")[-1] * 1000

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds


class Connection:
    """A connection to a server on this machine, kept open between questions."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def get(self, path: str) -> bytes:
        """The body of the answer. Raises ``WrongAnswer`` for another status than 200."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        for attempt in (1, 2):
            try:
                if self._socket is None:
                    self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=300)
                    self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket.sendall(request)
                return self._answer(path)
            except (ConnectionError, EOFError):
                # The server ended a connection that was idle for a moment.
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the connection; the next question opens another."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _answer(self, path: str) -> bytes:
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        if b"content-length:" in head:
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            body = self._exactly(body, length)
        elif b"transfer-encoding: chunked" in head:
            body = self._chunks(body)
        else:
            body = self._to_the_end(body)
        if b"connection: close" in head:
            self.close()
        if head[9:12] != b"200":
            raise WrongAnswer(f"{path}: {head[:200]!r} {body[:300]!r}")
        return body

    def _more(self) -> bytes:
        assert self._socket is not None  # noqa: S101
        data = self._socket.recv(_PIECE)
        if not data:
            raise EOFError
        return data

    def _exactly(self, body: bytes, length: int) -> bytes:
        pieces, known = [body], len(body)
        while known < length:
            piece = self._more()
            pieces.append(piece)
            known += len(piece)
        whole = b"".join(pieces)
        self._rest = whole[length:]
        return whole[:length]

    def _chunks(self, data: bytes) -> bytes:
        body = []
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            length = int(data[:end], 16)
            data = self._exactly(data[end + 2 :], length + 2)
            body.append(data[:-2])
            if not length:
                return b"".join(body)
            data = self._rest

    def _to_the_end(self, body: bytes) -> bytes:
        pieces = [body]
        try:
            while True:
                pieces.append(self._more())
        except EOFError:
            self.close()
        return b"".join(pieces)


def over_http(port: int, paths: Sequence[str]) -> Callable[[], Ask]:
    """Readers of these addresses, one after the other, each over a connection of its own."""

    def reader() -> Ask:
        connection = Connection(port)

        def ask(number: int) -> None:
            connection.get(paths[number % len(paths)])

        return ask

    return reader


Statements = Sequence[tuple[str, Any]]


def over_psycopg2(dsn: dict[str, Any], asked: Sequence[Statements]) -> Callable[[], Ask]:
    """Readers that execute the statements of a question and take all rows."""

    def reader() -> Ask:
        import psycopg2

        database = psycopg2.connect(**dsn)
        database.autocommit = True
        cursor = database.cursor()

        def ask(number: int) -> None:
            for statement, values in asked[number % len(asked)]:
                cursor.execute(statement, values)
                if cursor.description is not None:
                    cursor.fetchall()

        return ask

    return reader


def measure(reader: Callable[[], Ask], clients: int, seconds: float) -> Sample:
    """Let so many readers ask for so long; each asks at least once."""
    if clients == 1:
        sample = Sample()
        _read(reader, 0, seconds, sample.times, threading.Barrier(1))
        sample.seconds = sum(sample.times)
        return sample
    context = multiprocessing.get_context("fork")
    share = -(-clients // PROCESSES)
    start = context.Barrier(PROCESSES)
    pipes = []
    for number in range(PROCESSES):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_group, args=(reader, number * share, share, seconds, start, theirs)
        )
        process.start()
        theirs.close()
        pipes.append((ours, process))
    sample = Sample()
    for ours, process in pipes:
        with closing(ours):
            answer = ours.recv()
        process.join()
        if isinstance(answer, str):
            raise WrongAnswer(answer)
        times, taken = answer
        sample.times += times
        sample.seconds = max(sample.seconds, taken)
    return sample


def _group(
    reader: Callable[[], Ask], first: int, count: int, seconds: float, start: Any, out: Any
) -> None:
    times: list[list[float]] = [[] for _ in range(count)]
    faults: list[str] = []
    ready = threading.Barrier(count + 1)

    def one(position: int) -> None:
        try:
            _read(reader, first + position, seconds, times[position], ready)
        except Exception as fault:  # shown by the parent
            faults.append(repr(fault))
            ready.abort()

    threads = [threading.Thread(target=one, args=[position]) for position in range(count)]
    for thread in threads:
        thread.start()
    start.wait()
    with suppress(threading.BrokenBarrierError):
        ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - begun
    out.send(faults[0] if faults else ([each for one in times for each in one], taken))


def _read(
    reader: Callable[[], Ask], first: int, seconds: float, times: list[float], ready: Any
) -> None:
    ask = reader()
    number = first
    ready.wait()
    now = time.perf_counter()
    end = now + seconds
    while now < end or not times:
        ask(number)
        then, now = now, time.perf_counter()
        times.append(now - then)
        number += 1
