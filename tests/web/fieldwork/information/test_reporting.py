"""A text is reported by a unit or from a posting, changed until it is received, or taken back."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import InformationItem, MonthClosing
from kaohe.web.fieldwork.queries.likeness import sketch
from kaohe.web.roster.models import Posting, TeamMember
from tests.web.fieldwork.information.making import OTHER, TEXT, information_of
from tests.web.fieldwork.journals.steps import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
State = InformationItem.State


def by_zhang(cast, **fields):
    return information_of(cast, posting=cast.secretary_posting, person=cast.zhang, **fields)


def edit(post, client, item, **fields):
    form = {"kind": "item", "title": item.title, "text": item.text, "version": item.version}
    return post(client, "information-edit", item.pk, **form | fields)


def test_a_department_reports_as_itself(cast, log_in, report):
    answer = report(log_in(cast.department), f"u{cast.finance.pk}")
    item = InformationItem.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/work/information/{item.pk}/")
    assert (item.unit, item.posting, item.person) == (cast.finance, None, None)
    assert (item.reported_by, item.reported_by_id) == ("部门", cast.department.pk)
    assert (item.state, item.reported_at.isoformat()) == ("reported", "2016-03-07T12:00:00+00:00")
    assert bytes(item.sketch) == sketch(TEXT)


def test_of_a_team_it_is_remembered_who_reported(cast, log_in, report):
    code = f"p{cast.team_posting.pk}-{cast.wang.pk}"
    assert report(log_in(cast.accounts[Role.VILLAGE_TEAM]), code).status_code == 303
    item = InformationItem.objects.get()
    assert (item.posting, item.person, item.unit) == (cast.team_posting, cast.wang, None)
    assert item.reporter == "柳林队（王五）"


@pytest.mark.parametrize("whose", ["another's unit", "another's posting", "nobody"])
def test_nobody_reports_in_another_s_name(whose, cast, log_in, report):
    codes = {
        "another's unit": f"u{cast.education.pk}",
        "another's posting": f"p{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "nobody": "x1",
    }
    answer = report(log_in(cast.department), codes[whose])
    assert answer.status_code == 422
    assert not InformationItem.objects.exists()


def test_whose_posting_is_over_has_nobody_to_report_for(cast, log_in):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 2, 1))
    page = log_in(cast.secretary).get(reverse("fieldwork:information-report"))
    assert "您今天没有可以报送的单位或派驻" in page.content.decode()


def test_files_come_with_it_and_can_be_taken_out(cast, log_in, report, post):
    client = log_in(cast.secretary)
    code = f"p{cast.secretary_posting.pk}-{cast.zhang.pk}"
    report(client, code, attachments=[photo("a.jpg"), photo("b.jpg", "red")])
    item = InformationItem.objects.get()
    first = item.attachments.order_by("pk").first()
    assert (first.person, first.village) == (cast.zhang, cast.liulin)
    assert edit(post, client, item, dropped=[first.pk]).status_code == 303
    assert [one.name for one in item.attachments.all()] == ["b.jpg"]


def test_a_form_sent_again_is_stored_once(cast, log_in, report):
    number = str(uuid.uuid4())
    client = log_in(cast.department)
    for _ in range(3):
        answer = report(client, f"u{cast.finance.pk}", submission_id=number)
        assert answer.status_code == 303
    assert InformationItem.objects.count() == 1


def test_in_a_closed_month_nothing_is_reported(cast, log_in, report):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 3, 1), closed_by="x", closed_at="2016-03-07T08:00+08:00"
    )
    answer = report(log_in(cast.department), f"u{cast.finance.pk}")
    assert answer.status_code == 422
    assert "已结账" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"text": " "},
        {"text": "字" * 20_001},
        {"title": "字" * 101},
        {"kind": "x"},
        {"text": "a\x00"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_is_hostile_is_refused(fields, cast, log_in, report):
    answer = report(log_in(cast.department), f"u{cast.finance.pk}", **fields)
    assert answer.status_code == 422
    assert not InformationItem.objects.exists()


def test_it_is_changed_until_it_is_received(cast, log_in, post):
    item = by_zhang(cast)
    client = log_in(cast.secretary)
    assert edit(post, client, item, text=OTHER).status_code == 303
    item.refresh_from_db()
    assert (item.text, bytes(item.sketch)) == (OTHER, sketch(OTHER))
    InformationItem.objects.update(
        state=State.RECEIVED, received_by="指挥部办公室", received_at=item.reported_at
    )
    answer = edit(post, client, item, text=TEXT)
    assert answer.status_code == 422
    assert "已由指挥部办公室接收，不能再改" in answer.content.decode()
    item.refresh_from_db()
    assert item.text == OTHER


def test_a_returned_one_is_sent_again_and_keeps_its_month(cast, log_in, post, at):
    item = by_zhang(cast, at="2016-03-30 10:00", state=State.RETURNED, note="写明户数")
    at("2016-04-02 09:00")
    client = log_in(cast.secretary)
    page = client.get(reverse("fieldwork:information-edit", args=[item.pk])).content.decode()
    assert "写明户数" in page
    assert "仍计入首次报送的2016年3月" in page
    assert edit(post, client, item, text=TEXT + "共五十六户。").status_code == 303
    item.refresh_from_db()
    assert item.state == State.REPORTED
    assert item.reported_at.isoformat() == "2016-03-30T02:00:00+00:00"
    assert item.resent_at.isoformat() == "2016-04-02T01:00:00+00:00"


def test_two_editors_get_both_versions(cast, log_in, post):
    item = by_zhang(cast)
    client = log_in(cast.secretary)
    edit(post, client, item, title="甲的标题")
    answer = edit(post, client, item, title="乙的标题")
    assert answer.status_code == 409
    assert "甲的标题" in answer.content.decode()


def test_who_sent_the_first_secretary_reads_and_does_not_change(cast, log_in, post):
    item = by_zhang(cast)
    client = log_in(cast.department)
    page = client.get(reverse("fieldwork:information-item", args=[item.pk]))
    assert page.status_code == 200
    assert not page.context["may_change"]
    assert edit(post, client, item, title="改").status_code == 404


def test_who_left_the_team_changes_nothing_of_it(cast, log_in, post):
    item = information_of(cast, posting=cast.team_posting, person=cast.wang)
    client = log_in(cast.accounts[Role.VILLAGE_TEAM])
    assert edit(post, client, item, title="还在队里").status_code == 303
    TeamMember.objects.filter(pk=cast.member.pk).update(end=date(2016, 3, 1))
    item.refresh_from_db()
    assert edit(post, client, item, title="离队以后").status_code == 404


def test_it_can_be_taken_back_and_the_log_keeps_it(cast, log_in, post):
    item = by_zhang(cast)
    client = log_in(cast.secretary)
    answer = post(client, "information-withdraw", item.pk, version=item.version)
    assert (answer.status_code, answer["Location"]) == (303, "/work/information/")
    assert not InformationItem.objects.exists()
    entry = AuditEntry.objects.get(verb="delete")
    assert entry.before["text"] == TEXT


def test_a_received_one_is_not_taken_back(cast, log_in, post):
    item = by_zhang(cast, state=State.RECEIVED)
    answer = post(log_in(cast.secretary), "information-withdraw", item.pk, version=item.version)
    assert answer.status_code == 422
    assert InformationItem.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.LEADER, Role.ADMINISTRATOR])
def test_who_only_receives_or_reads_reports_nothing(role, cast, log_in, report):
    assert report(log_in(cast.accounts[role]), f"u{cast.finance.pk}").status_code == 403
