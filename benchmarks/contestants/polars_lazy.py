"""The regulation as lazy Polars expressions: whole hundredths, all results and steps."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from polars import Expr, LazyFrame, col, lit, when

SECRETARY, TEAM, TECHNICIAN = "第一书记", "驻村工作队", "农业科技人员"
TOWNSHIP, DEPARTMENT = "乡镇", "部门"
HALVES = {"half_year": "半年", "year_end": "年终"}
REVIEWS = {"half_year": "半年考核得分", "year_end": "年终考评得分"}
SERIOUS = "追究主要负责人和直接责任者责任"


def start() -> None:
    """Nothing to set up."""


def run(data: Path, out: Path) -> dict[str, float]:
    people, units = assessed(data)
    results(people, units).collect().write_parquet(out / "results.parquet")
    consequences(people, units).collect().write_csv(out / "consequences.csv")
    steps(people, units).collect().write_parquet(out / "steps.parquet")
    return {}


def assessed(data: Path) -> tuple[LazyFrame, LazyFrame]:
    """Persons and units with all their values, each computed once for all that reads them."""
    parts = [pl.scan_parquet(data / "subjects.parquet").drop("name")]
    parts += [points(data), events(data), ratings(data), determined(data)]
    parts = [frame.lazy() for frame in pl.collect_all(parts, engine="streaming")]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.join(part, on="subject_id", how="left")
    kind = col("kind")
    people = kept(persons(joined.filter(kind.is_in([SECRETARY, TEAM, TECHNICIAN]))))
    own = joined.filter(kind.is_in([TOWNSHIP, DEPARTMENT]))
    sent = members(data, people)
    return people, kept(all_units(own.join(sent, on="subject_id", how="left")))


def kept(table: LazyFrame) -> LazyFrame:
    return table.collect(engine="streaming").lazy()


# From many rows to one row a subject


def hundredths() -> Expr:
    return (col("points") * 100).cast(pl.Int64)


def total(condition: Expr, value: Expr) -> Expr:
    """The sum where the condition holds; no value where it never does."""
    chosen = when(condition).then(value)
    return when(chosen.count() > 0).then(chosen.sum())


def points(data: Path) -> LazyFrame:
    part = when(col("indicator").str.len_bytes() == 1).then(lit("*"))
    rows = pl.scan_parquet(data / "scores.parquet").select(
        "subject_id",
        "round",
        part=part.otherwise(col("indicator").str.head(1)),
        p=hundredths(),
    )
    sums = [
        total((col("round") == round_) & (col("part") == part), col("p")).alias(f"{round_}:{part}")
        for round_ in HALVES
        for part in "12346*"
    ]
    return rows.group_by("subject_id").agg(sums)


def events(data: Path) -> LazyFrame:
    rows = pl.scan_parquet(data / "adjustments.parquet").with_columns(p=hundredths())
    bonus, fund = col("type") == "bonus", col("item") == "bonus-5"
    which = {"fund": bonus & fund, "bonus": bonus & ~fund, "deduction": ~bonus}
    sums = [
        total((col("round") == round_) & condition, col("p")).alias(f"{round_}:{name}")
        for round_ in HALVES
        for name, condition in which.items()
    ]
    return rows.group_by("subject_id").agg(sums)


def ratings(data: Path) -> LazyFrame:
    names = ("excellent", "competent", "basically_competent", "incompetent")
    first, second, third, fourth = (col(name).cast(pl.Int64) for name in names)
    values = {
        "sum": first * 10000 + second * 8000 + third * 6000,
        "count": first + second + third + fourth,
    }
    sums = [
        total(col("round") == round_, value).alias(f"{round_}:民主测评#{name}")
        for round_ in HALVES
        for name, value in values.items()
    ]
    return pl.scan_parquet(data / "ballots.parquet").group_by("subject_id").agg(sums)


DETERMINATIONS = {
    "recalled": "认定:召回",
    "reserve_cadre": "认定:后备干部",
    "unit_head_honours": "认定:取消负责人评优",
    "not_excellent": "认定:不评优秀",
    "major_failure": "认定:重大失误",
    "dereliction": "认定:失职渎职",
}


def determined(data: Path) -> LazyFrame:
    flags = [(col("type") == code).any().alias(name) for code, name in DETERMINATIONS.items()]
    return pl.scan_parquet(data / "determinations.parquet").group_by("subject_id").agg(flags)


def members(data: Path, people: LazyFrame) -> LazyFrame:
    """年度得分 of those who served 180 days, by unit."""
    first, last = pl.date(2016, 1, 1), pl.date(2016, 12, 31)
    end = pl.min_horizontal(col("end").fill_null(last), last)
    days = (end - pl.max_horizontal(col("start"), first)).dt.total_days() + 1
    served = pl.scan_parquet(data / "postings.parquet").filter(days >= 180)
    linked = pl.concat(
        [served.select("subject_id", unit=col(link)) for link in ("department_id", "township_id")]
    ).unique()
    values = []
    for kind in (SECRETARY, TEAM):
        score = col("年度得分").filter(col("kind") == kind)
        key = f"{kind}.年度得分"
        values += [
            when(score.count() > 0).then(score.sum()).alias(f"{key}#sum"),
            score.count().cast(pl.Int64).alias(f"{key}#count"),
        ]
    theirs = people.select("subject_id", "kind", "年度得分")
    joined = linked.join(theirs, on="subject_id").group_by("unit").agg(values)
    return joined.rename({"unit": "subject_id"})


# Persons


def half_up(key: str) -> Expr:
    """A fraction of points as hundredths, a half upwards."""
    n, d = col(f"{key}#n"), col(f"{key}#d")
    return ((200 * n + d) // (2 * d)).alias(key)


def not_negative(value: Expr) -> Expr:
    return when(value < 0).then(0).otherwise(value)


def first_of(*cases: tuple[Expr, Expr]) -> Expr:
    """The value of the first case that holds; none where none does."""
    chosen: Expr = lit(None)
    for condition, value in reversed(cases):
        chosen = when(condition).then(value).otherwise(chosen)
    return chosen


def persons(joined: LazyFrame) -> LazyFrame:
    team, secretary = col("kind") == TEAM, col("kind") == SECRETARY
    flags = [col(name).fill_null(False) for name in DETERMINATIONS.values()]
    table = joined.with_columns(flags).with_columns(
        *(
            when(~team).then(col(name)).alias(name)
            for name in ("认定:召回", "认定:后备干部", "认定:取消负责人评优")
        ),
        when(team).then(col("认定:重大失误")).alias("认定:重大失误"),
        *(
            when(~team)
            .then(col(f"{r}:fund").fill_null(0) + col(f"{r}:bonus").fill_null(0))
            .alias(f"{r}:加分#sum")
            for r in HALVES
        ),
        *(
            when(~team).then(col(f"{r}:deduction").fill_null(0)).alias(f"{r}:扣分#sum")
            for r in HALVES
        ),
    )
    table = table.with_columns(
        *(
            col(f"{r}:{side}#sum").clip(upper_bound=1000).alias(f"{r}:{side}")
            for r in HALVES
            for side in ("加分", "扣分")
        ),
        *(col(f"{r}:民主测评#sum").alias(f"{name}测评得分#n") for r, name in HALVES.items()),
        *(
            (100 * when(col(f"{r}:民主测评#count") != 0).then(col(f"{r}:民主测评#count"))).alias(
                f"{name}测评得分#d"
            )
            for r, name in HALVES.items()
        ),
    )
    table = table.with_columns(
        *(
            not_negative(
                when(team)
                .then(col(f"{r}:6") + col(f"{r}:*"))
                .otherwise(col(f"{r}:*") + col(f"{r}:加分") - col(f"{r}:扣分"))
            ).alias(name)
            for r, name in REVIEWS.items()
        ),
        *(half_up(f"{name}测评得分") for name in HALVES.values()),
    )
    half, year = (col(name) for name in REVIEWS.values())
    half_ballot, year_ballot = (col(f"{name}测评得分") for name in HALVES.values())
    both = 3 * (half + year) + 2 * (half_ballot + year_ballot)
    only_year = 3 * year + 2 * year_ballot
    only_half = 3 * half + 2 * half_ballot
    choice = first_of(
        (both.is_not_null(), lit(1)),
        (half.is_null() & half_ballot.is_null() & only_year.is_not_null(), lit(2)),
        (year.is_null() & year_ballot.is_null() & only_half.is_not_null(), lit(3)),
    )
    alt = col("年度得分#alt")
    table = table.with_columns(choice.cast(pl.Int64).alias("年度得分#alt")).with_columns(
        first_of((alt == 1, both), (alt == 2, only_year), (alt == 3, only_half)).alias(
            "年度得分#n"
        ),
        first_of((alt == 1, lit(1000)), (alt >= 2, lit(500))).cast(pl.Int64).alias("年度得分#d"),
    )
    table = table.with_columns(half_up("年度得分"))
    score, grade = col("年度得分"), col("等次")
    table = table.with_columns(
        place(score, "county", "kind").alias("名次"),
        first_of(
            (col("认定:召回"), lit("不称职")),
            ((score >= 9000) & col("认定:不评优秀"), lit("称职")),
            (score >= 9000, lit("优秀")),
            (score >= 7500, lit("称职")),
            (score >= 6000, lit("基本称职")),
            (score >= 0, lit("不称职")),
        ).alias("等次"),
    )
    recalled, serious = col("认定:召回"), col("认定:失职渎职")
    reserve = recalled & col("认定:后备干部")
    heads = recalled & col("认定:取消负责人评优")
    failure = col("认定:重大失误")
    ratio = first_of(
        (grade == "不称职", lit(0)), (grade == "基本称职", lit(4)), (grade.is_not_null(), lit(5))
    )
    return table.with_columns(
        when(secretary).then(ratio.cast(pl.Int64)).alias("年终目标奖比例#n"),
        when(secretary).then(lit(5, pl.Int64)).alias("年终目标奖比例#d"),
        when(secretary).then(20 * ratio.cast(pl.Int64)).alias("年终目标奖比例"),
        when(team).then(failure).otherwise(recalled).alias("运用:0"),
        first_of(
            (secretary, (grade == "不称职").fill_null(False)), (team, failure), (~team, reserve)
        ).alias("运用:1"),
        first_of((secretary, reserve), (team, serious), (~team, heads)).alias("运用:2"),
        first_of((secretary, heads), (~team, serious)).alias("运用:3"),
        when(secretary).then(serious).alias("运用:4"),
    )


def place(value: Expr, *within: str, descending: bool = True) -> Expr:
    return value.rank("min", descending=descending).over(within).cast(pl.Int64)


# Units


def all_units(table: LazyFrame) -> LazyFrame:
    township = col("kind") == TOWNSHIP
    special = col("special_items").fill_null("")
    full = sum(
        (
            special.str.contains(code, literal=True).cast(pl.Int64) * most
            for code, most in (("2.1", 3000), ("2.2", 1000), ("2.3", 1000))
        ),
        start=lit(0, pl.Int64),
    )
    counts = [f"{kind}.年度得分#count" for kind in (SECRETARY, TEAM)]
    ours = [f"{TEAM}.年度得分#{what}" for what in ("sum", "count")]
    table = table.with_columns(
        col("认定:失职渎职").fill_null(False),
        *(col(name).fill_null(0) for name in counts),
        when(~township).then(full).alias("full"),
        *(
            col(f"{r}:fund").fill_null(0).clip(upper_bound=500).alias(f"{r}:bonus/bonus-5")
            for r in HALVES
        ),
        *(col(f"{r}:deduction").fill_null(0).alias(f"{r}:扣分#sum") for r in HALVES),
    ).with_columns(
        *(when(~township).then(col(name)).alias(name) for name in ours),
        *(
            (col(f"{r}:bonus").fill_null(0) + col(f"{r}:bonus/bonus-5")).alias(f"{r}:加分#sum")
            for r in HALVES
        ),
        when(col("full") > 0).then(col("full")).otherwise(1).alias("scale"),
    )
    table = table.with_columns(
        *(
            col(f"{r}:{side}#sum").clip(upper_bound=1000).alias(f"{r}:{side}")
            for r in HALVES
            for side in ("加分", "扣分")
        )
    )
    scale = col("scale")
    table = table.with_columns(
        *(
            when(col("full") > 0)
            .then(5000 * col(f"{r}:2"))
            .when(~township)
            .then(col(f"{r}:1"))
            .alias(f"{r}:2#n")
            for r in HALVES
        ),
        *(when(~township).then(100 * scale).alias(f"{r}:2#d") for r in HALVES),
    )
    table = table.with_columns(
        *(
            not_negative(
                when(township)
                .then(sum((col(f"{r}:{part}") for part in "234"), start=col(f"{r}:1")))
                .otherwise(col(f"{r}:1") * scale + col(f"{r}:2#n"))
                + (col(f"{r}:加分") - col(f"{r}:扣分")) * scale
            ).alias(f"{name}#n")
            for r, name in REVIEWS.items()
        ),
        *((100 * scale).alias(f"{name}#d") for name in REVIEWS.values()),
    ).with_columns(*(half_up(name) for name in REVIEWS.values()))
    return with_places(with_annual(table, township), township)


def with_annual(table: LazyFrame, township: Expr) -> LazyFrame:
    own = sum((col(name) for name in REVIEWS.values()), start=lit(0, pl.Int64))
    secretaries, teams = (col(f"{kind}.年度得分#count") for kind in (SECRETARY, TEAM))
    first, second = (col(f"{kind}.年度得分#sum") for kind in (SECRETARY, TEAM))
    alone = (secretaries == 0) & (township | (teams == 0))
    cases = [
        (own.is_null(), lit(None), lit(None), lit(None)),
        (alone, when(township).then(2).otherwise(4), own, lit(200)),
        (township, lit(1), first + 2 * own * secretaries, 500 * secretaries),
        (secretaries == 0, lit(3), 4 * second + 3 * own * teams, 1000 * teams),
        (teams == 0, lit(2), 4 * first + 3 * own * secretaries, 1000 * secretaries),
        (
            lit(True),
            lit(1),
            2 * (7 * first * teams + 3 * second * secretaries) + 15 * own * secretaries * teams,
            5000 * secretaries * teams,
        ),
    ]
    chosen = {
        name: first_of(*((case[0], case[i]) for case in cases)).cast(pl.Int64)
        for i, name in enumerate(("年度总分#alt", "年度总分#n", "年度总分#d"), 1)
    }
    return table.with_columns(**chosen).with_columns(half_up("年度总分"))


def with_places(table: LazyFrame, township: Expr) -> LazyFrame:
    score = col("年度总分")
    project = when(township & (col("project_township") == 1)).then(score)
    table = table.with_columns(
        place(score, "county", "kind").alias("名次"),
        project.rank("min", descending=True)
        .over("county", "kind")
        .cast(pl.Int64)
        .alias("项目乡镇名次"),
        place(score, "county", "kind", "class", descending=False).alias("分类倒数名次"),
    ).with_columns(place=when(township).then(col("项目乡镇名次")).otherwise(col("名次")))
    last = col("place") + pl.len().over("county", "kind", "place").cast(pl.Int64) - 1
    at = col("place")
    crossed = [(at <= bound) & (last > bound) for bound in (3, 8, 16)]
    talk = (score < 7500).fill_null(False)
    removal = talk & ((col("reduction_task_met") == 0) & (col("分类倒数名次") <= 3)).fill_null(
        False
    )
    vertical = ~township & (col("vertical") == 1).fill_null(False)
    serious = col("认定:失职渎职")
    return table.with_columns(
        first_of(
            (at <= 3, lit("一等奖")), (at <= 8, lit("二等奖")), (at <= 16, lit("三等奖"))
        ).alias("奖项"),
        pl.any_horizontal(crossed).fill_null(False).alias("奖项#tie"),
        talk.alias("运用:0"),
        talk.alias("运用:1"),
        (removal & ~vertical).alias("运用:2"),
        when(township).then(serious).otherwise(removal & vertical).alias("运用:3"),
        when(~township).then(serious).alias("运用:4"),
        *(when(~township).then(col("full")).alias(f"{r}:2#full") for r in HALVES),
    )


# Outputs


def as_points(name: str) -> Expr:
    return col(name).cast(pl.Decimal(18, 2)) / lit(100).cast(pl.Decimal(18, 2))


def results(people: LazyFrame, units: LazyFrame) -> LazyFrame:
    ballots = {f"{r}_ballot": as_points(f"{name}测评得分") for r, name in HALVES.items()}
    reviews = {f"{r}_review": as_points(name) for r, name in REVIEWS.items()}
    rank = {"rank": col("名次").cast(pl.Int32)}
    persons_ = people.select(
        "subject_id",
        "kind",
        **reviews,
        **ballots,
        annual_score=as_points("年度得分"),
        **rank,
        grade=col("等次"),
        bonus_ratio=as_points("年终目标奖比例"),
    )
    units_ = units.select(
        "subject_id",
        "kind",
        **reviews,
        annual_score=as_points("年度总分"),
        **rank,
        award=col("奖项"),
    )
    return pl.concat([persons_, units_], how="diagonal")


def consequences(people: LazyFrame, units: LazyFrame) -> LazyFrame:
    recall = ["召回", "取消培养计划学员或后备干部资格", "取消所在单位主要负责人当年评先评优资格"]
    third = "四(二)3"
    actions = {
        SECRETARY: ([recall[0], "启动问责程序", *recall[1:]], third),
        TEAM: (["撤除工作队队长原单位职务", "处罚队员"], third),
        TECHNICIAN: (recall, third),
        TOWNSHIP: (["约谈主要领导", "诫勉分管领导", "免职主要领导和分管领导"], "四(二)1"),
        DEPARTMENT: (
            ["约谈主要领导", "诫勉分管领导", "免职主要领导和分管领导", "建议主管部门处理"],
            "四(二)2",
        ),
    }
    parts = []
    for kind, (named, basis) in actions.items():
        table = units if kind in (TOWNSHIP, DEPARTMENT) else people
        for index, action in enumerate([*named, SERIOUS]):
            theirs = table.filter((col("kind") == kind) & col(f"运用:{index}"))
            clause = "四(二)" if action == SERIOUS else basis
            parts.append(theirs.select("subject_id", action=lit(action), basis=lit(clause)))
    return pl.concat(parts)


BOTH = [
    "subject_id",
    "kind",
    *(f"{r}:{side}" for r in HALVES for side in ("加分", "扣分")),
    *(f"{name}{suffix}" for name in REVIEWS.values() for suffix in ("", "#n", "#d")),
    *(f"运用:{index}" for index in range(5)),
    "认定:失职渎职",
    "名次",
]


def steps(people: LazyFrame, units: LazyFrame) -> LazyFrame:
    fractions = ["年度得分", "年终目标奖比例", *(f"{name}测评得分" for name in HALVES.values())]
    exact = people.with_columns(
        *(col(name).alias(f"{name}#n") for name in REVIEWS.values()),
        *(lit(100, pl.Int64).alias(f"{name}#d") for name in REVIEWS.values()),
    )
    persons_ = exact.select(
        *BOTH,
        *(f"{r}:{part}" for r in HALVES for part in "6*"),
        *(f"{r}:民主测评#{what}" for r in HALVES for what in ("sum", "count")),
        *(name for name in DETERMINATIONS.values() if name != "认定:失职渎职"),
        *(f"{name}{suffix}" for name in fractions for suffix in ("", "#n", "#d")),
        "年度得分#alt",
        "等次",
    )
    units_ = units.select(
        *BOTH,
        *(f"{r}:{part}" for r in HALVES for part in "1234"),
        *(f"{r}:{name}" for r in HALVES for name in ("bonus/bonus-5", "2#full", "2#n", "2#d")),
        *(f"{kind}.年度得分#{what}" for kind in (SECRETARY, TEAM) for what in ("sum", "count")),
        *(f"年度总分{suffix}" for suffix in ("", "#n", "#d", "#alt")),
        *("项目乡镇名次", "分类倒数名次", "奖项", "奖项#tie"),
    )
    return pl.concat([persons_, units_], how="diagonal")
