"""A small regulation that is right, as text, for tests to spoil one line of it."""

from kaohe.scheme import Scheme, SchemeProblem, parse_scheme

SMALL = """\
scheme: small
title: 小县考核办法
version: 1
year: {start: 2016-01-01, end: 2016-12-31}

rounds:
  - {code: half, name: 半年, basis: 三(一)1, period: {start: 2016-01-01, end: 2016-06-30}}
  - {code: full, name: 全年, basis: 三(一)2, period: {start: 2016-01-01, end: 2016-12-31}, due: 2017-01-31}

attributes:
  - {code: class, name: 类别, type: text, kinds: [单位], values: [甲, 乙]}
  - {code: special, name: 专项, type: indicators, kinds: [单位]}
  - {code: star, name: 示范, type: flag, kinds: [单位, 个人], members: [青山]}
  - {code: hardship, name: 难度, type: number, kinds: [单位]}

links:
  - {code: unit_id, name: 所在单位, to: 单位, kinds: [个人], min_service_days: 180, basis: 三(二)2}

determinations:
  - {code: veto, name: 否决, kinds: [单位, 个人], basis: 四(二)}

facts:
  - {code: info, name: 信息, per: month, kinds: [个人], maximum: 100, basis: 二(二)2}
  - {name: 达标信息, of: info, each: "最小(值, 2)", kinds: [个人], basis: 二(二)2}
  - {code: visits, name: 走访, kinds: [个人], maximum: 1000, basis: 二(二)3}

ballot:
  name: 测评
  basis: 三(一)3
  kinds: [个人]
  options:
    - {code: good, name: 满意, value: 100}
    - {code: bad, name: 不满意, value: 0}
    - {code: abstain, name: 弃权}

kinds:
  - name: 单位
    code: unit
    basis: 二(一)
    indicators:
      - code: "1"
        name: 共同指标
        points: 60
        basis: 二(一)1
        children:
          - {code: "1.1", name: 组织领导, points: 20, basis: 二(一)1(1)}
          - {code: "1.2", name: 项目进度, points: 40, basis: 二(一)1(2)}
      - code: "2"
        name: 专项指标
        points: 40
        basis: 二(一)2
        scaling: {none_takes: "1", basis: 二(一)2}
        children:
          - {code: "2.1", name: 资金, points: 30, applies: {listed_in: special}, basis: 二(一)2(1)}
          - {code: "2.2", name: 样板, points: 10, applies: {when: 示范}, basis: 二(一)2(2)}
    bonus:
      name: 加分
      cap: 10
      basis: 二(一)3
      items:
        - {code: honour, name: 表彰, cap: 4, basis: 二(一)3(1)}
    deduction:
      name: 扣分
      cap: 10
      basis: 二(一)4
      items:
        - {code: notice, name: 通报, basis: 二(一)4(1)}
    results:
      - name: 得分
        each_round: {half: 半年得分, full: 全年得分}
        formula: 最大(0, 指标得分 + 加分 - 扣分)
        column: {half: half_score, full: full_score}
        basis: 二(一)
      - name: 总分
        formula: 平均(个人.年度得分) × 0.3 + 平均(半年得分, 全年得分) × 0.7
        otherwise:
          - {when: 计数(个人.年度得分) = 0, formula: "平均(半年得分, 全年得分)", basis: 三(二)3}
        column: total
        basis: 三(二)2
        reading: 没有个人的单位，以自己的平均分为准。
    ranks:
      - {name: 名次, of: 总分, within: [class], column: place, basis: 四(一)1}
    award:
      name: 奖项
      by: 名次
      basis: 四(一)2
      places: [{name: 一等奖, count: 1}, {name: 二等奖, count: 2}]
      column: award
    consequences:
      - {action: 约谈, when: 总分 < 75, basis: 四(三)}

  - name: 个人
    code: person
    basis: 二(二)
    indicators:
      - {code: "1", name: 出勤, points: 70, basis: 二(二)1}
      - code: "2"
        name: 信息报送
        points: 20
        basis: 二(二)2
        measure:
          basis: 二(二)2(1)
          rule: {type: quota, parts: [{fact: 达标信息, quota: 2 × 月数, points: 20}]}
      - code: "3"
        name: 走访群众
        points: 10
        basis: 二(二)3
        measure: {basis: 二(二)3, rounds: [full], rule: {type: threshold, fact: 走访, at_least: 12, otherwise: 5}}
    results:
      - name: 考核得分
        each_round: {half: 半年考核, full: 全年考核}
        formula: 指标得分 × 0.8 + 测评 × 20%
        column: {half: half_score, full: full_score}
        basis: 二(二)
      - name: 年度得分
        formula: 平均(半年考核, 全年考核)
        column: total
        basis: 三(二)1
    ranks:
      - {name: 名次, of: 年度得分, column: place, basis: 四(一)3}
    grade:
      name: 等次
      of: 年度得分
      basis: 四(一)4
      bands:
        - {name: 优秀, at_least: 90}
        - {name: 称职, at_least: 60}
        - {name: 不称职, at_least: 0}
      overrides: [{when: 否决, grade: 不称职, basis: 四(二)}]
      quotas: [{grade: 优秀, share: 20%, then: 称职, basis: 四(一)5}]
      column: grade

columns:
  - {column: half_score, label: 半年得分}
  - {column: full_score, label: 全年得分}
  - {column: total, label: 总分}
  - {column: place, label: 名次}
  - {column: grade, label: 等次}
  - {column: award, label: 奖项}

limits: {ballots: 1000, linked: 100, events: 50, event_points: 20, number: 1000}
notes:
  - {about: 舍入, basis: 三(二), reading: 四舍五入到两位小数。}
"""


def spoilt(old: str, new: str, *, text: str = SMALL) -> str:
    """The regulation with one place of it changed; ``old`` must stand there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small scheme"
    return text.replace(old, new)


def line_of(snippet: str, text: str) -> int:
    """The line (from 1) on which the snippet begins; it must stand in the text exactly once."""
    assert text.count(snippet) == 1, f"{snippet!r} stands {text.count(snippet)} times"
    return text[: text.index(snippet)].count("\n") + 1


def small() -> Scheme:
    return parse_scheme(SMALL, "small.yaml")


def told(problem: SchemeProblem) -> str:
    return f"{problem.line} {problem.clause} {problem.message}"
