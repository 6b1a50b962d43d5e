"""The roster as tables for the import workbook."""

from datetime import date

from kaohe.demo import LARGE, SMALL, demo_county

HEADERS = {
    "乡镇": "编号 名称 经度 纬度 项目乡镇 完成减贫任务 上级垂管",
    "部门": "编号 名称 类别 专项指标 完成减贫任务 上级垂管 有省级目标任务 有课题任务",
    "村": "编号 名称 所在乡镇 贫困村 出列年度 经度 纬度 户数 人口 贫困户数 贫困人口",
    "人员": "编号 姓名 性别 身份证号 手机号 单位",
    "职务": "人员 单位 职务 职责 开始日期 结束日期",
    "工作队": "编号 名称 村",
    "队员": "工作队 人员 队长 开始日期 结束日期",
    "派驻": "编号 对象类型 派出部门 村 开始日期 结束日期 接替",
}


def test_every_row_has_the_headers_of_its_table():
    tables = demo_county(scale=SMALL).as_tables()
    assert list(tables) == list(HEADERS)
    for name, rows in tables.items():
        assert {" ".join(row) for row in rows} == {HEADERS[name]}


def test_cells_are_what_a_workbook_can_hold():
    tables = demo_county(scale=SMALL).as_tables()
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert {type(cell) for cell in cells} == {str, int, float, date, type(None)}


def test_posting_row_reads_as_the_posting():
    rows = demo_county(scale=SMALL).as_tables()["派驻"]
    assert rows[0] == {
        "编号": "S001",
        "对象类型": "第一书记",
        "派出部门": "D006",
        "村": "V002",
        "开始日期": date(2015, 7, 20),
        "结束日期": None,
        "接替": None,
    }


def test_the_large_county_has_some_20000_rows():
    tables = demo_county(scale=LARGE).as_tables()
    assert 19_000 <= sum(map(len, tables.values())) <= 21_000
