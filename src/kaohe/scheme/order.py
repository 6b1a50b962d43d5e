"""In which order everything is computed, found from what names what; cycles are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

from kaohe.scheme import keys
from kaohe.scheme.formula import Node, members, names
from kaohe.scheme.model import Award, Consequence, Grade, Kind, Rank, Result, Scheme

Computed = Result | Rank | Grade | Award | Consequence


class CycleError(ValueError):
    """Named values that wait for each other."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        chain = " → ".join(f"{step.kind}「{step.name}」" for step in (*steps, steps[0]))
        super().__init__(f"公式互相引用，成了循环：{chain}；请去掉其中一处引用")


@dataclass(frozen=True, slots=True)
class Step:
    """One value to compute for all subjects of a kind; ``round`` None is the year."""

    kind: str
    name: str
    round: str | None
    part: Computed = field(compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """Steps of one kind that can be computed without leaving it.

    The steps of a level need only what levels before it give, so they can be done side by side.
    """

    kind: str
    levels: tuple[tuple[Step, ...], ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for level in self.levels for step in level)


def steps_of(kind: Kind) -> Iterator[Step]:
    for result in kind.results:
        for round_code, name in result.names().items():
            yield Step(kind.name, name, round_code, result)
    for rank in kind.ranks:
        yield Step(kind.name, rank.name, None, rank)
    if kind.grade is not None:
        yield Step(kind.name, kind.grade.name, None, kind.grade)
    if kind.award is not None:
        yield Step(kind.name, kind.award.name, None, kind.award)
    for index, consequence in enumerate(kind.consequences):
        yield Step(kind.name, keys.consequence(index), None, consequence)


def formulas_of(part: Computed) -> Iterator[Node]:
    match part:
        case Result():
            yield part.formula.node
            for alternative in part.otherwise:
                yield alternative.formula.node
                if alternative.when is not None:
                    yield alternative.when.node
        case Rank(among=among):
            if among is not None:
                yield among.node
        case Grade(overrides=overrides):
            yield from (override.when.node for override in overrides)
        case Consequence(when=when):
            yield when.node


def _named(part: Computed) -> tuple[str, ...]:
    match part:
        case Rank(of=of) | Grade(of=of):
            return (of,)
        case Award(by=by):
            return (by,)
    return ()


def segments(scheme: Scheme) -> tuple[Segment, ...]:
    """The order of computing; raises :class:`CycleError`."""
    steps = [step for kind in scheme.kinds for step in steps_of(kind)]
    at = {(normalize("NFKC", s.kind), normalize("NFKC", s.name)): s for s in steps}
    waits = {step: _waits(scheme, step, at) for step in steps}
    ordered: list[Segment] = []
    done: set[Step] = set()
    while len(done) < len(steps):
        open_ = [step for step in steps if step not in done]
        left = {k.name: [step for step in open_ if step.kind == k.name] for k in scheme.kinds}
        found = [_ready(kind, rest, waits, done) for kind, rest in left.items() if rest]
        # A kind that can be finished goes first, so that few kinds have to be visited twice.
        whole = [segment for segment in found if len(segment.steps) == len(left[segment.kind])]
        chosen = next((segment for segment in [*whole, *found] if segment.levels), None)
        if chosen is None:
            raise CycleError(_cycle(next(s for s in steps if s not in done), waits, done))
        ordered.append(chosen)
        done.update(chosen.steps)
    return tuple(ordered)


def _ready(
    kind: str, rest: list[Step], waits: dict[Step, frozenset[Step]], done: set[Step]
) -> Segment:
    reached = set(done)
    levels: list[tuple[Step, ...]] = []
    while True:
        level = tuple(step for step in rest if step not in reached and waits[step] <= reached)
        if not level:
            return Segment(kind, tuple(levels))
        levels.append(level)
        reached.update(level)


def _waits(scheme: Scheme, step: Step, at: dict[tuple[str, str], Step]) -> frozenset[Step]:
    kind = scheme.kind(step.kind)
    own = normalize("NFKC", step.kind)
    generic = {
        normalize("NFKC", r.name): r.each_round[step.round]
        for r in kind.results
        if step.round is not None and r.each_round and step.round in r.each_round
    }
    used: set[tuple[str, str]] = {(own, normalize("NFKC", name)) for name in _named(step.part)}
    for node in formulas_of(step.part):
        used |= {(own, normalize("NFKC", generic.get(name, name))) for name in names(node)}
        used |= members(node)
    return frozenset(at[key] for key in used if key in at)


def _cycle(start: Step, waits: dict[Step, frozenset[Step]], done: set[Step]) -> tuple[Step, ...]:
    path = [start]
    while True:
        following = next(step for step in waits[path[-1]] if step not in done)
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)
