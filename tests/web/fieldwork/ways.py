"""Each writing action of daily work done once, for the test that each tells the audit log."""

from datetime import timedelta

from django.utils import timezone

from kaohe.web.fieldwork.actions.attendance import Settled, SignInFacts, settle, sign_in
from kaohe.web.fieldwork.actions.book import Mark, enter_book
from kaohe.web.fieldwork.actions.journals import JournalFacts, write_journal
from kaohe.web.fieldwork.actions.leaves import LeaveApplication, apply_for_leave, decide_leave
from kaohe.web.fieldwork.actions.reports import ReportFacts, write_report
from kaohe.web.fieldwork.actions.workdays import set_workday
from kaohe.web.fieldwork.models import Leave


def _today():
    return timezone.localdate()


def _enter(cast, actor):
    mark = Mark(cast.secretary_posting.pk, cast.zhang.pk, _today(), was=None, now=True)
    return enter_book(
        actor=actor, village_id=cast.liulin.pk, month=_today().replace(day=1), marks=[mark]
    )


def _settle(cast, actor, client):
    _enter(cast, actor)  # the book alone says so: a day to settle
    day = Settled(cast.secretary_posting.pk, cast.zhang.pk, _today())
    return settle(actor=actor, days=[day], present=True, reason="村主任证明当天在村")


def _apply(cast, actor, client):
    day = _today() + timedelta(days=1)
    wish = LeaveApplication(
        cast.secretary_posting.pk, cast.zhang.pk, Leave.Kind.OFFICIAL, day, day, "到县里开会"
    )
    return apply_for_leave(actor=actor, application=wish)


def _decide(cast, actor, client):
    leave = _apply(cast, cast.secretary.as_actor("127.0.0.1"), client)
    return decide_leave(
        actor=actor, leave_id=leave.pk, seen=leave.version, approved=True, note="同意"
    )


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "attendance.sign_in": (
        "secretary",
        lambda cast, actor, client: sign_in(
            actor=actor, facts=SignInFacts(cast.secretary_posting.pk, cast.zhang.pk, _today())
        ),
    ),
    "attendance.book": ("township", lambda cast, actor, client: _enter(cast, actor)),
    "attendance.settle": ("township", _settle),
    "workday.change": (
        "office",
        lambda cast, actor, client: set_workday(
            actor=actor, day=_today(), works=False, note="县庆"
        ),
    ),
    "leave.apply": ("secretary", _apply),
    "leave.decide": ("township", _decide),
    "journal.write": (
        "secretary",
        lambda cast, actor, client: write_journal(
            actor=actor,
            facts=JournalFacts(cast.secretary_posting.pk, cast.zhang.pk, _today(), "走访三户"),
        ),
    ),
    "report.write": (
        "secretary",
        lambda cast, actor, client: write_report(
            actor=actor,
            facts=ReportFacts(
                cast.secretary_posting.pk, cast.zhang.pk, _today().replace(day=1), "按计划推进"
            ),
        ),
    ),
}
