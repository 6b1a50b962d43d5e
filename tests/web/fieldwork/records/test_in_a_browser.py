"""A day of visits from the phone to the township's inbox, as a browser does it."""

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import WorkRecord
from tests.web.fieldwork.records.ways import record_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_several_visits_are_ticked_on_the_phone_and_confirmed_at_once(cast, site):
    for name in ("赵大山", "钱小河", "孙石头"):
        record_of(cast, cast.technician_posting, day="2016-04-05", target=name, state="confirmed")
    watched = site.at(cast.accounts[Role.TECHNICIAN], "fieldwork:records", phone=True)
    page = watched.page
    page.get_by_role("link", name="到户指导").tap()
    page.get_by_role("link", name="一次记多个农户").tap()
    page.get_by_label("日期").fill("2016-05-05")
    page.get_by_label("赵大山").check()
    page.get_by_label("孙石头").check()
    page.get_by_label("情况").fill("查看病虫害")
    page.get_by_role("button", name="保存 （2）").dblclick()
    page.get_by_text("每个农户一条，等待确认").wait_for()
    assert WorkRecord.objects.filter(state="reported").count() == 2
    assert watched.too_wide() == []
    assert watched.heard() == []

    inbox = site.at(cast.township, "fieldwork:records-waiting")
    inbox.page.get_by_label("选这一页的全部").check()
    inbox.page.get_by_role("button", name="确认所选 （2）").click()
    inbox.page.get_by_text("已确认 2 条工作记录").wait_for()
    assert set(WorkRecord.objects.values_list("state", flat=True)) == {"confirmed"}
    assert inbox.violations() == []
    assert inbox.heard() == []


def test_a_second_record_of_a_day_is_asked_about_with_all_that_was_typed(cast, site):
    record_of(cast, cast.technician_posting)
    watched = site.at(cast.accounts[Role.TECHNICIAN], "fieldwork:records", phone=True)
    page, query = watched.page, f"?subject=posting-{cast.technician_posting.pk}"
    page.goto(f"{reverse('fieldwork:record-add')}{query}&sort=household_visit&day=2016-05-05")
    page.get_by_label("农户").fill("赵大山")
    page.get_by_label("情况").fill("下午又去看了一次")
    page.get_by_role("button", name="保存", exact=True).tap()
    page.get_by_label("不是重复").check()
    assert page.get_by_label("情况").input_value() == "下午又去看了一次"
    page.get_by_role("button", name="保存", exact=True).tap()
    page.get_by_text("已登记“到户指导”").wait_for()
    assert WorkRecord.objects.count() == 2
    assert watched.too_wide() == []
