"""The names of the values that a subject has while it is computed; ``steps`` has them as columns.

``half_year:2`` a group's points in a round, ``half_year:加分`` its events, ``年度得分`` a result.
What follows a ``#`` is part of a value: ``#n`` and ``#d`` the exact fraction before rounding,
``#alt`` which alternative was taken, ``#sum`` and ``#full`` what a scaled group consists of.
"""

from __future__ import annotations

from kaohe.scheme.model import Kind
from kaohe.scheme.names import TREE

YEAR = ""
LOOSE = "*"


def in_round(round_code: str, name: str) -> str:
    return f"{round_code}:{name}"


def tree(round_code: str) -> str:
    return in_round(round_code, TREE)


def fact(round_code: str, name: str) -> str:
    """A fact of a round; ``YEAR`` for the whole year's."""
    return f"{round_code}:{name}"


def determination(name: str) -> str:
    return f"认定:{name}"


def consequence(index: int) -> str:
    return f"运用:{index}"


def member(kind: str, name: str) -> str:
    return f"{kind}.{name}"


def applies(code: str) -> str:
    """Whether an indicator under a condition (``when``) applies."""
    return f"适用:{code}"


def numerator(key: str) -> str:
    return f"{key}#n"


def denominator(key: str) -> str:
    return f"{key}#d"


def alternative(key: str) -> str:
    return f"{key}#alt"


def total(key: str) -> str:
    return f"{key}#sum"


def count(key: str) -> str:
    return f"{key}#count"


def full(key: str) -> str:
    return f"{key}#full"


def extreme(key: str, function: str) -> str:
    """The least (最小) or greatest (最大) of linked values."""
    return f"{key}#{function}"


def tie(key: str) -> str:
    """Whether a tie crosses a boundary at which somebody has to decide."""
    return f"{key}#tie"


def summed(kind: Kind) -> dict[str, tuple[str, ...]]:
    """The sums that a sheet needs: a top group's code (or ``LOOSE``) to the codes of its leaves."""
    sums = {
        top.code: tuple(x.code for x in top.leaves()) for top in kind.indicators if top.children
    }
    loose = tuple(top.code for top in kind.indicators if not top.children)
    return sums | ({LOOSE: loose} if loose else {})
