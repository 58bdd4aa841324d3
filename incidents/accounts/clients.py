"""What a request tells of the browser it came from."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

# The first that is found counts: every browser claims to be several others.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest) -> str:
    """Browser and system in words that their owner knows again, such as "Firefox, Android".

    Blank for a browser that does not say; no version, which would tell more than it helps.
    """
    agent = request.headers.get("User-Agent", "")
    names = (_first(agent, _BROWSERS), _first(agent, _SYSTEMS))
    return ", ".join(name for name in names if name)


def network_of(request: HttpRequest) -> str:
    """What one subscriber is given: an IPv4 address, or 64 bits of IPv6. Never stored."""
    neighbour = str(request.META.get("REMOTE_ADDR", ""))
    address = _parsed(_forwarded(request)) or _parsed(neighbour)
    if address is None:
        return neighbour
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address) >> 64 << 64, 64)))


def _first(text: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in text), "")


def _forwarded(request: HttpRequest) -> str:
    """What the outermost of our fronts noted; blank without fronts."""
    parts = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    fronts: int = settings.GAWAH_FRONTS
    return parts[-fronts] if 0 < fronts <= len(parts) else ""


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
