"""Bound journals: a book of a person's days, in which nothing typed is ever code."""

import io
import time
from datetime import date, timedelta

import pypdf
import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Journal
from tests.web.fieldwork.journals.steps import journal_of, photo, write

pytestmark = pytest.mark.django_db
YEAR = {"first": "2016-01-01", "last": "2016-12-31"}

HOSTILE = [
    '#panic("stopped")',
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*bold* _thin_ $x^2$ `raw` @ref <label> // comment /* x */",
    "= Heading\n- item\n+ item\n/ term: x",
    '"); #eval("1+1") #(',
    "\\u{41} \\n \\",
    "]]]#[[[",
    "{{ settings.SECRET_KEY }} {% now 'Y' %}",
    "\u202e字\u202c 😀 \u0007",
]


@pytest.fixture
def book(cast, log_in, at):
    """The PDF of 张三's year as the office gets it, and its text."""

    def book(account=None, **asked):
        at("2016-12-31 12:00")
        asked = {"person": cast.zhang.pk, **YEAR, **asked}
        answer = log_in(account or cast.office).get(reverse("fieldwork:journals-bound"), asked)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"] == "application/pdf"
        return pypdf.PdfReader(io.BytesIO(answer.content))

    return book


def text_of(pdf):
    return "".join("".join(page.extract_text().split()) for page in pdf.pages)


def test_a_book_has_a_title_page_and_a_day_per_entry(cast, book):
    row = journal_of(
        cast,
        cast.zhang,
        cast.secretary_posting,
        "2016-03-03",
        "2016-03-05 20:00",
        measures="入户",
        results="办成了",
        comments="满意",
    )
    row.noted.add(cast.li)
    pdf = book()
    title, day = (text_of_page(page) for page in pdf.pages)
    for word in ("工作日志", "张三", "财政局", "云溪镇柳林村", "1篇，其中补写1篇", "2016年1月1日"):
        assert word in title
    for word in (
        "2016年3月3日星期四",
        "补写，晚2天",
        "主要措施",
        "同日在村人员",
        "李四",
        "第1页，共1页",
    ):
        assert word in day


def text_of_page(page):
    return "".join(page.extract_text().split())


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_stands_there_as_it_was_typed(typed, cast, book):
    journal_of(
        cast,
        cast.zhang,
        cast.secretary_posting,
        "2016-03-03",
        "2016-03-03 20:00",
        items=typed,
        comments=typed,
    )
    cast.zhang.name = '#panic("n")'
    cast.zhang.save()
    found = text_of(book())
    plain = [sign for sign in typed if sign.isascii() and sign.isprintable() and sign != " "]
    assert "".join(plain) in found or len(plain) < 3
    assert '#panic("n")' in found


def test_photos_are_shown_small_and_three_a_day(cast, log_in, at, book):
    files = [photo(f"{n}.jpg", (n * 20, 0, 0)) for n in range(5)]
    assert write(log_in(cast.secretary), "2016-03-07", photos=files).status_code == 303
    pdf = book()
    assert len(pdf.pages[1].images) == 3
    assert max(image.image.width for image in pdf.pages[1].images) <= 320
    assert "另有照片2张" in text_of(pdf)


def test_a_lost_photo_does_not_stop_the_book(cast, log_in, at, book):
    write(log_in(cast.secretary), "2016-03-07", photos=[photo()])
    kept = Journal.objects.get().evidence.get()
    kept.thumbnail.storage.delete(kept.thumbnail.name)
    assert "另有照片1张" in text_of(book())


def test_a_year_is_bound_within_seconds(cast, book):
    days = [date(2016, 1, 1) + timedelta(days=number) for number in range(366)]
    Journal.objects.bulk_create(
        Journal(
            county=cast.county,
            posting=cast.secretary_posting,
            person=cast.zhang,
            day=day,
            items="走访贫困户，核对产业发展计划，商议脱贫办法。" * 20,
            measures="入户。" * 50,
            received_at=f"{day}T20:00:00+08:00",
        )
        for day in days
    )
    began = time.monotonic()
    pdf = book()
    assert time.monotonic() - began < 30
    assert "366篇" in text_of_page(pdf.pages[0])
    assert f"共{len(pdf.pages) - 1}页" in text_of_page(pdf.pages[-1])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"last": "2017-01-02"}, "最多装订一年"),
        ({"last": "2015-12-31"}, "早于开始日期"),
        ({"first": "x"}, "日期应写成"),
        ({"person": ""}, "这个字段"),
        ({"person": "99999999999999999999999"}, "选择一个有效的选项"),
        ({"first": "2016-04-01"}, "没有日志"),
    ],
)
def test_what_cannot_be_bound_is_said(asked, said, cast, log_in, at):
    journal_of(cast, cast.zhang, cast.secretary_posting, "2016-03-03", "2016-03-03 20:00")
    client = log_in(cast.office)
    answer = client.get(
        reverse("fieldwork:journals-bound"), {"person": cast.zhang.pk, **YEAR, **asked}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_only_whom_one_reaches_can_be_bound(cast, log_in, at):
    journal_of(cast, cast.li, cast.technician_posting, "2016-03-03", "2016-03-03 20:00")
    url, asked = reverse("fieldwork:journals-bound"), {"person": cast.li.pk, **YEAR}
    for account, status in (
        (cast.secretary, 422),
        (cast.stranger.office, 422),
        (cast.administrator, 403),
        (cast.accounts[Role.TECHNICIAN], 200),
        (cast.township, 200),
        (cast.department, 200),
    ):
        assert log_in(account).get(url, asked).status_code == status, account


def test_an_office_that_binds_is_written_down_and_the_writer_is_not(cast, book):
    journal_of(cast, cast.zhang, cast.secretary_posting, "2016-03-03", "2016-03-03 20:00")
    book(cast.secretary)
    assert not AuditEntry.objects.filter(verb="export").exists()
    book(cast.office)
    assert AuditEntry.objects.get(verb="export").object_label == "张三的日志（装订）"
