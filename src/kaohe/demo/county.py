"""A whole made-up county, put together part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kaohe.demo.dice import Dice
from kaohe.demo.land import Land, shape_land
from kaohe.demo.model import County, Department, Posting, PostingKind, Township, Village
from kaohe.demo.people import Directory
from kaohe.demo.plane import centroid
from kaohe.demo.posts import make_posts
from kaohe.demo.roster import DemoCounty
from kaohe.demo.scale import COUNTY, Scale
from kaohe.demo.service import Service
from kaohe.demo.teams import Teams, share_out
from kaohe.demo.units import make_departments, make_townships, technicians_from
from kaohe.demo.villages import make_villages
from kaohe.demo.words_places import COUNTY_CODE, COUNTY_NAME, PROVINCE


def demo_county(seed: int = 2016, scale: Scale = COUNTY) -> DemoCounty:
    """The county of this seed and scale: the same on every platform, Python and day."""
    land = shape_land(seed, scale.townships)
    townships = make_townships(seed, land)
    departments = make_departments(seed, scale.departments)
    villages = make_villages(seed, scale, townships)
    poor = [village for village in villages if village.poor]
    senders = share_out(Dice(seed, "senders"), poor, [one.code for one in departments])
    directory = Directory(seed)
    posts = make_posts(seed, directory, townships, departments)
    secretaries = _first_secretaries(seed, directory, poor, scale, senders)
    teams = _teams(seed, directory, scale, townships, villages, senders)
    technicians = _technicians(seed, directory, poor, scale, departments)
    return DemoCounty(
        county=_county(land),
        townships=townships,
        departments=departments,
        villages=villages,
        persons=directory.sorted(),
        posts=posts,
        teams=tuple(teams.teams),
        members=tuple(teams.members),
        postings=(*secretaries, *teams.postings, *technicians),
    )


def _county(land: Land) -> County:
    longitude, latitude = centroid(land.outline)
    centre = (round(longitude, 5), round(latitude, 5))
    return County(COUNTY_CODE, COUNTY_NAME, PROVINCE, land.outline, centre)


def _first_secretaries(
    seed: int,
    directory: Directory,
    poor: Sequence[Village],
    scale: Scale,
    senders: Mapping[str, str],
) -> list[Posting]:
    dice = Dice(seed, "first secretaries")
    service = Service(dice, directory, PostingKind.FIRST_SECRETARY, senders.__getitem__)
    service.fill(poor, scale.first_secretaries)
    return service.postings


def _technicians(
    seed: int,
    directory: Directory,
    poor: Sequence[Village],
    scale: Scale,
    departments: Sequence[Department],
) -> list[Posting]:
    dice = Dice(seed, "technicians")
    weights = technicians_from(departments)
    service = Service(dice, directory, PostingKind.TECHNICIAN, lambda _: dice.weighted(weights))
    service.fill(poor, scale.technicians)
    return service.postings


def _teams(
    seed: int,
    directory: Directory,
    scale: Scale,
    townships: Sequence[Township],
    villages: Sequence[Village],
    senders: Mapping[str, str],
) -> Teams:
    """A team in each poor village, the rest in others, in the order of the villages."""
    teams = Teams(Dice(seed, "teams"), directory)
    names = {township.code: township.name for township in townships}
    others = [village.code for village in villages if not village.poor]
    with_team = {*senders, *others[: scale.teams - len(senders)]}
    for village in villages:
        if village.code in with_team:
            name = f"{names[village.township]}{village.name}驻村工作队"
            teams.form(name, village, senders.get(village.code))
    teams.hand_over(sorted(set(senders.values())))
    return teams
