"""Score sheets and ballots made to order: points within the maxima that add up to a wanted sum.

All numbers here are whole hundredths of a point, except in the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random

from tests.oracle.county import Row, half_up
from tests.oracle.maxima import COMMON, DEPARTMENT, SPECIAL, TEAM, maxima_of, special_items

# Where a grade, 约谈 or 免职 changes.
BOUNDARIES = (5999, 6000, 7499, 7500, 8999, 9000)

CAP = 1000
FULL = 10000


@dataclass(frozen=True)
class Sheet:
    """One review of one subject: points by indicator, and the events of 奖惩得分."""

    points: Mapping[str, int]
    bonuses: Sequence[int] = ()
    deductions: Sequence[int] = ()


@dataclass(frozen=True)
class Ballots:
    """One rating: how many ballots said what."""

    excellent: int
    competent: int
    basically_competent: int
    incompetent: int
    abstain: int

    def score(self) -> Fraction | None:
        counted = self.excellent + self.competent + self.basically_competent + self.incompetent
        total = 100 * self.excellent + 80 * self.competent + 60 * self.basically_competent
        return half_up(Fraction(total, counted)) if counted else None


# Points


def spread(random: Random, total: int, maxima: Mapping[str, int]) -> dict[str, int]:
    """Points that add up to the total, none above its maximum (in points) or below zero."""
    left = 100 * sum(maxima.values())
    assert 0 <= total <= left
    points = {}
    for indicator in random.sample(list(maxima), len(maxima)):
        most = 100 * maxima[indicator]
        left -= most
        points[indicator] = random.randint(max(0, total - left), min(most, total))
        total -= points[indicator]
    return {indicator: points[indicator] for indicator in maxima}


def random_sheet(random: Random, subject: Row) -> Sheet:
    """Any points, given in whole points, tenths or hundredths."""
    unit = random.choice((100, 10, 1))
    floor_of = random.choice((0, 0.5, 0.8, 1))
    points = {
        indicator: unit * random.randint(int(100 * most * floor_of) // unit, 100 * most // unit)
        for indicator, most in maxima_of(subject).items()
    }
    return Sheet(points, events(random, subject), events(random, subject))


def events(random: Random, subject: Row) -> tuple[int, ...]:
    """Bonuses, or deductions: none, a few, exactly the cap of 10, or more than it."""
    if subject["kind"] == TEAM:
        return ()
    return random.choice(
        (
            (),
            (random.randint(1, 9) * 100,),
            (random.randint(1, 300), random.randint(1, 300)),
            (400, 600),
            (999,),
            (700, 301),
            (random.randint(CAP, 2500),),
        )
    )


def even_sheet(subject: Row, *, full: bool) -> Sheet:
    """Everything or nothing; with nothing, deductions would lead below zero."""
    points = {item: 100 * most if full else 0 for item, most in maxima_of(subject).items()}
    punished = not full and subject["kind"] != TEAM
    return Sheet(points, deductions=(550, 700) if punished else ())


def sheet_worth(random: Random, subject: Row, review: int) -> Sheet:
    """A sheet whose 考核得分 is exactly so much, from 0 to 100."""
    if subject["kind"] != DEPARTMENT:
        points, rest = spread(random, review, maxima_of(subject)), 0
    else:
        points, rest = department_points(random, subject, review)
    if subject["kind"] == TEAM:
        return Sheet(points)
    # Bonuses and deductions both above the cap take each other away.
    if not rest and random.randint(0, 3) == 0:
        return Sheet(points, bonuses=(600, 700), deductions=(1050,))
    return Sheet(points, bonuses=(rest,) if rest else ())


def department_points(random: Random, subject: Row, review: int) -> tuple[dict[str, int], int]:
    """Points, and what is left for a bonus where folding gives even hundredths only."""
    applying = special_items(subject)
    if not applying:
        return spread(random, review // 2, COMMON), review % 2
    # All or nothing of what applies is 50 or 0, whatever it is scaled by.
    full = review > FULL // 2
    special = {item: 100 * SPECIAL[item] if full else 0 for item in applying}
    return spread(random, review - full * FULL // 2, COMMON) | special, 0


# Wanted annual scores


def sums_giving(target: int, constant: Fraction, weight: Fraction) -> list[int]:
    """Sums of reviews that round to the target in constant + weight * sum, ties among them."""
    least = floor((target - 1 - constant) / weight)
    most = ceil((target + 1 - constant) / weight)
    return [
        total
        for total in range(max(0, least), most + 1)
        if half_up((constant + weight * total) / 100) * 100 == target
    ]


def reviews_giving(
    random: Random, target: int, constant: Fraction, weight: Fraction, count: int
) -> list[int] | None:
    """So many reviews whose sum leads to the target annual score, if 0 to 100 each can."""
    sums = [s for s in sums_giving(target, constant, weight) if s <= count * FULL]
    if not sums:
        return None
    total = random.choice(sums)
    if count == 1:
        return [total]
    first = random.randint(max(0, total - FULL), min(FULL, total))
    return [first, total - first]


# Rows


def rows_of_sheet(random: Random, subject_id: str, round_: str, sheet: Sheet) -> list[Row]:
    return [
        {
            "subject_id": subject_id,
            "round": round_,
            "indicator": indicator,
            "points": written(random, points),
        }
        for indicator, points in sheet.points.items()
    ]


def rows_of_events(random: Random, subject_id: str, round_: str, sheet: Sheet) -> list[Row]:
    return [
        {
            "subject_id": subject_id,
            "round": round_,
            "type": type_,
            "item": f"{type_}-{number}",
            "points": written(random, points),
            "reason": "查证属实",
        }
        for type_, given in (("bonus", sheet.bonuses), ("deduction", sheet.deductions))
        for number, points in enumerate(given, start=1)
    ]


def row_of_ballots(subject_id: str, round_: str, ballots: Ballots) -> Row:
    counts = {name: str(count) for name, count in vars(ballots).items()}
    return {"subject_id": subject_id, "round": round_, **counts}


def written(random: Random, hundredths: int) -> str:
    """As people write it: 2, 2.0 or 2.00; 2.1 or 2.10; 2.05."""
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    shortest = text.rstrip("0").rstrip(".")
    return random.choice((shortest, shortest, text, text[:-1] if text.endswith("0") else text))
