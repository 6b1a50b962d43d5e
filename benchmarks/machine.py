"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("duckdb", "ibis-framework", "pyarrow", "polars", "pyspark")


def machine() -> str:
    """Processor, cores, memory, system and versions in one line."""
    parts = [
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        _system(),
        f"Python {platform.python_version()}",
    ]
    for library in LIBRARIES:
        try:
            parts.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            continue
    return "; ".join(parts)


def load() -> str:
    """How busy the machine is otherwise: the mean number of processes of the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, AttributeError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB"


def _system() -> str:
    release = Path("/etc/os-release")
    if release.is_file():
        for line in release.read_text("utf-8").splitlines():
            if line.startswith("PRETTY_NAME="):
                return line.split("=", 1)[1].strip('"')
    return platform.platform(terse=True)
