"""The history of an object: what the audit log tells of it, in words, to who reaches it."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kaohe.web.roster.models import UnitAttributes

pytestmark = pytest.mark.django_db


def history(client, kind, row):
    return client.get(reverse("roster:history", args=[kind, row.pk]))


def post(client, page, *args, **fields):
    form = {**fields, "submission_id": str(uuid.uuid4())}
    return client.post(reverse(f"roster:{page}", args=args), form)


def move(cast, log_in):
    """The office moves 赵六 from 教育局 to 财政局."""
    client = log_in(cast.office)
    fields = {"code": "P002", "name": "赵六", "unit": cast.finance.pk, "version": 1}
    assert post(client, "person-edit", cast.zhao.pk, **fields).status_code == 303
    return client


def test_a_change_is_told_by_names_before_and_after(cast, log_in):
    text = history(move(cast, log_in), "person", cast.zhao).content.decode()
    for told in ("单位", "教育局", "财政局", "指挥部办公室", "127.0.0.1", "修改"):
        assert told in text


def test_days_and_choices_are_told_as_they_are_read(cast, log_in):
    client = log_in(cast.office)
    post(client, "posting-end", cast.secretary_posting.pk, end="2016-05-31", version=1)
    text = history(client, "posting", cast.secretary_posting).content.decode()
    assert "结束日期" in text
    assert "（空）" in text
    assert "2016年5月31日" in text


def test_rows_that_belong_to_an_object_are_part_of_its_history(cast, log_in):
    client = log_in(cast.office)
    counts = {"households": 301, "people": 1000, "poor_households": 60, "poor_people": 200}
    post(client, "village-counts", cast.liulin.pk, **counts, version=1)
    text = history(client, "village", cast.liulin).content.decode()
    assert "总户数" in text
    assert "301" in text
    post(client, "member-add", cast.team.pk, person="P002", start="2016-02-01")
    assert "赵六（柳林队）" in history(client, "team", cast.team).content.decode()
    assert "赵六（柳林队）" in history(client, "person", cast.zhao).content.decode()
    post(client, "post-end", cast.post.pk, end="2016-06-30", version=1)
    assert "离任日期" in history(client, "unit", cast.yunxi).content.decode()


def test_a_removed_row_stays_in_the_history(cast, log_in, act):
    from kaohe.web.common.writing import writing

    with writing(act(cast.office), "team.change") as change:
        change.remember(cast.member)
        change.delete(cast.member)
    text = history(log_in(cast.office), "team", cast.team).content.decode()
    assert "删除" in text
    assert "王五" in text


def test_a_years_attributes_have_the_names_of_its_scheme(cast, log_in, act):
    from kaohe.web.common.writing import writing

    with writing(act(cast.office), "unit.change") as change:
        row = UnitAttributes(year=cast.year, unit=cast.finance, values={"vertical": True})
        change.create(row)
    text = history(log_in(cast.office), "unit", cast.finance).content.decode()
    labels = {one.code: one.name for one in cast.year.scheme.attributes}
    assert labels["vertical"] in text


def test_who_looked_at_a_number_and_why_is_told(cast, log_in):
    client = log_in(cast.office)
    post(client, "person-reveal", cast.zhang.pk, fields_shown="phone", reason="通知参加会议")
    text = history(client, "person", cast.zhang).content.decode()
    assert "查看号码" in text
    assert "通知参加会议" in text
    assert "19900000001" not in text


@pytest.mark.parametrize("kind", ["year", "unit", "village", "person", "team", "posting"])
def test_an_object_without_changes_says_so(kind, cast, log_in):
    row = {
        "year": cast.year,
        "unit": cast.daping,
        "village": cast.shiqiao,
        "person": cast.zhao,
        "team": cast.team,
        "posting": cast.team_posting,
    }[kind]
    assert "还没有修改记录" in history(log_in(cast.office), kind, row).content.decode()


def test_only_what_is_within_reach_has_a_history(cast, log_in):
    client = log_in(cast.township)
    assert history(client, "person", cast.head).status_code == 200
    assert history(client, "person", cast.zhao).status_code == 404
    assert history(client, "village", cast.shiqiao).status_code == 404
    client = log_in(cast.office)
    other = cast.stranger
    for kind, row in (
        ("year", other.year),
        ("unit", other.yunxi),
        ("village", other.liulin),
        ("person", other.zhang),
        ("team", other.team),
        ("posting", other.team_posting),
    ):
        assert history(client, kind, row).status_code == 404
    for kind in ("account", "audit", "__class__"):
        assert history(client, kind, cast.zhang).status_code == 404


def test_a_unit_that_is_only_seen_is_told_of_without_its_posts(cast, log_in):
    post(log_in(cast.office), "post-end", cast.post.pk, end="2016-06-30", version=1)
    page = history(log_in(cast.department), "unit", cast.yunxi)
    assert page.status_code == 200
    assert "钱七" not in page.content.decode()


@pytest.mark.parametrize("role", ["first_secretary", "village_team", "technician", "leader"])
def test_other_roles_see_no_history(role, cast, log_in):
    assert history(log_in(cast.accounts[role]), "person", cast.zhang).status_code == 403


def test_a_long_history_has_pages_and_needs_no_more_queries(cast, log_in):
    client = log_in(cast.office)
    for number in range(30):
        fields = {"code": "P002", "name": f"赵六{number}", "unit": cast.education.pk}
        post(client, "person-edit", cast.zhao.pk, **fields, version=number + 1)
    with CaptureQueriesContext(
        connection,
    ) as first:
        text = history(client, "person", cast.zhao).content.decode()
    assert "共 30 条" in text
    assert "赵六29" in text
    url = reverse("roster:history", args=["person", cast.zhao.pk])
    with CaptureQueriesContext(connection) as second:
        assert "赵六0" in client.get(url, {"page": 2}).content.decode()
    assert len(first) <= len(second) + 1 <= 25
