"""How somebody's phone signs in: nearly always near the village, now and then elsewhere or late."""

from __future__ import annotations

from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.land import KM_PER_DEGREE
from kaohe.demo.model import Place
from kaohe.demo.year.days import DAYS, LAST, moment
from kaohe.demo.year.model import SignIn
from kaohe.demo.year.serving import Service
from kaohe.demo.year.words_common import WORDS

# Of all sign-ins: surely outside of the village, without a place, entered later.
_OUTSIDE, _NO_PLACE, _LATE = 0.004, 0.02, 0.02
_NEAR, _FAR = 0.9, (5.0, 16.0)  # km
_ONE_NEW_PHONE_IN = 25


class Phone:
    """A person's phone in a village; some have a new one from some day on."""

    def __init__(self, dice: Dice, service: Service, village: Place) -> None:
        self._dice, self._service, self._village = dice, service, village
        renewed = dice.chance(1 / _ONE_NEW_PHONE_IN)
        self._renewed = dice.pick(DAYS) if renewed else LAST + timedelta(days=1)

    def sign_in(self, day: date, photo: str) -> SignIn:
        dice, service = self._dice, self._service
        received = moment(dice, day, 7, 10)
        claimed, reason = received.replace(second=0), ""
        if dice.chance(_LATE):
            received = moment(dice, day + timedelta(days=dice.whole(1, 5)), 8, 20)
            claimed, reason = received.replace(second=0), dice.pick(WORDS["late"])
        outside = dice.chance(_OUTSIDE)
        place, accuracy = self._place(outside=outside)
        device = f"{service.person}{'新' if day >= self._renewed else ''}"
        return SignIn(
            service.number,
            service.person,
            day,
            received,
            claimed,
            reason,
            place,
            accuracy,
            outside,
            device,
            photo,
        )

    def _place(self, *, outside: bool) -> tuple[Place | None, int | None]:
        dice = self._dice
        if outside:
            east = dice.between(*_FAR) * dice.pick((-1, 1))
            return place_beside(self._village, east, dice.between(*_FAR)), dice.whole(20, 400)
        if dice.chance(_NO_PLACE):
            return None, None
        near = dice.between(-_NEAR, _NEAR), dice.between(-_NEAR, _NEAR)
        return place_beside(self._village, *near), dice.whole(8, 150)


def place_beside(place: Place, east: float, north: float) -> Place:
    """The place so many kilometres east and north."""
    return (
        round(place[0] + east / KM_PER_DEGREE[0], 6),
        round(place[1] + north / KM_PER_DEGREE[1], 6),
    )
