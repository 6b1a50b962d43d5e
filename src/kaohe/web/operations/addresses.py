"""Under which addresses a site is reached, as far as the machine knows."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address

EVERYWHERE = {"0.0.0.0", "::", ""}


def addresses(host: str, port: int) -> list[str]:
    """The addresses to type into a browser, this machine's own first."""
    hosts = ["127.0.0.1", *lan_addresses()] if host in EVERYWHERE else [host]
    return [f"http://{_bracketed(one)}:{port}/" for one in hosts]


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses in its networks."""
    found = [_address_outwards()]
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return list(dict.fromkeys(one for one in found if one and not ip_address(one).is_loopback))


def _address_outwards() -> str:
    """The address from which this machine would reach others; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
