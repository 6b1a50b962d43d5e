"""kaohe audit: the chain verified, and its heads, from the machine's own console.

`audit` is mounted by the command line, which opens the site before either command runs; nothing
here imports Django before that.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

FAULTS = 1
UNREADABLE = 2

audit = typer.Typer(help="审计记录：核对整条链，输出日末值。", no_args_is_help=True)


@audit.command("verify")
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option(
            metavar="文件或末值", help="保存在外部的日末值，写有它的文件或那一行文字；可以多次"
        ),
    ] = None,
) -> None:
    """从头到尾核对审计记录；有问题时逐条列出，退出码为 1。"""
    from kaohe.web.common.audit.checking import check

    try:
        report = check("本机命令", "\n".join(_text(given) for given in head or []))
    except (ValueError, OSError) as error:
        typer.echo(f"没有核对：{error}", err=True)
        raise typer.Exit(UNREADABLE) from error
    for fault in report.faults:
        typer.echo(f"{fault.place} {fault.kind.label}：{fault.text}")
    if report.fault_count > len(report.faults):
        typer.echo(f"……另有 {report.fault_count - len(report.faults)} 处")
    for notice in report.notices:
        typer.echo(f"提示：{notice}")
    seconds = report.milliseconds / 1000
    typer.echo(
        f"核对 {report.entries} 条，比对末值 {report.heads} 个，用时 {seconds:.1f} 秒："
        + ("全部相符。" if report.ok else f"有 {report.fault_count} 处问题。")
    )
    if not report.ok:
        typer.echo("请保留数据库文件和密钥文件的现状，不要继续写入，并报告管理员和纪检部门。")
        raise typer.Exit(FAULTS)


@audit.command("head")
def head(
    day: Annotated[
        datetime | None,
        typer.Argument(metavar="日期", formats=["%Y-%m-%d"], help="如 2016-01-05；默认今天"),
    ] = None,
) -> None:
    """输出某日的末值，一行文字，请另存到系统之外。"""
    from django.utils import timezone

    from kaohe.web.common.audit.heads import head_of, write_heads

    write_heads()
    chosen: date = day.date() if day is not None else timezone.localdate()
    found = head_of(chosen)
    if found is None:
        typer.echo("那一天及以前还没有审计记录。", err=True)
        raise typer.Exit(UNREADABLE)
    typer.echo(found.text)


def _text(given: str) -> str:
    """A file's content where there is one of that name, else the text itself."""
    path = Path(given)
    is_file = "\n" not in given and len(given) < 1000 and path.is_file()
    return path.read_text("utf-8") if is_file else given
