"""The scheme's model: a regulation as frozen, checked data."""

from kaohe.scheme.model.base import Cited, Formula, Part, hundredths
from kaohe.scheme.model.indicators import Adjustments, Indicator, Item, Measure, Scaling
from kaohe.scheme.model.measures import RankRule, Rule
from kaohe.scheme.model.records import (
    Fieldwork,
    Inspection,
    RecordKind,
    RequiredDays,
    Source,
)
from kaohe.scheme.model.results import (
    Alternative,
    Award,
    Consequence,
    Grade,
    GradeQuota,
    Override,
    Rank,
    Result,
)
from kaohe.scheme.model.scheme import Ballot, Kind, Limits, Period, Round, Scheme, Scoring
from kaohe.scheme.model.subjects import Attribute, Determination, Fact, Link

__all__ = [
    "Adjustments",
    "Alternative",
    "Attribute",
    "Award",
    "Ballot",
    "Cited",
    "Consequence",
    "Determination",
    "Fact",
    "Fieldwork",
    "Formula",
    "Grade",
    "GradeQuota",
    "Indicator",
    "Inspection",
    "Item",
    "Kind",
    "Limits",
    "Link",
    "Measure",
    "Override",
    "Part",
    "Period",
    "Rank",
    "RankRule",
    "RecordKind",
    "RequiredDays",
    "Result",
    "Round",
    "Rule",
    "Scaling",
    "Scheme",
    "Scoring",
    "Source",
    "hundredths",
]
