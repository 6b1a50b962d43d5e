"""CSV files: encoding, quoting and exact row numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb

from kaohe.engine.tables.reading.grid import Row, load_grid
from kaohe.engine.tables.reading.source import Reader, Source

_SAVE_AS = "请在 Excel 里打开，「另存为」→「CSV UTF-8（逗号分隔）」"
_DISGUISES = (
    (b"PK\x03\x04", "其实是 Excel 工作簿（.xlsx）或压缩包，只是改了扩展名"),
    (b"\xd0\xcf\x11\xe0", "其实是旧版 Excel 工作簿（.xls），只是改了扩展名"),
    (b"PAR1", "其实是 Parquet 文件，只是改了扩展名"),
)


def read_csv(reader: Reader, path: Path, connection: duckdb.DuckDBPyConnection) -> Source | None:
    """Read a CSV file (UTF-8, with or without BOM) as texts; None if problems were told."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reader.problem("file.unreadable", f"读不出来：{error.strerror or error}")
        return None
    text = _decoded(reader, data)
    if text is None:
        return None
    rows = _Rows(reader, text)
    source = load_grid(reader, rows, connection, path=path)
    return None if rows.broken else source


def _decoded(reader: Reader, data: bytes) -> str | None:
    for start, what in _DISGUISES:
        if data.startswith(start):
            reader.problem("file.disguised", f"不是 CSV 文件：{what}。{_SAVE_AS}")
            return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        reader.problem("file.encoding", f"编码是 UTF-16（Excel 的「Unicode 文本」）。{_SAVE_AS}")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
    try:
        data.decode("gb18030")
        message = f"编码不是 UTF-8，像是 GBK（Excel 的普通「CSV」）。{_SAVE_AS}"
    except UnicodeDecodeError:
        message = f"编码不是 UTF-8，从这一行起读不出来。{_SAVE_AS}"
    reader.problem("file.encoding", message, row=row)
    return None


class _Rows:
    """The records of a CSV text; a quoting error ends them and is told."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader = reader
        self.text = text
        self.broken = False

    def __iter__(self) -> Iterator[Row]:
        records = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        number = 0
        try:
            for number, cells in enumerate(records, start=1):
                yield number, cells
        except csv.Error as error:
            self.broken = True
            self.reader.problem("file.quoting", _explained(str(error)), row=number + 1)


def _explained(error: str) -> str:
    if "unexpected end of data" in error:
        return "英文双引号没有成对：从这一行起直到文件末尾都被当成了一格"
    if "expected after" in error:
        return '英文双引号后面还有别的字：内容里的双引号要写成两个（""）'
    if "field larger" in error:
        return "有一格超过 13 万字：多半是英文双引号没有成对"
    if "new-line" in error:
        return f"换行符不对。{_SAVE_AS}"
    return f"不是规范的 CSV（{error}）。{_SAVE_AS}"
