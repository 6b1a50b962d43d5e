"""Checks of a scheme that look at more than one of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from kaohe.scheme import names
from kaohe.scheme.bounds import BoundsError
from kaohe.scheme.formula import FormulaError, Scope, Type, check
from kaohe.scheme.model import Formula, Indicator, Kind, RankRule, Scheme
from kaohe.scheme.order import CycleError, segments, steps_of
from kaohe.scheme.problems import Finding, Path
from kaohe.scheme.proof import Proof, fact_bound, prove

SUBJECT_COLUMNS = ("subject_id", "kind", "name", "county", "编号", "对象类型", "名称", "县")
POSTING_COLUMNS = ("subject_id", "village", "start", "end", "编号", "村", "开始日期", "结束日期")
RESULT_COLUMNS = ("subject_id", "kind")


def findings(scheme: Scheme) -> Iterator[Finding]:
    """Everything wrong between the parts; formulas only once the names are in order."""
    first = list(_names(scheme))
    yield from first
    if first:
        return
    second = list(_formulas(scheme))
    yield from second
    if second:
        return
    third = list(_fact_bounds(scheme))
    yield from third
    if third:
        return
    yield from _measure_bounds(scheme)
    yield from _order(scheme)


def _names(scheme: Scheme) -> Iterator[Finding]:
    kinds = [kind.name for kind in scheme.kinds]
    yield from _unique("rounds", "轮次", [r.code for r in scheme.rounds])
    yield from _unique("rounds", "轮次", [r.name for r in scheme.rounds])
    yield from _unique("kinds", "考核对象", kinds)
    yield from _unique("kinds", "考核对象", [kind.code for kind in scheme.kinds])
    yield from _unique("attributes", "属性", [a.code for a in scheme.attributes])
    yield from _unique("attributes", "属性", [a.name for a in scheme.attributes])
    yield from _unique("columns", "结果列", [c.column for c in scheme.columns])
    yield from _unique("links", "派驻关系", [link.code for link in scheme.links])
    yield from _unique("links", "派驻关系", [link.name for link in scheme.links])
    yield from _reserved(scheme)
    yield from _unique("determinations", "认定", [d.code for d in scheme.determinations])
    codes = [fact.code or f"({fact.name})" for fact in scheme.facts]
    yield from _unique("facts", "数据", codes)
    if scheme.ballot is not None:
        options = [option.code for option in scheme.ballot.options]
        yield from _unique("ballot", "测评选项", options)
        labels = [option.name for option in scheme.ballot.options]
        yield from _unique("ballot", "测评选项", labels)
        yield from _known(("ballot", "kinds"), scheme.ballot.kinds, kinds, "考核对象")
        if all(option.value is None for option in scheme.ballot.options):
            yield Finding(("ballot", "options"), "测评的选项里没有一个有 value，得不出分数")
    for index, attribute in enumerate(scheme.attributes):
        yield from _known(("attributes", index, "kinds"), attribute.kinds, kinds, "考核对象")
    for index, determination in enumerate(scheme.determinations):
        place = ("determinations", index, "kinds")
        yield from _known(place, determination.kinds, kinds, "考核对象")
    for index, link in enumerate(scheme.links):
        yield from _known(("links", index, "kinds"), link.kinds, kinds, "考核对象")
        yield from _known(("links", index, "to"), [link.to], kinds, "考核对象")
    pairs = [(kind, link.to) for link in scheme.links for kind in link.kinds]
    for (linked, to), times in Counter(pairs).items():
        if times > 1:
            yield Finding(("links",), f"从「{linked}」到「{to}」有 {times} 种派驻关系，只能有一种")
    yield from _records(scheme, kinds)
    recorded = {fact.code: fact for fact in scheme.facts if fact.code is not None}
    for index, fact in enumerate(scheme.facts):
        yield from _known(("facts", index, "kinds"), fact.kinds, kinds, "考核对象")
        if fact.of is not None:
            yield from _known(("facts", index, "of"), [fact.of], recorded, "直接登记的数据")
            source = recorded.get(fact.of)
            if source is not None and set(fact.kinds) - set(source.kinds):
                yield Finding(
                    ("facts", index), f"「{fact.name}」的 kinds 超出了「{source.name}」的"
                )
    for index, kind in enumerate(scheme.kinds):
        yield from _kind(scheme, kind, ("kinds", index))
    yield from _columns(scheme)


def _kind(scheme: Scheme, kind: Kind, at: Path) -> Iterator[Finding]:
    rounds = [r.code for r in scheme.rounds]
    nodes = list(kind.nodes())
    yield from _unique("indicators", "指标", [node.code for node in nodes], at)
    if sum(1 for _ in kind.leaves()) > 62:
        yield Finding(at, f"「{kind.name}」的末级指标超过 62 个，请合并一些")
    for index, top in enumerate(kind.indicators):
        yield from _scaling(kind, top, (*at, "indicators", index))
    for type_, side in kind.sides().items():
        codes = [item.code for item in side.items]
        yield from _unique("items", "加减分事项", codes, (*at, type_))
    spoken = [_year_names(scheme, kind), names.spoken_in_round(scheme, kind)]
    twice = [found for each in spoken for found in _repeated(each)]
    for name, times in dict(twice).items():
        yield Finding(at, f"「{kind.name}」有 {times} 个值都叫「{name}」，请改成不同的名称")
    attributes = [a.code for a in scheme.attributes_of(kind.name)]
    for index, rank in enumerate(kind.ranks):
        place = (*at, "ranks", index, "within")
        yield from _known(place, rank.within, attributes, "属性")
    ranks = [rank.name for rank in kind.ranks]
    if kind.award is not None:
        yield from _known((*at, "award", "by"), [kind.award.by], ranks, "名次")
    results = [name for result in kind.results for name in result.names().values()]
    ranked = [(("ranks", i, "of"), rank.of) for i, rank in enumerate(kind.ranks)]
    graded = [] if kind.grade is None else [(("grade", "of"), kind.grade.of)]
    for place, of in [*ranked, *graded]:
        yield from _known((*at, *place), [of], results, "结果")
    if kind.grade is not None:
        for index, quota in enumerate(kind.grade.quotas):
            place = (*at, "grade", "quotas", index, "within")
            yield from _known(place, quota.within, attributes, "属性")
    for index, result in enumerate(kind.results):
        place = (*at, "results", index, "each_round")
        yield from _known(place, result.each_round or (), rounds, "轮次")
    for node, path in _measured(kind, at):
        assert node.measure is not None
        yield from _known((*path, "rounds"), node.measure.rounds or (), rounds, "轮次")
        rule = node.measure.rule
        if isinstance(rule, RankRule):
            facts = [fact.name for fact in scheme.facts_of(kind.name)]
            yield from _known((*path, "rule", "fact"), [rule.fact], facts, "数据")
            yield from _known((*path, "rule", "within"), rule.within, attributes, "属性")


def _scaling(kind: Kind, top: Indicator, at: Path) -> Iterator[Finding]:
    for node in top.walk():
        if node.scaling is not None and node is not top:
            yield Finding(at, f"指标 {node.code}:scaling 只能写在最上一级的指标上")
    if top.scaling is not None:
        others = [
            other.code
            for other in kind.indicators
            if other.children and other.scaling is None and not _conditional(other)
        ]
        place = (*at, "scaling", "none_takes")
        yield from _known(place, [top.scaling.none_takes], others, "可折算的最上一级指标")
    elif _conditional(top):
        yield Finding(
            at,
            f"指标 {top.code}「{top.name}」下有只适用于部分对象的指标,"
            "请在这个最上一级指标上写 scaling，说明不适用时怎样折算",
        )


def _conditional(top: Indicator) -> bool:
    return any(leaf.applies is not None for leaf in top.leaves())


def _year_names(scheme: Scheme, kind: Kind) -> Iterator[str]:
    yield from (attribute.name for attribute in scheme.attributes_of(kind.name))
    yield from (fact.name for fact in scheme.facts_of(kind.name))
    yield from (step.name for step in steps_of(kind))
    yield from (d.name for d in scheme.determinations_of(kind.name))


def _columns(scheme: Scheme) -> Iterator[Finding]:
    known = [column.column for column in scheme.columns]
    produced: set[str] = set()
    for index, kind in enumerate(scheme.kinds):
        own = list(columns_of(kind))
        yield from _unique("columns", "结果列", [column for column, _ in own], ("kinds", index))
        yield from _known(("kinds", index), [c for c, _ in own], known, "结果列(columns)")
        produced |= {column for column, _ in own}
    for index, column in enumerate(scheme.columns):
        if column.column not in produced:
            yield Finding(("columns", index), f"没有一个结果写入列「{column.column}」")


def columns_of(kind: Kind) -> Iterator[tuple[str, str]]:
    """Column of the results table and the name of the value that fills it."""
    for result in kind.results:
        for round_code, name in result.names().items():
            column = result.column_of(round_code)
            if column is not None:
                yield column, name
    for part in (*kind.ranks, kind.grade, kind.award):
        if part is not None and part.column is not None:
            yield part.column, part.name


def _measured(kind: Kind, at: Path) -> Iterator[tuple[Indicator, Path]]:
    for node, path in _placed(kind, at):
        if node.measure is not None:
            yield node, (*path, "measure")


def _placed(kind: Kind, at: Path) -> Iterator[tuple[Indicator, Path]]:
    """Every node of the tree and where it stands."""

    def below(node: Indicator, path: Path) -> Iterator[tuple[Indicator, Path]]:
        yield node, path
        for index, child in enumerate(node.children):
            yield from below(child, (*path, "children", index))

    for index, top in enumerate(kind.indicators):
        yield from below(top, (*at, "indicators", index))


def _records(scheme: Scheme, kinds: list[str]) -> Iterator[Finding]:
    """Kinds of records are known where facts are counted from them, and can be counted so."""
    yield from _unique("records", "工作记录", [record.code for record in scheme.records])
    yield from _unique("records", "工作记录", [record.name for record in scheme.records])
    known = {record.code: record for record in scheme.records}
    for index, record in enumerate(scheme.records):
        yield from _known(("records", index, "kinds"), record.kinds, kinds, "考核对象")
    yield from _unique("inspections", "督查", [i.code for i in scheme.inspections])
    for index, inspection in enumerate(scheme.inspections):
        yield from _known(("inspections", index, "kinds"), inspection.kinds, kinds, "考核对象")
    required = [one.kind for one in scheme.fieldwork.required_days]
    yield from _known(("fieldwork", "required_days"), required, kinds, "考核对象")
    yield from _unique("required_days", "考核对象", required, ("fieldwork",))
    for index, fact in enumerate(scheme.facts):
        if fact.source is None or fact.source.records is None:
            continue
        place = ("facts", index, "source")
        yield from _known(place, [fact.source.records], known, "工作记录")
        found = known.get(fact.source.records)
        if found is None:
            continue
        if fact.source.by in {"sum", "latest", "largest"} and found.quantity is None:
            yield Finding(
                place, f"工作记录「{found.name}」没有 quantity，不能按 {fact.source.by} 计"
            )
        if fact.source.by == "fewest" and found.target is None:
            yield Finding(place, f"工作记录「{found.name}」没有 target，不能按 fewest 计")
        for kind in fact.kinds:
            if kind not in found.kinds:
                yield Finding(place, f"「{kind}」没有工作记录「{found.name}」")
        if fact.source.among is not None:
            yield from _known(place, [fact.source.among], known, "工作记录")
            register = known.get(fact.source.among, found)
            if register.target != found.target:
                yield Finding(place, f"「{register.name}」登记的不是「{found.name}」的 target")


def _formulas(scheme: Scheme) -> Iterator[Finding]:
    for index, fact in enumerate(scheme.facts):
        if fact.each is not None:
            scope = names.period_scope(scheme, fact)
            yield from _checked(fact.each, scope, "number", ("facts", index, "each"))
    for index, kind in enumerate(scheme.kinds):
        yield from _kind_formulas(scheme, kind, ("kinds", index))


def _kind_formulas(scheme: Scheme, kind: Kind, at: Path) -> Iterator[Finding]:
    in_round, in_year = names.round_scope(scheme, kind), names.year_scope(scheme, kind)
    for node, path in _placed(kind, at):
        if node.applies is not None:
            yield from _applies(scheme, kind, node, (*path, "applies"))
    for index, result in enumerate(kind.results):
        scope = in_year if result.each_round is None else in_round
        place = (*at, "results", index)
        yield from _checked(result.formula, scope, "number", (*place, "formula"))
        for other, alternative in enumerate(result.otherwise):
            where = (*place, "otherwise", other)
            yield from _checked(alternative.formula, scope, "number", (*where, "formula"))
            if alternative.when is not None:
                yield from _checked(alternative.when, scope, "flag", (*where, "when"))
    for index, rank in enumerate(kind.ranks):
        if rank.among is not None:
            yield from _checked(rank.among, in_year, "flag", (*at, "ranks", index, "among"))
    if kind.grade is not None:
        for index, override in enumerate(kind.grade.overrides):
            place = (*at, "grade", "overrides", index, "when")
            yield from _checked(override.when, in_year, "flag", place)
    for index, consequence in enumerate(kind.consequences):
        place = (*at, "consequences", index, "when")
        yield from _checked(consequence.when, in_year, "flag", place)
    yield from _measure_formulas(scheme, kind, at)


def _measure_formulas(scheme: Scheme, kind: Kind, at: Path) -> Iterator[Finding]:
    scope = names.measure_scope(scheme, kind)
    for name, text, path in _measure_texts(kind, at):
        try:
            formula = Formula.of(text)
        except FormulaError as error:
            yield Finding(path, f"「{name}」的计分规则写成公式后有误：{error}")
            continue
        yield from _checked(formula, scope, "number", path)


def _measure_texts(kind: Kind, at: Path) -> Iterator[tuple[str, str, Path]]:
    """Every measured indicator and item: its name, its rule as formula text, where it stands."""
    for node, path in _measured(kind, at):
        assert node.measure is not None
        yield node.name, node.measure.rule.formula_text(str(node.points)), path
    for type_, side in kind.sides().items():
        for index, item in enumerate(side.items):
            if item.measure is not None:
                most = side.cap if item.cap is None else item.cap
                text = item.measure.rule.formula_text(str(most))
                yield item.name, text, (*at, type_, "items", index, "measure")


def _applies(scheme: Scheme, kind: Kind, node: Indicator, at: Path) -> Iterator[Finding]:
    assert node.applies is not None
    if node.applies.when is not None:
        scope = names.attribute_scope(scheme, kind)
        yield from _checked(node.applies.when, scope, "flag", at)
    else:
        lists = [a.code for a in scheme.attributes_of(kind.name) if a.type == "indicators"]
        yield from _known(at, [node.applies.listed_in or ""], lists, "列举指标的属性")


def _checked(formula: Formula, scope: Scope, expect: Type, path: Path) -> Iterator[Finding]:
    try:
        check(formula.node, scope, expect, text=formula.text)
    except FormulaError as error:
        yield Finding(path, str(error))


def _fact_bounds(scheme: Scheme) -> Iterator[Finding]:
    for index, fact in enumerate(scheme.facts):
        try:
            fact_bound(scheme, fact, None)
        except BoundsError as error:
            yield Finding(("facts", index), f"「{fact.name}」：{error}")


def _measure_bounds(scheme: Scheme) -> Iterator[Finding]:
    proof = Proof(scheme)
    for index, kind in enumerate(scheme.kinds):
        for name, text, path in _measure_texts(kind, ("kinds", index)):
            try:
                proof.measure(kind, text)
            except BoundsError as error:
                yield Finding(path, f"「{name}」：{error}")


def _order(scheme: Scheme) -> Iterator[Finding]:
    try:
        order = segments(scheme)
    except CycleError as error:
        step = error.steps[0]
        index = next(i for i, kind in enumerate(scheme.kinds) if kind.name == step.kind)
        results = scheme.kinds[index].results
        place = next((i for i, r in enumerate(results) if r is step.part), None)
        path: Path = ("kinds", index) if place is None else ("kinds", index, "results", place)
        yield Finding(path, str(error))
        return
    for step, problem in prove(scheme, order):
        index = next(i for i, kind in enumerate(scheme.kinds) if kind.name == step.kind)
        results = scheme.kinds[index].results
        place = next((i for i, r in enumerate(results) if r is step.part), None)
        path = ("kinds", index) if place is None else ("kinds", index, "results", place)
        yield Finding(path, f"「{step.name}」：{problem}")


def _unique(key: str, what: str, values: list[str], at: Path = ()) -> Iterator[Finding]:
    for value, times in _repeated(values):
        yield Finding((*at, key), f"{what}「{value}」出现了 {times} 次，只能有一个")


def _repeated(values: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Values that stand there twice or more; a database minds no case, a formula no width."""
    listed = list(values)
    counted = Counter(_same(value) for value in listed)
    for value in dict.fromkeys(listed):
        if counted[_same(value)] > 1:
            yield value, counted[_same(value)]


def _same(value: str) -> str:
    return normalize("NFKC", value).casefold()


def _reserved(scheme: Scheme) -> Iterator[Finding]:
    """Codes and names that the tables have as columns of their own."""
    for key, parts, taken in (
        ("attributes", [(a.code, a.name) for a in scheme.attributes], SUBJECT_COLUMNS),
        ("links", [(x.code, x.name) for x in scheme.links], POSTING_COLUMNS),
        ("columns", [(c.column, c.column) for c in scheme.columns], RESULT_COLUMNS),
    ):
        for index, part in enumerate(parts):
            for name in dict.fromkeys(part):
                if _same(name) in taken:
                    yield Finding((key, index), f"表里本来就有「{name}」这一列，请换一个名字")


def _known(path: Path, used: Iterable[str], known: Iterable[str], what: str) -> Iterator[Finding]:
    listed = list(known)
    for name in used:
        if name not in listed:
            choice = "、".join(listed) if listed else "（还没有）"
            yield Finding(path, f"没有{what}「{name}」；已有的是：{choice}")
