"""How large a made-up county is."""

from __future__ import annotations

from dataclasses import dataclass

# One first secretary in so many took over in mid-year from another.
ONE_SUCCESSOR_IN = 25
# The fourth of the list is the first that sends technicians.
FEWEST_DEPARTMENTS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """How many there are of each.

    First secretaries and technicians are counted as persons: who was replaced counts as well as
    who came instead. So there are fewer poor villages than first secretaries, and the remaining
    teams are those that townships form in villages that are not poor (二(一)1(2)).
    """

    townships: int
    departments: int
    villages: int
    first_secretaries: int
    teams: int
    technicians: int

    def __post_init__(self) -> None:
        poor = self.poor_villages
        if not (1 <= self.townships <= self.villages and self.departments >= FEWEST_DEPARTMENTS):
            raise ValueError(
                f"至少要有一个乡镇、{FEWEST_DEPARTMENTS} 个部门，每个乡镇至少一个村；"
                f"现为乡镇 {self.townships}、部门 {self.departments}、村 {self.villages}"
            )
        if not 4 <= poor <= self.teams <= self.villages:
            raise ValueError(
                f"第一书记减去接替的就是贫困村数，现为 {poor}：至少 4 个，"
                f"不能多于工作队 {self.teams} 支；工作队不能多于村 {self.villages} 个"
            )
        if not poor <= self.technicians <= poor + poor // 2:
            raise ValueError(
                f"农业科技人员要有 {poor} 到 {poor + poor // 2} 名，现为 {self.technicians}"
            )

    @property
    def poor_villages(self) -> int:
        """Villages with a first secretary, a team and a technician."""
        return self.first_secretaries - max(1, self.first_secretaries // ONE_SUCCESSOR_IN)


SMALL = Scale(3, 6, 8, 8, 8, 8)
COUNTY = Scale(20, 40, 300, 300, 300, 300)
# Some 20,000 rows in all tables together.
LARGE = Scale(60, 60, 1450, 1450, 1450, 1450)
