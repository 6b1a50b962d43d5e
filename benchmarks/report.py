"""From runs to tables in docs/performance.md; the prose around the markers stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.contestants import KAOHE, SQL
from benchmarks.data import Size
from benchmarks.machine import machine
from benchmarks.measure import Measured

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEADER = (
    "| contestant | median | min–max | processor time | peak memory | to SQL | same as kaohe |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
)


def report(size: Size, rows: dict[str, int], measured: Sequence[Measured], loads: str) -> str:
    """The section of one size."""
    counted = ", ".join(f"{count:,} {table}" for table, count in rows.items())
    base = next((m.median for m in measured if m.contestant == SQL and m.seconds), None)
    lines = [
        f"{_counties(size)}: {counted}.",
        "",
        f"Measured {date.today().isoformat()} on {machine()}. {_runs(measured)} {loads}",
        "",
        HEADER,
        *(_row(m, base) for m in measured),
    ]
    ours = next((m for m in measured if m.contestant == KAOHE and m.stages), None)
    if ours is not None:
        stages = ", ".join(
            f"{stage} {_time(median(times))}" for stage, times in ours.stages.items()
        )
        lines += ["", f"`kaohe score` in parts (medians): {stages}."]
        if size.name == "county":
            lines.append(
                f"The first county of a new process, imports included, takes "
                f"{_time(median(ours.firsts))}."
            )
    return "\n".join(lines)


def write_section(name: str, text: str) -> None:
    """Replace what stands between a section's markers."""
    page = PAGE.read_text("utf-8")
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.partition(opening)
    _, closed, after = rest.partition(closing)
    if not found or not closed:
        raise SystemExit(f"{PAGE.name} has no place for {name}: {opening} … {closing}")
    PAGE.write_text(f"{before}{opening}\n{text}\n{closing}{after}", encoding="utf-8")


def _runs(measured: Sequence[Measured]) -> str:
    most = max((len(m.seconds) for m in measured), default=0)
    return "One run each." if most == 1 else f"{most} runs each."


def _row(m: Measured, base: float | None) -> str:
    if m.absent or not m.seconds:
        return f"| {m.contestant.label} | — | — | — | — | — | not measured: {m.absent} |"
    ratio = f"{m.median / base:.2f}×" if base else "—"
    spread = f"{_time(min(m.seconds))}–{_time(max(m.seconds))}"
    peak = f"{median(m.peaks) / 2**20:,.0f} MiB"
    cpu = "—" if m.contestant.other_process else _time(median(m.cpu))
    cells = [m.contestant.label, _time(m.median), spread, cpu, peak, ratio, m.remark]
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _counties(size: Size) -> str:
    if size.counties == 1:
        return "One county in one run"
    if size.counties <= size.at_once:
        return f"{size.counties} counties in one run"
    return f"{size.counties:,} counties, {size.at_once} a run, one run after the other"
