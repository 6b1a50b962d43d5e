"""Each poor village has a first secretary, a team and a technician (regulation 一, 二(一)1(2))."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.coverage import coverage_in
from kaohe.web.home.todo import Asked, Rule, Todo, rule
from kaohe.web.roster.models import Posting

_Kind = Posting.Kind


def _ended(kind: Posting.Kind) -> Rule:
    @rule(f"posting.{kind.value}")
    def look(asked: Asked) -> Todo | None:
        count = asked.once(coverage_in).ended(kind)
        if not count:
            return None
        why = "原来的派驻已经结束，没有人接替。"
        url = to("roster:villages", poor="true", without=kind.value)
        return Todo(f"接替{kind.label}", count, why, url, measure="个村", late=True)

    return look


def _never(kind: Posting.Kind) -> Rule:
    @rule(f"posting.{kind.value}")
    def look(asked: Asked) -> Todo | None:
        count = asked.once(coverage_in).never(kind)
        if not count:
            return None
        why = f"这些贫困村还没有派驻过{kind.label}。"
        url = to("roster:villages", poor="true", without=kind.value)
        return Todo(f"派驻{kind.label}", count, why, url, measure="个村")

    return look


def _doubled(kind: Posting.Kind) -> Rule:
    @rule(f"posting.{kind.value}")
    def look(asked: Asked) -> Todo | None:
        count = asked.once(coverage_in).doubled(kind)
        if not count:
            return None
        why = f"同一个村同时有两个在岗的{kind.label}，请结束其中一个。"
        url = to("roster:postings", kind=kind.value)
        return Todo(f"核对{kind.label}", count, why, url, measure="个村")

    return look


RULES: tuple[Rule, ...] = (
    *(_ended(kind) for kind in _Kind),
    *(_never(kind) for kind in _Kind),
    # A technician may share a village with another.
    *(_doubled(kind) for kind in (_Kind.FIRST_SECRETARY, _Kind.VILLAGE_TEAM)),
)
