"""The township enters a village's paper book as a grid: all cells or none, nobody's newer ones lost."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import BookEntry, MonthClosing
from kaohe.web.roster.models import RoleGrant
from tests.web.fieldwork.attendance.making import book as entered

pytestmark = pytest.mark.django_db


class Sheet:
    """The grid of 柳林村 in May 2016, as a browser sends it."""

    def __init__(self, cast, client, month="2016-05"):
        self.cast, self.client = cast, client
        self.url = f"{reverse('fieldwork:book')}?village={cast.liulin.pk}&month={month}"

    def row(self, posting, person):
        return f"{posting.pk}-{person.pk}"

    def send(self, cells, was=None, again=None):
        """cells: (row, day) → text; was: row → the 31 signs that it was shown with."""
        data = {f"c-{row}-{day}": text for (row, day), text in cells.items()}
        for row in {row for row, _ in cells}:
            data[f"w-{row}"] = (was or {}).get(row, "." * 31)
        data["submission_id"] = again or str(uuid.uuid4())
        return self.client.post(self.url, data)


@pytest.fixture
def sheet(cast, log_in):
    return Sheet(cast, log_in(cast.township))


@pytest.fixture
def zhang(cast, sheet):
    return sheet.row(cast.secretary_posting, cast.zhang)


def marks():
    return {(row.day.day, row.present) for row in BookEntry.objects.all()}


def test_a_month_is_entered_at_once(cast, sheet, zhang):
    wang = sheet.row(cast.team_posting, cast.wang)
    signs = ["√", "1", "v", "是", "×", "0", "x", "否", "", " √ "]
    cells = {(zhang, day): sign for day, sign in enumerate(signs, start=1)}
    assert sheet.send({**cells, (wang, 31): "1"}).status_code == 303
    of_zhang = {(row.day.day, row.present) for row in BookEntry.objects.filter(person=cast.zhang)}
    assert of_zhang == {(day, day in {1, 2, 3, 4, 10}) for day in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    assert BookEntry.objects.get(person=cast.wang).posting == cast.team_posting
    assert AuditEntry.objects.filter(object_type="fieldwork.bookentry").count() == 10


def test_a_sheet_sent_again_is_entered_once(sheet, zhang):
    number = str(uuid.uuid4())
    for _ in range(3):
        assert sheet.send({(zhang, 1): "√"}, again=number).status_code == 303
    assert AuditEntry.objects.filter(object_type="fieldwork.bookentry").count() == 1


def test_a_cell_is_changed_and_cleared(cast, sheet, zhang):
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 1))
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 2))
    was = {zhang: "11" + "." * 29}
    assert sheet.send({(zhang, 1): "×", (zhang, 2): ""}, was).status_code == 303
    assert marks() == {(1, False)}
    verbs = AuditEntry.objects.filter(object_type="fieldwork.bookentry").values_list("verb")
    assert sorted(verb for (verb,) in verbs) == ["delete", "update"]


def test_what_cannot_be_read_is_said_at_the_cell_and_nothing_is_stored(sheet, zhang):
    page = sheet.send({(zhang, 1): "√", (zhang, 2): "？？", (zhang, 3): "<b>"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "张三 5月2日" in text
    assert "“？？”看不懂" in text
    assert "&lt;b&gt;" in text
    assert not BookEntry.objects.exists()


def test_the_second_of_two_who_enter_one_cell_sees_the_others(cast, sheet, zhang):
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 1), present=False)
    page = sheet.send({(zhang, 1): "√", (zhang, 2): "√"})
    assert page.status_code == 409
    assert "别人录的：×" in page.content.decode()
    assert marks() == {(1, False)}
    # Shown with the newer one, it can be saved over it.
    assert (
        sheet.send({(zhang, 1): "√", (zhang, 2): "√"}, {zhang: "0" + "." * 30}).status_code == 303
    )
    assert marks() == {(1, True), (2, True)}


def test_a_cell_left_alone_keeps_what_another_entered_meanwhile(cast, sheet, zhang):
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 1))
    assert sheet.send({(zhang, 1): "", (zhang, 2): "√"}).status_code == 303
    assert marks() == {(1, True), (2, True)}


def test_two_who_enter_the_same_do_not_disagree(cast, sheet, zhang):
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 1))
    assert sheet.send({(zhang, 1): "√"}).status_code == 303
    assert marks() == {(1, True)}


def test_days_out_of_service_and_days_to_come_are_not_taken(cast, log_in, sheet, zhang):
    cast.secretary_posting.end = date(2016, 5, 10)
    cast.secretary_posting.save()
    assert sheet.send({(zhang, 10): "√", (zhang, 11): "√"}).status_code == 303
    assert marks() == {(10, True)}
    today = timezone.localdate()
    following = Sheet(cast, sheet.client, f"{today.year + 1}-01")
    li = following.row(cast.technician_posting, cast.li)
    assert following.send({(li, 1): "√"}).status_code == 303
    assert marks() == {(10, True)}


def test_another_villages_people_are_not_on_the_sheet(cast, sheet):
    other = sheet.row(cast.stranger.secretary_posting, cast.stranger.zhang)
    assert sheet.send({(other, 1): "√"}).status_code == 303
    assert not BookEntry.objects.exists()


def test_a_day_that_stands_in_another_villages_book_is_refused(cast, sheet):
    second = cast.technician_posting
    first = second.pk
    second.pk, second.village = None, cast.shiqiao
    second.save()
    entered(second, cast.li, date(2016, 5, 3))
    page = sheet.send({(f"{first}-{cast.li.pk}", 3): "√"})
    assert page.status_code == 422
    assert "这一天已记在石桥村的考勤簿上" in page.content.decode()


def test_nobody_enters_their_own_days(cast, log_in):
    RoleGrant.objects.create(
        account=cast.secretary, role=Role.TOWNSHIP, unit=cast.yunxi, person=None
    )
    sheet = Sheet(cast, log_in(cast.secretary))
    zhang = sheet.row(cast.secretary_posting, cast.zhang)
    assert "本人不能录" in sheet.client.get(sheet.url).content.decode()
    assert sheet.send({(zhang, 1): "√"}).status_code == 303
    assert not BookEntry.objects.exists()


def test_a_closed_months_book_is_only_read(cast, sheet, zhang):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 5, 1), closed_by="办公室", closed_at=timezone.now()
    )
    assert "这个月已结账" in sheet.client.get(sheet.url).content.decode()
    assert sheet.send({(zhang, 1): "√"}).status_code == 422
    assert not BookEntry.objects.exists()


def test_another_townships_village_is_not_there(cast, sheet):
    for village in (cast.shiqiao.pk, cast.stranger.liulin.pk, "x", ""):
        url = f"{reverse('fieldwork:book')}?village={village}&month=2016-05"
        assert sheet.client.get(url).status_code == 404
        assert sheet.client.post(url, {"submission_id": str(uuid.uuid4())}).status_code == 404


def test_the_villages_are_listed_with_the_state_of_their_books(cast, sheet):
    entered(cast.secretary_posting, cast.zhang, date(2016, 5, 1))
    page = sheet.client.get(reverse("fieldwork:book"), {"month": "2016-05"}).content.decode()
    assert "柳林村" in page
    assert "录了一部分" in page
    assert "石桥村" not in page


def test_holidays_are_shaded_and_named(sheet):
    page = sheet.client.get(sheet.url).content.decode()
    assert page.count('<th scope="col" class="rest">') == 10
    assert "劳动节" in page
