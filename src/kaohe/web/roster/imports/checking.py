"""A workbook checked from its bytes to a plan, without writing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kaohe.web.common.actor import Reach
from kaohe.web.common.models import Record
from kaohe.web.roster.imports.building import Builder
from kaohe.web.roster.imports.known import load_known
from kaohe.web.roster.imports.layout import layouts
from kaohe.web.roster.imports.plan import Plan
from kaohe.web.roster.imports.problems import Problems
from kaohe.web.roster.imports.reading import ReadFile, read_file
from kaohe.web.roster.imports.rules import check_rules
from kaohe.web.roster.models import County, WorkYear
from kaohe.web.roster.queries.years import working_year

Tell = Callable[[int, int, str], None]


@dataclass
class Checked:
    """What was found: the plan is to be carried out only when there is no problem."""

    file: ReadFile
    plan: Plan
    problems: Problems

    def summary(self) -> dict[str, Any]:
        """For the page: per sheet how many rows are new, changed, unchanged, faulty."""
        sheets = []
        for name, sheet in self.file.sheets.items():
            rows = [row for row in self.plan.rows if row.sheet == name]
            new = sum(row.new for row in rows)
            sheets.append(
                {
                    "name": name,
                    "rows": len(sheet.rows),
                    "new": new,
                    "changed": len(rows) - new,
                    "unchanged": self.plan.unchanged.get(name, 0),
                    "faulty": self.problems.faulty_rows(name),
                }
            )
        return {
            "sheets": sheets,
            "problems": self.problems.total,
            "fingerprint": self.plan.fingerprint(),
        }


def changeable_year(reach: Reach) -> WorkYear | None:
    """The year whose attributes and households a workbook may bring."""
    year = working_year(reach)
    return None if year is None or year.state == WorkYear.State.CLOSED else year


def named(county: County) -> str:
    """The county as a workbook's guide names it."""
    return f"{county.name}（{county.code}）"


def read(content: bytes, reach: Reach, tell: Tell) -> tuple[ReadFile, Problems]:
    """The file as rows and problems; asks the database for the county and the year only."""
    problems = Problems()
    year = changeable_year(reach)
    file = read_file(
        content,
        layouts(year),
        problems,
        county=named(County.objects.get(pk=reach.county_id)),
        year=str(year.year) if year is not None else "",
        tell=tell,
    )
    return file, problems


def check(
    file: ReadFile,
    problems: Problems,
    reach: Reach,
    tell: Tell,
    *,
    remember: Callable[[Record], None] = lambda record: None,
    lock: bool = False,
) -> Checked:
    """Compare what was read with the county; remember is called with each row before it changes."""
    year = changeable_year(reach)
    order = [layout.name for layout in layouts(year)]
    total = sum(len(sheet.rows) for sheet in file.sheets.values())
    tell(0, total, "正在读取已登记的名册")
    known = load_known(reach, year, lock=lock)
    builder = Builder(known, file, problems, remember)
    done = 0
    for name in order:
        if (sheet := file.sheets.get(name)) is not None:
            tell(done, total, f"正在核对“{name}”")
            builder.build(sheet)
            done += len(sheet.rows)
    tell(done, total, "正在核对各行之间的关系")
    check_rules(known, builder.built, problems)
    return Checked(file, builder.plan, problems)
