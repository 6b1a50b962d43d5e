"""What changed lately, in words: one line an action, within one's reach."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.home.front import front
from kaohe.web.roster.models import Village, VillageCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def count(act, cast):
    """The township corrects the households of 柳林村."""

    def count(households):
        with writing(act(cast.township), "village.count") as change:
            row = change.find(VillageCount.objects.all(), cast.count.pk)
            row.households = households
            change.update(row)

    return count


def lines(actor):
    changes = front(actor).changes
    return [f"{one.who} {one.did} {one.what}：{one.of}" for one in changes]


def test_a_change_says_who_changed_what_of_what(cast, act, count):
    count(310)
    assert lines(act(cast.office)) == ["乡镇 修改了 柳林村（2016 年度）：总户数"]
    assert front(act(cast.office)).changes[0].url == reverse(
        "roster:village", args=[cast.liulin.pk]
    )


def test_a_new_row_says_what_it_is(cast, act):
    with writing(act(cast.office), "village.change") as change:
        change.create(Village(county=cast.county, township=cast.daping, code="V9", name="青杠村"))
    assert lines(act(cast.office)) == ["指挥部办公室 登记了 青杠村：村"]


def test_a_row_that_is_gone_has_no_link(cast, act):
    with writing(act(cast.office), "village.change") as change:
        row = change.find(Village.objects.all(), cast.shiqiao.pk)
        change.delete(row)
    assert lines(act(cast.office)) == ["指挥部办公室 删除了 石桥村：村"]
    assert front(act(cast.office)).changes[0].url == ""


def test_what_was_done_at_once_is_one_line(cast, act, count):
    count(310)
    with writing(act(cast.office), "roster.import") as change:
        rows = [
            Village(county=cast.county, township=cast.daping, code=f"N{n}", name=f"新{n}村")
            for n in range(30)
        ]
        for row in rows:
            row.full_clean()
        change.create_many(rows)
    assert lines(act(cast.office)) == [
        "指挥部办公室  导入名册：登记村 30 条",
        "乡镇 修改了 柳林村（2016 年度）：总户数",
    ]


def test_a_township_sees_its_own_and_a_department_its_own(cast, act, count):
    count(310)
    with writing(act(cast.office), "village.change") as change:
        row = change.find(Village.objects.all(), cast.shiqiao.pk)
        row.name = "石桥新村"
        change.update(row)
    assert len(lines(act(cast.office))) == 2
    assert lines(act(cast.township)) == ["乡镇 修改了 柳林村（2016 年度）：总户数"]
    # 财政局 sent people to 柳林村.
    assert lines(act(cast.department)) == ["乡镇 修改了 柳林村（2016 年度）：总户数"]


def test_a_stranger_sees_nothing_of_it(cast, act, count):
    count(310)
    assert lines(act(cast.stranger.office)) == []


@pytest.mark.parametrize("role", [Role.FIRST_SECRETARY, Role.REVIEWER, Role.LEADER])
def test_who_may_not_see_histories_has_no_such_block(role, cast, act):
    assert front(act(cast.accounts[role])).changes is None


def test_what_is_older_than_a_month_is_left_to_the_histories(cast, act, count, monkeypatch):
    count(310)
    later = timezone.now() + timezone.timedelta(days=31)
    monkeypatch.setattr("kaohe.web.home.queries.recent.timezone.now", lambda: later)
    assert lines(act(cast.office)) == []
