"""A made-up county's daily work in 2016: ``demo_year(county)`` tells it village by village."""

from kaohe.demo.year.defects import Defect, DefectKind, planned_defects
from kaohe.demo.year.model import VillageYear
from kaohe.demo.year.whole import demo_year

__all__ = ["Defect", "DefectKind", "VillageYear", "demo_year", "planned_defects"]
