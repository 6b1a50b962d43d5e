"""A person's month, a township's month, who is in the villages today: within reach and no further."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import TeamMember
from tests.web.fieldwork.attendance.making import all_agree, book, leave, sign_in, yesterday

pytestmark = pytest.mark.django_db
REACHED_BY = {
    "zhang": {"township", "department", "first_secretary"},
    "wang": {"township", "department", "village_team"},
    "li": {"township", "department", "technician"},
}
OFFICES = {
    "headquarters", "inspectors", "organisation", "poverty_bureau", "agriculture", "discipline",
    "reviewer", "leader", "auditor",
}  # fmt: skip


def month_of(person, month=date(2016, 5, 1)):
    return reverse("fieldwork:person-month", args=[person.pk, month.year, month.month])


@pytest.mark.parametrize("name", REACHED_BY)
def test_a_persons_month_is_seen_by_whom_it_concerns(name, cast, client, log_in):
    seen = set()
    for role, account in cast.accounts.items():
        log_in(account)
        answer = client.get(month_of(getattr(cast, name)))
        if answer.status_code == 200:
            seen.add(str(role))
        else:
            assert answer.status_code == (403 if role == "administrator" else 404), role
    assert seen == OFFICES | REACHED_BY[name]


def test_a_strangers_month_is_not_there(cast, log_in):
    assert log_in(cast.office).get(month_of(cast.stranger.zhang)).status_code == 404


@pytest.mark.parametrize(("year", "month"), [(2016, 0), (2016, 13), (1999, 12), (2101, 1), (0, 1)])
def test_a_month_that_is_none_is_not_there(year, month, cast, log_in):
    url = reverse("fieldwork:person-month", args=[cast.zhang.pk, year, month])
    assert log_in(cast.office).get(url).status_code == 404


@pytest.mark.parametrize("month", [date(2000, 1, 1), date(2100, 12, 1), date(2016, 2, 1)])
def test_the_calendar_holds_at_its_ends(month, cast, log_in):
    client = log_in(cast.office)
    assert client.get(month_of(cast.zhang, month)).status_code == 200
    asked = {"month": f"{month:%Y-%m}"}
    for page in ("month-grid", "conflicts"):
        assert client.get(reverse(f"fieldwork:{page}"), asked).status_code == 200


def test_a_month_tells_each_day_in_words(cast, log_in):
    all_agree(cast, date(2016, 5, 3))
    book(cast.secretary_posting, cast.zhang, date(2016, 5, 4))
    leave(cast.secretary_posting, cast.zhang, date(2016, 5, 9), date(2016, 5, 10))
    text = log_in(cast.secretary).get(month_of(cast.zhang)).content.decode()
    for word in ("在村", "不一致", "请假", "劳动节"):
        assert word in text
    assert text.count("calendar-state day-leave") == 2
    assert "工作日 21 天" in text


def test_a_member_does_not_see_a_colleagues_days(cast, log_in):
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 1, 1))
    client = log_in(cast.accounts["village_team"])
    assert client.get(month_of(cast.zhao)).status_code == 404
    text = client.get(reverse("fieldwork:month-grid"), {"month": "2016-05"}).content.decode()
    assert "王五" in text
    assert "赵六" not in text


def test_the_grid_shows_a_township_its_own(cast, log_in):
    cast.technician_posting.village = cast.shiqiao
    cast.technician_posting.save()
    text = log_in(cast.township).get(reverse("fieldwork:month-grid"), {"month": "2016-05"})
    text = text.content.decode()
    assert "张三" in text
    assert "李四" not in text


def test_an_office_chooses_the_township(cast, log_in):
    cast.technician_posting.village = cast.shiqiao
    cast.technician_posting.save()
    client = log_in(cast.office)
    asked = {"month": "2016-05", "township": cast.daping.pk}
    text = client.get(reverse("fieldwork:month-grid"), asked).content.decode()
    assert "李四" in text
    assert "张三" not in text
    # A township of another county is none to choose.
    asked["township"] = cast.stranger.daping.pk
    assert "张三" in client.get(reverse("fieldwork:month-grid"), asked).content.decode()


def test_the_exported_month_has_the_signs_and_the_sums(cast, log_in):
    all_agree(cast, date(2016, 5, 3))
    leave(cast.secretary_posting, cast.zhang, date(2016, 5, 9), date(2016, 5, 10))
    client = log_in(cast.township)
    answer = client.get(reverse("fieldwork:month-grid-export"), {"month": "2016-05"})
    heads, first, *_ = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    line = dict(zip(heads, first, strict=True))
    assert (line["人员"], line["3"], line["9"], line["4"]) == ("张三", "√", "假", None)
    assert (line["计入天数"], line["应驻村天数"], line["请假"]) == (1, 15, 2)
    assert AuditEntry.objects.filter(verb="export").count() == 1


def test_today_tells_an_office_who_is_there(cast, log_in):
    sign_in(cast.secretary_posting, cast.zhang, timezone.localdate())
    leave(cast.technician_posting, cast.li, yesterday(), timezone.localdate(), kind="official")
    text = log_in(cast.township).get(reverse("fieldwork:today")).content.decode()
    for word in ("签到</span>", "公务外出", "没有签到"):
        assert word in text


@pytest.mark.parametrize(
    ("mark", "found"),
    [("late", {"2016年5月2日"}), ("outside", {"2016年5月3日"}), ("placeless", {"2016年5月4日"})],
)
def test_sign_ins_are_found_by_what_is_to_be_looked_at(mark, found, cast, log_in):
    place = {"longitude": 105, "latitude": 31, "accuracy": 20}
    posting, person = cast.secretary_posting, cast.zhang
    sign_in(posting, person, date(2016, 5, 1), distance=3020, **place)
    sign_in(posting, person, date(2016, 5, 2), distance=10, late_reason="补", **place)
    sign_in(posting, person, date(2016, 5, 3), distance=3021, **place)
    sign_in(posting, person, date(2016, 5, 4))
    text = log_in(cast.township).get(reverse("fieldwork:sign-ins"), {"mark": mark})
    text = text.content.decode()
    assert {f"2016年5月{day}日" for day in (1, 2, 3, 4) if f"2016年5月{day}日" in text} == found


def test_sign_ins_of_others_are_not_listed(cast, log_in):
    sign_in(cast.secretary_posting, cast.zhang, date(2016, 5, 1))
    sign_in(cast.stranger.secretary_posting, cast.stranger.zhang, date(2016, 5, 2))
    for account, seen in ((cast.accounts["technician"], False), (cast.township, True)):
        text = log_in(account).get(reverse("fieldwork:sign-ins")).content.decode()
        assert ("2016年5月1日" in text) is seen
        assert "2016年5月2日" not in text


@pytest.mark.parametrize("asked", ["2016-13", "x", "99999-01", "\x00", "2016-05'--"])
def test_a_month_that_cannot_be_read_is_this_one(asked, cast, log_in):
    client = log_in(cast.township)
    for page in ("month-grid", "conflicts", "book", "month-grid-export"):
        assert client.get(reverse(f"fieldwork:{page}"), {"month": asked}).status_code == 200
