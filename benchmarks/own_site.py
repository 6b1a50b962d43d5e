"""A site of a benchmark's own, in a temporary folder that is taken away after it."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_site() -> Iterator[None]:
    """Let the site's settings, read within, find a home that nothing else uses."""
    home = tempfile.mkdtemp(prefix="kaohe-bench-")
    os.environ["KAOHE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaohe.web.settings"
    try:
        yield
    finally:
        shutil.rmtree(home, ignore_errors=True)


def peak_memory() -> str:
    """The most that this process held at once, in MB."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"
