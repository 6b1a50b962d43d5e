"""A plan carried out: every row in its table's turn, each with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import ForeignKey

from kaohe.web.common.changes import Change
from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Record
from kaohe.web.roster.imports.plan import Plan, Step
from kaohe.web.roster.models import (
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Unit,
    UnitAttributes,
    Village,
    VillageCount,
)

# What a row refers to comes before it.
ORDER: tuple[type[Record], ...] = (
    Unit,
    UnitAttributes,
    Village,
    VillageCount,
    Person,
    Post,
    Team,
    TeamMember,
    Posting,
)
Tell = Callable[[int, int, str], None]
# Columns that follow from others, see the models' clean_fields.
_DERIVED = {
    "name": ("initials",),
    "id_number": ("id_index",),
    "phone": ("phone_index",),
}
_PIECE = 1_000


def apply(plan: Plan, change: Change, tell: Tell) -> None:
    """Write the plan. Raises Refusal where the database knows of a row that the plan does not."""
    steps = list(plan.steps())
    done = 0
    for model in ORDER:
        own = [step for step in steps if type(step.record) is model]
        label = f"正在写入{model._meta.verbose_name}"
        try:
            for piece in _pieces(own, first_new=model is Posting):
                tell(done, len(steps), label)
                _write(change, piece)
                done += len(piece)
        except IntegrityError as error:
            raise Refusal(
                f"{model._meta.verbose_name}里有编号、名称或身份证号与已登记的相同，"
                "或两行互换了。没有导入任何内容；请重新检查，互换的分两次导入。"
            ) from error
    tell(done, len(steps), "正在写审计记录")


def changed_fields(model: type[Record], before: Iterator[str]) -> list[str]:
    """The columns to store: those that changed, and what follows from them."""
    names = {model._meta.get_field(name).name for name in before}
    own = {field.name for field in model._meta.concrete_fields}
    derived = {other for name in names for other in _DERIVED.get(name, ()) if other in own}
    return sorted(names | derived)


def _pieces(steps: Sequence[Step], *, first_new: bool) -> Iterator[list[Step]]:
    """Changed rows before new ones, which may take a name that became free.

    Postings the other way round: a changed one may take over from a new one.
    """
    changed = [step for step in steps if not step.new]
    new = [step for step in steps if step.new]
    for group in (new, changed) if first_new else (changed, new):
        for wave in _waves(group):
            for start in range(0, len(wave), _PIECE):
                yield wave[start : start + _PIECE]


def _waves(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """New postings after the new ones that they take over from, which need their keys first."""
    waiting = list(steps)
    while waiting:
        open_ids = {id(step.record) for step in waiting if step.new}
        ready = [
            step for step in waiting if id(getattr(step.record, "replaces", None)) not in open_ids
        ]
        yield ready
        taken = {id(step) for step in ready}
        waiting = [step for step in waiting if id(step) not in taken]


def _write(change: Change, steps: Sequence[Step]) -> None:
    for step in steps:
        _refer(step.record)
    rows: list[Any] = [step.record for step in steps]
    if steps[0].new:
        change.create_many(rows)
    else:
        names = iter({name for step in steps for name in step.before})
        change.update_many(rows, changed_fields(type(rows[0]), names))


def _refer(record: Record) -> None:
    """Take the keys of rows that were new when they were set and are stored by now."""
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.is_cached(record):
            setattr(record, field.name, getattr(record, field.name))
