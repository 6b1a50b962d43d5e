"""This county's regulation written out by hand, slowly and plainly, in exact fractions.

It knows nothing of scheme files, of formulas as text, of Ibis or of the engine, and it must stay
so: an error in the engine and the same error here would be found by nobody. Numbers in brackets
are those of 口径, the county's readings of the regulation.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import floor

from tests.oracle.maxima import (
    COMMON,
    DEPARTMENT,
    POSTED,
    SECRETARY,
    SPECIAL,
    TEAM,
    TECHNICIAN,
    TOWNSHIP,
    UNITS,
    special_items,
)

Row = dict[str, str]
Tables = dict[str, list[Row]]
Consequence = tuple[str, str, str]

FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2016, 12, 31)
DAYS_TO_COUNT = 180


def assess(tables: Tables) -> tuple[dict[str, Row], set[Consequence]]:
    """The county's year: results by subject as results.csv prints them, and the consequences."""
    subjects = {row["subject_id"]: row for row in tables["subjects"]}
    halves = {name: reviews(tables, subjects, name) for name in ("half_year", "year_end")}
    votes = {name: ballot_scores(tables, name) for name in ("half_year", "year_end")}
    annual = annual_scores(tables, subjects, halves, votes)
    recalled = {row["subject_id"] for row in tables["determinations"] if row["type"] == "recalled"}

    results = {}
    for subject_id, subject in subjects.items():
        score = annual[subject_id]
        peers = [annual[other] for other in subjects if subjects[other]["kind"] == subject["kind"]]
        grade = grade_of(subject, score, subject_id in recalled)
        results[subject_id] = {
            "subject_id": subject_id,
            "kind": subject["kind"],
            "half_year_review": printed(halves["half_year"].get(subject_id)),
            "year_end_review": printed(halves["year_end"].get(subject_id)),
            "half_year_ballot": printed(votes["half_year"].get(subject_id)),
            "year_end_ballot": printed(votes["year_end"].get(subject_id)),
            "annual_score": printed(score),
            "rank": "" if score is None else str(rank_from_top(score, peers)),
            "grade": grade,
            "award": award_of(subject_id, subjects, annual),
            "bonus_ratio": bonus_ratio(subject, grade),
        }
    return results, consequences(subjects, annual, recalled, results)


# Numbers


def half_up(value: Fraction) -> Fraction:
    """Two decimals, a half upwards; done once for every named result (1)."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def printed(value: Fraction | None) -> str:
    if value is None:
        return ""
    hundredths = value * 100
    assert hundredths.denominator == 1 and hundredths >= 0
    return f"{hundredths.numerator // 100}.{hundredths.numerator % 100:02d}"


def rank_from_top(score: Fraction, scores: Iterable[Fraction | None]) -> int:
    """Ties share a rank and the next is skipped (4)."""
    return 1 + sum(1 for other in scores if other is not None and other > score)


def rank_from_bottom(score: Fraction, scores: Iterable[Fraction | None]) -> int:
    return 1 + sum(1 for other in scores if other is not None and other < score)


# 考核得分 and 测评得分


def reviews(tables: Tables, subjects: dict[str, Row], round_: str) -> dict[str, Fraction]:
    """考核得分 of a round, for the subjects that have score rows in it (2)."""
    found = {}
    for subject_id, subject in subjects.items():
        points = {
            row["indicator"]: Fraction(row["points"])
            for row in tables["scores"]
            if row["subject_id"] == subject_id and row["round"] == round_
        }
        if not points:
            continue
        score = base_points(subject, points)
        # 二(四) has no 奖惩得分.
        if subject["kind"] != TEAM:
            score += capped(tables, subject_id, round_, "bonus")
            score -= capped(tables, subject_id, round_, "deduction")
        found[subject_id] = half_up(max(score, Fraction(0)))
    return found


def base_points(subject: Row, points: dict[str, Fraction]) -> Fraction:
    """The indicators' points; a department's 专项指标 weigh 50 whichever of them apply (9)."""
    if subject["kind"] != DEPARTMENT:
        return sum(points.values(), Fraction(0))
    common = sum((points[item] for item in COMMON), Fraction(0))
    applying = special_items(subject)
    if not applying:
        return common + common
    special = sum((points[item] for item in applying), Fraction(0))
    return common + special * 50 / sum(SPECIAL[item] for item in applying)


def capped(tables: Tables, subject_id: str, round_: str, type_: str) -> Fraction:
    """All bonuses, or all deductions, of a round; no more than 10."""
    events = [
        Fraction(row["points"])
        for row in tables["adjustments"]
        if (row["subject_id"], row["round"], row["type"]) == (subject_id, round_, type_)
    ]
    return min(Fraction(10), sum(events, Fraction(0)))


def ballot_scores(tables: Tables, round_: str) -> dict[str, Fraction]:
    """测评得分 of a round; without a single ballot that counts there is none (3)."""
    found = {}
    for row in tables["ballots"]:
        if row["round"] != round_:
            continue
        excellent, competent = int(row["excellent"]), int(row["competent"])
        basically, incompetent = int(row["basically_competent"]), int(row["incompetent"])
        counted = excellent + competent + basically + incompetent
        if counted:
            total = 100 * excellent + 80 * competent + 60 * basically
            found[row["subject_id"]] = half_up(Fraction(total, counted))
    return found


# 年度得分 (三(二))


def annual_scores(
    tables: Tables,
    subjects: dict[str, Row],
    halves: dict[str, dict[str, Fraction]],
    votes: dict[str, dict[str, Fraction]],
) -> dict[str, Fraction | None]:
    annual: dict[str, Fraction | None] = {}
    for subject_id, subject in subjects.items():
        if subject["kind"] in POSTED:
            annual[subject_id] = posted_score(
                halves["half_year"].get(subject_id),
                halves["year_end"].get(subject_id),
                votes["half_year"].get(subject_id),
                votes["year_end"].get(subject_id),
            )
    for subject_id, subject in subjects.items():
        if subject["kind"] in UNITS:
            first = halves["half_year"].get(subject_id)
            second = halves["year_end"].get(subject_id)
            if first is None or second is None:
                annual[subject_id] = None
                continue
            own = mean([first, second])
            if subject["kind"] == TOWNSHIP:
                secretaries = linked(tables, subjects, annual, SECRETARY, "township_id", subject_id)
                annual[subject_id] = half_up(township_score(own, secretaries))
            else:
                secretaries = linked(
                    tables, subjects, annual, SECRETARY, "department_id", subject_id
                )
                teams = linked(tables, subjects, annual, TEAM, "department_id", subject_id)
                annual[subject_id] = half_up(department_score(own, secretaries, teams))
    return annual


def posted_score(
    half_review: Fraction | None,
    end_review: Fraction | None,
    half_ballot: Fraction | None,
    end_ballot: Fraction | None,
) -> Fraction | None:
    """Of 第一书记, 驻村工作队 and 农业科技人员 (5).

    Who was there for one round only, with neither review nor ballot in the other, is judged by
    that one whole; whatever else is missing leaves no score.
    """
    values = (half_review, end_review, half_ballot, end_ballot)
    match tuple(value is not None for value in values):
        case (True, True, True, True):
            review, ballot = mean([half_review, end_review]), mean([half_ballot, end_ballot])
        case (True, False, True, False):
            review, ballot = half_review, half_ballot
        case (False, True, False, True):
            review, ballot = end_review, end_ballot
        case _:
            return None
    return half_up(review * Fraction(6, 10) + ballot * Fraction(4, 10))


def department_score(
    own: Fraction, secretaries: Sequence[Fraction], teams: Sequence[Fraction]
) -> Fraction:
    """With only one of the two sent, it counts whole inside the 0.4; with neither, own only (6)."""
    if secretaries and teams:
        sent = mean(secretaries) * Fraction(7, 10) + mean(teams) * Fraction(3, 10)
    elif secretaries:
        sent = mean(secretaries)
    elif teams:
        sent = mean(teams)
    else:
        return own
    return sent * Fraction(4, 10) + own * Fraction(6, 10)


def township_score(own: Fraction, secretaries: Sequence[Fraction]) -> Fraction:
    """Without a 第一书记 serving in it, its own reviews count whole (7)."""
    if not secretaries:
        return own
    return mean(secretaries) * Fraction(2, 10) + own * Fraction(8, 10)


def linked(
    tables: Tables,
    subjects: dict[str, Row],
    annual: dict[str, Fraction | None],
    kind: str,
    column: str,
    unit: str,
) -> list[Fraction]:
    """年度得分 of the kind whose posting counts for the unit, each once, if they have one (8)."""
    those = {
        row["subject_id"]
        for row in tables["postings"]
        if row[column] == unit
        and subjects[row["subject_id"]]["kind"] == kind
        and days_inside_the_year(row) >= DAYS_TO_COUNT
    }
    scores = [annual[subject_id] for subject_id in those]
    return [score for score in scores if score is not None]


def days_inside_the_year(posting: Row) -> int:
    """First and last day both count; zero or less when the posting lies outside."""
    start = max(date.fromisoformat(posting["start"]), FIRST_DAY)
    end = min(date.fromisoformat(posting["end"]) if posting["end"] else LAST_DAY, LAST_DAY)
    return (end - start).days + 1


# 等次与结果运用 (四)


def grade_of(subject: Row, score: Fraction | None, recalled: bool) -> str:
    """召回 makes it 不称职 whatever the score, and also without one (11)."""
    if subject["kind"] not in POSTED:
        return ""
    if recalled and subject["kind"] in (SECRETARY, TECHNICIAN):
        return "不称职"
    if score is None:
        return ""
    if score >= 90:
        return "优秀"
    if score >= 75:
        return "称职"
    if score >= 60:
        return "基本称职"
    return "不称职"


def award_of(subject_id: str, subjects: dict[str, Row], annual: dict[str, Fraction | None]) -> str:
    """Three, five and eight prizes among 项目乡镇 and among 部门; a tie gets the better (4, 12)."""

    def competes(other: str) -> bool:
        subject = subjects[other]
        return subject["kind"] == DEPARTMENT or (
            subject["kind"] == TOWNSHIP and subject["project_township"] == "1"
        )

    score = annual[subject_id]
    if score is None or not competes(subject_id):
        return ""
    kind = subjects[subject_id]["kind"]
    rivals = [annual[x] for x in subjects if subjects[x]["kind"] == kind and competes(x)]
    rank = rank_from_top(score, rivals)
    if rank <= 3:
        return "一等奖"
    if rank <= 8:
        return "二等奖"
    if rank <= 16:
        return "三等奖"
    return ""


def bonus_ratio(subject: Row, grade: str) -> str:
    """The part of the 年终目标奖 that a 第一书记 is paid (14)."""
    if subject["kind"] != SECRETARY or not grade:
        return ""
    return {"优秀": "1", "称职": "1", "基本称职": "0.8", "不称职": "0"}[grade]


def consequences(
    subjects: dict[str, Row],
    annual: dict[str, Fraction | None],
    recalled: set[str],
    results: dict[str, Row],
) -> set[Consequence]:
    found: set[Consequence] = set()
    for subject_id, subject in subjects.items():
        if subject["kind"] in (SECRETARY, TECHNICIAN) and subject_id in recalled:
            found.add((subject_id, "召回", "四(二)3"))
        if subject["kind"] == SECRETARY and results[subject_id]["grade"] == "不称职":
            found.add((subject_id, "启动问责程序", "四(二)3"))
        score = annual[subject_id]
        if subject["kind"] in UNITS and score is not None and score < 75:
            basis = "四(二)1" if subject["kind"] == TOWNSHIP else "四(二)2"
            found.add((subject_id, "约谈主要领导", basis))
            found.add((subject_id, "诫勉分管领导", basis))
            if among_the_last(subject_id, subjects, annual):
                vertical = subject["vertical"] == "1"
                action = "建议主管部门处理" if vertical else "免职主要领导和分管领导"
                found.add((subject_id, action, basis))
    return found


def among_the_last(
    subject_id: str, subjects: dict[str, Row], annual: dict[str, Fraction | None]
) -> bool:
    """减贫任务 known not to be met, and among the last three: of all 乡镇, of a class of 部门 (13).

    Departments without a class are a class of their own.
    """
    subject = subjects[subject_id]
    if subject["reduction_task_met"] != "0":
        return False
    peers = [other for other in subjects if subjects[other]["kind"] == subject["kind"]]
    if subject["kind"] == DEPARTMENT:
        peers = [other for other in peers if subjects[other]["class"] == subject["class"]]
    score = annual[subject_id]
    return score is not None and rank_from_bottom(score, [annual[x] for x in peers]) <= 3
