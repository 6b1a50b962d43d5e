"""The month's summary of inspections for the headquarters (三(一)1), as a Word document."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.printing.official import Official
from kaohe.web.supervision.queries.board import Board
from kaohe.web.supervision.queries.checklists import Indicators
from kaohe.web.supervision.queries.findings import days_late

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The indicators that the table of findings names; the rest is in the list on the site.
_INDICATORS = 20


def summary(board: Board, county: str, today: date) -> bytes:
    """The document. It counts what the board counts, on the day."""
    month = date_format(board.month, "YEAR_MONTH_FORMAT")
    paper = Official(f"{county}{month}平常督查情况汇总", f"（截至{date_format(today)}）")
    paper.heading("一、督查开展情况")
    paper.paragraph(_carried_out(board, month))
    if board.led:
        paper.table(
            ["督查", "牵头", "应查", "已查", "问题", "销号", "逾期"],
            [
                [
                    one.name,
                    f"{one.body}（{one.leads} 个）" if one.leads > 1 else one.body,
                    one.subjects,
                    one.visited,
                    one.found,
                    one.closed,
                    one.late,
                ]
                for one in board.led
            ],
            [11, 8, 4, 4, 4, 4, 4],
            caption=f"{month}督查情况（按牵头单位）",
        )
    paper.heading("二、发现的问题")
    paper.paragraph(_found(board))
    if board.indicators:
        shown = board.indicators[:_INDICATORS]
        paper.table(
            ["对象", "指标", "问题", "其中较重、严重"],
            [[one.kind, one.indicator, one.found, one.grave] for one in shown],
            [6, 12, 4, 6],
            caption="发现的问题（按指标）",
        )
        if len(board.indicators) > _INDICATORS:
            rest = sum(one.found for one in board.indicators[_INDICATORS:])
            paper.paragraph(f"另有 {len(board.indicators) - _INDICATORS} 项指标共 {rest} 个问题。")
    if board.grave:
        paper.subheading("严重问题")
        for number, one in enumerate(board.grave, start=1):
            paper.paragraph(f"{number}. {_subject(one)}：{one.text}")
    paper.heading("三、整改情况")
    paper.paragraph(_put_right(board))
    if board.overdue:
        names = Indicators()
        paper.table(
            ["对象", "问题", "整改期限", "逾期天数"],
            [
                [
                    _subject(one),
                    f"{names.title(one.inspection, one.indicator)}：{one.text}",
                    date_format(one.due) if one.due is not None else "",
                    days_late(one, today),
                ]
                for one in board.overdue
            ],
            [8, 14, 7, 4],
            caption="逾期没有整改的问题",
        )
    paper.signature(f"{county}脱贫攻坚指挥部办公室督查组", date_format(today))
    return paper.content()


def _carried_out(board: Board, month: str) -> str:
    if not board.led:
        return f"{month}没有安排督查。"
    text = f"{month}应督查 {board.subjects} 个（次），已督查 {board.visited} 个（次）。"
    if board.met:
        text += (
            f"现场核对驻村人员 {board.met} 人次：在岗 {board.here} 人次，"
            f"请假 {board.on_leave} 人次，不在岗 {board.away} 人次。"
        )
    return text


def _found(board: Board) -> str:
    if not board.found:
        return "没有发现问题。"
    parts = "，".join(f"{label} {number} 个" for label, number in board.severities)
    return f"共发现问题 {board.found} 个，其中{parts}。"


def _put_right(board: Board) -> str:
    if not board.found:
        return "没有需要整改的问题。"
    text = f"已整改销号 {board.closed} 个，还有 {board.found - board.closed} 个没有销号"
    return f"{text}，其中逾期没有回复的 {len(board.overdue)} 个。"


def _subject(finding: Finding) -> str:
    inspection = finding.inspection
    where = inspection.village
    place = f"{where.township}{where}" if where is not None else ""
    if inspection.posting is not None and inspection.posting.team is not None:
        return inspection.subject
    if where is None:
        return inspection.subject
    return f"{inspection.subject}（{place}）"
