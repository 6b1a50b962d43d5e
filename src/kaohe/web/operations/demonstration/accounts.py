"""An account for each role, all with one password that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from kaohe.web.common.actor import Actor
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.roster.models import Account, Person, Posting, RoleGrant, TeamMember, Unit, Village

PASSWORD = "kaohe-2016-demo"

_OFFICES = {
    "zhihuibu": (Role.HEADQUARTERS, "指挥部办公室"),
    "ducha": (Role.INSPECTORS, "督查组"),
    "zuzhibu": (Role.ORGANISATION, "县委组织部"),
    "fupin": (Role.POVERTY_BUREAU, "扶贫移民局"),
    "nongmu": (Role.AGRICULTURE, "农牧业局"),
    "jiwei": (Role.DISCIPLINE, "县纪委监察局"),
    "kaohezu": (Role.REVIEWER, "考核一组"),
    "lingdao": (Role.LEADER, "县领导"),
    "shenji": (Role.AUDITOR, "县审计局"),
    "admin": (Role.ADMINISTRATOR, "系统管理员"),
}
_DEPARTMENT = "财政局"


@dataclass(frozen=True)
class DemoAccount:
    """A row of the table that is printed."""

    username: str
    name: str
    role: str
    where: str


def make_accounts(actor: Actor, township: Unit) -> None:
    """Accounts of the offices, of the township, of one department, and of people who serve."""
    county_id = actor.county_id
    department = Unit.objects.get(county=county_id, name=_DEPARTMENT)
    village, people = _serving(township)
    accounts = [(name, role, label, None, None) for name, (role, label) in _OFFICES.items()]
    rows: list[tuple[str, Role, str, Unit | None, Person | None]] = [
        *accounts,
        ("xiangzhen", Role.TOWNSHIP, township.name, township, None),
        ("bumen", Role.DEPARTMENT, department.name, department, None),
        *((name, role, person.name, None, person) for name, role, person in people),
    ]
    # The same for all of them, so it is made once: that is slow on purpose.
    password = make_password(PASSWORD)
    with writing(actor, "account.change", reason=f"演示账号，{village}") as change:
        for username, role, name, unit, person in rows:
            account = Account(
                county_id=county_id, username=username, name=name, person=person, password=password
            )
            change.create(account)
            change.create(RoleGrant(account=account, role=role, unit=unit, person=person))


def demo_accounts() -> list[DemoAccount]:
    """The accounts of the demonstration that are there, in the order of their roles."""
    grants = RoleGrant.objects.select_related("account", "unit", "person__unit").order_by("pk")
    return [
        DemoAccount(
            grant.account.username,
            grant.account.name,
            Role(grant.role).label,
            _where(grant),
        )
        for grant in grants
    ]


def _where(grant: RoleGrant) -> str:
    if grant.person is not None:
        return grant.person.unit.name if grant.person.unit is not None else ""
    return grant.unit.name if grant.unit is not None else "全县"


def _serving(township: Unit) -> tuple[Village, list[tuple[str, Role, Person]]]:
    """A village of the township with the people who serve there now."""
    now = Posting.objects.filter(end__isnull=True).select_related("person", "team")
    for village in Village.objects.filter(township=township, poor=True):
        here = {posting.kind: posting for posting in now.filter(village=village)}
        if len(here) == len(Posting.Kind):
            leader = TeamMember.objects.filter(
                team=here["village_team"].team, leader=True, end__isnull=True
            ).get()
            secretary, technician = here["first_secretary"].person, here["technician"].person
            assert secretary is not None and technician is not None
            return village, [
                ("shuji", Role.FIRST_SECRETARY, secretary),
                ("gongzuodui", Role.VILLAGE_TEAM, leader.person),
                ("nongji", Role.TECHNICIAN, technician),
            ]
    raise RuntimeError(f"no village of {township} has all three kinds of postings")
