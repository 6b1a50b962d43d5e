"""Writing a day's journal: whose, on which days, until when, and what is stored."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Journal, MonthClosing
from kaohe.web.roster.models import Posting, TeamMember, WorkYear
from tests.web.fieldwork.journals.steps import TEXT, photo, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(cast, log_in, at):
    return log_in(cast.secretary)


def test_the_form_is_for_today_and_says_until_when(secretary):
    text = secretary.get(reverse("fieldwork:journal-write")).content.decode()
    assert "2016年3月7日" in text
    assert "改到2016年3月10日为止" in text
    assert "云溪镇柳林村" in text


def test_a_journal_is_stored_with_the_server_s_time(secretary, cast, at):
    answer = write(
        secretary,
        "2016-03-07",
        measures="入户",
        results="核对完",
        comments="满意",
        received_at="2016-01-01",
    )
    journal = Journal.objects.get()
    assert answer["Location"] == reverse("fieldwork:journal", args=[journal.pk])
    assert (journal.person, journal.posting) == (cast.zhang, cast.secretary_posting)
    assert (journal.items, journal.measures) == (TEXT, "入户")
    assert journal.received_at.isoformat() == "2016-03-07T12:00:00+00:00"


def test_who_else_was_there_is_offered_to_the_first_secretary_only(secretary, cast, client, log_in):
    page = secretary.get(reverse("fieldwork:journal-write")).content.decode()
    assert "李四（农业科技人员）" in page
    assert "王五（驻村工作队）" in page
    assert "张三（" not in page
    technician = log_in(cast.accounts[Role.TECHNICIAN])
    assert (
        "当天还有谁在村" not in technician.get(reverse("fieldwork:journal-write")).content.decode()
    )


def test_the_ticks_are_stored_and_told(secretary, cast):
    write(secretary, "2016-03-07", noted=[cast.li.pk, cast.wang.pk])
    journal = Journal.objects.get()
    assert set(journal.noted.all()) == {cast.li, cast.wang}
    told = AuditEntry.objects.filter(object_type="fieldwork.noted", verb="create")
    assert told.count() == 2


def test_the_ticks_can_be_taken_back(secretary, cast):
    write(secretary, "2016-03-07", noted=[cast.li.pk, cast.wang.pk])
    write(secretary, "2016-03-07", noted=[cast.wang.pk], version=1)
    assert set(Journal.objects.get().noted.all()) == {cast.wang}


@pytest.mark.parametrize("who", ["zhao", "zhang"], ids=["somebody elsewhere", "themselves"])
def test_nobody_else_can_be_ticked(who, secretary, cast):
    answer = write(secretary, "2016-03-07", noted=[getattr(cast, who).pk])
    assert answer.status_code == 422
    assert not Journal.objects.exists()


def test_a_member_who_left_the_team_is_not_offered(secretary, cast):
    TeamMember.objects.filter(pk=cast.member.pk).update(end=date(2016, 3, 6))
    page = secretary.get(reverse("fieldwork:journal-write")).content.decode()
    assert "王五" not in page
    page = secretary.get(reverse("fieldwork:journal-write"), {"day": "2016-03-06"})
    assert "王五" in page.content.decode()


def test_photos_are_kept_and_can_be_taken_out(secretary, cast):
    write(secretary, "2016-03-07", photos=[photo("a.jpg"), photo("b.jpg", "red")])
    journal = Journal.objects.get()
    first = journal.evidence.order_by("pk").first()
    assert (first.person, first.village) == (cast.zhang, cast.liulin)
    write(secretary, "2016-03-07", version=1, dropped=[first.pk])
    assert [one.name for one in journal.evidence.all()] == ["b.jpg"]


def test_a_journal_holds_no_more_than_nine_photos(secretary):
    write(secretary, "2016-03-07", photos=[photo(f"{n}.jpg", (n, 0, 0)) for n in range(9)])
    answer = write(secretary, "2016-03-07", version=1, photos=[photo("more.jpg", "red")])
    assert answer.status_code == 422
    assert "最多 9 张" in answer.content.decode()
    assert Journal.objects.get().evidence.count() == 9


def test_a_second_journal_of_a_day_is_refused(secretary):
    write(secretary, "2016-03-07")
    answer = write(secretary, "2016-03-07", items="另一篇")
    assert answer.status_code == 422
    assert "已有一篇日志" in answer.content.decode()
    assert Journal.objects.get().items == TEXT


def test_a_changed_journal_keeps_its_time_of_receipt(secretary, at):
    write(secretary, "2016-03-07")
    at("2016-03-09 08:00")
    assert write(secretary, "2016-03-07", items="改过", version=1).status_code == 303
    journal = Journal.objects.get()
    assert journal.items == "改过"
    assert journal.received_at.isoformat() == "2016-03-07T12:00:00+00:00"


def test_two_phones_get_both_versions_to_choose_from(secretary, cast):
    write(secretary, "2016-03-07", noted=[cast.li.pk])
    write(secretary, "2016-03-07", items="第一部手机", noted=[cast.wang.pk], version=1)
    answer = write(secretary, "2016-03-07", items="第二部手机", version=1)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "第一部手机" in text
    assert "第二部手机" in text
    chosen = {"choose-items": "yours", "choose-noted": "theirs", "version": 2}
    assert write(secretary, "2016-03-07", items="第二部手机", **chosen).status_code == 303
    journal = Journal.objects.get()
    assert journal.items == "第二部手机"
    assert set(journal.noted.all()) == {cast.wang}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2016-03-08", "还没有到"),
        ("2016-03-03", "已经锁定"),
    ],
)
def test_a_day_that_is_not_open_is_refused(day, said, secretary):
    answer = write(secretary, day)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert said in secretary.get(reverse("fieldwork:journal-write"), {"day": day}).content.decode()
    assert not Journal.objects.exists()


@pytest.mark.parametrize(
    ("now", "day", "taken"),
    [
        ("2016-03-10 23:59", "2016-03-07", True),
        ("2016-03-11 00:00", "2016-03-07", False),
        ("2016-03-01 00:01", "2016-02-29", True),
    ],
    ids=["the last minute of grace", "a minute later", "over a leap month's end"],
)
def test_the_server_s_clock_decides(now, day, taken, secretary, at):
    at(now)
    assert (write(secretary, day).status_code == 303) is taken
    assert Journal.objects.exists() is taken


def test_after_the_grace_a_journal_is_locked(secretary, at):
    write(secretary, "2016-03-07")
    journal = Journal.objects.get()
    at("2016-03-11 08:00")
    assert write(secretary, "2016-03-07", items="改", version=1).status_code == 422
    assert Journal.objects.get().items == TEXT
    page = secretary.get(reverse("fieldwork:journal", args=[journal.pk])).content.decode()
    assert "已锁定" in page
    assert "修改</a>" not in page


def test_the_grace_is_that_of_the_day_s_year(secretary, cast, at):
    WorkYear.objects.create(
        county=cast.county,
        year=2017,
        scheme_name="stricter",
        scheme_text=cast.year.scheme_text.replace("journal_grace: 3", "journal_grace: 0"),
        scheme_sha256="0" * 64,
    )
    at("2017-01-02 08:00")
    assert write(secretary, "2017-01-01").status_code == 422
    assert write(secretary, "2017-01-02").status_code == 303
    assert write(secretary, "2016-12-31").status_code == 303


def test_outside_of_the_posting_nothing_can_be_written(secretary, cast):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 3, 5))
    assert write(secretary, "2016-03-05").status_code == 303
    for day in ("2016-03-06", "2016-03-07"):
        assert write(secretary, day).status_code == 422
        page = secretary.get(reverse("fieldwork:journal-write"), {"day": day})
        assert "这一天您不在派驻期间" in page.content.decode()
    assert Journal.objects.count() == 1


def test_before_its_start_too(secretary, cast):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(start=date(2016, 3, 7))
    assert write(secretary, "2016-03-06").status_code == 422
    assert write(secretary, "2016-03-07").status_code == 303


def test_whoever_serves_two_villages_says_which(secretary, cast):
    other = Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        person=cast.zhang,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 3, 1),
    )
    page = secretary.get(reverse("fieldwork:journal-write")).content.decode()
    assert "大坪乡石桥村" in page
    assert write(secretary, "2016-03-07").status_code == 422
    assert write(secretary, "2016-03-07", service=f"{other.pk}-{cast.zhang.pk}").status_code == 303
    assert Journal.objects.get().posting == other


@pytest.mark.parametrize("how", ["month", "year"])
def test_a_closed_month_takes_no_journal(how, secretary, cast):
    if how == "month":
        MonthClosing.objects.create(
            year=cast.year,
            month=date(2016, 3, 1),
            closed_by="办公室",
            closed_at="2016-03-07T00:00Z",
        )
    else:
        WorkYear.objects.filter(pk=cast.year.pk).update(state=WorkYear.State.CLOSED)
    answer = write(secretary, "2016-03-07")
    assert answer.status_code == 422
    assert "不能再改" in answer.content.decode()
    assert not Journal.objects.exists()


def test_a_reopened_month_takes_it(secretary, cast):
    MonthClosing.objects.create(
        year=cast.year,
        month=date(2016, 3, 1),
        closed_by="办公室",
        closed_at="2016-03-06T00:00Z",
        reopened_at="2016-03-07T00:00Z",
        reopened_reason="漏登",
    )
    assert write(secretary, "2016-03-07").status_code == 303


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.TECHNICIAN])
def test_others_of_the_field_write_their_own(role, cast, log_in, at):
    assert write(log_in(cast.accounts[role]), "2016-03-07").status_code == 303
    person = {Role.VILLAGE_TEAM: cast.wang, Role.TECHNICIAN: cast.li}[role]
    assert Journal.objects.get().person == person


@pytest.mark.parametrize("role", [Role.TOWNSHIP, Role.HEADQUARTERS, Role.ORGANISATION, Role.LEADER])
def test_offices_write_none(role, cast, log_in, at):
    assert write(log_in(cast.accounts[role]), "2016-03-07").status_code == 403


def test_nobody_writes_for_another(secretary, cast):
    other = f"{cast.technician_posting.pk}-{cast.li.pk}"
    # With one posting of one's own, no other is a choice.
    assert write(secretary, "2016-03-07", service=other).status_code == 422
    assert not Journal.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"items": ""},
        {"items": "   "},
        {"items": "字" * 4001},
        {"items": "a\x00b"},
        {"day": "昨天"},
        {"day": "2016-02-30"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"noted": ["x"]},
        {"noted": ["99999999999999999999999"]},
        {"version": "-1"},
        {"dropped": ["1"]},
        {"service": "1-1"},
    ],
    ids=lambda fields: f"{next(iter(fields))}={next(iter(fields.values()))!r:.20}",
)
def test_what_is_hostile_is_refused_or_ignored(fields, secretary):
    answer = write(secretary, fields.pop("day", "2016-03-07"), **fields)
    assert answer.status_code in {303, 422}
    assert Journal.objects.count() == (answer.status_code == 303)


def test_what_was_typed_is_shown_as_text_only(secretary):
    write(secretary, "2016-03-07", items="<script>alert(1)</script>", comments="{{ 7|add:1 }}")
    page = secretary.get(reverse("fieldwork:journal", args=[Journal.objects.get().pk]))
    assert "&lt;script&gt;" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_a_form_sent_again_is_stored_once(secretary):
    number = str(uuid.uuid4())
    fields = {"submission_id": number, "measures": "甲\r\n乙"}
    answers = [
        write(secretary, "2016-03-07", photos=[photo()], **fields).status_code for _ in range(10)
    ]
    assert answers == [303] * 10
    assert Journal.objects.get().evidence.count() == 1
    assert AuditEntry.objects.filter(object_type="fieldwork.journal", verb="create").count() == 1


def test_the_same_number_with_another_text_is_refused(secretary):
    number = str(uuid.uuid4())
    write(secretary, "2016-03-07", submission_id=number)
    answer = write(secretary, "2016-03-06", submission_id=number)
    assert answer.status_code == 409
    assert Journal.objects.count() == 1
