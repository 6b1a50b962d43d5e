"""An entry in words: its verb, its action, its object's kind, its columns and their values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.apps import apps
from django.db import models
from django.utils import timezone

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import ACTIONS

VERBS: Final = {
    "create": "登记",
    "update": "修改",
    "delete": "删除",
    "load": "成批装入",
    "reveal": "查看号码",
    "lookup": "按号码查找",
    "export": "导出",
    "print": "打印",
    "login": "登录",
    "logout": "退出",
    "login-failed": "登录失败",
    "locked-out": "锁定登录",
    "unlocked": "恢复登录",
    "opened": "首次登录",
    "password-changed": "改密码",
    "sessions-ended": "结束登录",
    "factor-on": "设第二步验证",
    "factor-off": "解除第二步验证",
    "codes-made": "生成恢复码",
    "codes-seen": "看恢复码",
    "code-used": "用恢复码",
}
# What `tell` says of an event that has no columns of its own.
_TOLD: Final = {
    "rows": "行数",
    "first": "首行编号",
    "last": "末行编号",
    "sha256": "内容校验值",
    "filters": "筛选条件",
    "fields": "看了哪些",
    "count": "个数",
    "how": "方式",
    "why": "原因",
    "sessions_ended": "结束的登录",
    "seq": "序号",
    "digest": "校验值",
    "password": "密码",
    "day": "日期",
}
_SHORT = 60
# Beyond so many signs a value is folded away on the page.
_LONG = 600


@dataclass(frozen=True)
class Column:
    """A column as it was and as it is; label is the column's own name where nobody knows better."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return len(self.before) + len(self.after) > _LONG


def verb_label(verb: str) -> str:
    return VERBS.get(verb, verb)


def action_label(action: str) -> str:
    return ACTIONS[action].label if action in ACTIONS else action


def kind_label(object_type: str) -> str:
    """What sort of object that is: 村. The table's name for a sort that the program has no more."""
    model = model_of(object_type)
    return str(model._meta.verbose_name) if model is not None else object_type


def model_of(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def columns_of(entry: AuditEntry, *, named: bool = True) -> list[Column]:
    """Every column that the entry tells of, with both sides, in the order of the table.

    named: look up the names of the rows that keys point at, a query each.
    """
    fields = _fields(entry.object_type)
    before, after = _mapping(entry.before), _mapping(entry.after)
    names = {*before, *after}
    ordered = [name for name in fields if name in names]
    ordered += [name for name in (*before, *after) if name not in fields]
    return [
        Column(
            label_of(name, fields.get(name)),
            _word(fields.get(name), before[name], named) if name in before else "",
            _word(fields.get(name), after[name], named) if name in after else "",
        )
        for name in dict.fromkeys(ordered)
    ]


def lines_of(entry: AuditEntry) -> list[str]:
    """Each column in a line, with keys as they are: many entries would ask for many names."""
    lines = []
    for column in columns_of(entry, named=False):
        sides = [side for side in (column.before, column.after) if side]
        lines.append(f"{column.label}：{' → '.join(sides)}")
    return lines


def told_briefly(entry: AuditEntry) -> str:
    """The names of the columns that changed, for a line of the list."""
    fields = _fields(entry.object_type)
    if entry.verb in {"create", "delete"}:
        return f"{len(_mapping(entry.after or entry.before))} 项"
    labels = [label_of(name, fields.get(name)) for name in _mapping(entry.after)]
    text = "、".join(labels)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def label_of(name: str, field: models.Field[object, object] | None) -> str:
    if field is None:
        return _TOLD.get(name, name)
    return str(field.verbose_name)


def moment(at: datetime) -> str:
    """A time as people here write it: 2016年1月5日 09:30:12."""
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}"


def kinds() -> list[tuple[str, str]]:
    """All sorts of objects that the site writes down, for a choice."""
    found = {
        model._meta.label_lower: str(model._meta.verbose_name)
        for config in apps.get_app_configs()
        if config.name.startswith("kaohe.")
        for model in config.get_models()
        if config.label != "common"
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def _fields(object_type: str) -> dict[str, models.Field[object, object]]:
    model = model_of(object_type)
    fields: Iterable[models.Field[object, object]] = model._meta.concrete_fields if model else ()
    return {field.attname: field for field in fields}


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {"": value}


def _word(field: models.Field[object, object] | None, value: object, named: bool = False) -> str:
    if value is None or value in ("", [], {}):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, models.ForeignKey):
        return _named(field, value) if named else f"编号 {value}"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, str) and isinstance(field, models.DateField):
        return _day(field, value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{_word(None, item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(_word(None, item) for item in value)
    return str(value)


def _named(field: models.ForeignKey[object, object], value: object) -> str:
    """The row that a key points at, by its present name; the key is what was sealed."""
    related: type[models.Model] = field.related_model
    row = related._base_manager.filter(pk=value).first() if isinstance(value, int) else None
    return f"{row}（编号 {value}）" if row is not None else f"编号 {value}"


def _day(field: models.DateField[object, object], value: str) -> str:
    try:
        if isinstance(field, models.DateTimeField):
            return moment(datetime.fromisoformat(value))
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"
