"""Whole small counties of every shape, for Hypothesis or from a seed, as the tables of a run.

Every county is valid input, except that rounds may be wholly absent: a subject may have no score
rows, or no ballots, or neither, in one round or both. Nobody has only some of the indicators.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import strategies as st

from tests.oracle.county import (
    FIRST_DAY,
    LAST_DAY,
    Row,
    Tables,
    assess,
    department_score,
    linked,
    mean,
    township_score,
)
from tests.oracle.maxima import (
    DEPARTMENT,
    POSTED,
    SECRETARY,
    SPECIAL,
    TEAM,
    TECHNICIAN,
    TOWNSHIP,
)
from tests.oracle.sheets import (
    BOUNDARIES,
    FULL,
    Ballots,
    Sheet,
    even_sheet,
    random_sheet,
    reviews_giving,
    row_of_ballots,
    rows_of_events,
    rows_of_sheet,
    sheet_worth,
)

ROUNDS = ("half_year", "year_end")
BOTH = frozenset(ROUNDS)
FIRST, SECOND, NEITHER = frozenset(ROUNDS[:1]), frozenset(ROUNDS[1:]), frozenset()

# Rounds with a review and rounds with ballots: mostly all, otherwise any.
ANY_ROUNDS = (BOTH, FIRST, SECOND, NEITHER)
PRESENCES = (*[(BOTH, BOTH)] * 12, *product(ANY_ROUNDS, ANY_ROUNDS))

# What a county is full of: ways to fill sheets, how many units at most, how many villages.
THEMES = {
    "anything": (("random", "even", "tie", "boundary"), (1, 4), (0, 6)),
    "boundaries": (("boundary",), (1, 4), (0, 6)),
    "ties": (("tie",), (1, 5), (0, 4)),
    "nothing": (("absent",), (1, 3), (0, 3)),
    "awards": (("random", "even", "tie", "boundary"), (17, 21), (0, 2)),
}

LENGTHS = (179, 180, 181)


def counties() -> st.SearchStrategy[Tables]:
    """Counties whose every choice of shape shrinks; their points come from a seed."""
    return st.randoms(use_true_random=False).map(make_county)


def make_county(shape: Random) -> Tables:
    """One county; the same random state gives the same one."""
    return CountyMaker(shape, shape.choice(list(THEMES))).make()


def under_prefix(tables: Tables, county: str) -> Tables:
    """The county as one of several: its ids prefixed, its name in a column of subjects."""
    ids = ("subject_id", "department_id", "township_id")
    renamed = {
        name: [
            {key: f"{county}-{value}" if key in ids else value for key, value in row.items()}
            for row in rows
        ]
        for name, rows in tables.items()
    }
    for row in renamed["subjects"]:
        row["county"] = county
    return renamed


class CountyMaker:
    """Fills the tables: units without scores, then the posted, then the units' scores."""

    def __init__(self, shape: Random, theme: str) -> None:
        self.shape = shape
        self.fill = Random(shape.randint(0, 2**32 - 1))
        self.ways, self.units, self.villages = THEMES[theme]
        self.project = shape.choice((("1",), ("1", "1", "0", "")))
        # What all share whose sheets are to tie.
        self.common_reviews = [self.fill.randint(0, FULL), self.fill.randint(0, FULL)]
        self.common_ballots = self.random_ballots()
        self.tables: Tables = {
            name: []
            for name in (
                "subjects",
                "postings",
                "scores",
                "adjustments",
                "ballots",
                "determinations",
            )
        }

    def make(self) -> Tables:
        townships = [self.add_township(n) for n in self.numbers(*self.units)]
        departments = [self.add_department(n) for n in self.numbers(*self.units)]
        for village in self.numbers(*self.villages):
            self.add_village(f"V{village}", townships, departments)
        annual = self.annual_scores()
        for unit in (*townships, *departments):
            self.score_unit(unit, annual)
        return self.tables

    def numbers(self, least: int, most: int) -> range:
        return range(1, self.shape.randint(least, most) + 1)

    # Subjects

    def add_subject(self, subject_id: str, kind: str, **columns: str) -> Row:
        row = {
            "subject_id": subject_id,
            "kind": kind,
            "name": f"{kind}{subject_id}",
            "class": "",
            "special_items": "",
            "project_township": "",
            "reduction_task_met": "",
            "vertical": "",
        }
        self.tables["subjects"].append(row | columns)
        return self.tables["subjects"][-1]

    def add_township(self, number: int) -> Row:
        return self.add_subject(
            f"T{number}",
            TOWNSHIP,
            project_township=self.shape.choice(self.project),
            reduction_task_met=self.shape.choice(("0", "1", "")),
            vertical=self.shape.choice(("0", "")),
        )

    def add_department(self, number: int) -> Row:
        applying = [item for item in SPECIAL if self.shape.randint(0, 1)]
        return self.add_subject(
            f"D{number}",
            DEPARTMENT,
            **{"class": self.shape.choice(("", "甲", "乙"))},
            special_items=";".join(applying),
            reduction_task_met=self.shape.choice(("0", "1", "")),
            vertical=self.shape.choice(("0", "1", "")),
        )

    def add_village(self, village: str, townships: list[Row], departments: list[Row]) -> None:
        """Any of the three kinds of posted, each there all year, replaced or moved."""
        township = self.shape.choice(townships)["subject_id"]
        for kind, letter in ((SECRETARY, "S"), (TEAM, "W"), (TECHNICIAN, "A")):
            department = self.shape.choice(departments)["subject_id"]
            here = {"department_id": department, "township_id": township, "village": village}
            match self.shape.choice(("there", "none", "replaced", "moved")):
                case "there":
                    start, end = self.period()
                    self.add_posted(f"{letter}{village}", kind, [(here, start, end)])
                case "replaced":
                    last, first = self.change()
                    self.add_posted(f"{letter}{village}a", kind, [(here, "2015-08-01", last)])
                    self.add_posted(f"{letter}{village}b", kind, [(here, first, "")])
                case "moved":
                    last, first = self.change()
                    there = {
                        "department_id": self.shape.choice(
                            [department, departments[0]["subject_id"]]
                        ),
                        "township_id": self.shape.choice([township, townships[0]["subject_id"]]),
                        "village": f"{village}新",
                    }
                    periods = [(here, "2016-01-01", last), (there, first, "")]
                    self.add_posted(f"{letter}{village}", kind, periods)

    def period(self) -> tuple[str, str]:
        """All year, or about as long as counts, at either end of the year; or one day of it."""
        days = timedelta(self.shape.choice(LENGTHS) - 1)
        return self.shape.choice(
            (
                ("2016-01-01", ""),
                ("2015-08-01", "2017-07-31"),
                ("2016-01-01", str(FIRST_DAY + days)),
                ("2015-08-01", str(FIRST_DAY + days)),
                (str(LAST_DAY - days), "2016-12-31"),
                (str(LAST_DAY - days), ""),
                (str(date(2016, 3, 1)), str(date(2016, 3, 1) + days)),
                ("2016-11-01", "2017-07-31"),
            )
        )

    def change(self) -> tuple[str, str]:
        """The last day of the one and the first of the next; 2016 has 366 days."""
        days = self.shape.choice((179, 180, 181, 183, 185, 186, 187, 1, 300))
        last = FIRST_DAY + timedelta(days - 1)
        return str(last), str(last + timedelta(1))

    def add_posted(self, subject_id: str, kind: str, postings: list[tuple[Row, str, str]]) -> None:
        subject = self.add_subject(subject_id, kind)
        for place, start, end in postings:
            row = {"subject_id": subject_id, **place, "start": start, "end": end}
            self.tables["postings"].append(row)
        if kind != TEAM and self.shape.randint(0, 7) == 7:
            recall = {"subject_id": subject_id, "type": "recalled"}
            self.tables["determinations"].append(
                recall | {"date": "2016-10-12", "reason": "履职不力"}
            )
        self.score_posted(subject)

    # Scores

    def score_posted(self, subject: Row) -> None:
        reviewed, rated = self.shape.choice(PRESENCES)
        way = self.shape.choice(self.ways)
        if way == "absent":
            return
        ballots = {name: self.ballots(way) for name in ROUNDS if name in rated}
        votes = [rating.score() for rating in ballots.values()]
        target = None
        # Wherever a score can come out at all.
        if way == "boundary" and reviewed == rated != NEITHER and None not in votes:
            count = len(reviewed)
            constant = mean(votes) * Fraction(4, 10)
            target = self.steered(constant, Fraction(6, 10) / count, count)
        self.add_sheets(subject, way, [name for name in ROUNDS if name in reviewed], target)
        for name, rating in ballots.items():
            self.tables["ballots"].append(row_of_ballots(subject["subject_id"], name, rating))

    def score_unit(self, unit: Row, annual: dict[str, Fraction | None]) -> None:
        reviewed = self.shape.choice((*[BOTH] * 12, FIRST, SECOND, NEITHER))
        way = self.shape.choice(self.ways)
        if way == "absent":
            return
        target = None
        if way == "boundary":
            reviewed = BOTH
            formula = self.formula_of(unit, annual)
            constant, own = formula(Fraction(0)), formula(Fraction(1)) - formula(Fraction(0))
            target = self.steered(constant, own / 2, 2)
        self.add_sheets(unit, way, [name for name in ROUNDS if name in reviewed], target)

    def add_sheets(
        self, subject: Row, way: str, rounds: list[str], target: list[int] | None
    ) -> None:
        for number, name in enumerate(rounds):
            if target:
                sheet = sheet_worth(self.fill, subject, target[number])
            elif way == "tie":
                sheet = sheet_worth(self.fill, subject, self.common_reviews[number])
            elif way == "even":
                sheet = even_sheet(subject, full=bool(self.shape.randint(0, 1)))
            else:
                sheet = random_sheet(self.fill, subject)
            self.add_sheet(subject["subject_id"], name, sheet)

    def add_sheet(self, subject_id: str, name: str, sheet: Sheet) -> None:
        self.tables["scores"] += rows_of_sheet(self.fill, subject_id, name, sheet)
        self.tables["adjustments"] += rows_of_events(self.fill, subject_id, name, sheet)

    def ballots(self, way: str) -> Ballots:
        if way == "tie":
            return self.common_ballots
        count = self.fill.randint(1, 60)
        alike = [Ballots(count, 0, 0, 0, 2), Ballots(0, count, 0, 0, 0), Ballots(0, 0, count, 0, 1)]
        if way == "boundary":
            return self.shape.choice([*alike, self.random_ballots()])
        return self.shape.choice(
            [
                self.random_ballots(),
                *alike,
                Ballots(0, 0, 0, count, 0),
                Ballots(0, 0, 0, 0, count),
                Ballots(0, 0, 0, 0, 0),
            ]
        )

    def random_ballots(self) -> Ballots:
        return Ballots(*(self.fill.randint(0, 40) for _ in range(5)))

    # Wanted annual scores

    def steered(self, constant: Fraction, weight: Fraction, count: int) -> list[int] | None:
        """So many reviews that lead to a boundary in constant + weight * their sum."""
        target = self.shape.choice(BOUNDARIES)
        return reviews_giving(self.fill, target, constant * 100, weight, count)

    def formula_of(
        self, unit: Row, annual: dict[str, Fraction | None]
    ) -> Callable[[Fraction], Fraction]:
        subjects = {row["subject_id"]: row for row in self.tables["subjects"]}

        def sent(kind: str, column: str) -> list[Fraction]:
            return linked(self.tables, subjects, annual, kind, column, unit["subject_id"])

        if unit["kind"] == TOWNSHIP:
            return lambda own: township_score(own, sent(SECRETARY, "township_id"))
        return lambda own: department_score(
            own, sent(SECRETARY, "department_id"), sent(TEAM, "department_id")
        )

    def annual_scores(self) -> dict[str, Fraction | None]:
        """Of the posted, before the units have any."""
        results, _ = assess(self.tables)
        return {
            subject_id: Fraction(row["annual_score"]) if row["annual_score"] else None
            for subject_id, row in results.items()
            if row["kind"] in POSTED
        }
