"""kaohe score and explain: a year's results, and where each number comes from."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from kaohe.cli.terminal import Bar, SchemeArgument, err_console, fail, loaded_scheme, out_console

MOST_NOTICES = 20

EngineName = Literal["duckdb", "spark"]


def score(
    scheme: SchemeArgument,
    data: Annotated[Path, typer.Argument(metavar="数据", help="CSV/Parquet 文件夹，或 .xlsx 文件")],
    out: Annotated[Path, typer.Option("--out", help="结果写到这个文件夹")],
    engine: Annotated[EngineName, typer.Option(help="计算引擎")] = "duckdb",
    partial: Annotated[bool, typer.Option("--partial", help="试算：允许整轮还没有评分")] = False,
    memory: Annotated[str | None, typer.Option(help="内存上限，如 6GB")] = None,
) -> None:
    """计算一个年度的结果；数据是若干县的文件夹时，逐县计算。"""
    from kaohe.engine import InputError, OutputError
    from kaohe.engine.groups import Job, score_folder
    from kaohe.engine.spark import EngineMissing

    if memory is not None and not re.fullmatch(r"\d+(\.\d+)?\s*[KMGT]i?B", memory):
        raise fail(f"--memory 写成 {memory} 看不懂；请写成 6GB 或 800MB 的样子")
    loaded, text = loaded_scheme(scheme)
    job = Job(loaded, text, engine, partial, memory)
    started = time.monotonic()
    try:
        with Bar("读取和检查") as bar:
            summary = score_folder(job, data, out, bar.report)
    except InputError as error:
        total = len(error.problems) + sum(error.more.values())
        raise fail(f"{error}\n共 {total} 处问题，没有计算；{out} 保持原样。") from error
    except (OutputError, EngineMissing) as error:
        raise fail(str(error)) from error
    for notice in summary.notices[:MOST_NOTICES]:
        err_console.print(f"提醒：{escape(notice)}", style="yellow", highlight=False)
    if len(summary.notices) > MOST_NOTICES:
        rest = len(summary.notices) - MOST_NOTICES
        err_console.print(f"提醒：另有 {rest} 条，见 {out} 里的 run.json", style="yellow")
    seconds = time.monotonic() - started
    count = sum(summary.subjects.values())
    counties = f"{len(summary.subjects)} 个县、" if len(summary.subjects) > 1 else ""
    out_console.print(
        f"[green]已计算[/green] {counties}{count} 个考核对象，用时 {seconds:.1f} 秒，结果在 {out}/"
    )
    if len(summary.subjects) == 1:
        out_console.print(f"看某一个的来历：kaohe explain {out} 编号", highlight=False)


def explain(
    out: Annotated[Path, typer.Argument(metavar="结果", help="kaohe score 的结果文件夹")],
    subject: Annotated[str, typer.Argument(metavar="编号", help="考核对象的编号，如 D007")],
    as_json: Annotated[bool, typer.Option("--json", help="给程序读的 JSON")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="不列口径")] = False,
) -> None:
    """逐行列出一个考核对象的得分是怎样来的。"""
    from kaohe.engine.explain import RecordError, render
    from kaohe.engine.explain import explain as explain_subject

    try:
        sheet = explain_subject(out, subject)
    except RecordError as error:
        raise fail(str(error)) from error
    if as_json:
        print(json.dumps(sheet.as_dict(), ensure_ascii=False, indent=2))
    else:
        render(sheet, out_console, readings=not brief)
