"""Arrow columns from Python lists, by their buffers: ``pyarrow.array`` imports pandas, a second."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import pyarrow as pa

TEXT = pa.large_string()
INTEGER = pa.int64()


def texts(values: Sequence[str]) -> Any:
    """A column of texts; what is no valid Unicode is spelt out."""
    encoded = [value.encode("utf-8", "backslashreplace") for value in values]
    offsets = array("q", accumulate(map(len, encoded), initial=0))
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(TEXT, len(encoded), buffers)


def integers(values: Iterable[int]) -> Any:
    """A column of 64-bit integers."""
    numbers = array("q", values)
    return pa.Array.from_buffers(INTEGER, len(numbers), [None, pa.py_buffer(numbers)])
