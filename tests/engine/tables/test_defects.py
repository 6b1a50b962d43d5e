"""Each defect is told once: its file, row and column, what is wrong, and nothing else."""

import duckdb
import pytest
from tests.engine.tables.cast import SCHEME, county, write_csv
from tests.engine.tables.spoil import (
    all_of,
    cell,
    header,
    only_header,
    renamed,
    with_column,
    with_row,
    without_column,
    without_row,
    without_rows,
    without_table,
)

from kaohe.engine.tables import InputError, inputs_from_tables, open_inputs

DEFECTS = [
    # tables and columns
    ("no subjects", without_table("subjects"), "考核对象（subjects）", None, None, "缺少「考核对象」表"),
    ("no scores", all_of(without_table("scores"), without_table("facts")), "指标得分（scores）", None, None, "文件（或工作表）应叫 scores 或 指标得分"),
    ("misspelt table", renamed("scores", "score"), "score.csv", None, None, "不认识的文件「score」；是不是「scores」"),
    ("foreign table", renamed("facts", "预算"), "预算.csv", None, None, "不认识的文件「预算」；可以用的有：考核对象、派驻"),
    ("table twice", lambda t: t.update(指标得分=t["scores"]), "指标得分.csv", None, None, "与 scores.csv 是同一张表"),
    ("no rows", only_header("subjects"), "subjects.csv", None, None, "只有标题行，没有数据"),
    ("no scores rows", all_of(only_header("scores"), without_table("facts")), "scores.csv", None, None, "只有标题行，没有数据"),
    ("empty file", lambda t: t.update(facts=[]), "facts.csv", None, None, "连标题行也没有"),
    ("missing column", without_column("ballots", "abstain"), "ballots.csv", None, "abstain", "缺少列 abstain（弃权）"),
    ("misspelt column", header("scores", "points", "pionts"), "scores.csv", 1, "pionts", "没有「pionts」这一列；是不是「points」"),
    ("foreign column", with_column("subjects", "电话"), "subjects.csv", 1, "电话", "「考核对象」表没有「电话」这一列"),
    ("column twice", with_column("ballots", "优秀"), "ballots.csv", 1, "优秀", "（与「excellent」是同一列）"),
    ("no header", without_row("scores", 1), "scores.csv", 1, None, "第一行应是列标题"),
    ("title above the header", lambda t: t["scores"].insert(0, ["2016 年得分表"]), "scores.csv", 1, None, "不要写在标题行上面"),
    ("cell without header", lambda t: t["ballots"][1].append("备注"), "ballots.csv", 2, None, "F 列没有标题，却有内容「备注」"),
    # subjects
    ("empty id", all_of(with_row("subjects", "", "部门", "农业局", "甲", "", "", "")), "subjects.csv", 9, "subject_id", "没有填写「编号」"),
    ("id twice", with_row("subjects", "D2", "部门", "农业局", "甲", "", "", ""), "subjects.csv", 9, "subject_id", "D2 与第 5 行重复"),
    ("space after id", cell("subjects", 4, "subject_id", "D1 "), "subjects.csv", 4, "subject_id", "「D1 」含有空格"),
    ("full-width space in id", cell("subjects", 4, "subject_id", "D1　"), "subjects.csv", 4, "subject_id", "含有空格或看不见的字符"),
    ("NUL in id", cell("subjects", 4, "subject_id", "D1\0"), "subjects.csv", 4, "subject_id", "「D1\\u0000」"),
    ("zero-width in id", cell("subjects", 4, "subject_id", "D\u200b1"), "subjects.csv", 4, "subject_id", "「D\\u200b1」"),
    ("no kind", cell("subjects", 8, "kind", ""), "subjects.csv", 8, "kind", "没有填写「对象类型」"),
    ("unknown kind", cell("subjects", 8, "kind", "农技人员"), "subjects.csv", 8, "kind", "没有「农技人员」这个对象类型；是不是「农技员」"),
    ("no name", cell("subjects", 8, "name", ""), "subjects.csv", 8, "name", "没有填写「名称」"),
    ("space before name", cell("subjects", 8, "name", " 王五"), "subjects.csv", 8, "name", "前后有空格，请改成「王五」"),
    ("line break in name", cell("subjects", 8, "name", "王\n五"), "subjects.csv", 8, "name", "「王\\u000a五」含有看不见的字符"),
    ("formula error in name", cell("subjects", 8, "name", "#N/A"), "subjects.csv", 8, "name", "#N/A 是 Excel 公式的错误值"),
    ("some counties", with_column("subjects", "county", *["东县"] * 6), "subjects.csv", 8, "county", "没有填写「县」"),
    ("required attribute", cell("subjects", 4, "class", ""), "subjects.csv", 4, "class", "没有填写「类别」"),
    ("attribute not among its values", cell("subjects", 4, "class", "丙"), "subjects.csv", 4, "class", "没有「丙」这个类别；可以用的有：乙、甲"),
    ("attribute of another kind", cell("subjects", 2, "class", "甲"), "subjects.csv", 2, "class", "「类别」只用于部门，这一行是乡镇"),
    ("flag of another kind", cell("subjects", 4, "project", "1"), "subjects.csv", 4, "project", "「项目乡镇」只用于乡镇"),
    ("flag", cell("subjects", 2, "project", "有"), "subjects.csv", 2, "project", "有 应是 1（是）、0（否）或空着"),
    ("number attribute", cell("subjects", 2, "population", "很多"), "subjects.csv", 2, "population", "很多 不是数字"),
    ("negative attribute", cell("subjects", 2, "population", "-1"), "subjects.csv", 2, "population", "-1 是负数"),
    ("number attribute too large", cell("subjects", 2, "population", "1000.01"), "subjects.csv", 2, "population", "1000.01 超过上限 1000"),
    ("unknown special item", cell("subjects", 4, "special_items", "2.1;2.9"), "subjects.csv", 4, "special_items", "没有可在这里列出的指标「2.9」"),
    ("common indicator as special item", cell("subjects", 4, "special_items", "2.1;1"), "subjects.csv", 4, "special_items", "指标「1」"),
    ("special item twice", cell("subjects", 4, "special_items", "2.1;2.1"), "subjects.csv", 4, "special_items", "重复的编号"),
    ("full-width semicolon", all_of(cell("subjects", 5, "special_items", "2.1；2.2")), "subjects.csv", 5, "special_items", "应用半角分号隔开，如 2.1;2.2"),
    ("semicolon at the end", cell("subjects", 4, "special_items", "2.1;"), "subjects.csv", 4, "special_items", "有空的一项"),
    # postings
    ("posting of nobody", with_row("postings", "S9", "D1", "T1", "", "2016-01-01", ""), "postings.csv", 4, "subject_id", "S9 不在考核对象（subjects.csv）里"),
    ("posting without id", with_row("postings", "", "D1", "T1", "", "2016-01-01", ""), "postings.csv", 4, "subject_id", "没有填写「编号」"),
    ("space after a posted id", cell("postings", 2, "subject_id", "S1 "), "postings.csv", 2, "subject_id", "请改成「S1」"),
    ("posting of a unit", with_row("postings", "D2", "D1", "T1", "", "2016-01-01", ""), "postings.csv", 4, "subject_id", "D2 是部门，不能派驻；能派驻的有：农技员、第一书记"),
    ("posting to an unknown unit", cell("postings", 2, "township_id", "T9"), "postings.csv", 2, "township_id", "T9 不在考核对象"),
    ("space after a unit", cell("postings", 2, "township_id", "T1 "), "postings.csv", 2, "township_id", "请改成「T1」"),
    ("posting to a unit of the wrong kind", cell("postings", 2, "township_id", "D2"), "postings.csv", 2, "township_id", "D2 是部门，「所在乡镇」应填乡镇的编号"),
    ("link of another kind", cell("postings", 3, "township_id", "T1"), "postings.csv", 3, "township_id", "「所在乡镇」只用于第一书记，这一行是农技员"),
    ("posting to no unit", cell("postings", 3, "department_id", ""), "postings.csv", 3, "department_id", "「派出部门」、「所在乡镇」至少要填一个"),
    ("no start", cell("postings", 2, "start", ""), "postings.csv", 2, "start", "没有填写「开始日期」"),
    ("end before start", cell("postings", 3, "end", "2015-12-31"), "postings.csv", 3, "end", "2015-12-31 早于开始日期 2016-01-01"),
    ("no such day", cell("postings", 3, "start", "2015-02-29"), "postings.csv", 3, "start", "2015-02-29 这一天不存在"),
    ("slashes", cell("postings", 3, "start", "2016/1/1"), "postings.csv", 3, "start", "2016/1/1 应写成 2016-01-01"),
    ("year month day", cell("postings", 3, "start", "2016年1月1日"), "postings.csv", 3, "start", "应写成 2016-01-01"),
    ("date without signs", cell("postings", 3, "start", "20160101"), "postings.csv", 3, "start", "20160101 应写成 2016-01-01"),
    ("date without zeros", cell("postings", 3, "start", "2016-1-1"), "postings.csv", 3, "start", "应写成 2016-01-01"),
    ("serial number", cell("postings", 3, "start", "42370"), "postings.csv", 3, "start", "42370 像是 Excel 的日期序号"),
    ("date with time", cell("postings", 3, "start", "2016-01-01 00:00:00"), "postings.csv", 3, "start", "不要带时间"),
    ("no date at all", cell("postings", 3, "start", "年初"), "postings.csv", 3, "start", "年初 不是日期"),
    ("year of a slip", cell("postings", 3, "start", "0201-01-01"), "postings.csv", 3, "start", "0201-01-01 的年份不对"),
    ("posting after the year", with_row("postings", "S1", "D1", "T2", "", "2017-01-01", ""), "postings.csv", 4, "start", "在考核年度（2016-01-01 至 2016-12-31）之后"),
    ("posting before the year", with_row("postings", "S1", "D1", "T2", "", "2015-01-01", "2015-02-01"), "postings.csv", 4, "end", "之前"),
    ("posting twice", with_row("postings", "S1", "D1", "T1", "东村", "2016-05-01", "2016-06-01"), "postings.csv", 4, "start", "与第 2 行（2015-03-01 至 今）是同一对象、同一地方且时间重叠"),
    ("too many linked", all_of(*(all_of(
        with_row("subjects", f"S{i}", "第一书记", f"书记{i}", "", "", "", ""),
        with_row("postings", f"S{i}", "D1", "T1", f"村{i}", "2016-01-01", ""),
        *(all_of(with_row("scores", f"S{i}", r, "1", "50", ""), with_row("scores", f"S{i}", r, "2", "40", ""),
                 with_row("ballots", f"S{i}", r, "1", "0", "0")) for r in ("half_year", "year_end")),
    ) for i in (2, 3)), cell("postings", 5, "township_id", "T2")), "postings.csv", 5, "department_id", "D1 有 3 个派驻对象，超过上限 2 个"),
    # scores
    ("score of nobody", with_row("scores", "T9", "half_year", "1.1", "1", ""), "scores.csv", 34, "subject_id", "T9 不在考核对象"),
    ("score without id", with_row("scores", "", "half_year", "1.1", "1", ""), "scores.csv", 34, "subject_id", "没有填写「编号」"),
    ("space after a scored id", cell("scores", 2, "subject_id", "T1 "), "scores.csv", 2, "subject_id", "请改成「T1」"),
    ("no round", cell("scores", 2, "round", ""), "scores.csv", 2, "round", "没有填写「轮次」"),
    ("unknown round", cell("scores", 2, "round", "half-year"), "scores.csv", 2, "round", "没有「half-year」这个轮次；是不是「half_year」"),
    ("no indicator", cell("scores", 2, "indicator", ""), "scores.csv", 2, "indicator", "没有填写「指标」"),
    ("unknown indicator", cell("scores", 2, "indicator", "1.11"), "scores.csv", 2, "indicator", "乡镇没有「1.11」这个指标；是不是「1.1」"),
    ("full-width indicator", cell("scores", 2, "indicator", "１.1"), "scores.csv", 2, "indicator", "请改成「1.1」"),
    ("indicator of another kind", cell("scores", 10, "indicator", "2"), "scores.csv", 10, "indicator", "指标 2「专项指标」要按下级指标打分：请改填 2.1、2.2"),
    ("group instead of leaves", with_row("scores", "T1", "half_year", "1", "10", ""), "scores.csv", 34, "indicator", "指标 1「组织保障」要按下级指标打分：请改填 1.1、1.2"),
    ("indicator that does not apply", with_row("scores", "D1", "half_year", "2.2", "10", ""), "scores.csv", 34, "indicator", "指标 2.2「就业」不适用于 D1：subjects.csv 的「special_items」没有列出它"),
    ("above the maximum", cell("scores", 2, "points", "4.01"), "scores.csv", 2, "points", "4.01 超过指标 1.1「组织领导」的满分 4"),
    ("negative points", cell("scores", 2, "points", "-1"), "scores.csv", 2, "points", "-1 是负数"),
    ("three decimals", cell("scores", 2, "points", "3.125"), "scores.csv", 2, "points", "3.125 多于两位小数"),
    ("empty points", cell("scores", 2, "points", ""), "scores.csv", 2, "points", "没有得分的填 0"),
    ("only a space", cell("scores", 2, "points", " "), "scores.csv", 2, "points", "只有空格"),
    ("full-width digit", cell("scores", 2, "points", "３"), "scores.csv", 2, "points", "３ 含有全角字符，请改成半角的 3"),
    ("full-width point", cell("scores", 2, "points", "3．5"), "scores.csv", 2, "points", "请改成半角的 3.5"),
    ("space in a number", cell("scores", 2, "points", "3 "), "scores.csv", 2, "points", "请改成 3"),
    ("text", cell("scores", 2, "points", "优"), "scores.csv", 2, "points", "优 不是数字"),
    ("scientific", cell("scores", 2, "points", "1e0"), "scores.csv", 2, "points", "1e0 是科学记数法"),
    ("thousands", cell("scores", 2, "points", "1,000"), "scores.csv", 2, "points", "请改成 1000"),
    ("decimal comma", cell("scores", 2, "points", "3,5"), "scores.csv", 2, "points", "请改成 3.5"),
    ("percent", cell("scores", 2, "points", "80%"), "scores.csv", 2, "points", "百分号"),
    ("unit", cell("scores", 2, "points", "3分"), "scores.csv", 2, "points", "请只填数字 3，不写「分」"),
    ("plus sign", cell("scores", 2, "points", "+3"), "scores.csv", 2, "points", "请改成 3"),
    ("bare point", cell("scores", 2, "points", ".5"), "scores.csv", 2, "points", "小数点的前后都要有数字"),
    ("huge", cell("scores", 2, "points", "9" * 30), "scores.csv", 2, "points", "太大了"),
    ("a date for points", cell("scores", 2, "points", "2016-02-01"), "scores.csv", 2, "points", "是日期，不是数字"),
    ("formula error", cell("scores", 2, "points", "#DIV/0!"), "scores.csv", 2, "points", "#DIV/0! 是 Excel 公式的错误值"),
    ("score twice", with_row("scores", "T1", "半年考核", "1.1", "3", ""), "scores.csv", 34, "indicator", "T1 这一轮的指标 1.1 与第 2 行重复"),
    ("missing indicator", without_row("scores", 3), "subjects.csv", 2, None, "T1「青山乡」半年考核缺少指标 1.2「驻村帮扶」的得分"),
    ("missing indicators, told once", all_of(without_row("scores", 3), without_row("scores", 2)), "subjects.csv", 2, None, "缺少指标 1.1「组织领导」、1.2「驻村帮扶」的得分：请在 scores.csv 里补上"),
    ("missing special item", cell("subjects", 5, "special_items", "2.2"), "subjects.csv", 5, None, "D2「教育局」半年考核缺少指标 2.2「就业」"),
    ("whole sheet missing", without_rows("scores", subject_id="T2", round="year_end"), "subjects.csv", 3, None, "T2「绿水镇」年终考评的指标得分一项也没有（应有 3 项）"),
    ("measured, but no facts at all", all_of(without_rows("scores", subject_id="S1", round="year_end", indicator="2"), without_table("facts")), "subjects.csv", 6, None, "缺少指标 2「信息报送」"),
    ("no source", cell("scores", 13, "source", ""), "scores.csv", 13, "source", "没有填写「评分来源」"),
    ("source without weight", cell("scores", 16, "source", "同事"), "scores.csv", 16, "source", "没有「同事」这个评分来源；可以用的有：群众、领导"),
    ("too few scorers", without_row("scores", 13), "scores.csv", 13, "source", "H1 半年考核的指标 1「示范」只有 2 个评分，至少要 3 个"),
    ("weighted source missing", without_row("scores", 16), "scores.csv", 16, "source", "缺少评分来源：领导"),
    ("scorer twice", with_row("scores", "H1", "half_year", "1", "90", "甲"), "scores.csv", 34, "indicator", "与第 13 行重复"),
    # adjustments
    ("event of nobody", cell("adjustments", 4, "subject_id", "T9"), "adjustments.csv", 4, "subject_id", "T9 不在考核对象"),
    ("event in no round", cell("adjustments", 4, "round", "一季度"), "adjustments.csv", 4, "round", "没有「一季度」这个轮次"),
    ("unknown type", cell("adjustments", 4, "type", "奖励"), "adjustments.csv", 4, "type", "没有「奖励」这个类型"),
    ("no type", cell("adjustments", 4, "type", ""), "adjustments.csv", 4, "type", "没有填写「类型」"),
    ("unknown item", cell("adjustments", 4, "item", "deduction-9"), "adjustments.csv", 4, "item", "乡镇没有「deduction-9」这个扣分事项；是不是「deduction-1」"),
    ("no item", cell("adjustments", 4, "item", ""), "adjustments.csv", 4, "item", "没有填写「事项」"),
    ("item of the other side", cell("adjustments", 4, "item", "受到表彰"), "adjustments.csv", 4, "item", "「受到表彰」是加分事项，「类型」却写了扣分"),
    ("side that the kind lacks", with_row("adjustments", "S1", "half_year", "deduction", "deduction-1", "1", ""), "adjustments.csv", 5, "type", "第一书记没有扣分"),
    ("kind without sides", with_row("adjustments", "D1", "half_year", "bonus", "bonus-1", "1", ""), "adjustments.csv", 5, "type", "部门没有加分"),
    ("event of 0 points", cell("adjustments", 4, "points", "0"), "adjustments.csv", 4, "points", "0 应大于 0"),
    ("negative event", cell("adjustments", 4, "points", "-1"), "adjustments.csv", 4, "points", "扣分也填正数"),
    ("large event", cell("adjustments", 4, "points", "10.01"), "adjustments.csv", 4, "points", "超过一件事的上限 10 分"),
    ("event without points", cell("adjustments", 4, "points", ""), "adjustments.csv", 4, "points", "没有填写「分值」"),
    ("control character in a reason", cell("adjustments", 4, "reason", "通报\x07"), "adjustments.csv", 4, "reason", "控制字符"),
    ("event twice", with_row("adjustments", "T1", "half_year", "加分", "受到表彰", "2.0", "市级表彰"), "adjustments.csv", 5, "item", "与第 3 行完全相同：重复登记的请删去；确是两件事的，请在「事由」里写出区别"),
    ("too many events", all_of(*(with_row("adjustments", "T1", "half_year", "bonus", "bonus-2", "1", str(i)) for i in range(2))), "adjustments.csv", 6, "subject_id", "T1 半年考核有 4 件加分，超过上限 3 件"),
    # ballots
    ("ballots of nobody", with_row("ballots", "S9", "half_year", "1", "1", "1"), "ballots.csv", 4, "subject_id", "S9 不在考核对象"),
    ("kind not rated", with_row("ballots", "D1", "half_year", "1", "1", "1"), "ballots.csv", 4, "subject_id", "D1 是部门，不参加民主测评；参加的有：第一书记"),
    ("negative count", cell("ballots", 2, "excellent", "-1"), "ballots.csv", 2, "excellent", "-1 是负数"),
    ("fraction of a ballot", cell("ballots", 2, "excellent", "1.5"), "ballots.csv", 2, "excellent", "1.5 应是整数"),
    ("too many ballots", cell("ballots", 2, "excellent", "101"), "ballots.csv", 2, "excellent", "101 超过一次测评的上限 100 票"),
    ("no number of ballots", cell("ballots", 2, "excellent", "二十"), "ballots.csv", 2, "excellent", "二十 不是数字"),
    ("nobody voted", all_of(cell("ballots", 2, "excellent", ""), cell("ballots", 2, "competent", "0")), "ballots.csv", 2, "excellent", "优秀、称职都是 0 票"),
    ("ballots twice", with_row("ballots", "S1", "半年考核", "1", "1", "1"), "ballots.csv", 4, "subject_id", "与第 2 行重复"),
    ("missing ballots", without_row("ballots", 3), "subjects.csv", 6, None, "S1「张三」年终考评没有测评票：请在 ballots.csv 里补上"),
    # determinations
    ("determination of nobody", cell("determinations", 2, "subject_id", "S9"), "determinations.csv", 2, "subject_id", "S9 不在考核对象"),
    ("unknown determination", cell("determinations", 2, "type", "罢免"), "determinations.csv", 2, "type", "没有「罢免」这个类型；可以用的有"),
    ("determination of another kind", cell("determinations", 2, "subject_id", "T1"), "determinations.csv", 2, "type", "乡镇不能有「recalled」这种认定"),
    ("determination twice", with_row("determinations", "S1", "召回", "2016-11-01", "再次"), "determinations.csv", 3, "type", "与第 2 行是同一对象的同一种认定"),
    ("determination without date", cell("determinations", 2, "date", ""), "determinations.csv", 2, "date", "没有填写「日期」"),
    # facts
    ("fact of nobody", cell("facts", 4, "subject_id", "T9"), "facts.csv", 4, "subject_id", "T9 不在考核对象"),
    ("unknown fact", cell("facts", 2, "fact", "infos"), "facts.csv", 2, "fact", "第一书记没有「infos」这个数据项；是不是「info」"),
    ("fact of another kind", cell("facts", 4, "fact", "走访"), "facts.csv", 4, "fact", "「走访」不是乡镇的数据，只用于农技员、第一书记"),
    ("derived fact", with_row("facts", "S1", "half_year", "", "达标月数", "5"), "facts.csv", 5, "fact", "「达标月数」是由「信息」算出来的，请登记「信息」"),
    ("no fact", cell("facts", 4, "fact", ""), "facts.csv", 4, "fact", "没有填写「数据项」"),
    ("fact in no round", cell("facts", 3, "round", "三季度"), "facts.csv", 3, "round", "没有「三季度」这个轮次"),
    ("fact by rounds without its round", cell("facts", 3, "round", ""), "facts.csv", 3, "round", "「走访」是按轮次登记的，请填写「轮次」"),
    ("fact by months with a round", cell("facts", 2, "round", "half_year"), "facts.csv", 2, "round", "「信息」按时段登记，「轮次」应空着"),
    ("above the fact's maximum", cell("facts", 4, "value", "100.01"), "facts.csv", 4, "value", "100.01 超过「到户率」的上限 100"),
    ("negative fact", cell("facts", 4, "value", "-1"), "facts.csv", 4, "value", "-1 是负数"),
    ("no value", cell("facts", 4, "value", ""), "facts.csv", 4, "value", "没有填写「数值」"),
    ("no number as value", cell("facts", 4, "value", "约50"), "facts.csv", 4, "value", "约50 不是数字"),
    ("month missing", cell("facts", 2, "period", ""), "facts.csv", 2, "period", "「信息」是按月登记的，「时段」应写成 2016-03 的样子"),
    ("month in a wrong form", cell("facts", 2, "period", "3月"), "facts.csv", 2, "period", "3月 不对"),
    ("13th month", cell("facts", 2, "period", "2016-13"), "facts.csv", 2, "period", "2016-13 不对"),
    ("month instead of quarter", cell("facts", 4, "period", "2016-07"), "facts.csv", 4, "period", "「到户率」是按季登记的"),
    ("period of a fact by rounds", cell("facts", 3, "period", "2016-03"), "facts.csv", 3, "period", "「走访」是按轮次登记的，「时段」应空着"),
    ("period outside the year", cell("facts", 2, "period", "2015-12"), "facts.csv", 2, "period", "2015-12 不在考核年度"),
    ("fact twice", with_row("facts", "S1", "", "2016-03", "信息", "5"), "facts.csv", 5, "fact", "与第 2 行是同一对象、同一时段的同一数据"),
]  # fmt: skip

FOLLOW = {"missing special item", "indicator of another kind"}
"""The same for the other round too, or what the mistake leaves missing."""


def problems_of(tables, folder):
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(SCHEME, write_csv(tables, folder), connection=connection)
    return caught.value.problems


@pytest.mark.parametrize(
    ("spoil", "file", "row", "column", "part"),
    [d[1:] for d in DEFECTS],
    ids=[d[0] for d in DEFECTS],
)
def test_a_defect_is_told_where_it_is_and_alone(tmp_path, spoil, file, row, column, part, request):
    tables = county()
    spoil(tables)
    problems = problems_of(tables, tmp_path)
    first = problems[0]
    assert (first.file, first.row, first.column) == (file, row, column), [str(p) for p in problems]
    assert part in first.message
    if request.node.callspec.id not in FOLLOW:
        assert len(problems) == 1, [str(p) for p in problems]


def test_defects_are_at_least_sixty_and_named_apart():
    assert len({name for name, *_ in DEFECTS}) == len(DEFECTS) >= 60


def test_all_problems_are_told_together_in_the_order_of_tables_and_rows(tmp_path):
    tables = county()
    spoils = [
        cell("subjects", 8, "name", ""),
        cell("subjects", 4, "class", "丙"),
        cell("postings", 3, "start", "2016/1/1"),
        cell("scores", 2, "points", "x"),
        cell("scores", 2, "round", "半年"),
        cell("scores", 20, "points", "-3"),
        cell("adjustments", 4, "points", "0"),
        cell("ballots", 2, "excellent", "1.5"),
        cell("determinations", 2, "date", "2016-02-30"),
        cell("facts", 2, "value", "1,000"),
    ]
    all_of(*spoils)(tables)
    told = [str(problem) for problem in problems_of(tables, tmp_path)]
    assert [line.split(": ")[0] for line in told] == [
        "subjects.csv:4 class",
        "subjects.csv:8 name",
        "postings.csv:3 start",
        "scores.csv:2 points",
        "scores.csv:2 round",
        "scores.csv:20 points",
        "adjustments.csv:4 points",
        "ballots.csv:2 excellent",
        "determinations.csv:2 date",
        "facts.csv:2 value",
    ]


def test_a_problem_reads_like_the_contract_says(tmp_path):
    tables = county()
    cell("scores", 4, "points", "92")(tables)
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(SCHEME, write_csv(tables, tmp_path), connection=connection)
    assert str(caught.value) == "scores.csv:4 points: 92 超过指标 2「项目进度」的满分 90"


def test_of_many_of_one_kind_200_are_told_and_the_rest_counted(tmp_path):
    tables = county()
    for number in range(250):
        with_row("scores", f"X{number}", "half_year", "1", "1", "")(tables)
    with pytest.raises(InputError) as caught, duckdb.connect() as connection:
        open_inputs(SCHEME, write_csv(tables, tmp_path), connection=connection)
    assert len(caught.value.problems) == 200
    assert (
        str(caught.value).splitlines()[-1]
        == "scores.csv: 同类问题（如第 34 行那样的）还有 50 处，没有逐一列出"
    )


def test_after_problems_nothing_is_left_for_the_engine(tmp_path):
    tables = county()
    cell("scores", 4, "points", "92")(tables)
    with duckdb.connect() as connection:
        with pytest.raises(InputError):
            open_inputs(SCHEME, write_csv(tables, tmp_path), connection=connection)
        made = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'in\\_%' ESCAPE '\\'"
        )
        assert made.fetchall() == []


def test_headers_are_told_as_the_file_calls_them(tmp_path):
    tables = county()
    all_of(header("scores", "points", "得分"), cell("scores", 4, "得分", "92"))(tables)
    assert problems_of(tables, tmp_path)[0].column == "得分"


def test_problems_of_tables_in_memory_name_the_table(connection):
    tables = county()
    cell("scores", 4, "points", "92")(tables)
    listed = {
        name: [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
        for name, lines in tables.items()
    }
    with pytest.raises(InputError) as caught:
        inputs_from_tables(SCHEME, listed, connection=connection)
    assert str(caught.value) == "scores:4 points: 92 超过指标 2「项目进度」的满分 90"
