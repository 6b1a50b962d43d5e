"""What the workbook of a county holds; the year's regulation adds its attributes."""

from __future__ import annotations

from kaohe.scheme.model import Attribute
from kaohe.web.roster.imports.columns import Column, Kind, Part, SheetLayout
from kaohe.web.roster.models import Person, Post, Posting, Team, TeamMember, Unit, Village, WorkYear
from kaohe.web.roster.queries.attributes import asked_of, indicators_asked

# The sheet that explains, and the hidden one behind the drop-downs; neither holds data.
GUIDE = "填写说明"
CHOICES = "选项"
COUNTY_LABEL = "县"
YEAR_LABEL = "年度"

_CODE = "Excel 会吃掉前面的 0，单元格请保持文本格式"
_ATTRIBUTE_KINDS = {
    "text": Kind.TEXT,
    "flag": Kind.FLAG,
    "number": Kind.NUMBER,
    "indicators": Kind.INDICATORS,
}


def layouts(year: WorkYear | None) -> tuple[SheetLayout, ...]:
    """The sheets, in the order in which they refer to one another.

    Without a year that may be changed there are no attributes and no households.
    """
    return (
        _units(Unit.Kind.TOWNSHIP, year),
        _units(Unit.Kind.DEPARTMENT, year),
        _villages(year is not None),
        _PEOPLE,
        _POSTS,
        _TEAMS,
        _MEMBERS,
        _POSTINGS,
    )


def _code(example: str) -> Column:
    return Column("code", "编号", Kind.CODE, required=True, note=_CODE, example=example)


def _day(key: str, head: str, other: str, *, required: bool = False) -> Column:
    example = "2016-01-05" if required else "2016-12-31；仍在任的不填"
    return Column(key, head, Kind.DATE, required=required, example=example, others=(other,))


def _units(kind: Unit.Kind, year: WorkYear | None) -> SheetLayout:
    township = kind == Unit.Kind.TOWNSHIP
    name = str(kind.label)
    example = "云溪镇" if township else "财政局"
    return SheetLayout(
        name,
        Unit,
        (
            _code("T001" if township else "D001"),
            Column("name", "名称", Kind.TEXT, required=True, example=example),
            *(
                _attribute(year, kind, attribute)
                for attribute in (asked_of(year, kind) if year is not None else ())
                if year is not None
            ),
        ),
        key=("code",),
        others=(f"单位({name})",),
        fixed={"kind": kind.value},
    )


def _attribute(year: WorkYear, kind: Unit.Kind, attribute: Attribute) -> Column:
    if attribute.type == "indicators":
        choices = tuple(indicators_asked(year, kind, attribute).items())
    else:
        choices = tuple((value, value) for value in attribute.values)
    return Column(
        attribute.code,
        attribute.name,
        _ATTRIBUTE_KINDS[attribute.type],
        note=attribute.reading or "",
        choices=choices,
        part=Part.ATTRIBUTES,
    )


def _villages(with_counts: bool) -> SheetLayout:
    counts = (
        ("households", "总户数", "户数"),
        ("people", "总人数", "人口"),
        ("poor_households", "贫困户数", "贫困户"),
        ("poor_people", "贫困人数", "贫困人口"),
    )
    return SheetLayout(
        "村",
        Village,
        (
            _code("V001"),
            Column("name", "名称", Kind.TEXT, required=True, example="柳林村", others=("村名",)),
            Column("township", "乡镇", Kind.TOWNSHIP, required=True, others=("所在乡镇",)),
            Column("poor", "贫困村", Kind.FLAG, required=True, example="是"),
            Column(
                "exit_year",
                "退出年度",
                Kind.YEAR,
                note="只有贫困村才填",
                example="2016",
                others=("出列年度",),
            ),
            Column("longitude", "经度", Kind.DEGREES, example="105.123456"),
            Column("latitude", "纬度", Kind.DEGREES, example="31.234567"),
            *(
                Column(
                    key,
                    head,
                    Kind.COUNT,
                    note="本年度的；四项要么都填，要么都不填",
                    others=(other,),
                    part=Part.COUNTS,
                )
                for key, head, other in counts
                if with_counts
            ),
        ),
        key=("code",),
        others=("行政村",),
    )


_PEOPLE = SheetLayout(
    "人员",
    Person,
    (
        _code("S001"),
        Column("name", "姓名", Kind.TEXT, required=True, example="张三", others=("名称",)),
        Column("unit", "单位", Kind.UNIT, example="D001", others=("所在单位",)),
        Column(
            "id_number",
            "身份证号",
            Kind.ID_NUMBER,
            note="单元格保持文本格式，否则 Excel 会把末尾几位变成 0。带星号的表示不改",
        ),
        Column("phone", "电话", Kind.PHONE, note="带星号的表示不改", others=("手机号", "联系电话")),
        Column("left", "离开日期", Kind.DATE, note="仍在的不填"),
    ),
    key=("code",),
    others=("人员名单",),
)
_POSTS = SheetLayout(
    "职务",
    Post,
    (
        Column("person", "人员", Kind.PERSON, required=True, example="P0001"),
        Column("unit", "单位", Kind.UNIT, required=True, example="T001"),
        Column("title", "职务", Kind.TEXT, required=True, example="镇长"),
        Column(
            "duty",
            "职责",
            Kind.CHOICE,
            required=True,
            example="主要领导",
            choices=tuple((str(key), str(label)) for key, label in Post.Duty.choices),
        ),
        _day("start", "任职日期", "开始日期", required=True),
        _day("end", "离任日期", "结束日期"),
    ),
    key=("person", "unit", "duty", "start"),
)
_TEAMS = SheetLayout(
    "工作队",
    Team,
    (
        _code("W001"),
        Column("name", "名称", Kind.TEXT, required=True, example="云溪镇柳林村驻村工作队"),
    ),
    key=("code",),
    others=("驻村工作队",),
)
_MEMBERS = SheetLayout(
    "队员",
    TeamMember,
    (
        Column("team", "工作队", Kind.TEAM, required=True, example="W001"),
        Column("person", "人员", Kind.PERSON, required=True, example="P0002"),
        Column("leader", "队长", Kind.FLAG, required=True, example="是"),
        _day("start", "入队日期", "开始日期", required=True),
        _day("end", "离队日期", "结束日期"),
    ),
    key=("team", "person", "start"),
    others=("工作队队员",),
)
_POSTINGS = SheetLayout(
    "派驻",
    Posting,
    (
        Column(
            "kind",
            "类别",
            Kind.CHOICE,
            required=True,
            example="第一书记",
            choices=tuple((str(key), str(label)) for key, label in Posting.Kind.choices),
            others=("对象类型",),
        ),
        Column(
            "subject", "人员或工作队", Kind.SUBJECT, required=True, example="S001", others=("编号",)
        ),
        Column(
            "department",
            "派出单位",
            Kind.DEPARTMENT,
            note="第一书记和农业科技人员必填；乡镇自己组建的工作队不填",
            example="D001",
            others=("派出部门",),
        ),
        Column("village", "派驻村", Kind.VILLAGE, required=True, example="V001", others=("村",)),
        _day("start", "开始日期", "起始日期", required=True),
        _day("end", "结束日期", "截止日期"),
        Column(
            "replaces",
            "接替",
            Kind.SUBJECT,
            note="接替谁：原来在这个村的人员或工作队的编号；不是接替的不填",
        ),
    ),
    key=("kind", "subject", "village", "start"),
)
