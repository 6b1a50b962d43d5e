"""kaohe county, account: a new county and its first administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kaohe.cli.site import told
from kaohe.cli.terminal import fail, out_console

if TYPE_CHECKING:
    from kaohe.web.roster.accounts.slips import Slip

county = typer.Typer(help="设立县，列出已有的县。", no_args_is_help=True)
account = typer.Typer(help="开通系统管理员，重发开通码。", no_args_is_help=True)

CountyCode = Annotated[str, typer.Argument(metavar="县编号", help="如 510000")]
UserName = Annotated[str, typer.Argument(metavar="登录名", help="字母、数字，3 至 40 位")]
PersonName = Annotated[str, typer.Argument(metavar="姓名")]


@county.command("add")
def add_county(
    code: CountyCode,
    name: Annotated[str, typer.Argument(metavar="县名", help="如 禾望县")],
    username: UserName,
    administrator: PersonName,
    province: Annotated[str, typer.Option(help="省份")] = "",
) -> None:
    """设立一个县，并开通它的第一位系统管理员。"""
    with _opened():
        from kaohe.web.operations.counties import add_administrator
        from kaohe.web.operations.counties import add_county as add

        made = add(code=code, name=name, province=province, command="kaohe county add")
        out_console.print(f"[green]已设立[/green] {made.name}（{made.code}）", highlight=False)
        _print_slip(
            add_administrator(
                county_code=code,
                username=username,
                name=administrator,
                command="kaohe county add",
            )
        )


@county.command("list")
def list_counties() -> None:
    """列出已有的县。"""
    with _opened():
        from kaohe.web.roster.models import County

        for one in County.objects.order_by("code"):
            out_console.print(f"{one.code}  {one.name}  {one.province}", highlight=False)


@account.command("add")
def add_account(county_code: CountyCode, username: UserName, name: PersonName) -> None:
    """给县里再开通一位系统管理员。"""
    with _opened():
        from kaohe.web.operations.counties import add_administrator

        _print_slip(
            add_administrator(
                county_code=county_code,
                username=username,
                name=name,
                command="kaohe account add",
            )
        )


@account.command("reset")
def reset_account(
    username: UserName,
    remove_second_factor: Annotated[
        bool, typer.Option("--remove-second-factor", help="连动态口令一并去掉（手机丢了）")
    ] = False,
) -> None:
    """给一个账号重发开通码：原密码作废，已登录的退出。"""
    with _opened():
        from kaohe.web.operations.counties import new_code_for

        _print_slip(
            new_code_for(
                username=username,
                remove_second_factor=remove_second_factor,
                command="kaohe account reset",
            )
        )


@contextmanager
def _opened() -> Iterator[None]:
    """The site opened; what is wrong with a value is told as at a form."""
    from kaohe.web.operations.site import open_site

    with told():
        open_site()
        from django.core.exceptions import ValidationError

        from kaohe.web.common.errors import Refusal

        try:
            yield
        except ValidationError as error:
            raise fail("\n".join(error.messages)) from error
        except Refusal as error:
            raise fail(error.message) from error


def _print_slip(slip: Slip) -> None:
    out_console.print(f"登录名  {slip.username}", highlight=False)
    out_console.print(f"开通码  {slip.code}", highlight=False)
    out_console.print("开通码只显示这一次，30 天内有效；首次登录时自己设密码。", highlight=False)
