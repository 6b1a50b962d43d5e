"""All that is known of a made-up county."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.demo.geojson import Json, outline_map, township_map
from kaohe.demo.model import (
    County,
    Department,
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Township,
    Village,
)
from kaohe.demo.tables import (
    Row,
    department_rows,
    member_rows,
    person_rows,
    post_rows,
    posting_rows,
    team_rows,
    township_rows,
    village_rows,
)


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """The roster of a county that does not exist, for the year 2016."""

    county: County
    townships: tuple[Township, ...]
    departments: tuple[Department, ...]
    villages: tuple[Village, ...]
    persons: tuple[Person, ...]
    posts: tuple[Post, ...]
    teams: tuple[Team, ...]
    members: tuple[TeamMember, ...]
    postings: tuple[Posting, ...]

    def as_tables(self) -> dict[str, list[Row]]:
        """Rows by sheet for the import workbook; what refers to a code comes after it."""
        return {
            "乡镇": township_rows(self.townships),
            "部门": department_rows(self.departments),
            "村": village_rows(self.villages),
            "人员": person_rows(self.persons),
            "职务": post_rows(self.posts),
            "工作队": team_rows(self.teams),
            "队员": member_rows(self.members),
            "派驻": posting_rows(self.postings),
        }

    def geojson(self) -> Json:
        """The townships, as GeoJSON."""
        return township_map(self.townships)

    def outline_geojson(self) -> Json:
        """The county's outline, as GeoJSON."""
        return outline_map(self.county)
