"""The web server: one process with threads, which on a stop lets running requests finish."""

from __future__ import annotations

import logging
import signal
import time
from typing import Any

from django.conf import settings
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel

# A workbook with everything a county has is a few megabytes.
LARGEST_REQUEST = 64 * 1024 * 1024
MOST_CONNECTIONS = 1000
IDLE_SECONDS = 60
# How long running requests may take after a stop was asked for.
LAST_SECONDS = 25.0


class Server:
    """Waitress with the site behind it; it listens from its making on, and answers in `run`."""

    def __init__(self, host: str, port: int, threads: int) -> None:
        """Raises OSError where the port is taken or the address is not this machine's."""
        from kaohe.web.wsgi import application

        # It warns of every request that waits for a thread; that is no fault at a busy hour.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._map: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._map,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            # `select` cannot watch more than 1,024 connections.
            asyncore_use_poll=True,
            # What proxies report is read by common/address.py; without proxies nobody may report.
            clear_untrusted_proxy_headers=not settings.PROXIES,
        )
        self._stopping = False

    def run(self) -> None:
        """Answer until SIGTERM or Ctrl-C, then finish what runs."""
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._stop)
        while not self._stopping:
            self._turn(1.0)
        self._close_listeners()
        end = time.monotonic() + LAST_SECONDS
        while self._busy() and time.monotonic() < end:
            self._turn(0.1)
        self._server.task_dispatcher.shutdown(timeout=1)
        for channel in self._channels():
            channel.handle_close()

    def _stop(self, *_: object) -> None:
        if self._stopping:
            raise KeyboardInterrupt
        self._stopping = True

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, map=self._map, use_poll=True, count=1)

    def _channels(self) -> list[HTTPChannel]:
        return [one for one in list(self._map.values()) if isinstance(one, HTTPChannel)]

    def _busy(self) -> bool:
        """Whether a request that was received whole has not been answered whole."""
        return any(channel.requests or channel.total_outbufs_len for channel in self._channels())

    def _close_listeners(self) -> None:
        for one in list(self._map.values()):
            if getattr(one, "accepting", False):
                one.accepting = False
                wasyncore.dispatcher.close(one)
