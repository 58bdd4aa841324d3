"""Addresses of the web, taken apart for asking; and which of them are not to be asked."""

import ipaddress
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

_PORTS: Final = {"http": 80, "https": 443}
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for one of IPv4 (RFC 6052)."""
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that machines of the open web have; what is global by name elsewhere is not."""

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotOfTheWeb(ValueError):
    """What is given is no address that a program without a password can ask."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address of the web: ``target`` is path and query, all of it as it is sent."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises NotOfTheWeb, also for one that holds a name or password."""
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError as error:
            raise NotOfTheWeb from error
        if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or port == 0:
            raise NotOfTheWeb
        return cls(
            scheme=parts.scheme,
            host=_ascii(parts.hostname),
            port=port or _PORTS[parts.scheme],
            target=_target(parts),
        )

    def leading_to(self, location: str) -> Self:
        """Where a redirect from here leads. Raises NotOfTheWeb."""
        try:
            return self.read(urljoin(str(self), location))
        except ValueError as error:
            raise NotOfTheWeb from error

    @property
    def authority(self) -> str:
        """Host and port, as they stand in the header ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def is_same_place(self, other: Self) -> bool:
        """Whether going from one to the other is no move: only ``https``, ``www`` or a slash."""
        return self._place() == other._place()

    def _place(self) -> tuple[str, int, str]:
        path, mark, query = self.target.partition("?")
        port = 0 if self.port == _PORTS[self.scheme] else self.port
        return self.host.removeprefix("www."), port, path.rstrip("/") + mark + query

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def is_open(address: str) -> bool:
    """Whether an IP address belongs to the open web: no machine of ours, no private network.

    Addresses of IPv4 inside one of IPv6 count as well.
    """
    if address in settings.LINK_CHECK_ADDRESSES_OF_TESTS:
        return True
    found = ipaddress.ip_address(address.partition("%")[0])
    inside = _inside(found)
    if isinstance(found, ipaddress.IPv6Address) and not inside and found not in _GIVEN_OUT:
        return False
    return all(each.is_global and not each.is_multicast for each in (found, *inside))


def _inside(address: _IP) -> list[_IP]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[_IP | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def _ascii(host: str) -> str:
    """The host as name servers know it."""
    try:
        known = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise NotOfTheWeb from error
    if not known or any(each <= " " or each == "\x7f" for each in known):
        raise NotOfTheWeb
    return known


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return iri_to_uri(f"{path}?{parts.query}" if parts.query else path)
