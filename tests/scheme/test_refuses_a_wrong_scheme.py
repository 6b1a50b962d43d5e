"""What is wrong with a scheme is told with its line, its clause, and what to write instead."""

import pytest

from kaohe.scheme import SchemeError, parse_scheme
from tests.scheme.small import SMALL, line_of, spoilt, told

RULE = "type: threshold, fact: 走访, at_least: 12, otherwise: 5"
REVIEW = "formula: 指标得分 × 0.8 + 测评 × 20%"
ANNUAL = "formula: 平均(半年考核, 全年考核)"
HEAD = '    basis: 二(二)\n    indicators:\n      - {code: "1", name: 出勤'

# What to change, into what; where the problem is told (a piece of that line); clause; words.
DEFECTS = {
    "misspelt key": ("title: 小县", "titel: 小县", "titel:", None, "不认识的键「titel」"),
    "misspelt key in a list": ("action: 约谈", "acton: 约谈", "acton", "四(三)", "不认识的键「acton」"),
    "missing key": ("        basis: 三(二)1\n", "", "- name: 年度得分", "二(二)", "缺少「basis」"),
    "missing name": ("name: 一等奖, ", "", "places:", "四(一)2", "缺少「name」"),
    "text for a whole number": ("version: 1", "version: 一", "version: 一", None, "「version」应是整数"),
    "number for a text": ("title: 小县考核办法", "title: 2016", "title: 2016", None, "「title」应是文字"),
    "empty text": ("title: 小县考核办法", "title: ''", "title: ''", None, "「title」不能为空"),
    "code without quotes": ('code: "1", name: 出勤', "code: 1, name: 出勤", "出勤", "二(二)1", "「code」应是文字（如是数字，请加引号）"),
    "code with Chinese": ("code: veto", "code: 否决", "code: 否决", "四(二)", "「code」的写法不对"),
    "list with one item": ("values: [甲, 乙]", "values: 甲", "values: 甲", None, "「values」应是一个列表"),
    "empty list": ("places: [{name: 一等奖, count: 1}, {name: 二等奖, count: 2}]", "places: []", "places", "四(一)2", "「places」至少要有 1 项"),
    # points
    "children do not add up": ("points: 40, basis: 二(一)1(2)", "points: 41, basis: 二(一)1(2)", '- code: "1"', "二(一)1", "是 60 分，下级指标合计却是 61 分"),
    "tops do not add up": ("points: 70", "points: 69.9", "name: 个人\n", "二(二)", "合计 99.9 分，应为 100 分"),
    "three decimals": ("points: 70", "points: 70.005", "出勤", "二(二)1", "「points」的小数位太多，最多 2 位"),
    "no points": ("points: 70", "points: 0", "出勤", "二(二)1", "「points」应大于 0"),
    "negative points": ("points: 70", "points: -70", "出勤", "二(二)1", "「points」应大于 0"),
    "points in words": ("points: 70", "points: 七十", "出勤", "二(二)1", "「points」应是数字"),
    "boundary with three decimals": ("name: 称职, at_least: 60", "name: 称职, at_least: 59.994", "59.994", "四(一)4", "小数位太多，最多 2 位"),
    "ballot worth with three decimals": ("code: bad, name: 不满意, value: 0}", "code: bad, name: 不满意, value: 33.333}", "33.333", "三(一)3", "小数位太多，最多 2 位"),
    "cap above all": ("cap: 4", "cap: 1001", "表彰", "二(一)3(1)", "「cap」不能大于 1000"),
    # dates and rounds
    "day that does not exist": ("end: 2016-06-30", "end: 2016-06-31", "code: half", "三(一)1", "「end」应是日期，如 2016-01-31"),
    "29 February of a common year": ("due: 2017-01-31", "due: 2017-02-29", "due:", "三(一)2", "「due」应是日期"),
    "date in Chinese": ("due: 2017-01-31", "due: 2017年1月31日", "due:", "三(一)2", "「due」应是日期"),
    "date as a number": ("due: 2017-01-31", "due: 86400", "due:", "三(一)2", "「due」应是日期"),
    "date with a time": ("due: 2017-01-31", "due: 2017-01-31 10:00:00", "due:", "三(一)2", "「due」应是日期"),
    "end before start": ("end: 2016-06-30", "end: 2015-06-30", "code: half", "三(一)1", "结束日期 2015-06-30 早于开始日期 2016-01-01"),
    "round twice": ("code: half, name: 半年,", "code: half, name: 全年,", "rounds:\n", None, "轮次「全年」出现了 2 次"),
    "unknown round of a result": ("{half: 半年考核, full: 全年考核}", "{half: 半年考核, full: 全年考核, q9: 三季}", "三季", "二(二)", "没有轮次「q9」；已有的是：half、full"),
    "unknown round of a rule": ("rounds: [full]", "rounds: [q4]", "rounds: [q4]", "二(二)3", "没有轮次「q4」"),
    "column of no round": ("{half: 半年得分, full: 全年得分}", "{half: 半年得分, ful: 全年得分}", "- name: 得分", "二(一)", "column 应按轮次分别给出"),
    "one column for two rounds": ("{half: half_score, full: full_score}\n        basis: 二(一)", "half_score\n        basis: 二(一)", "- name: 得分", "二(一)", "column 应按轮次分别给出"),
    # who
    "unknown kind of an attribute": ("kinds: [单位]}\n  - {code: star", "kinds: [村]}\n  - {code: star", "code: special", None, "没有考核对象「村」；已有的是：单位、个人"),
    "unknown kind of a link": ("to: 单位", "to: 乡", "to: 乡", "三(二)2", "没有考核对象「乡」"),
    "unknown kind of a ballot": ("三(一)3\n  kinds: [个人]", "三(一)3\n  kinds: [人]", "kinds: [人]", "三(一)3", "没有考核对象「人」"),
    "two links to one unit": ("links:\n", "links:\n  - {code: second, name: 第二单位, to: 单位, kinds: [个人], basis: 三}\n", "links:", None, "从「个人」到「单位」有 2 种派驻关系"),
    "link twice": ("links:\n", "links:\n  - {code: UNIT_ID, name: 第二单位, to: 个人, kinds: [单位], basis: 三}\n", "links:", None, "派驻关系「UNIT_ID」出现了 2 次"),
    "more days than a year has": ("min_service_days: 180", "min_service_days: 367", "unit_id", "三(二)2", "「min_service_days」不能大于 366"),
    "kind's code twice": ("code: person\n", "code: Unit\n", "kinds:\n", None, "考核对象「Unit」出现了 2 次"),
    "attribute's code twice": ("code: special,", "code: Class,", "attributes:", None, "属性「Class」出现了 2 次"),
    "attribute's name twice": ("name: 难度, type: number, kinds: [单位]", "name: 类别, type: number, kinds: [个人]", "attributes:", None, "属性「类别」出现了 2 次"),
    "option's name twice": ("name: 不满意", "name: 满意", "ballot:", "三(一)3", "测评选项「满意」出现了 2 次"),
    "attribute of the subjects table": ("code: hardship", "code: county", "county", None, "表里本来就有「county」这一列"),
    "attribute named as a column": ("name: 难度", "name: 名称", "名称", None, "表里本来就有「名称」这一列"),
    "link named as a column": ("code: unit_id", "code: start", "所在单位", "三(二)2", "表里本来就有「start」这一列"),
    "attribute of an unknown type": ("type: text", "type: word", "type: word", None, "「type」只能是 「text」「flag」「number」「indicators」"),
    "list of members of a text": ("type: flag", "type: text", "示范, type", None, "只有 flag 类型可以用 members"),
    "values of a number": ("type: number, kinds: [单位]", "type: number, kinds: [单位], values: [甲, 丙]", "hardship", None, "只有 text 类型可以用 values"),
    # indicators
    "indicator twice": ('code: "1", name: 出勤', 'code: "3", name: 出勤', 'indicators:\n      - {code: "3"', "二(二)", "指标「3」出现了 2 次"),
    "no scaling": ('        scaling: {none_takes: "1", basis: 二(一)2}\n', "", 'code: "2"\n        name: 专项', "二(一)2", "请在这个最上一级指标上写 scaling"),
    "scaling to itself": ('none_takes: "1"', 'none_takes: "2"', "scaling:", "二(一)2", "没有可折算的最上一级指标「2」；已有的是：1"),
    "scaling of a leaf": ("name: 组织领导,", 'name: 组织领导, scaling: {none_takes: "2", basis: 二},', "组织领导", "二(一)1(1)", "没有下级指标，不能写 scaling"),
    "measured group": ('basis: 二(一)1\n', "basis: 二(一)1\n        measure: {basis: 二, rule: {type: formula, formula: 1}}\n", '- code: "1"', "二(一)1", "measure 和 applies 应写在最末级指标上"),
    "applies in two ways": ("{listed_in: special}", "{listed_in: special, when: 示范}", '"2.1"', "二(一)2(1)", "applies 应有 listed_in（属性的代码）或 when（条件公式）之一"),
    "listed in a text": ("listed_in: special", "listed_in: class", '"2.1"', "二(一)2(1)", "没有列举指标的属性「class」；已有的是：special"),
    "condition that is a number": ("{when: 示范}", "{when: 难度}", '"2.2"', "二(一)2(2)", "应当是是非（条件），写的却是数值"),
    "unknown attribute in a condition": ("{when: 示范}", "{when: 示范村}", '"2.2"', "二(一)2(2)", "不认识「示范村」；是不是「示范」？"),
    "item twice": ("{code: notice, name: 通报, basis: 二(一)4(1)}", "{code: notice, name: 通报, basis: 二}\n        - {code: notice, name: 批评, basis: 二}", "items:\n        - {code: notice", "二(一)4", "加减分事项「notice」出现了 2 次"),
    # names
    "two results of one name": ("{half: 半年考核, full: 全年考核}", "{half: 半年考核, full: 年度得分}", "name: 个人\n", "二(二)", "有 2 个值都叫「年度得分」"),
    "attribute named as a side": ("name: 难度", "name: 加分", "name: 单位\n", "二(一)", "有 2 个值都叫「加分」"),
    "attribute named as the tree": ("name: 难度", "name: 指标得分", "name: 单位\n", "二(一)", "有 2 个值都叫「指标得分」"),
    "attribute named as a word of formulas": ("name: 难度", "name: 月数", "name: 单位\n", "二(一)", "有 2 个值都叫「月数」"),
    "two sides of one name": ("deduction:\n      name: 扣分", "deduction:\n      name: 加分", "name: 单位\n", "二(一)", "有 2 个值都叫「加分」"),
    "determination twice": ("determinations:\n", "determinations:\n  - {code: veto, name: 双开, kinds: [个人], basis: 四}\n", "determinations:", None, "认定「veto」出现了 2 次"),
    # facts
    "fact twice": ("code: visits,", "code: info,", "facts:", None, "数据「info」出现了 2 次"),
    "fact of nothing": ("of: info", "of: infos", "of: infos", "二(二)2", "没有直接登记的数据「infos」；已有的是：info、visits"),
    "fact neither recorded nor derived": ("code: visits, name", "name", "走访, kinds", "二(二)3", "应有 code（直接登记）或 of（由别的数据得出）之一"),
    "fact both recorded and derived": ("of: info,", "code: two, of: info,", "code: two", "二(二)2", "应有 code（直接登记）或 of"),
    "recorded fact with each": ("code: visits,", "code: visits, each: 值,", "each: 值", "二(二)3", "each 只用于由别的数据得出的"),
    "fact of more kinds than its source": ('"最小(值, 2)", kinds: [个人]', '"最小(值, 2)", kinds: [个人, 单位]', "of: info", "二(二)2", "kinds 超出了「信息」的"),
    "fact by the week": ("per: month", "per: week", "per: week", "二(二)2", "「per」只能是 「month」「quarter」「round」"),
    "negative maximum": ("maximum: 1000,", "maximum: -1,", "maximum: -1", "二(二)3", "「maximum」不能小于 0"),
    "unknown name in each": ('"最小(值, 2)"', '"最小(数, 2)"', "最小(数", "二(二)2", "不认识「数」"),
    "each that grows too large": ('"最小(值, 2)"', "值 × 值 × 值 × 值 × 值 × 值", "of: info", "二(二)2", "「达标信息」：这个公式里的数可能大到无法精确计算"),
    # ballots
    "option twice": ("{code: bad,", "{code: Good,", "ballot:", "三(一)3", "测评选项「Good」出现了 2 次"),
    "no option with a value": ("value: 100}\n    - {code: bad, name: 不满意, value: 0}", "}\n    - {code: bad, name: 不满意}", "options:", "三(一)3", "测评的选项里没有一个有 value"),
    # rules
    "unknown rule": ("type: quota", "type: quotas", "type: quotas", "二(二)2(1)", "没有规则类型「quotas」"),
    "rule without a type": ("type: quota, parts", "parts", "rule: {parts", "二(二)2(1)", "「rule」缺少 type"),
    "unknown fact in a quota": ("fact: 达标信息, quota", "fact: 合格信息, quota", "measure:\n", "二(二)2(1)", "不认识「合格信息」；是不是「信息」或「达标信息」？"),
    "unknown name in a quota": ("quota: 2 × 月数", "quota: 2 × 月份", "measure:\n", "二(二)2(1)", "不认识「月份」；是不是「月数」？"),
    "quota that may be negative": ("quota: 2 × 月数", "quota: 2 × 月数 - 30", "measure:\n", "二(二)2(1)", "「信息报送」：除数可能是负数"),
    "quota of nothing": ("quota: 2 × 月数", "quota: 0", "measure:\n", "二(二)2(1)", "不能除以 0"),
    "threshold with two limits": ("at_least: 12,", "at_least: 12, at_most: 20,", "measure: {basis", "二(二)3", "恰有 at_least、at_most、below 之一"),
    "threshold without a limit": ("at_least: 12, ", "", "measure: {basis", "二(二)3", "恰有 at_least、at_most、below 之一"),
    "unknown fact in a threshold": ("fact: 走访,", "fact: 走访次数,", "measure: {basis", "二(二)3", "不认识「走访次数」；是不是「走访」？"),
    "table out of order": (RULE, "type: table, fact: 走访, rows: [{at_least: 5, points: 5}, {at_least: 9, points: 10}]", "measure: {basis", "二(二)3", "应按 at_least 从大到小"),
    "rank without points": (RULE, "type: rank, fact: 走访", "measure: {basis", "二(二)3", "应有 table 或 share_of_best 之一"),
    "rank with both": (RULE, "type: rank, fact: 走访, table: [10, 7], share_of_best: true", "measure: {basis", "二(二)3", "应有 table 或 share_of_best 之一"),
    "rank by an unknown fact": (RULE, "type: rank, fact: 出访, table: [10, 7]", "measure: {basis", "二(二)3", "没有数据「出访」；已有的是：信息、达标信息、走访"),
    "rank within another kind's class": (RULE, "type: rank, fact: 走访, within: [class], table: [10, 7]", "measure: {basis", "二(二)3", "没有属性「class」；已有的是：star"),
    "ladder of no height": (RULE, "type: ladder, fact: 走访, start: 2, first: 1, every: 0, add: 1, most: 5", "measure: {basis", "二(二)3", "「every」应大于 0"),
    "overrun by nothing": (RULE, "type: overrun, fact: 走访, limit: 15, per: 0, off: 2", "measure: {basis", "二(二)3", "「per」应大于 0"),
    "rule that is a condition": (RULE, "type: formula, formula: 走访 >= 3", "measure: {basis", "二(二)3", "应当是数值，写的却是是非"),
    "rule that divides by less than nothing": (RULE, "type: formula, formula: 10 / (走访 - 5)", "measure: {basis", "二(二)3", "「走访群众」：除数可能是负数"),
    "rule that grows too large": (RULE, "type: formula, formula: 走访 * 走访 * 走访 * 走访 * 走访", "measure: {basis", "二(二)3", "「走访群众」：这个公式里的数可能大到无法精确计算"),
    # formulas
    "unknown name": (REVIEW, "formula: 指标得分 × 0.8 + 民主测评 × 20%", "民主测评", "二(二)", "不认识「民主测评」；是不是「测评」？（第 14 个字）"),
    "formula not finished": ("when: 总分 < 75", "when: 总分 < ", "约谈", "四(三)", "公式没有写完，后面应当还有一项（第 5 个字）"),
    "bracket not closed": ("指标得分 + 加分 - 扣分)", "指标得分 + 加分 - 扣分", "最大(0", "二(一)", "括号没有结束"),
    "sign that is none": ("指标得分 + 加分 - 扣分)", "指标得分 + 加分 ^ 扣分)", "^", "二(一)", "不能写「^」"),
    "unknown indicator": ("指标得分 + 加分 - 扣分)", '指标("9") + 加分 - 扣分)', "最大(0", "二(一)", "没有编号为「9」的指标；可以用的有：1、1.1"),
    "unknown result of a linked kind": ("平均(个人.年度得分) × 0.3", "平均(个人.年终得分) × 0.3", "× 0.7", "三(二)2", "「个人」没有「年终得分」；是不是「年度得分」？"),
    "many numbers where one is wanted": ("平均(个人.年度得分) × 0.3", "个人.年度得分 × 0.3", "× 0.7", "三(二)2", "这是一组数"),
    "condition that is no condition": ("when: 计数(个人.年度得分) = 0", "when: 计数(个人.年度得分)", "- {when: 计数", "三(二)3", "应当是是非（条件），写的却是数值"),
    "divisor that may be negative": (ANNUAL, "formula: 平均(半年考核, 全年考核) / (半年考核 - 50)", "- name: 年度得分", "三(二)1", "「年度得分」：除数可能是负数"),
    "result that grows too large": (ANNUAL, f"{ANNUAL} * 半年考核 * 半年考核 * 半年考核 * 半年考核", "- name: 年度得分", "三(二)1", "「年度得分」：这个公式里的数可能大到无法精确计算"),
    "result that rests on itself": (ANNUAL, "formula: 平均(半年考核, 年度得分)", "- name: 年度得分", "三(二)1", "个人「年度得分」 → 个人「年度得分」"),
    "three decimals wanted": ("        column: total\n        basis: 三(二)1", "        precision: 3\n        column: total\n        basis: 三(二)1", "precision", "三(二)1", "「precision」不能大于 2"),
    "unknown rounding": ("        column: total\n        basis: 三(二)1", "        rounding: even\n        column: total\n        basis: 三(二)1", "rounding", "三(二)1", "「rounding」只能是 「half_up」「down」「up」"),
    # ranks, grades, awards, columns
    "rank within an unknown attribute": ("within: [class]", "within: [zone]", "zone", "四(一)1", "没有属性「zone」；已有的是：class、special"),
    "rank of an unknown result": ("of: 总分,", "of: 总成绩,", "总成绩", "四(一)1", "没有结果「总成绩」；已有的是：半年得分、全年得分、总分"),
    "award by an unknown rank": ("by: 名次", "by: 位次", "by: 位次", "四(一)2", "没有名次「位次」；已有的是：名次"),
    "award of nobody": ("count: 2}", "count: 0}", "places:", "四(一)2", "「count」不能小于 1"),
    "grade of an unknown result": ("of: 年度得分\n", "of: 考核得分\n", "of: 考核得分", "四(一)4", "没有结果「考核得分」；已有的是：半年考核、全年考核、年度得分"),
    "bands out of order": ("name: 称职, at_least: 60", "name: 称职, at_least: 95", "grade:\n", "四(一)4", "应按 at_least 从高到低"),
    "override to an unknown grade": ("grade: 不称职, basis", "grade: 差, basis", "grade:\n", "四(一)4", "里没有等次「差」"),
    "quota to an unknown grade": ("then: 称职", "then: 良好", "grade:\n", "四(一)4", "里没有等次「良好」"),
    "quota above all": ("share: 20%", "share: 120%", "quotas", "四(一)5", "「share」不能大于 1"),
    "unknown determination": ("{when: 否决, grade", "{when: 一票否决, grade", "overrides", "四(二)", "不认识「一票否决」；是不是「否决」？"),
    "column that nothing fills": ("{column: award, label: 奖项}", "{column: award, label: 奖项}\n  - {column: prize, label: 奖金}", "prize", None, "没有一个结果写入列「prize」"),
    "column that is not listed": ("  - {column: grade, label: 等次}\n", "", "name: 个人\n", "二(二)", "没有结果列(columns)「grade」"),
    "column that two fill": ("of: 年度得分, column: place", "of: 年度得分, column: total", "name: 个人\n", "二(二)", "结果列「total」出现了 2 次"),
    "columns that differ in case only": ("  - {column: award,", "  - {column: Total,", "columns:", None, "结果列「Total」出现了 2 次"),
    "column of every results table": ("  - {column: award,", "  - {column: kind,", "column: kind", None, "表里本来就有「kind」这一列"),
    "limit of nothing": ("ballots: 1000", "ballots: 0", "limits:", None, "「ballots」不能小于 1"),
    # scoring
    "weights that are not 1": (HEAD, HEAD.replace("    ind", "    scoring: {weights: {甲: 0.5, 乙: 0.4}, basis: 三}\n    ind"), "scoring:", "三", "weights 合计应为 1"),
    "more dropped than scored": (HEAD, HEAD.replace("    ind", "    scoring: {drop_highest: true, drop_lowest: true, at_least: 2, basis: 三}\n    ind"), "scoring:", "三", "去掉 2 个分数,at_least 至少应为 3"),
    "weights and dropping": (HEAD, HEAD.replace("    ind", "    scoring: {drop_highest: true, weights: {甲: 1}, basis: 三}\n    ind"), "scoring:", "三", "不能同用"),
    # YAML
    "key twice": ("version: 1", "version: 1\nversion: 2", "version: 2", None, "同一处有两个「version」，请只留一个"),
    "tab": ("    code: unit\n", "\tcode: unit\n", "code: unit\n", None, "缩进里有制表符(Tab)"),
    "quote not closed": ("title: 小县考核办法", 'title: "小县考核办法', None, None, "YAML 的写法有误"),
    "indentation": ("    code: unit\n", "   code: unit\n", "code: unit\n", None, "YAML 的写法有误"),
}  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_told_with_its_line_and_clause(defect):
    old, new, at, clause, words = DEFECTS[defect]
    text = spoilt(old, new)
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text, "small.yaml")
    problems = raised.value.problems
    meant = [problem for problem in problems if words in problem.message]
    assert meant, [told(problem) for problem in problems]
    assert {problem.clause for problem in meant} == {clause}
    if at is not None:
        assert {problem.line for problem in meant} == {line_of(at, text)}


def test_the_scheme_that_is_spoilt_here_is_right():
    assert parse_scheme(SMALL, "small.yaml").title == "小县考核办法"


def test_all_problems_are_told_at_once_from_top_to_bottom():
    text = spoilt("within: [class]", "within: [zone]")
    text = spoilt("to: 单位", "to: 乡", text=text)
    text = spoilt("by: 名次", "by: 位次", text=text)
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text)
    lines = [problem.line for problem in raised.value.problems]
    assert lines == sorted(lines)
    assert {line_of(new, text) for new in ("to: 乡", "[zone]", "位次")} <= set(lines)


def test_a_problem_reads_as_file_line_clause_and_what_is_wrong():
    with pytest.raises(SchemeError) as raised:
        parse_scheme(spoilt("count: 2}", "count: 0}"), "small.yaml")
    line = line_of("count: 2}", SMALL)
    assert str(raised.value) == f"small.yaml:{line}（条款 四(一)2） 「count」不能小于 1"


def test_a_formula_error_shows_the_place_in_the_formula():
    with pytest.raises(SchemeError) as raised:
        parse_scheme(spoilt(REVIEW, "formula: 指标得分 × 0.8 + 民主测评 × 20%"))
    text, shown, mark = raised.value.problems[0].message.split("\n")
    assert shown == "指标得分 × 0.8 + 民主测评 × 20%"
    assert mark.rstrip().endswith("^") and text.endswith("（第 14 个字）")


def test_only_what_is_wrong_inside_a_list_is_told_and_not_the_list_too():
    with pytest.raises(SchemeError) as raised:
        parse_scheme(spoilt("cap: 4", "cap: 1001"))
    assert [told(problem) for problem in raised.value.problems] == [
        f"{line_of('表彰', SMALL)} 二(一)3(1) 「cap」不能大于 1000"
    ]


def test_a_problem_in_a_part_taken_over_by_reference_is_told_at_both_places():
    fact = "  - {code: visits, name: 走访, kinds: [个人], maximum: 1000, basis: 二(二)3}"
    again = f"{fact.replace('- {', '- &visits {').replace('个人', '人')}\n  - {{<<: *visits, code: calls, name: 通话}}"
    text = spoilt(fact, again)
    with pytest.raises(SchemeError) as raised:
        parse_scheme(text)
    lines = {p.line for p in raised.value.problems if "没有考核对象「人」" in p.message}
    assert lines == {line_of("&visits", text), line_of("*visits", text)}
