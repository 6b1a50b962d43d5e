"""The tables of inspections."""

from kaohe.web.supervision.models.draws import Draw
from kaohe.web.supervision.models.findings import Attached, Finding, Step
from kaohe.web.supervision.models.inspections import Inspection, InspectionPlan, Joined, OnSpot

__all__ = [
    "Attached",
    "Draw",
    "Finding",
    "Inspection",
    "InspectionPlan",
    "Joined",
    "OnSpot",
    "Step",
]
