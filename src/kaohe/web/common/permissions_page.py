"""docs/permissions.md, printed from the table: python -m kaohe.web.common.permissions_page

A test holds the file equal to what is printed here, so a right never changes without its page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from kaohe.web.common.permissions import (
    ACTIONS,
    GRANTABLE,
    PAGES,
    PUBLIC_PAGES,
    SECOND_FACTOR,
    Action,
    Role,
)

_ROLES = tuple(role for role in Role if role != Role.COMMAND)
_HEAD = """# 权限表

> 本页由 `src/kaohe/web/common/permissions.py` 生成，不要手改：改了那张表以后运行
> `python -m kaohe.web.common.permissions_page > docs/permissions.md`。

没有写在表里的，就是不允许。一个账号可以有几个角色，范围取其中最宽的。查不到的、别县的和范围以外的记录，回答都是“没有这一页”。

范围：**全县**＝本县的全部；**本乡镇**＝本乡镇、所辖各村和在那里驻村的人；**本单位**＝本单位的人和派出的人；**本人**＝自己、自己的工作队和驻的村。
"""


def permissions_page() -> str:
    """The whole page as Markdown."""
    parts = (_HEAD, _actions(), _factors(), _grants(), _pages(), _public())
    return "\n".join(parts)


def _actions() -> str:
    heads = ("动作", *(role.label for role in _ROLES))
    rows = [(_label(action), *_scopes(action)) for action in ACTIONS.values()]
    told = "带“✎”的会改动数据或记录在案，都写进审计记录。\n"
    return f"## 角色和动作\n\n{told}\n{_table(heads, rows)}"


def _label(action: Action) -> str:
    return f"{action.label} ✎" if action.writes else action.label


def _scopes(action: Action) -> Iterable[str]:
    for role in _ROLES:
        scope = action.scopes.get(role)
        yield scope.label if scope is not None else ""


def _factors() -> str:
    names = _names(SECOND_FACTOR)
    return (
        "## 第二步验证\n\n"
        f"这些角色登录时必须有第二步验证（`KAOHE_SECOND_FACTOR=required` 时）：{names}。\n"
    )


def _grants() -> str:
    rows = [(role.label, _names(GRANTABLE[role])) for role in _ROLES if role in GRANTABLE]
    told = (
        "只能管理自己授得出的角色的账号；自己的账号自己不能管理；"
        "最后一个能登录的系统管理员不能停用。"
    )
    return f"## 谁能授予哪些角色\n\n{told}\n\n{_table(('角色', '可以授予'), rows)}"


def _pages() -> str:
    rows = [(f"`{name}`", ACTIONS[action].label) for name, action in PAGES.items()]
    return f"## 页面和它要的动作\n\n{_table(('页面', '动作'), rows)}"


def _public() -> str:
    names = "、".join(f"`{name}`" for name in sorted(PUBLIC_PAGES))
    return f"## 不登录也能看的页面\n\n{names}。\n"


def _names(roles: Iterable[Role]) -> str:
    held = frozenset(roles)
    return "、".join(role.label for role in _ROLES if role in held)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(permissions_page())
