"""The month's summary goes to the headquarters."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.writing import writing
from kaohe.web.supervision.queries.board import Board, board_of


def take_summary(*, actor: Actor, month: date, today: date) -> Board:
    """The month in numbers for its document; that it was taken out is written down."""
    with writing(actor, "inspection.summarise") as change:
        board = board_of(actor, month, today)
        label = f"{date_format(month, 'YEAR_MONTH_FORMAT')}督查情况汇总"
        change.tell("export", label=label, visits=board.visited, findings=board.found)
        return board
