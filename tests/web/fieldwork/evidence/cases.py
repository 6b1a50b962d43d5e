"""A case of the table: a name, the bytes, what becomes of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

SCRIPT = b"<script>alert(document.cookie)</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PHP = b"<?php system($_GET['c']); ?>"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Case:
    """make gives the bytes when they are wanted: some are large."""

    name: str
    make: Callable[[], bytes]
    becomes: str
    file_name: str = "现场.jpg"
    content_type: str = "image/jpeg"


def case(name: str, content: bytes, becomes: str, file_name: str = "现场.jpg") -> Case:
    return Case(name, lambda: content, becomes, file_name)


def saved(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
