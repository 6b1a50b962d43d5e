"""A small regulation and a small county that is right, for tests to spoil one thing at a time."""

import csv
import io
from pathlib import Path

from kaohe.scheme.model import Scheme

Rows = list[list[str]]
County = dict[str, Rows]


def leaf(code, name, points, **more):
    return {"code": code, "name": name, "points": points, "basis": "二", **more}


def kind(name, code, indicators, **more):
    return {
        "name": name,
        "code": code,
        "basis": "二",
        "indicators": indicators,
        "results": [
            each_round("得分", "指标得分", column={"year_end": "score"}),
            *([each_round("测评", "测评得分")] if name == "第一书记" else []),
        ],
        **more,
    }


def each_round(name, formula, **more):
    rounds = {"half_year": f"半年{name}", "year_end": f"年终{name}"}
    return {"name": name, "each_round": rounds, "formula": formula, "basis": "三", **more}


def side(name, *items):
    listed = [{"code": code, "name": text, "basis": "二"} for code, text in items]
    return {"name": name, "cap": 10, "basis": "二", "items": listed}


def link(code, name, to, kinds):
    return {"code": code, "name": name, "to": to, "kinds": kinds, "basis": "三"}


QUOTA = {
    "type": "quota",
    "parts": [{"fact": "达标月数", "quota": 6, "points": 40}],
}

SCHEME = Scheme.model_validate(
    {
        "scheme": "small",
        "title": "小县考核办法",
        "version": 1,
        "year": {"start": "2016-01-01", "end": "2016-12-31"},
        "rounds": [
            {
                "code": "half_year",
                "name": "半年考核",
                "basis": "三",
                "period": {"start": "2016-01-01", "end": "2016-06-30"},
            },
            {
                "code": "year_end",
                "name": "年终考评",
                "basis": "三",
                "period": {"start": "2016-07-01", "end": "2016-12-31"},
            },
        ],
        "attributes": [
            {
                "code": "class",
                "name": "类别",
                "type": "text",
                "kinds": ["部门"],
                "required": True,
                "values": ["甲", "乙"],
            },
            {"code": "special_items", "name": "专项指标", "type": "indicators", "kinds": ["部门"]},
            {
                "code": "project",
                "name": "项目乡镇",
                "type": "flag",
                "kinds": ["乡镇"],
                "members": ["青山乡"],
            },
            {"code": "population", "name": "人口", "type": "number", "kinds": ["乡镇"]},
        ],
        "links": [
            link("department_id", "派出部门", "部门", ["第一书记", "农技员"]),
            link("township_id", "所在乡镇", "乡镇", ["第一书记"]),
        ],
        "determinations": [
            {"code": "recalled", "name": "召回", "kinds": ["第一书记"], "basis": "四"},
            {"code": "vetoed", "name": "一票否决", "kinds": ["乡镇", "第一书记"], "basis": "四"},
        ],
        "facts": [
            {
                "name": "信息",
                "code": "info",
                "per": "month",
                "kinds": ["第一书记"],
                "maximum": 50,
                "unit": "条",
            },
            {
                "name": "达标月数",
                "of": "info",
                "each": "如果(值 >= 2, 1, 0)",
                "kinds": ["第一书记"],
            },
            {"name": "走访", "code": "visits", "per": "round", "kinds": ["农技员", "第一书记"]},
            {"name": "到户率", "code": "rate", "per": "quarter", "kinds": ["乡镇"], "maximum": 100},
        ],
        "ballot": {
            "name": "测评得分",
            "basis": "三",
            "kinds": ["第一书记"],
            "options": [
                {"code": "excellent", "name": "优秀", "value": 100},
                {"code": "competent", "name": "称职", "value": 80},
                {"code": "abstain", "name": "弃权"},
            ],
        },
        "kinds": [
            kind(
                "乡镇",
                "township",
                [
                    {
                        **leaf("1", "组织保障", 10),
                        "children": [leaf("1.1", "组织领导", 4), leaf("1.2", "驻村帮扶", 6)],
                    },
                    leaf("2", "项目进度", 90),
                ],
                bonus=side("加分", ("bonus-1", "受到表彰"), ("bonus-2", "承办会议")),
                deduction=side("扣分", ("deduction-1", "受到通报")),
            ),
            kind(
                "部门",
                "department",
                [
                    leaf("1", "共同指标", 50),
                    {
                        **leaf("2", "专项指标", 50),
                        "scaling": {"none_takes": "1", "basis": "二"},
                        "children": [
                            leaf("2.1", "产业", 30, applies={"listed_in": "special_items"}),
                            leaf("2.2", "就业", 20, applies={"listed_in": "special_items"}),
                        ],
                    },
                ],
            ),
            kind(
                "第一书记",
                "secretary",
                [
                    leaf("1", "驻村", 60),
                    leaf("2", "信息报送", 40, measure={"rule": QUOTA, "basis": "二"}),
                ],
                bonus=side("加分", ("bonus-1", "受到表彰")),
            ),
            kind(
                "示范户",
                "household",
                [leaf("1", "示范", 100)],
                scoring={"at_least": 3, "basis": "二"},
            ),
            kind(
                "农技员",
                "technician",
                [leaf("1", "培训", 60), leaf("2", "推广", 40, applies={"when": "走访 > 0"})],
                scoring={"weights": {"领导": "0.6", "群众": "0.4"}, "basis": "二"},
            ),
        ],
        "columns": [{"column": "score", "label": "得分"}],
        "limits": {"ballots": 100, "linked": 2, "events": 3, "event_points": 10, "number": 1000},
    }
)

ROUNDS = ("half_year", "year_end")


def county() -> County:
    """The tables of a county that is right; row 1 is the header, as in Excel."""
    scores: Rows = [["subject_id", "round", "indicator", "points", "source"]]
    for r in ROUNDS:
        scores += [
            ["T1", r, "1.1", "3.5", ""],
            ["T1", r, "1.2", "6", ""],
            ["T1", r, "2", "80.25", ""],
            ["T2", r, "1.1", "4", ""],
            ["T2", r, "1.2", "0", ""],
            ["T2", r, "2", "90", ""],
            ["D1", r, "1", "45", ""],
            ["D1", r, "2.1", "28", ""],
            ["D2", r, "1", "50", ""],
            ["S1", r, "1", "55", ""],
            ["S1", r, "2", "40", ""],
            ["H1", r, "1", "91", "甲"],
            ["H1", r, "1", "92", "乙"],
            ["H1", r, "1", "93", "丙"],
            ["A1", r, "1", "50", "领导"],
            ["A1", r, "1", "55", "群众"],
        ]
    return {
        "subjects": [
            ["subject_id", "kind", "name", "class", "special_items", "project", "population"],
            ["T1", "乡镇", "青山乡", "", "", "", "123.5"],
            ["T2", "乡镇", "绿水镇", "", "", "0", ""],
            ["D1", "部门", "财政局", "甲", "2.1", "", ""],
            ["D2", "部门", "教育局", "乙", "", "", ""],
            ["S1", "第一书记", "张三", "", "", "", ""],
            ["H1", "示范户", "李四", "", "", "", ""],
            ["A1", "农技员", "王五", "", "", "", ""],
        ],
        "postings": [
            ["subject_id", "department_id", "township_id", "village", "start", "end"],
            ["S1", "D1", "T1", "东村", "2015-03-01", ""],
            ["A1", "D2", "", "", "2016-01-01", "2016-12-31"],
        ],
        "scores": scores,
        "adjustments": [
            ["subject_id", "round", "type", "item", "points", "reason"],
            ["T1", "half_year", "bonus", "bonus-1", "2", "省级表彰"],
            ["T1", "half_year", "bonus", "bonus-1", "2", "市级表彰"],
            ["T2", "year_end", "deduction", "deduction-1", "1.5", ""],
        ],
        "ballots": [
            ["subject_id", "round", "excellent", "competent", "abstain"],
            ["S1", "half_year", "20", "5", "1"],
            ["S1", "year_end", "22", "3", ""],
        ],
        "determinations": [
            ["subject_id", "type", "date", "reason"],
            ["S1", "recalled", "2016-10-12", "履职不力"],
        ],
        "facts": [
            ["subject_id", "round", "period", "fact", "value"],
            ["S1", "", "2016-03", "info", "4"],
            ["S1", "half_year", "", "visits", "12"],
            ["T1", "", "2016Q3", "rate", "99.5"],
        ],
    }


def write_csv(tables: County, folder: Path, *, bom: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        encoding = "utf-8-sig" if bom else "utf-8"
        (folder / f"{name}.csv").write_text(csv_text(rows), encoding, newline="")
    return folder


def csv_text(rows: Rows) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
