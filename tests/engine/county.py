"""The example county's year on disk, in the shapes in which offices hand it in."""

import csv
from pathlib import Path

import duckdb
import openpyxl

from kaohe.engine.tables import tables_of
from kaohe.scheme import load_scheme, read_scheme

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "xx-county-2016"
EXPECTED = ROOT / "tests" / "golden" / "expected"
NAME = "xx-county-2016"

SCHEME = load_scheme(NAME)
TEXT = read_scheme(NAME)[0]


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file in any order, its header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    return [header, *sorted(rows)]


def as_parquet(folder: Path) -> Path:
    """Typed as a database would: points as decimals, counts as integers, dates as dates."""
    folder.mkdir()
    for path in EXAMPLE.glob("*.csv"):
        duckdb.sql(
            f"COPY (FROM read_csv('{path}', header = true, types = {{'indicator': 'VARCHAR', "
            f"'points': 'DECIMAL(9,2)'}})) TO '{folder / path.stem}.parquet'"
            if path.stem == "scores"
            else f"COPY (FROM read_csv('{path}', header = true)) TO '{folder / path.stem}.parquet'"
        )
    return folder


def as_workbook(path: Path) -> Path:
    """Sheets and headers in Chinese, numbers as Excel's own numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in tables_of(SCHEME).items():
        source = EXAMPLE / f"{name}.csv"
        if source.is_file():
            labels = {column.code: column.label for column in table.columns}
            counted = {c.code for c in table.columns if c.type in ("hundredths", "count")}
            header, *rows = rows_of(source)
            sheet = book.create_sheet(table.label)
            sheet.append([labels[code] for code in header])
            for row in rows:
                cells = zip(header, row, strict=True)
                sheet.append([float(x) if code in counted and x else x for code, x in cells])
    book.save(path)
    return path


def with_chinese_headers(folder: Path) -> Path:
    """The same CSV files under their Chinese names and headers."""
    folder.mkdir()
    for name, table in tables_of(SCHEME).items():
        source = EXAMPLE / f"{name}.csv"
        if source.is_file():
            labels = {column.code: column.label for column in table.columns}
            header, *rows = rows_of(source)
            with (folder / f"{table.label}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([[labels[code] for code in header], *rows])
    return folder
