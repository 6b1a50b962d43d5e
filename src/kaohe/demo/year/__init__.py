"""A made-up county's daily work in 2016: ``demo_year(county)`` tells it village by village,

and ``demo_offices(county)`` what townships, departments and the county's offices have of it.
"""

from kaohe.demo.year.county_model import CountyYear, Inspected, InspectionSort
from kaohe.demo.year.defects import Defect, DefectKind, planned_defects
from kaohe.demo.year.model import VillageYear
from kaohe.demo.year.whole import demo_offices, demo_year

__all__ = [
    "CountyYear",
    "Defect",
    "DefectKind",
    "Inspected",
    "InspectionSort",
    "VillageYear",
    "demo_offices",
    "demo_year",
    "planned_defects",
]
