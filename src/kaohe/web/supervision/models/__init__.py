"""The tables of inspections."""

from kaohe.web.supervision.models.draws import Draw
from kaohe.web.supervision.models.findings import Finding, Step
from kaohe.web.supervision.models.inspections import Inspection, InspectionPlan, Joined, OnSpot

__all__ = ["Draw", "Finding", "Inspection", "InspectionPlan", "Joined", "OnSpot", "Step"]
