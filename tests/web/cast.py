"""A fixed cast: 禾望县 with two townships and two departments, and 邻县, whose people are strangers.

In 禾望县: village 柳林 of 云溪镇 (poor) has 张三 as first secretary and 李四 as technician, both sent by
财政局, and the team 柳林队 led by 王五; village 石桥 is in 大坪乡. Each role has an account of its own name.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from kaohe.scheme import read_scheme
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import (
    Account,
    County,
    Person,
    Post,
    Posting,
    RoleGrant,
    Team,
    TeamMember,
    Unit,
    Village,
    VillageCount,
    WorkYear,
)

SCHEME = "xx-county-2016"


def make_cast() -> SimpleNamespace:
    cast = _county("hw", "禾望县")
    cast.stranger = _county("lx", "邻县")
    return cast


def _county(prefix: str, name: str) -> SimpleNamespace:
    county = _saved(County(code=prefix.upper(), name=name, province="示范省"))
    text, _ = read_scheme(SCHEME)
    year = _saved(
        WorkYear(
            county=county,
            year=2016,
            state=WorkYear.State.OPEN,
            scheme_name=SCHEME,
            scheme_text=text,
            scheme_sha256="0" * 64,
        )
    )

    def unit(code: str, name: str, kind: str) -> Unit:
        return _saved(Unit(county=county, code=code, name=name, kind=kind))

    yunxi = unit("T001", "云溪镇", "township")
    daping = unit("T002", "大坪乡", "township")
    finance = unit("D001", "财政局", "department")
    education = unit("D002", "教育局", "department")
    liulin = _saved(
        Village(
            county=county,
            township=yunxi,
            code="V001",
            name="柳林村",
            poor=True,
            longitude="105.1",
            latitude="31.2",
        )
    )
    shiqiao = _saved(Village(county=county, township=daping, code="V002", name="石桥村"))
    count = _saved(
        VillageCount(
            year=year,
            village=liulin,
            households=300,
            people=1000,
            poor_households=60,
            poor_people=200,
        )
    )

    def person(code: str, name: str, unit: Unit, phone: str = "") -> Person:
        return _saved(Person(county=county, code=code, name=name, unit=unit, phone=phone))

    zhang = person("S001", "张三", finance, "19900000001")
    li = person("A001", "李四", finance)
    wang = person("P001", "王五", finance)
    zhao = person("P002", "赵六", education)
    head = person("P003", "钱七", yunxi)
    post = _saved(
        Post(person=head, unit=yunxi, title="镇长", duty=Post.Duty.HEAD, start=date(2015, 1, 1))
    )
    team = _saved(Team(county=county, code="W001", name="柳林队"))
    member = _saved(TeamMember(team=team, person=wang, leader=True, start=date(2016, 1, 1)))

    def posting(kind: str, **subject: object) -> Posting:
        return _saved(
            Posting(
                county=county,
                kind=kind,
                department=finance,
                village=liulin,
                start=date(2016, 1, 1),
                **subject,
            )
        )

    cast = SimpleNamespace(
        county=county,
        year=year,
        yunxi=yunxi,
        daping=daping,
        finance=finance,
        education=education,
        liulin=liulin,
        shiqiao=shiqiao,
        count=count,
        zhang=zhang,
        li=li,
        wang=wang,
        zhao=zhao,
        head=head,
        post=post,
        team=team,
        member=member,
        secretary_posting=posting("first_secretary", person=zhang),
        technician_posting=posting("technician", person=li),
        team_posting=posting("village_team", team=team),
    )
    cast.accounts = {
        role: _account(county, f"{prefix}-{role}", role, cast)
        for role in Role
        if role != Role.COMMAND
    }
    cast.office = cast.accounts[Role.HEADQUARTERS]
    cast.township = cast.accounts[Role.TOWNSHIP]
    cast.department = cast.accounts[Role.DEPARTMENT]
    cast.secretary = cast.accounts[Role.FIRST_SECRETARY]
    cast.administrator = cast.accounts[Role.ADMINISTRATOR]
    cast.auditor = cast.accounts[Role.AUDITOR]
    return cast


def _account(county: County, username: str, role: Role, cast: SimpleNamespace) -> Account:
    who = {
        Role.FIRST_SECRETARY: cast.zhang,
        Role.TECHNICIAN: cast.li,
        Role.VILLAGE_TEAM: cast.wang,
    }.get(role)
    where = {Role.TOWNSHIP: cast.yunxi, Role.DEPARTMENT: cast.finance}.get(role)
    account = Account(county=county, username=username, name=role.label, person=who)
    account.set_password("correct-horse-42")
    account.save()
    RoleGrant.objects.create(account=account, role=role, unit=where, person=who)
    return account


def _saved(row):
    row.clean_fields(exclude=["password"])
    row.save()
    return row
