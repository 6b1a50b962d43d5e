"""A new county of the site, and the first account of its administrator."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.web.common.actor import command_actor
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.operations.errors import OperationError
from kaohe.web.roster.accounts.rules import GrantFacts
from kaohe.web.roster.accounts.slips import Slip
from kaohe.web.roster.actions.accounts import AccountFacts, add_account, reset_account
from kaohe.web.roster.models import Account, County

# The site itself: no county has this number.
NO_COUNTY = 0


def add_county(
    *,
    code: str,
    name: str,
    command: str,
    province: str = "",
    outline: Sequence[Sequence[float]] = (),
) -> County:
    """Set a county up, still without accounts. Raises ValidationError for a code that is taken."""
    with writing(command_actor(NO_COUNTY, command), "county.add") as change:
        county = County(code=code, name=name, province=province, outline=list(outline))
        return change.create(county)


def add_administrator(*, county_code: str, username: str, name: str, command: str) -> Slip:
    """An administrator of a county, with the code for the first log-in.

    Raises OperationError for a county that is not there, ValidationError for a name that is taken.
    """
    county = County.objects.filter(code=county_code).first()
    if county is None:
        known = "、".join(County.objects.order_by("code").values_list("code", flat=True)) or "没有"
        raise OperationError(f"没有编号为 {county_code} 的县；已有的：{known}。")
    facts = AccountFacts(
        name=name, username=username, person_id=None, grant=GrantFacts(Role.ADMINISTRATOR)
    )
    return add_account(actor=command_actor(county.pk, command), facts=facts)


def new_code_for(*, username: str, remove_second_factor: bool, command: str) -> Slip:
    """A code to log in anew, for an administrator whom nobody else can help; sessions end."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise OperationError(f"没有登录名为 {username} 的账号。")
    actor = command_actor(account.county_id, command)
    return reset_account(
        actor=actor,
        account_id=account.pk,
        reason="由本机命令重发开通码",
        remove_second_factor=remove_second_factor,
    )
