"""Why a number is what it is: the worked sheet of a subject, from what the run left behind."""

from kaohe.engine.explain.lines import Line
from kaohe.engine.explain.record import RecordError, read_record, run_record
from kaohe.engine.explain.render import render
from kaohe.engine.explain.sheet import Sheet, explain

__all__ = ["Line", "RecordError", "Sheet", "explain", "read_record", "render", "run_record"]
