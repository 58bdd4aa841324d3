"""Lines to servers of the open web: never into a private network, never longer than allowed.

The standard library suffices and lets us do what matters here: connect to the very IP address
that was looked at, so that a name server cannot give a harmless address first and a private one
a moment later; and end a request on time also where the other side sends a byte now and then.
"""

import io
import socket
import ssl
import time
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from incidents.link_checking.addresses import WebAddress, is_open
from incidents.models import LinkProblem

_SOCKS: Final = "socks5h"
_GREETING: Final = b"\x05\x01\x00"  # version 5, one way to log in: none
_CONNECT: Final = b"\x05\x01\x00\x03"  # version 5, connect, to a name
_SIZES: Final = {1: 4, 4: 16}  # of the addresses that a proxy answers with
_PRIVATE_NAMES: Final = (".local", ".internal", ".localhost", ".home.arpa", ".lan")


class NotReached(Exception):
    """No answer came. ``problem`` says why."""

    def __init__(self, problem: LinkProblem) -> None:
        self.problem = problem
        super().__init__(problem)


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises TimeoutError when it is past."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


def connected(address: WebAddress, deadline: Deadline) -> HTTPConnection:
    """A connection on which one request can be sent before the deadline. Raises NotReached."""
    line = _line(address, deadline)
    try:
        if address.scheme == "https":
            line.settimeout(deadline.left())
            line = ssl.create_default_context().wrap_socket(line, server_hostname=address.host)
    except (OSError, ValueError) as error:
        line.close()
        raise NotReached(_problem_of(error)) from None
    connection = HTTPConnection(address.host, address.port)
    connection.sock = _PunctualSocket(line, deadline)
    return connection


def _problem_of(error: Exception) -> LinkProblem:
    if isinstance(error, TimeoutError):
        return LinkProblem.TIME
    return LinkProblem.CERTIFICATE if isinstance(error, ssl.SSLError) else LinkProblem.CONNECTION


def _line(address: WebAddress, deadline: Deadline) -> socket.socket:
    if settings.GAWAH_LINK_PROXY:
        return _line_through_proxy(address, deadline)
    for found in _looked_up(address):
        try:
            return socket.create_connection((found, address.port), timeout=deadline.left())
        except OSError as error:
            problem = _problem_of(error)
    raise NotReached(problem)


def _looked_up(address: WebAddress) -> list[str]:
    """Every IP address of the host. Raises NotReached if a single one is private: one that is
    given together with a public one is no mistake."""
    try:
        rows = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached(LinkProblem.NAME) from None
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not found:
        raise NotReached(LinkProblem.NAME)
    if not all(map(is_open, found)):
        raise NotReached(LinkProblem.INSIDE)
    return found


def _line_through_proxy(address: WebAddress, deadline: Deadline) -> socket.socket:
    """A line through a SOCKS 5 proxy, such as that of Tor, which looks the name up itself: asking
    a name server here would tell whoever listens on our line."""
    _refuse_private_name(address.host)
    proxy = urlsplit(settings.GAWAH_LINK_PROXY)
    if proxy.scheme != _SOCKS or not proxy.hostname or not proxy.port:
        raise NotReached(LinkProblem.LINE)
    try:
        line = socket.create_connection((proxy.hostname, proxy.port), timeout=deadline.left())
    except OSError:
        raise NotReached(LinkProblem.LINE) from None
    try:
        _ask_proxy(line, address, deadline)
    except (OSError, ValueError) as error:  # ValueError: a name longer than the protocol takes
        line.close()
        raise NotReached(_problem_of(error)) from None
    return line


def _ask_proxy(line: socket.socket, address: WebAddress, deadline: Deadline) -> None:
    """The exchange of RFC 1928. Raises OSError where the proxy does not get through."""
    host = address.host.encode()
    line.sendall(_GREETING)
    if _read_exactly(line, 2, deadline) != b"\x05\x00":
        raise ConnectionError
    line.sendall(_CONNECT + bytes([len(host)]) + host + address.port.to_bytes(2, "big"))
    _version, refused, _reserved, kind = _read_exactly(line, 4, deadline)
    if refused:
        raise ConnectionError
    size = _SIZES.get(kind) or _read_exactly(line, 1, deadline)[0]
    _read_exactly(line, size + 2, deadline)


def _read_exactly(line: socket.socket, size: int, deadline: Deadline) -> bytes:
    found = b""
    while len(found) < size:
        line.settimeout(deadline.left())
        more = line.recv(size - len(found))
        if not more:
            raise ConnectionError
        found += more
    return found


def _refuse_private_name(host: str) -> None:
    """What the proxy would look up is not seen here; what names a private place by itself is."""
    host = host.rstrip(".")
    try:
        literal = ":" if ":" in host else socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        literal = ""
    if literal and not is_open(host if literal == ":" else literal):
        raise NotReached(LinkProblem.INSIDE)
    if host not in settings.LINK_CHECK_ADDRESSES_OF_TESTS and (
        ("." not in host and not literal) or f".{host}".endswith(_PRIVATE_NAMES)
    ):
        raise NotReached(LinkProblem.INSIDE)


class _PunctualSocket:
    """What ``http.client`` needs of a socket, with a deadline for all of it together."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline
        self._is_read = False

    def sendall(self, data: Any) -> None:
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        self._is_read = True
        return io.BufferedReader(_PunctualStream(self._line, self._deadline))

    def close(self) -> None:
        """Let go of the line, unless what is read from it still needs it."""
        if not self._is_read:
            self._line.close()


class _PunctualStream(io.RawIOBase):
    """Reads from a socket until the deadline, however slowly it comes."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._line, self._deadline = line, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(self._deadline.left())
        return self._line.recv_into(buffer)

    def close(self) -> None:
        self._line.close()
        super().close()
