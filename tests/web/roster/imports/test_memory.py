"""Files made to fill the memory are refused before they can: measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[4]
ALLOWED_MEGABYTES = 300

MEASURED = """
import io, json, resource, sys
sys.path[:0] = [{root!r}, {src!r}]
import openpyxl
from kaohe.workbooks import Limits, NotAWorkbook, open_book
from tests.web.roster.imports import spoil
LIMITS = Limits(unpacked=100 << 20, cells=3_000_000, text=100 << 20)
book = openpyxl.Workbook()
book.active.append(["a"])
good = spoil.saved(book)
bombs = {{
    "zip": spoil.extra("xl/media/a.png", bytes(150 << 20))(good),
    "lying": spoil.lying_about_size(good),
    "texts": spoil.shared_bomb(good),
    "entities": spoil.xml("xl/workbook.xml", rb"^.*?<workbook", spoil.ENTITIES + b"<workbook")(good),
    "far": spoil.sheet_of(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")(good),
}}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
refused = []
for name, content in bombs.items():
    try:
        with open_book(io.BytesIO(content), LIMITS) as opened:
            for sheet in opened.names:
                opened.sheet(sheet)
    except NotAWorkbook:
        refused.append(name)
used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(json.dumps([refused, used]))
"""


def test_bombs_are_refused_in_bounded_memory():
    code = MEASURED.format(root=str(ROOT), src=str(ROOT / "src"))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    refused, used = json.loads(run.stdout)
    assert refused == ["zip", "lying", "texts", "entities", "far"]
    assert used < ALLOWED_MEGABYTES
