"""Pictures of the main pages with a county's data, for somebody to look at: screenshots/*.png.

Each page is also held to what every page is held to, now with long names and many rows.
"""

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Posting, TeamMember
from tests.web.browser.county import empty_county, fill, give_account
from tests.web.browser.running import PICTURES

# name of the picture → role, page, how; rows are chosen in `people_of`
LOOKS = {
    "home-office": (Role.HEADQUARTERS, "home", {}),
    "home-office-phone": (Role.HEADQUARTERS, "home", {"phone": True}),
    "home-office-dark": (Role.HEADQUARTERS, "home", {"dark": True}),
    "home-township": (Role.TOWNSHIP, "home", {}),
    "home-department": (Role.DEPARTMENT, "home", {}),
    "home-first-secretary-phone": (Role.FIRST_SECRETARY, "home", {"phone": True}),
    "home-team-phone-dark": (Role.VILLAGE_TEAM, "home", {"phone": True, "dark": True}),
    "home-technician": (Role.TECHNICIAN, "home", {}),
    "home-leader": (Role.LEADER, "home", {}),
    "home-administrator": (Role.ADMINISTRATOR, "home", {}),
    "home-auditor-dark": (Role.AUDITOR, "home", {"dark": True}),
    "villages": (Role.HEADQUARTERS, "roster:villages", {}),
    "villages-phone": (Role.HEADQUARTERS, "roster:villages", {"phone": True}),
    "people-dark": (Role.HEADQUARTERS, "roster:people", {"dark": True}),
    "map": (Role.LEADER, "roster:map", {}),
    "postings": (Role.ORGANISATION, "roster:postings", {}),
    "accounts": (Role.ADMINISTRATOR, "accounts:list", {}),
    "audit": (Role.AUDITOR, "audit:list", {}),
    "year": (Role.REVIEWER, "roster:year", {}),
    "help": (Role.TOWNSHIP, "help:index", {}),
    "help-dark-phone": (Role.TOWNSHIP, "help:index", {"dark": True, "phone": True}),
}


@pytest.fixture
def people(db):
    """An account a role in a made-up county of some size."""
    county, year = empty_county("禾望县")
    fill(county, year)
    secretary = Posting.objects.filter(kind="first_secretary", end=None).first()
    technician = Posting.objects.filter(kind="technician", end=None).first()
    leader = TeamMember.objects.filter(leader=True, end=None).first()
    where = {
        Role.TOWNSHIP: {"unit": secretary.village.township},
        Role.DEPARTMENT: {"unit": secretary.department},
        Role.FIRST_SECRETARY: {"person": secretary.person},
        Role.TECHNICIAN: {"person": technician.person},
        Role.VILLAGE_TEAM: {"person": leader.person},
    }
    # What makes the first page say something.
    last = Posting.objects.filter(kind="first_secretary", end=None).last()
    last.end = "2016-12-20"
    last.save()
    accounts = {
        role: give_account(county, role, f"王{role.label[:2]}", **where.get(role, {}))
        for role in Role
        if role != Role.COMMAND
    }
    return accounts, year


@pytest.mark.parametrize("picture", LOOKS)
def test_picture(picture, people, site):
    accounts, year = people
    role, name, how = LOOKS[picture]
    watched = site.opened(accounts[role], **how)
    watched.page.goto(reverse(name, args=[year.pk] if name == "roster:year" else []))
    watched.drawn()
    assert watched.too_wide() == []
    assert watched.heard() == []
    PICTURES.mkdir(exist_ok=True)
    watched.page.screenshot(path=PICTURES / f"{picture}.png", full_page=name == "home")
