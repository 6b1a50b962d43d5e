"""All that is looked at, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.web.operations.checks.configuration import configuration
from kaohe.web.operations.checks.database import database
from kaohe.web.operations.checks.machine import machine
from kaohe.web.operations.findings import Finding, Level


def all_findings(port: int | None) -> Iterator[Finding]:
    """Everything; with a port, also whether it is free."""
    yield from configuration()
    yield from database()
    yield from machine(port)


def faults_at_start() -> list[Finding]:
    """What forbids to serve; looked at on each start, so nothing slow is among it."""
    findings = [*configuration(), *database()]
    return [finding for finding in findings if finding.level == Level.FAULT]
