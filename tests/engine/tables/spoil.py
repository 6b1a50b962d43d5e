"""One thing wrong with a county: each function returns how to do it."""

from collections.abc import Callable

from tests.engine.tables.cast import County

Spoil = Callable[[County], None]


def cell(table: str, row: int, column: str, value: str) -> Spoil:
    """Write ``value`` into a cell; ``row`` counts as Excel does."""

    def spoil(tables: County) -> None:
        place = tables[table][0].index(column)
        tables[table][row - 1][place] = value

    return spoil


def header(table: str, old: str, new: str) -> Spoil:
    def spoil(tables: County) -> None:
        place = tables[table][0].index(old)
        tables[table][0][place] = new

    return spoil


def without_column(table: str, column: str) -> Spoil:
    def spoil(tables: County) -> None:
        place = tables[table][0].index(column)
        for row in tables[table]:
            del row[place]

    return spoil


def with_column(table: str, column: str, *values: str) -> Spoil:
    def spoil(tables: County) -> None:
        rows = tables[table]
        for row, value in zip(rows, [column, *values, *[""] * len(rows)], strict=False):
            row.append(value)

    return spoil


def without_row(table: str, row: int) -> Spoil:
    return lambda tables: tables[table].__delitem__(row - 1)


def without_rows(table: str, **cells: str) -> Spoil:
    """Delete the rows with these cells."""

    def spoil(tables: County) -> None:
        names = tables[table][0]
        keep = [
            row
            for row in tables[table]
            if row is names or any(row[names.index(c)] != v for c, v in cells.items())
        ]
        tables[table][:] = keep

    return spoil


def with_row(table: str, *values: str) -> Spoil:
    return lambda tables: tables[table].append(list(values))


def without_table(table: str) -> Spoil:
    return lambda tables: tables.pop(table)


def only_header(table: str) -> Spoil:
    return lambda tables: tables[table].__delitem__(slice(1, None))


def renamed(table: str, name: str) -> Spoil:
    def spoil(tables: County) -> None:
        tables[name] = tables.pop(table)

    return spoil


def all_of(*spoils: Spoil) -> Spoil:
    def spoil(tables: County) -> None:
        for one in spoils:
            one(tables)

    return spoil
