"""A month is closed with its facts, changes nothing after it, and is opened again with a reason."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kaohe.web.common.errors import NotPermitted, Refusal
from kaohe.web.common.models import AuditEntry, Job
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.actions.attendance import Settled, settle
from kaohe.web.fieldwork.actions.closings import close_month, reopen_month
from kaohe.web.fieldwork.facts.closed import is_intact, standing_facts
from kaohe.web.fieldwork.facts.moves import moves_since
from kaohe.web.fieldwork.facts.published import later_closings, moves_of
from kaohe.web.fieldwork.facts.subjects import subjects_of
from kaohe.web.fieldwork.models import ClosedFact, MonthClosing, WorkRecord
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.attendance.making import all_agree, book, leave

pytestmark = pytest.mark.django_db
MARCH = date(2016, 3, 1)


@pytest.fixture
def kept(cast):
    """Two days in March on which the three books agree, and one on which the book alone speaks."""
    all_agree(cast, date(2016, 3, 7))
    all_agree(cast, date(2016, 3, 8))
    return book(cast.secretary_posting, cast.zhang, date(2016, 3, 9))


def days(cast, month=MARCH):
    found = standing_facts(cast.year, [month], subjects_of(cast.year))
    return {
        (one.derived.subject.name, one.derived.fact.code): one.derived.value for one in found
    }.get(("张三", "secretary_days"))


def donation(cast, day, amount):
    return WorkRecord.objects.create(
        county=cast.county,
        year=cast.year,
        unit=cast.finance,
        kind="donation",
        day=day,
        quantity=amount,
        text="捐款",
        reported_by="财政局",
        reported_at="2016-03-01T00:00Z",
        state=WorkRecord.State.CONFIRMED,
    )


def settled(cast, act):
    day = Settled(cast.secretary_posting.pk, cast.zhang.pk, date(2016, 3, 9))
    return settle(actor=act(cast.township), days=[day], present=True, reason="村主任证明在村")


def test_closing_keeps_each_fact_with_its_rows_and_tells_their_hash(cast, kept, close):
    closing = close(3)
    fact = ClosedFact.objects.get(closing=closing, fact="secretary_days")
    assert (fact.value, fact.person, fact.period) == (Decimal(2), cast.zhang, "2016-03")
    assert {table: len(keys) for table, keys in fact.rows.items()} == {
        "fieldwork.bookentry": 2,
        "fieldwork.journal": 2,
        "fieldwork.signin": 2,
    }
    told = AuditEntry.objects.get(object_type="fieldwork.closedfact", after__closing=closing.pk)
    assert told.after["sha256"] == closing.sha256
    assert told.after["number"] == closing.number == closing.facts.count()
    assert is_intact(closing)


def test_a_stored_fact_that_somebody_changed_in_the_database_is_seen(kept, close, watch):
    closing = close(3)
    ClosedFact.objects.filter(closing=closing, fact="secretary_days").update(value=20)
    assert not is_intact(closing)


def test_what_is_published_stays_whatever_the_records_say_later(cast, kept, close):
    close(3)
    kept.delete()
    all_agree(cast, date(2016, 3, 10))
    assert days(cast) == 2


def test_a_closed_month_refuses_records_and_says_what_to_do(cast, kept, close, act):
    close(3)
    with pytest.raises(Refusal, match=r"已结账.*请指挥部办公室说明理由、重开这个月"):
        settled(cast, act)


def test_only_a_month_that_is_over_and_the_earlier_first(cast, act, at):
    def refusal(month):
        with pytest.raises(Refusal) as caught:
            close_month(actor=act(cast.office), year_id=cast.year.pk, month=month, confirmed=True)
        return caught.value.message

    assert "请先结2016年1月的账" in refusal(date(2016, 2, 1))
    assert "还没有过完" in refusal(date(2016, 5, 1))
    assert "不在2016 年度里" in refusal(date(2015, 12, 1))
    close_month(
        actor=act(cast.office), year_id=cast.year.pk, month=date(2016, 1, 1), confirmed=True
    )
    assert "已经结账" in refusal(date(2016, 1, 1))
    WorkYear.objects.filter(pk=cast.year.pk).update(state=WorkYear.State.CLOSED)
    assert "不能结账" in refusal(date(2016, 2, 1))


def test_the_last_day_of_a_month_is_not_over_yet(cast, act, at):
    at("2016-01-31 23:59")
    with pytest.raises(Refusal, match="还没有过完"):
        close_month(
            actor=act(cast.office), year_id=cast.year.pk, month=date(2016, 1, 1), confirmed=True
        )
    at("2016-02-01 00:00")
    close_month(
        actor=act(cast.office), year_id=cast.year.pk, month=date(2016, 1, 1), confirmed=True
    )


def test_what_is_open_has_to_be_confirmed_and_stays_written(cast, kept, close, act):
    close(2)
    with pytest.raises(Refusal, match="没有办完"):
        close_month(actor=act(cast.office), year_id=cast.year.pk, month=MARCH, confirmed=False)
    closing = close(3, first=3)
    assert "不一致的考勤 1 天" in closing.left_open
    assert "没有收到的月报 1 份" in closing.left_open


@pytest.mark.parametrize("role", [Role.TOWNSHIP, Role.ORGANISATION, Role.FIRST_SECRETARY])
def test_only_the_office_closes(role, cast, act, at):
    with pytest.raises(NotPermitted):
        close_month(
            actor=act(cast.accounts[role]),
            year_id=cast.year.pk,
            month=date(2016, 1, 1),
            confirmed=True,
        )


def test_opened_again_it_takes_the_record_and_tells_what_moved(cast, kept, close, act):
    closing = close(3)
    reopen_month(actor=act(cast.office), closing_id=closing.pk, reason="乡镇漏认定一天")
    told = AuditEntry.objects.get(reason="乡镇漏认定一天")
    assert (told.action, told.object_id) == ("month.close", str(closing.pk))
    settled(cast, act)
    (move,) = moves_since(closing, subjects_of(cast.year))
    assert (move.subject.name, move.fact.code) == ("张三", "secretary_days")
    assert (move.old, move.new) == (2, 3)
    assert [table for table, _ in move.come] == ["fieldwork.settlement"]
    assert move.gone == move.changed == ()


def test_a_leave_found_later_takes_a_day_away(cast, kept, close, act):
    closing = close(3)
    reopen_month(actor=act(cast.office), closing_id=closing.pk, reason="补登一天假")
    leave(cast.secretary_posting, cast.zhang, date(2016, 3, 8), date(2016, 3, 8))
    (move,) = moves_since(closing, subjects_of(cast.year))
    assert (move.old, move.new) == (2, 1)
    assert {table for table, _ in move.gone} == {
        "fieldwork.bookentry",
        "fieldwork.journal",
        "fieldwork.signin",
    }


def test_closed_again_both_versions_stay(cast, kept, close, act):
    first = close(3)
    reopen_month(actor=act(cast.office), closing_id=first.pk, reason="乡镇漏认定一天")
    settled(cast, act)
    assert days(cast) == 3  # open again: as it is counted now
    second = close(3, first=3)
    values = ClosedFact.objects.filter(fact="secretary_days").order_by("closing")
    assert [(row.closing_id, row.value) for row in values] == [(first.pk, 2), (second.pk, 3)]
    (move,) = moves_of(first, subjects_of(cast.year))
    assert (move.old, move.new) == (2, 3)
    assert moves_of(second, subjects_of(cast.year)) == []
    with pytest.raises(Refusal, match="已经重开"):
        reopen_month(actor=act(cast.office), closing_id=first.pk, reason="再开一次")


def test_a_changed_amount_is_told_by_its_row(cast, close, act, at):
    row = donation(cast, date(2016, 2, 10), 20)
    closing = close(3)
    at("2016-05-11 09:00")
    reopen_month(actor=act(cast.office), closing_id=closing.pk, reason="金额登记错了")
    with writing(act(cast.office), "record.confirm") as change:
        found = change.find(WorkRecord.objects.all(), row.pk)
        found.quantity = Decimal(35)
        change.update(found)
    moves = moves_since(closing, subjects_of(cast.year))
    assert {(move.period.code, move.old, move.new) for move in moves} == {
        ("half_year", 20, 35),
        ("year_end", 20, 35),
    }
    assert all(move.changed == (("fieldwork.workrecord", row.pk),) for move in moves)


def test_later_months_that_hold_the_month_in_their_sums_are_named(cast, close):
    closing = close(3)
    assert [one.month for one in later_closings(MonthClosing.objects.get(month="2016-01-01"))] == [
        date(2016, 2, 1),
        MARCH,
    ]
    assert later_closings(closing) == []


def test_two_closings_of_a_month_cannot_stand(cast, close):
    closing = close(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClosing.objects.create(
            year=cast.year, month=closing.month, closed_by="办", closed_at="2016-05-05T00:00Z"
        )


def test_the_page_has_it_done_by_a_job_and_leads_to_the_closing(
    cast, kept, log_in, close, django_capture_on_commit_callbacks
):
    close(2)
    client, page = log_in(cast.office), reverse("fieldwork:month-close")
    assert "还没有办完的" not in client.get(page).content.decode()
    text = client.get(f"{page}?month=2016-03&look=1").content.decode()
    assert "不一致的考勤" in text and "1 天" in text
    form = {"submission_id": str(uuid.uuid4())}
    assert client.post(f"{page}?month=2016-03", form).status_code == 422
    assert not MonthClosing.objects.filter(month=MARCH).exists()
    form = {"submission_id": str(uuid.uuid4()), "confirmed": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{page}?month=2016-03", form)
    assert client.post(f"{page}?month=2016-03", form)["Location"] == answer["Location"]
    job = Job.objects.get()
    closing = MonthClosing.objects.get(month=MARCH)
    assert answer["Location"] == reverse("common:job", args=[job.pk])
    assert (job.state, job.location) == (
        Job.State.DONE,
        reverse("fieldwork:closing", args=[closing.pk]),
    )


def test_the_page_opens_it_again_with_a_reason_alone(cast, kept, log_in, close):
    closing, client = close(3), log_in(cast.office)
    page = reverse("fieldwork:closing-reopen", args=[closing.pk])
    text = client.get(page).content.decode()
    assert "已经公布" in text and "第一书记驻村天数" in text
    assert client.post(page, {"submission_id": str(uuid.uuid4())}).status_code == 422
    form = {"submission_id": str(uuid.uuid4()), "reason": "漏认定一天"}
    assert client.post(page, form).status_code == 303
    closing.refresh_from_db()
    assert (closing.closed, closing.reopened_reason) == (False, "漏认定一天")
    settled(cast, lambda account: account.as_actor("127.0.0.1"))
    detail = reverse("fieldwork:closing", args=[closing.pk])
    text = client.get(f"{detail}?look=1").content.decode()
    assert "新计入考勤认定" in text and "村主任证明在村" in text
    assert "村主任证明在村" not in client.get(detail).content.decode()
