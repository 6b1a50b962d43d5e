"""The address a request comes from, as far as it can be known."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"


def client_address(request: HttpRequest) -> str:
    """The address of the browser: that of the connection, or what the trusted proxies report.

    A reported address is believed only as far back as there are proxies of ours (KAOHE_PROXIES).
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        reported = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(reported) >= settings.PROXIES:
            address = reported[-settings.PROXIES].strip()
    try:
        return str(ip_address(address))
    except ValueError:
        return UNKNOWN


def client_network(request: HttpRequest) -> str:
    """What guesses are counted for: the address, or the /64 that an IPv6 line has for itself."""
    address = client_address(request)
    if ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False).network_address)
