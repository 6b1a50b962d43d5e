"""kaohe backup, restore: a site in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kaohe.cli.site import told
from kaohe.cli.terminal import Bar, out_console


def backup(file: Annotated[Path, typer.Argument(metavar="文件", help="要写的 .zip 文件")]) -> None:
    """备份整个网站（数据库和上传的文件）到一个文件；网站可以正在运行。"""
    from kaohe.web.operations.site import open_site

    with told():
        open_site()
        from kaohe.web.operations.backup.write import back_up

        with Bar("备份") as bar:
            manifest = back_up(file, bar.report)
    counts = f"{manifest.rows} 行、{len(manifest.files)} 个文件"
    out_console.print(f"[green]已备份并核对[/green] {counts}，写到 {file}", highlight=False)
    out_console.print("备份里没有密钥文件 secret.key：恢复时要用它，请另外保管。", highlight=False)


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="kaohe backup 写出的文件")],
    replace: Annotated[
        bool, typer.Option("--replace", help="换下已有的数据；原来的移到旁边保留")
    ] = False,
) -> None:
    """用备份恢复网站：先核对清单，再逐表比对，最后核对审计记录。"""
    from kaohe.web.operations.restoring import restore_site

    with told(), Bar("恢复") as bar:
        aside = restore_site(file, replace=replace, report=bar.report)
    out_console.print(
        f"[green]已恢复[/green] {file}，与备份逐表一致，审计记录核对无误", highlight=False
    )
    if aside is not None:
        out_console.print(f"原来的数据在 {aside}；确认无误后可以删去。", highlight=False)
