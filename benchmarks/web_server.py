"""Measure the web servers that could serve the site, in turn, in one run.

    .venv/bin/python benchmarks/web_server.py

Each serves the same site with the same number of threads from one process: its log-in page (a page
with templates, the permission check and a form) and its largest static file (compressed, from
memory). A load generator of its own process keeps connections open and asks again at once.
docs/operations.md has the result, and what was chosen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

APPLICATION = "kaohe.web.wsgi:application"


def commands(port: int, threads: int) -> dict[str, list[str]]:
    return {
        "granian": [
            *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"],
            *["--port", str(port), "--workers", "1", "--blocking-threads", str(threads)],
            *["--no-log", APPLICATION],
        ],
        "waitress": [
            *[sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}"],
            *[f"--threads={threads}", "--connection-limit=1000", APPLICATION],
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 20, 50])
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--load", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        port, path, connections, seconds = options.load
        print(json.dumps(asyncio.run(load(int(port), path, int(connections), float(seconds)))))
        return
    with tempfile.TemporaryDirectory(prefix="kaohe-bench-") as home:
        compare(Path(home), options)


def compare(home: Path, options: argparse.Namespace) -> None:
    environment = {
        **os.environ,
        "KAOHE_HOME": str(home),
        "KAOHE_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "kaohe.web.settings",
    }
    django = [sys.executable, "-m", "django"]
    for step in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*django, *step], env=environment, check=True)
    pages = {"log-in page": "/login/", "static file": largest_static_file(home)}
    measured: dict[tuple[str, str, int], list[list[float]]] = {}
    # In turn, so that a busy moment of the machine meets both.
    for _ in range(options.rounds):
        for name in commands(0, 0):
            with served(name, options.threads, environment) as port:
                for page, path in pages.items():
                    for connections in options.connections:
                        times = asked(port, path, connections, options.seconds)
                        measured.setdefault((page, name, connections), []).append(times)
    report(measured, options)


@contextmanager
def served(name: str, threads: int, environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        commands(port, threads)[name], env=environment, stdout=quiet, stderr=quiet
    )
    try:
        wait_for(port)
        asked(port, "/login/", 4, 1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def asked(port: int, path: str, connections: int, seconds: float) -> list[float]:
    """The seconds that each answer took, measured by a process of its own."""
    load = ["--load", str(port), path, str(connections), str(seconds)]
    done = subprocess.run(
        [sys.executable, __file__, *load], stdout=subprocess.PIPE, text=True, check=True
    )
    times: list[float] = json.loads(done.stdout)
    return times


async def load(port: int, path: str, connections: int, seconds: float) -> list[float]:
    until = time.monotonic() + seconds
    lists = await asyncio.gather(*(one_connection(port, path, until) for _ in range(connections)))
    return [took for times in lists for took in times]


async def one_connection(port: int, path: str, until: float) -> list[float]:
    """Ask again and again over one connection; any answer but 200 ends the measurement."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode()
    times = []
    while time.monotonic() < until:
        started = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(f"{path}: {head.decode('latin-1')}")
        length = re.search(rb"content-length: (\d+)", head)
        if length is None:
            raise SystemExit(f"{path}: an answer without its length")
        await reader.readexactly(int(length[1]))
        times.append(time.perf_counter() - started)
    writer.close()
    return times


def report(
    measured: dict[tuple[str, str, int], list[list[float]]], options: argparse.Namespace
) -> None:
    print(
        f"{options.rounds} rounds of {options.seconds:g} s, "
        f"{options.threads} threads, {os.cpu_count()} processors; the middle of the rounds"
    )
    print("\n| page | connections | server | requests/s | p50 ms | p95 ms |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    for (page, name, connections), rounds in sorted(measured.items(), key=order):
        rate = statistics.median(len(times) / options.seconds for times in rounds)
        cuts = [statistics.quantiles(times, n=20) for times in rounds]
        p50, p95 = (statistics.median(cut[place] * 1000 for cut in cuts) for place in (9, 18))
        print(f"| {page} | {connections} | {name} | {rate:.0f} | {p50:.1f} | {p95:.1f} |")


def order(item: tuple[tuple[str, str, int], object]) -> tuple[str, int, str]:
    page, name, connections = item[0]
    return page, connections, name


def largest_static_file(home: Path) -> str:
    manifest = json.loads((home / "static" / "staticfiles.json").read_text("utf-8"))
    files = [home / "static" / name for name in manifest["paths"].values()]
    largest = max(files, key=lambda file: file.stat().st_size)
    return f"/static/{largest.relative_to(home / 'static').as_posix()}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
