"""The villages of a made-up county."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.demo.dice import Dice
from kaohe.demo.model import Place, Township, Village
from kaohe.demo.plane import between, contains, distance2
from kaohe.demo.scale import Scale
from kaohe.demo.words_places import VILLAGE_FIRST, VILLAGE_SECOND, VILLAGES_APART, WELL_KNOWN

# Of so many places on trial, a village takes the one that is furthest from all others.
TRIALS = 6
# How far a village may be on the way from the seat to the border.
CLEAR_OF_BORDER = 0.9


def make_villages(seed: int, scale: Scale, townships: Sequence[Township]) -> tuple[Village, ...]:
    """Villages township by township, each inside its township's outline."""
    dice = Dice(seed, "villages")
    counts = _shares(dice, scale.villages, len(townships))
    places = [
        (township, name, location)
        for township, count in zip(townships, counts, strict=True)
        for name, location in zip(
            _names(dice, count), _locations(dice, township, count), strict=True
        )
    ]
    poor = set(dice.shuffled(range(scale.villages))[: scale.poor_villages])
    return tuple(
        _village(dice, number, *place, poor=number in poor) for number, place in enumerate(places)
    )


def _village(
    dice: Dice, number: int, township: Township, name: str, location: Place, *, poor: bool
) -> Village:
    households = dice.whole(160, 900)
    poor_households = int(households * (dice.between(0.1, 0.3) if poor else dice.between(0, 0.05)))
    return Village(
        code=f"V{number + 1:03d}",
        name=name,
        township=township.code,
        poor=poor,
        exit_year=dice.weighted([(2016, 3), (2017, 3), (2018, 3), (2019, 1)]) if poor else None,
        location=location,
        households=households,
        population=int(households * dice.between(3.2, 3.9)),
        poor_households=poor_households,
        poor_people=int(poor_households * dice.between(2.4, 3.2)),
    )


def _shares(dice: Dice, villages: int, townships: int) -> list[int]:
    """How many villages each township has: at least one, and the rest unevenly."""
    counts = [1] * townships
    weights = [(place, dice.whole(5, 15)) for place in range(townships)]
    for _ in range(villages - townships):
        counts[dice.weighted(weights)] += 1
    return counts


def _names(dice: Dice, count: int) -> list[str]:
    """Different names for the villages of one township."""
    names: list[str] = []
    while len(names) < count:
        name = _name(dice)
        if name not in names:
            names.append(name)
    return names


def _name(dice: Dice) -> str:
    if dice.chance(0.12):
        return dice.pick(VILLAGES_APART) + "村"
    name = dice.pick(VILLAGE_FIRST) + dice.pick(VILLAGE_SECOND)
    return _name(dice) if name in WELL_KNOWN or name[0] == name[1] else name + "村"


def _locations(dice: Dice, township: Township, count: int) -> list[Place]:
    """Places in the township, not too near to each other or to its seat."""
    places = [township.seat]
    for _ in range(count):
        trials = [_inside(dice, township) for _ in range(TRIALS)]
        places.append(max(trials, key=lambda trial: min(distance2(trial, at) for at in places)))
    return places[1:]


def _inside(dice: Dice, township: Township) -> Place:
    longitudes, latitudes = zip(*township.outline, strict=True)
    while True:
        anywhere = (
            dice.between(min(longitudes), max(longitudes)),
            dice.between(min(latitudes), max(latitudes)),
        )
        longitude, latitude = between(township.seat, anywhere, CLEAR_OF_BORDER)
        place = (round(longitude, 5), round(latitude, 5))
        if contains(township.outline, anywhere) and contains(township.outline, place):
            return place
