"""The roster as rows with Chinese headers, one table a sheet of the import workbook.

Flags are 是 and 否; what is not given is None. References are codes.
"""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.demo.model import (
    Attributes,
    Department,
    Person,
    Post,
    Posting,
    Team,
    TeamMember,
    Township,
    Village,
)

Row = dict[str, object]

# By the scheme's attribute codes.
ATTRIBUTES = {
    "class": "类别",
    "special_items": "专项指标",
    "project_township": "项目乡镇",
    "reduction_task_met": "完成减贫任务",
    "vertical": "上级垂管",
    "provincial_target": "有省级目标任务",
    "research_task": "有课题任务",
}


def township_rows(townships: Sequence[Township]) -> list[Row]:
    return [
        {
            "编号": one.code,
            "名称": one.name,
            "经度": one.seat[0],
            "纬度": one.seat[1],
            **_attributes(one.attributes),
        }
        for one in townships
    ]


def department_rows(departments: Sequence[Department]) -> list[Row]:
    return [
        {"编号": one.code, "名称": one.name, **_attributes(one.attributes)} for one in departments
    ]


def village_rows(villages: Sequence[Village]) -> list[Row]:
    return [
        {
            "编号": one.code,
            "名称": one.name,
            "所在乡镇": one.township,
            "贫困村": _flag(one.poor),
            "出列年度": one.exit_year,
            "经度": one.location[0],
            "纬度": one.location[1],
            "户数": one.households,
            "人口": one.population,
            "贫困户数": one.poor_households,
            "贫困人口": one.poor_people,
        }
        for one in villages
    ]


def person_rows(persons: Sequence[Person]) -> list[Row]:
    return [
        {
            "编号": one.code,
            "姓名": one.name,
            "性别": one.gender,
            "身份证号": one.id_number,
            "手机号": one.phone,
            "单位": one.unit,
        }
        for one in persons
    ]


def post_rows(posts: Sequence[Post]) -> list[Row]:
    return [
        {
            "人员": one.person,
            "单位": one.unit,
            "职务": one.title,
            "职责": one.duty.label,
            "开始日期": one.start,
            "结束日期": one.end,
        }
        for one in posts
    ]


def team_rows(teams: Sequence[Team]) -> list[Row]:
    return [{"编号": one.code, "名称": one.name, "村": one.village} for one in teams]


def member_rows(members: Sequence[TeamMember]) -> list[Row]:
    return [
        {
            "工作队": one.team,
            "人员": one.person,
            "队长": _flag(one.leader),
            "开始日期": one.start,
            "结束日期": one.end,
        }
        for one in members
    ]


def posting_rows(postings: Sequence[Posting]) -> list[Row]:
    return [
        {
            "编号": one.subject,
            "对象类型": one.kind.label,
            "派出部门": one.department,
            "村": one.village,
            "开始日期": one.start,
            "结束日期": one.end,
            "接替": one.replaced,
        }
        for one in postings
    ]


def _attributes(attributes: Attributes) -> Row:
    return {
        ATTRIBUTES[code]: _flag(value) if isinstance(value, bool) else value
        for code, value in attributes.items()
    }


def _flag(value: bool) -> str:
    return "是" if value else "否"
