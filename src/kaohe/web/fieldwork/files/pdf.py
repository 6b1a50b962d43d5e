"""PDF files: whole, and nothing else besides. What they do inside is the reader's matter: they are
served only to be stored, never shown within our pages.
"""

from __future__ import annotations

import zipfile
from typing import IO

from kaohe.web.fieldwork.files.unfit import Unfit

TYPE = "application/pdf"
_TAIL = 2048


def check_pdf(file: IO[bytes]) -> None:
    """Raises Unfit for a PDF that was cut off, or that is an archive as well."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if b"%%EOF" not in tail:
        raise Unfit("PDF 没有传完整；请重新导出后再传")
    if zipfile.is_zipfile(file):
        raise Unfit("PDF 后面还藏着压缩包；请重新导出 PDF 后再传")
    file.seek(0)
