"""The address a request comes from, as far as it can be known."""

from __future__ import annotations

from ipaddress import ip_address

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
