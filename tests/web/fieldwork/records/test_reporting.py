"""Writing work records down: what the scheme and the calendar allow, and nothing twice unasked."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Evidence, MonthClosing, WorkRecord
from kaohe.web.roster.models import Posting, Unit, WorkYear
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.records.ways import record_of

pytestmark = pytest.mark.django_db
R = Role
VISIT = {"day": "2016-05-05", "target": "赵大山"}


@pytest.fixture
def technician(cast, log_in, at):
    return log_in(cast.accounts[R.TECHNICIAN])


@pytest.fixture
def send(cast, sender):
    """Send a record of a sort, in the technician's posting unless another subject is named."""

    def send(client, sort="household_visit", subject=None, page="record-add", **fields):
        subject = subject or f"posting-{cast.technician_posting.pk}"
        return sender(client, page, query=f"?subject={subject}&sort={sort}", **fields)

    return send


def text_of(answer):
    return answer.content.decode()


def test_a_record_says_whose_it_is_and_who_wrote_it(technician, cast, send):
    answer = send(technician, state="confirmed", confirmed_by="我", county=9, **VISIT)
    row = WorkRecord.objects.get()
    assert answer["Location"] == reverse("fieldwork:record", args=[row.pk])
    assert (row.posting, row.unit, row.kind) == (cast.technician_posting, None, "household_visit")
    assert (row.day, row.target, row.state) == (date(2016, 5, 5), "赵大山", "reported")
    assert row.reported_by_id == cast.accounts[R.TECHNICIAN].pk
    assert (row.year, row.confirmed_by) == (cast.year, "")


def test_one_more_keeps_the_sort_and_the_day(technician, send):
    answer = send(technician, another="1", **VISIT)
    assert "sort=household_visit&day=2016-05-05" in answer["Location"]
    page = text_of(technician.get(answer["Location"]))
    assert 'value="2016-05-05"' in page
    assert '<option value="赵大山">' in page


def test_a_form_sent_again_is_stored_once(technician, send):
    number = str(uuid.uuid4())
    answers = [send(technician, submission_id=number, **VISIT).status_code for _ in range(4)]
    assert answers == [303] * 4
    assert WorkRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2016-05-10", "还没有到"),
        ("2016-03-31", "不在派驻期间"),
        ("2015-12-31", "2015 年度还没有设立"),
        ("2016-04-05", "已结账"),
        ("2016-05-32", "日期"),
    ],
)
def test_a_day_that_does_not_fit_is_refused(day, why, technician, cast, send):
    Posting.objects.filter(pk=cast.technician_posting.pk).update(start=date(2016, 4, 1))
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 4, 1), closed_by="办公室", closed_at="2016-05-02T00:00Z"
    )
    answer = send(technician, day=day, target="赵大山")
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert not WorkRecord.objects.exists()


@pytest.mark.parametrize("day", ["2015-12-31", "2016-05-05"])
def test_only_an_open_year_takes_records(day, technician, cast, send):
    Posting.objects.update(start=date(2015, 1, 1))
    text = cast.year.scheme_text
    WorkYear.objects.create(
        county=cast.county, year=2015, scheme_name="x", scheme_text=text, scheme_sha256="0" * 64
    )
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    answer = send(technician, day=day, target="赵大山")
    assert answer.status_code == 422
    assert "只登记进行中的年度的工作" in text_of(answer)
    assert not WorkRecord.objects.exists()


@pytest.mark.parametrize(
    ("quantity", "stored"),
    [
        ("95.55", Decimal("95.55")),
        ("100", 100),
        ("0", 0),
        ("100.01", None),
        ("12.345", None),
        ("-1", None),
        ("", None),
        ("九十", None),
        ("NaN", None),
        ("1e30", None),
    ],
)
def test_a_quantity_is_exact_and_within_the_scheme_s_maximum(quantity, stored, technician, send):
    answer = send(technician, "technique", day="2016-05-05", target="覆膜", quantity=quantity)
    rows = list(WorkRecord.objects.values_list("quantity", flat=True))
    assert rows == ([] if stored is None else [stored])
    assert answer.status_code == (422 if stored is None else 303)


def test_evidence_is_asked_for_where_the_scheme_asks(technician, cast, send):
    training = {"sort": "training", "day": "2016-05-05", "quantity": "30"}
    assert "请至少选一个文件" in text_of(send(technician, **training))
    assert send(technician, photos=[photo()], **training).status_code == 303
    file = Evidence.objects.get()
    assert (file.person, file.village, file.unit) == (cast.li, cast.liulin, None)
    assert list(WorkRecord.objects.get().evidence.all()) == [file]


@pytest.mark.parametrize("sort", ["meeting", "no-such", ""])
def test_a_sort_of_another_kind_is_not_offered(sort, technician, send):
    answer = send(technician, sort, day="2016-05-05")
    assert (answer.status_code, answer["Location"]) == (303, reverse("fieldwork:records"))
    assert not WorkRecord.objects.exists()


# A target keeps one spelling


@pytest.mark.parametrize(
    "typed", ["赵大山（2组）", " 赵大山(2组) ", "赵 大山（２组）", "赵大山 （2 组）"]
)
def test_a_known_target_is_written_as_before(typed, technician, send):
    send(technician, day="2016-05-04", target="赵大山（2组）")
    send(technician, day="2016-05-05", target=typed)
    assert list(WorkRecord.objects.values_list("target", flat=True)) == ["赵大山（2组）"] * 2


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("红富士　ＬＳ－１", "红富士LS-1"), ("  Gala   A ", "Gala A"), ("李四(三组)", "李四（三组）")],
)
def test_a_new_target_gets_its_one_form(typed, stored, technician, send):
    send(technician, day="2016-05-04", target=typed)
    assert WorkRecord.objects.get().target == stored


def test_targets_of_whoever_served_before_and_of_other_sorts_are_offered(technician, cast):
    before = Posting.objects.create(
        county=cast.county,
        kind="technician",
        person=cast.zhao,
        department=cast.finance,
        village=cast.liulin,
        start=date(2015, 1, 1),
        end=date(2015, 12, 31),
    )
    record_of(cast, before, target="前任去过的户")
    record_of(cast, cast.technician_posting, "point_training", target="点对点的户")
    record_of(cast, cast.technician_posting, "demonstration_household", target="示范户甲")
    record_of(cast, cast.technician_posting, target="写错的户", state="refused")
    query = {"subject": f"posting-{cast.technician_posting.pk}", "sort": "household_visit"}
    page = text_of(technician.get(reverse("fieldwork:record-add"), query))
    offered = ["前任去过的户", "点对点的户"]
    assert [name for name in (*offered, "示范户甲", "写错的户") if name in page] == offered


# Nothing twice unasked


def test_the_same_day_sort_and_target_is_asked_about(technician, send):
    send(technician, **VISIT)
    answer = send(technician, **VISIT | {"target": "赵 大山"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "已经登记过“到户指导”（赵大山）" in page
    assert 'type="checkbox" name="again"' in page
    assert send(technician, again="on", **VISIT).status_code == 303
    assert WorkRecord.objects.count() == 2


def test_another_day_target_or_sort_is_no_double(technician, send):
    send(technician, **VISIT)
    assert send(technician, **VISIT | {"day": "2016-05-06"}).status_code == 303
    assert send(technician, **VISIT | {"target": "钱小河"}).status_code == 303
    assert send(technician, "point_training", **VISIT).status_code == 303


# Several at once


def test_a_day_of_visits_makes_a_record_each_with_the_same_files(technician, cast, send):
    for name in ("赵大山", "钱小河", "孙石头"):
        record_of(cast, cast.technician_posting, day="2016-04-05", target=name)
    answer = send(
        technician,
        page="record-add-many",
        day="2016-05-05",
        targets=["赵大山", "孙石头"],
        more="李新户、赵 大山，周老三",
        photos=[photo()],
    )
    assert answer.status_code == 303
    rows = WorkRecord.objects.filter(day=date(2016, 5, 5))
    assert {row.target for row in rows} == {"赵大山", "孙石头", "李新户", "周老三"}
    assert Evidence.objects.count() == 1
    assert {row.evidence.count() for row in rows} == {1}


def test_a_double_among_many_stores_none_of_them(technician, cast, send):
    for name in ("赵大山", "钱小河"):
        record_of(cast, cast.technician_posting, target=name)
    many = {"page": "record-add-many", "day": "2016-05-05", "targets": ["赵大山", "钱小河"]}
    answer = send(technician, more="李新户", **many)
    assert answer.status_code == 422
    assert "（赵大山、钱小河）" in text_of(answer)
    assert WorkRecord.objects.count() == 2
    assert send(technician, more="李新户", again="on", **many).status_code == 303
    assert WorkRecord.objects.count() == 5


def test_nothing_ticked_is_refused(technician, cast, send):
    record_of(cast, cast.technician_posting, target="赵大山")
    answer = send(technician, page="record-add-many", day="2016-05-05")
    assert answer.status_code == 422
    assert "请至少勾选一个" in text_of(answer)


# For whom


@pytest.mark.parametrize(
    ("role", "subject", "sort", "stored"),
    [
        (R.TOWNSHIP, "yunxi", "meeting", True),
        (R.TOWNSHIP, "daping", "meeting", False),
        (R.TOWNSHIP, "technician_posting", "household_visit", False),
        (R.DEPARTMENT, "finance", "quarterly_report", True),
        (R.DEPARTMENT, "technician_posting", "household_visit", False),
        (R.TECHNICIAN, "finance", "quarterly_report", False),
        (R.FIRST_SECRETARY, "technician_posting", "household_visit", False),
        (R.HEADQUARTERS, "daping", "meeting", True),
        (R.HEADQUARTERS, "technician_posting", "household_visit", True),
    ],
)
def test_each_reports_for_its_own_and_the_office_for_all(
    role, subject, sort, stored, cast, log_in, send
):
    row = getattr(cast, subject)
    code = f"{'unit' if isinstance(row, Unit) else 'posting'}-{row.pk}"
    target = "赵大山" if sort == "household_visit" else ""
    send(
        log_in(cast.accounts[role]),
        sort,
        code,
        day="2016-05-05",
        target=target,
        photos=[photo()],
    )
    assert WorkRecord.objects.exists() is stored


@pytest.mark.parametrize("subject", ["unit-0", "posting-x", "x", "", "unit-²", "posting-9" * 9])
def test_any_subject_can_be_asked_for(subject, technician, send):
    assert send(technician, subject=subject or "-", **VISIT).status_code == 303
    assert not WorkRecord.objects.exists()


def test_strangers_are_not_reported_for(cast, log_in, send):
    stranger = f"posting-{cast.stranger.technician_posting.pk}"
    send(log_in(cast.office), subject=stranger, **VISIT)
    assert not WorkRecord.objects.exists()


@pytest.mark.parametrize("role", [R.AGRICULTURE, R.LEADER, R.REVIEWER])
def test_others_report_nothing(role, cast, log_in, send):
    assert send(log_in(cast.accounts[role]), **VISIT).status_code == 403
