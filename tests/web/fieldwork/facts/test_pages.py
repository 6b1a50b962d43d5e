"""Who sees which facts, where each number leads, and what leaves the site as a workbook."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import BookEntry
from tests.web.fieldwork.attendance.making import all_agree, book

pytestmark = pytest.mark.django_db
DAYS = "fact=secretary_days&month=2016-03"


@pytest.fixture
def kept(cast, at):
    """Two days of the first secretary agree in March; the team's book is entered, nobody came."""
    all_agree(cast, date(2016, 3, 7))
    all_agree(cast, date(2016, 3, 8))
    book(cast.team_posting, cast.wang, date(2016, 3, 7), present=False)
    return cast


def test_a_kind_s_month_shows_each_subject_with_its_clause(kept, log_in):
    page = f"{reverse('fieldwork:facts')}?month=2016-03&kind=第一书记"
    text = log_in(kept.office).get(page).content.decode()
    rows = reverse("fieldwork:fact-rows-posting", args=[kept.secretary_posting.pk])
    assert f'href="{rows}?fact=secretary_days&amp;year=2016&amp;month=2016-03"' in text
    assert "每月不少于 15 天（二(三)6(2)）" in text
    assert "见7 信息报送，二(三)7" in text


def test_without_a_month_it_is_the_last_that_is_over(kept, log_in):
    text = log_in(kept.office).get(reverse("fieldwork:facts")).content.decode()
    assert "2016年4月　未结账" in text


def test_a_first_secretary_is_led_to_their_own_year(kept, log_in):
    client = log_in(kept.secretary)
    answer = client.get(reverse("fieldwork:facts"))
    own = reverse("fieldwork:fact-posting", args=[kept.secretary_posting.pk])
    assert answer["Location"] == own
    text = client.get(own).content.decode()
    assert "我的数据" in text
    assert f"{own}rows/?year=2016&amp;{DAYS.replace('&', '&amp;')}" in text


def test_a_number_leads_to_the_rows_and_they_to_their_pages(kept, log_in):
    page = reverse("fieldwork:fact-rows-posting", args=[kept.secretary_posting.pk])
    text = log_in(kept.office).get(f"{page}?{DAYS}").content.decode()
    assert reverse("fieldwork:person-month", args=[kept.zhang.pk, 2016, 3]) in text
    for day in ("3月7日", "3月8日"):
        assert text.count(f"{day}　张三") == 3


def test_a_teams_member_does_not_read_a_colleague_s_rows(kept, log_in):
    book(kept.team_posting, kept.zhao, date(2016, 3, 7))
    BookEntry.objects.filter(person=kept.wang).delete()
    from tests.web.fieldwork.attendance.making import journal, settlement

    journal(kept.team_posting, kept.wang, date(2016, 3, 7))
    settlement(kept.team_posting, kept.wang, date(2016, 3, 7), present=True)
    kept.member.team.members.create(person=kept.zhao, start=date(2016, 1, 1))
    settlement(kept.team_posting, kept.wang, date(2016, 3, 8), present=True)
    settlement(kept.team_posting, kept.zhao, date(2016, 3, 9), present=True)
    page = reverse("fieldwork:fact-rows-posting", args=[kept.team_posting.pk])
    text = log_in(kept.accounts[Role.VILLAGE_TEAM]).get(f"{page}?fact=team_days&month=2016-03")
    assert "1 条不在您能看的范围内" in text.content.decode()
    assert "赵六　" not in text.content.decode()


def test_nothing_recorded_is_told_from_nothing_to_count(kept, log_in):
    client = log_in(kept.office)
    page = reverse("fieldwork:fact-rows-posting", args=[kept.team_posting.pk])
    zero = client.get(f"{page}?fact=team_days&month=2016-03").content.decode()
    assert "该记的时候没有记，所以是 0" in zero
    none = client.get(f"{page}?fact=team_days&month=2016-02").content.decode()
    assert "没有记录可数" in none and "不等于 0" in none


def test_units_facts_are_seen_by_the_unit_and_the_county(kept, log_in):
    page = reverse("fieldwork:fact-unit", args=[kept.finance.pk])
    assert log_in(kept.department).get(page).status_code == 200
    assert log_in(kept.office).get(page).status_code == 200
    assert log_in(kept.township).get(page).status_code == 404
    assert log_in(kept.secretary).get(page).status_code == 404
    assert log_in(kept.stranger.office).get(page).status_code == 404


def test_the_workbook_holds_numbers_and_leaves_empty_what_is_no_fact(kept, log_in):
    page = f"{reverse('fieldwork:facts-export')}?month=2016-03&kind=驻村工作队"
    book = load_workbook(io.BytesIO(log_in(kept.office).get(page).content))
    heads, line = [list(row) for row in book.active.iter_rows(values_only=True)]
    found = dict(zip(heads, line, strict=True))
    assert found["工作队驻村天数（天，当月）"] == 0
    assert found["在岗月数（月，考核期至月末）"] is None
    assert (found["编号"], found["所在"]) == ("W001", "云溪镇柳林村")


def test_a_list_narrowed_by_township_and_words(kept, log_in):
    client, page = log_in(kept.office), reverse("fieldwork:facts")

    def names(query):
        text = client.get(f"{page}?month=2016-03&kind=第一书记&{query}").content.decode()
        return "张三</a>" in text

    assert names(f"township={kept.yunxi.pk}") and names("q=柳林 S001")
    assert not names(f"township={kept.daping.pk}") and not names("q=王五")


def test_the_closings_page_says_which_month_is_next(kept, log_in, close):
    close(2)
    text = log_in(kept.office).get(reverse("fieldwork:closings")).content.decode()
    assert "结3月的账" in text and "请先结2016年3月的账" in text
    assert (
        "结3月的账" not in log_in(kept.township).get(reverse("fieldwork:closings")).content.decode()
    )


def test_the_office_is_told_of_months_that_wait(kept, act, at, close):
    from kaohe.web.home.front import front

    def told(account):
        return {one.title: one for one in front(act(account)).todos or ()}.get("月度结账")

    assert (told(kept.office).count, told(kept.office).late) == (4, True)
    assert told(kept.township) is None
    close(3)
    todo = told(kept.office)
    assert (todo.count, todo.late) == (1, False)
    assert "2016年4月已过完" in todo.why
    close(4, first=4)
    assert told(kept.office) is None
