"""A made-up county for demonstrations, tests and benchmarks: ``demo_county(seed, scale)``.

Nothing in it is real; see ``docs/demo-county.md`` for how one sees that. Pure Python.
"""

from kaohe.demo.county import demo_county
from kaohe.demo.model import (
    County,
    Department,
    Duty,
    Person,
    Post,
    Posting,
    PostingKind,
    Team,
    TeamMember,
    Township,
    Village,
)
from kaohe.demo.roster import DemoCounty
from kaohe.demo.scale import COUNTY, LARGE, SMALL, Scale

__all__ = [
    "COUNTY",
    "LARGE",
    "SMALL",
    "County",
    "DemoCounty",
    "Department",
    "Duty",
    "Person",
    "Post",
    "Posting",
    "PostingKind",
    "Scale",
    "Team",
    "TeamMember",
    "Township",
    "Village",
    "demo_county",
]
