"""Village teams, who is in them, and which department they are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.model import Posting, PostingKind, Team, TeamMember, Village
from kaohe.demo.people import Directory
from kaohe.demo.turns import first_day, last_day, next_start

# In so many teams, at least one was handed to another department within the year.
ONE_HANDED_OVER_IN = 60
# Of so many teams, about one changed a member within the year.
ONE_NEW_MEMBER_IN = 25


class Teams:
    """Teams are made one by one: in poor villages by a department, elsewhere by the township."""

    def __init__(self, dice: Dice, directory: Directory) -> None:
        self.teams: list[Team] = []
        self.members: list[TeamMember] = []
        self.postings: list[Posting] = []
        self._dice, self._directory = dice, directory

    def form(self, name: str, village: Village, department: str | None) -> None:
        """A leader, a resident member, and one from the township."""
        team = Team(f"W{len(self.teams) + 1:03d}", name, village.code)
        start = first_day(self._dice)
        self.teams.append(team)
        self.postings.append(
            Posting(
                team.code, PostingKind.VILLAGE_TEAM, department, village.code, start, None, None
            )
        )
        sending = department or village.township
        self._join(team.code, sending, start, leader=True)
        self._join(team.code, sending, start)
        self._join(team.code, village.township, start)
        if self._dice.chance(1 / ONE_NEW_MEMBER_IN):
            self._replace_last_member(team.code, village.township)

    def hand_over(self, departments: Sequence[str]) -> None:
        """Some departments give a team to another one, with leader and resident member new."""
        sent = [place for place, posting in enumerate(self.postings) if posting.department]
        for place in self._dice.shuffled(sent)[: max(1, len(sent) // ONE_HANDED_OVER_IN)]:
            self._hand_over(place, departments)

    def _hand_over(self, place: int, departments: Sequence[str]) -> None:
        before = self.postings[place]
        department = self._dice.pick([one for one in departments if one != before.department])
        end = last_day(self._dice)
        start = next_start(self._dice, end)
        self.postings[place] = replace(before, end=end)
        self.postings.append(replace(before, department=department, start=start))
        leaving = [
            number for number, member in enumerate(self.members) if member.team == before.subject
        ][:2]
        for number in leaving:
            self.members[number] = replace(self.members[number], end=end)
            self._join(before.subject, department, start, leader=self.members[number].leader)

    def _replace_last_member(self, team: str, township: str) -> None:
        end = last_day(self._dice)
        self.members[-1] = replace(self.members[-1], end=end)
        self._join(team, township, next_start(self._dice, end))

    def _join(self, team: str, unit: str, start: date, *, leader: bool = False) -> None:
        person = self._directory.add("P", unit)
        self.members.append(TeamMember(team, person, leader, start, None))


def share_out(
    dice: Dice, villages: Sequence[Village], departments: Sequence[str]
) -> Mapping[str, str]:
    """Which department is sent to which village: each to one, some to many."""
    weights = [(department, dice.whole(1, 4)) for department in departments]
    more = [dice.weighted(weights) for _ in range(len(villages) - len(departments))]
    senders = dice.shuffled([*departments, *more])
    return {village.code: sender for village, sender in zip(villages, senders, strict=False)}
