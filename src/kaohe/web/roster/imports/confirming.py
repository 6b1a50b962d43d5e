"""From the upload to the rows: the check, and the one transaction that writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.pages import one_of
from kaohe.web.common.writing import writing
from kaohe.web.roster.actions.imports import find_of_job, store_findings
from kaohe.web.roster.imports.applying import Tell, apply
from kaohe.web.roster.imports.checking import Checked, check, read
from kaohe.web.roster.imports.plan import RowChange
from kaohe.web.roster.models import ImportBatch
from kaohe.web.roster.queries.imports import content_of
from kaohe.web.roster.queries.reach import imports_in

OUTDATED = (
    "预览以后名册有了改动，预览的内容已不准，没有导入任何内容。请点“重新检查”，看过新的预览再确认。"
)


def check_import(actor: Actor, batch_id: int, job_id: UUID, tell: Tell) -> None:
    """Check an upload and keep what was found."""
    reach = actor.reach("roster.import")
    batch = one_of(imports_in(reach), batch_id)
    file, problems = read(content_of(batch), reach, tell)
    checked = check(file, problems, reach, tell)
    store_findings(
        actor=actor,
        batch_id=batch_id,
        job_id=job_id,
        findings=findings_of(checked),
        faulty=bool(problems.total),
    )


def confirm_import(actor: Actor, batch_id: int, job_id: UUID, tell: Tell) -> None:
    """Write what the preview showed, all of it or nothing.

    Raises Refusal when it would be anything else by now.
    """
    reach = actor.reach("roster.import")
    content = content_of(one_of(imports_in(reach), batch_id))
    file, problems = read(content, reach, tell)
    with writing(actor, "roster.import") as change:
        batch = find_of_job(change, batch_id, job_id, ImportBatch.State.CONFIRMING)
        checked = check(file, problems, reach, tell, remember=change.remember, lock=True)
        summary = checked.summary()
        if problems.total or summary["fingerprint"] != batch.summary.get("fingerprint"):
            raise Refusal(OUTDATED)
        apply(checked.plan, change, tell)
        batch.changes = [{**row.as_values(), "steps": _done(row)} for row in checked.plan.rows]
        batch.state = ImportBatch.State.CONFIRMED
        change.update(batch)


def findings_of(checked: Checked) -> dict[str, Any]:
    """What is kept of a check, as JSON."""
    return {
        "problems": [problem.as_values() for problem in checked.problems.kept],
        "summary": checked.summary(),
        "changes": [row.as_values() for row in checked.plan.rows],
    }


def _done(row: RowChange) -> list[Any]:
    """Per row of the database: its table, key, version now, and what stood there (None: new)."""
    return [
        [
            step.record._meta.label_lower,
            step.record.pk,
            step.record.version,
            None if step.new else step.before,
        ]
        for step in row.steps
    ]
