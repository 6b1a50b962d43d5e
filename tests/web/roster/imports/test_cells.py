"""Cells as people and Excel leave them: what is read, and what is refused and why."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from kaohe.web.roster.imports.cells import Masked, Unreadable, value_of
from kaohe.web.roster.imports.columns import Column, Kind

READ = [
    (Kind.CODE, "T001", "T001"),
    (Kind.CODE, 12.0, "12"),
    (Kind.CODE, 12, "12"),
    (Kind.CODE, "Ｔ００１", "T001"),
    (Kind.CODE, "　T001 ", "T001"),
    (Kind.CODE, "T001\u200b", "T001"),
    (Kind.TEXT, "云溪镇（老城）", "云溪镇（老城）"),
    (Kind.TEXT, "张  三", "张 三"),
    (Kind.TEXT, "多行\n名称", "多行 名称"),
    (Kind.TEXT, 2016.0, "2016"),
    (Kind.TEXT, "=1+1", "=1+1"),
    (Kind.TEXT, "", None),
    (Kind.TEXT, "　", None),
    (Kind.TEXT, None, None),
    (Kind.FLAG, "是", True),
    (Kind.FLAG, "否", False),
    (Kind.FLAG, True, True),
    (Kind.FLAG, 0.0, False),
    (Kind.FLAG, "１", True),
    (Kind.FLAG, "TRUE", True),
    (Kind.DATE, date(2016, 1, 5), date(2016, 1, 5)),
    (Kind.DATE, datetime(2016, 1, 5), date(2016, 1, 5)),
    (Kind.DATE, "2016-01-05", date(2016, 1, 5)),
    (Kind.DATE, "2016/1/5", date(2016, 1, 5)),
    (Kind.DATE, "2016.1.5", date(2016, 1, 5)),
    (Kind.DATE, "2016年1月5日", date(2016, 1, 5)),
    (Kind.DATE, "２０１６－０１－０５", date(2016, 1, 5)),
    (Kind.DATE, "20160105", date(2016, 1, 5)),
    (Kind.DATE, 20160105.0, date(2016, 1, 5)),
    (Kind.COUNT, 300.0, 300),
    (Kind.COUNT, "300", 300),
    (Kind.COUNT, "1,234", 1234),
    (Kind.COUNT, "３００", 300),
    (Kind.YEAR, "2016", 2016),
    (Kind.DEGREES, 105.123456, Decimal("105.123456")),
    (Kind.DEGREES, 105.12345600000001, Decimal("105.123456")),
    (Kind.DEGREES, "31.2", Decimal("31.200000")),
    (Kind.ID_NUMBER, "51010119900101123x", "51010119900101123X"),
    (Kind.ID_NUMBER, "510101 19900101 1234", "510101199001011234"),
    (Kind.ID_NUMBER, "510***********1234", Masked("510***********1234")),
    (Kind.PHONE, 13900000000.0, "13900000000"),
    (Kind.PHONE, "139 0000 0000", "13900000000"),
    (Kind.PHONE, "0800—1234567", "0800-1234567"),
    (Kind.PHONE, "139******00", Masked("139******00")),
    (Kind.INDICATORS, 2.1, "2.1"),
]

REFUSED = [
    (Kind.CODE, 510101199001011234.0, "超过 15 位"),
    (Kind.CODE, date(2016, 2, 1), "是日期"),
    (Kind.CODE, "1.2E+10", "科学记数法"),
    (Kind.CODE, "T0\x0001", "控制字符"),
    (Kind.TEXT, "张\x00三", "控制字符"),
    (Kind.TEXT, "张\x1b三", "控制字符"),
    (Kind.TEXT, time(8, 30), "是时间"),
    (Kind.FLAG, "大概", "看不出是还是否"),
    (Kind.FLAG, 2.0, "看不出是还是否"),
    (Kind.DATE, "2016-13-45", "没有这一天"),
    (Kind.DATE, "2016-02-30", "没有这一天"),
    (Kind.DATE, "2016-01", "不是完整的日期"),
    (Kind.DATE, "去年", "不是完整的日期"),
    (Kind.DATE, 42374.0, "日期序号"),
    (Kind.DATE, "42374", "日期序号"),
    (Kind.DATE, datetime(2016, 1, 5, 8, 30), "带了时间"),
    (Kind.DATE, date(1899, 12, 31), "不在 1950 年"),
    (Kind.DATE, "9999-01-01", "不在 1950 年"),
    (Kind.COUNT, 12.5, "不是整数"),
    (Kind.COUNT, -3.0, "太大或小于 0"),
    (Kind.COUNT, 1e300, "太大或小于 0"),
    (Kind.COUNT, "三百", "不是整数"),
    (Kind.COUNT, "300户", "不是整数"),
    (Kind.COUNT, date(2016, 1, 1), "不是数字"),
    (Kind.COUNT, True, "不是数字"),
    (Kind.DEGREES, "105°7′", "不是度数"),
    (Kind.DEGREES, "nan", "不是度数"),
    (Kind.DEGREES, 1051.0, "不是度数"),
    (Kind.ID_NUMBER, 5.10101199001011e17, "当成了数字"),
    (Kind.ID_NUMBER, "5.10101E+17", "当成了数字"),
    (Kind.ID_NUMBER, 510101199001011234, "当成了数字"),
    (Kind.PHONE, "1.39E+10", "科学记数法"),
]


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"), READ, ids=[f"{k.name}-{c!r}" for k, c, _ in READ]
)
def test_reads(kind, cell, wanted):
    assert value_of(cell, Column("x", "列", kind)) == wanted


@pytest.mark.parametrize(
    ("kind", "cell", "why"), REFUSED, ids=[f"{k.name}-{c!r}" for k, c, _ in REFUSED]
)
def test_refuses(kind, cell, why):
    with pytest.raises(Unreadable) as caught:
        value_of(cell, Column("x", "列", kind))
    assert why in caught.value.message
    assert caught.value.remedy


def test_a_choice_is_read_as_written_or_as_stored():
    column = Column("duty", "职责", Kind.CHOICE, choices=(("head", "主要领导"),))
    assert value_of("主要领导", column) == value_of("head", column) == "head"
    with pytest.raises(Unreadable, match="选项"):
        value_of("领导", column)
