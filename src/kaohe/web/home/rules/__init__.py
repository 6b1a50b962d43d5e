"""What there is to do, a module a noun; RULES is the order in which the page shows it."""

from __future__ import annotations

from kaohe.web.home.rules import (
    accounts,
    audit,
    closings,
    fieldwork,
    imports,
    information,
    people,
    postings,
    projects,
    questions,
    records,
    supervision,
    units,
    villages,
    years,
)
from kaohe.web.home.todo import Rule

RULES: tuple[Rule, ...] = (
    *years.RULES,
    *fieldwork.RULES,
    *information.RULES,
    *records.RULES,
    *questions.RULES,
    *closings.RULES,
    *supervision.RULES,
    *projects.RULES,
    *imports.RULES,
    *audit.RULES,
    *postings.RULES,
    *villages.RULES,
    *units.RULES,
    *people.RULES,
    *accounts.RULES,
)
