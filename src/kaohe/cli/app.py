"""All commands under one name. Django is imported by none of them before it is called."""

from __future__ import annotations

import sys

import typer

from kaohe import __version__
from kaohe.cli import accounts, copies, schemes, scoring, site

app = typer.Typer(
    help="考核：把考核办法和各表算成结果，每个数都讲得清来历；也是考核网站的命令。",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
_SCORING = "计算"
_SITE = "网站"


def main() -> None:
    """Entry point: Chinese text on any console, problems without tracebacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    app()


def version() -> None:
    """版本号。"""
    print(__version__)


app.command(rich_help_panel=_SCORING)(scoring.score)
app.command(rich_help_panel=_SCORING)(scoring.explain)
app.command(rich_help_panel=_SCORING)(schemes.check)
app.command(rich_help_panel=_SCORING)(schemes.template)
app.command(rich_help_panel=_SCORING)(schemes.where)
app.command(rich_help_panel=_SCORING)(schemes.schemes)
app.command(rich_help_panel=_SCORING)(schemes.schema)
app.command(rich_help_panel=_SCORING)(version)
app.command(rich_help_panel=_SITE)(site.demo)
app.command(rich_help_panel=_SITE)(site.migrate)
app.command(rich_help_panel=_SITE)(site.serve)
app.command(rich_help_panel=_SITE)(site.worker)
app.command(rich_help_panel=_SITE)(site.doctor)
app.command(rich_help_panel=_SITE)(copies.backup)
app.command(rich_help_panel=_SITE)(copies.restore)
app.add_typer(accounts.county, name="county", rich_help_panel=_SITE)
app.add_typer(accounts.account, name="account", rich_help_panel=_SITE)
