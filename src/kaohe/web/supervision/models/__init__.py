"""The tables of inspections."""

from kaohe.web.supervision.models.findings import Finding, Step
from kaohe.web.supervision.models.inspections import Inspection, InspectionPlan, Joined

__all__ = ["Finding", "Inspection", "InspectionPlan", "Joined", "Step"]
