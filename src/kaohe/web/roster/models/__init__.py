"""The roster's tables, a module a noun."""

from kaohe.web.roster.models.accounts import Account, Invitation, RoleGrant
from kaohe.web.roster.models.imports import ImportBatch
from kaohe.web.roster.models.people import Person, Post
from kaohe.web.roster.models.places import County, Unit, Village
from kaohe.web.roster.models.postings import Posting
from kaohe.web.roster.models.teams import Team, TeamMember
from kaohe.web.roster.models.years import UnitAttributes, VillageCount, WorkYear

__all__ = [
    "Account",
    "County",
    "ImportBatch",
    "Invitation",
    "Person",
    "Post",
    "Posting",
    "RoleGrant",
    "Team",
    "TeamMember",
    "Unit",
    "UnitAttributes",
    "Village",
    "VillageCount",
    "WorkYear",
]
