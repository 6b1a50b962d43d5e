"""What a formula refers to, and its text with values in the place of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kaohe.scheme.formula.nodes import (
    Arithmetic,
    Call,
    Compare,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Text,
)


def names(node: Node) -> frozenset[str]:
    """The values of the subject itself that the formula uses."""
    return frozenset(part.name for part in _parts(node) if isinstance(part, Name))


def members(node: Node) -> frozenset[tuple[str, str]]:
    """The (kind, result) of linked subjects that the formula uses."""
    return frozenset((part.kind, part.name) for part in _parts(node) if isinstance(part, Member))


def aggregates(node: Node) -> frozenset[tuple[str, str, str]]:
    """The (function, kind, result) by which the formula gathers linked subjects."""
    return frozenset(
        (part.function, argument.kind, argument.name)
        for part in _parts(node)
        if isinstance(part, Call)
        for argument in part.arguments
        if isinstance(argument, Member)
    )


def indicators(node: Node) -> frozenset[str]:
    """The codes of the indicators that the formula uses."""
    return frozenset(
        argument.value
        for part in _parts(node)
        if _is_indicator(part)
        for argument in _children(part)
        if isinstance(argument, Text)
    )


def substitute(text: str, node: Node, shown: Callable[[Name | Member | Call], str | None]) -> str:
    """`text` with every name, member and 指标(…) replaced by what `shown` returns for it.

    Where `shown` returns None, and everywhere else, the county's own wording and punctuation stay.
    `node` must be the tree of `text`.
    """
    pieces: list[str] = []
    done = 0
    for part in _parts(node):
        if part.start < done:
            continue  # the middle of `60 <= x < 75` belongs to two comparisons
        if isinstance(part, Name | Member) or (isinstance(part, Call) and _is_indicator(part)):
            value = shown(part)
            if value is not None:
                pieces += text[done : part.start], value
                done = part.end
    return "".join((*pieces, text[done:]))


def _is_indicator(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "指标"


def _parts(node: Node) -> Iterator[Node]:
    """`node` and all below it, in the order of the text."""
    yield node
    for child in _children(node):
        yield from _parts(child)


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Negate(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Call(arguments=arguments):
            return arguments
        case Logic(operands=operands):
            return operands
    return ()
