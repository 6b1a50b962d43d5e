"""How far a project is: reported, asked about, confirmed by somebody else, inspected, accepted."""

from decimal import Decimal

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import MonthClosing, ProgressReport, Project, ProjectCheck
from kaohe.web.fieldwork.queries.projects import Stage, projects_listed, standing_of
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.projects.steps import progress_form, progress_of, project_of, send

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def project(cast):
    return project_of(cast)


def standing(cast, act, project):
    from django.utils import timezone

    row = projects_listed(act(cast.office).reach("project.view")).get(pk=project.pk)
    return standing_of(row, timezone.localdate())


def check(client, project, kind="acceptance", **fields):
    form = {"kind": kind, "day": "2016-06-10", "passed": "yes", "text": "质量合格", **fields}
    return send(client, "project-check", project.pk, **form)


# Reporting


def test_a_project_stands_as_its_latest_report_says(cast, log_in, act, project):
    client = log_in(cast.township)
    form = progress_form(attachments=[photo()])
    assert send(client, "project-progress", project.pk, **form).status_code == 303
    later = progress_form("2016-06-01", 55, "30.50", "12.25")
    assert send(client, "project-progress", project.pk, **later).status_code == 303
    now = standing(cast, act, project)
    assert (now.percent, now.arrived, now.paid) == (55, Decimal("30.50"), Decimal("12.25"))
    first = ProgressReport.objects.earliest("day")
    assert first.reported_by == cast.township.name
    assert first.evidence.get().village == cast.liulin
    assert ProgressReport.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"percent": 30}, "进度从 40% 减到 30%"),
        ({"paid": "9.99"}, "累计支付从 10.00万元 减到 9.99万元"),
        ({"arrived": "12", "paid": "12"}, "累计到位从 20.00万元 减到 12万元"),
        ({"paid": "20.01"}, "多于累计到位"),
        ({"arrived": "50.01"}, "多于计划资金 50.00万元"),
    ],
)
def test_what_can_be_but_seldom_is_asks_for_a_reason(fields, said, cast, log_in, project):
    progress_of(project, "2016-05-01", 40, 20, 10)
    client, form = log_in(cast.township), progress_form(**fields)
    answer = send(client, "project-progress", project.pk, **form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ProgressReport.objects.count() == 1
    form["reason"] = "上次把计划数当成了实际数"
    assert send(client, "project-progress", project.pk, **form).status_code == 303
    assert ProgressReport.objects.latest("pk").reason == form["reason"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2016-06-16", "还没有到"),
        ("2016-04-30", "不能再报更早的"),
        ("2015-12-31", "不在2016 年度"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, said, cast, log_in, project):
    progress_of(project, "2016-05-01", 40, 20, 10)
    answer = send(log_in(cast.township), "project-progress", project.pk, **progress_form(day))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_closed_month_and_a_closed_year_take_no_report(cast, log_in, project):
    MonthClosing.objects.create(
        year=cast.year, month="2016-05-01", closed_by="办公室", closed_at="2016-06-05T00:00Z"
    )
    client = log_in(cast.township)
    answer = send(client, "project-progress", project.pk, **progress_form())
    assert answer.status_code == 422
    assert "已结账" in answer.content.decode()
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    answer = send(client, "project-progress", project.pk, **progress_form("2016-06-01"))
    assert "已结束" in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_the_form_begins_with_the_latest_numbers(cast, log_in, project):
    progress_of(project, "2016-05-01", 40, "20.50", 10)
    page = log_in(cast.township).get(reverse("fieldwork:project-progress", args=[project.pk]))
    assert page.context["form"]["arrived"].value() == Decimal("20.50")
    assert page.context["form"]["percent"].value() == 40


# Confirming


def test_what_is_sent_back_no_longer_counts(cast, log_in, act, project):
    progress_of(project, "2016-05-01", 40, 20, 10, "confirmed", proved=cast)
    wrong = progress_of(project, "2016-06-01", 90, 50, 50, proved=cast)
    client = log_in(cast.office)
    form = {"version": 1, "accepted": "no", "opinion": ""}
    answer = send(client, "progress-decide", wrong.pk, **form)
    assert answer.status_code == 422
    assert "退回要写明理由" in answer.content.decode()
    form["opinion"] = "现场没有完成这么多"
    assert send(client, "progress-decide", wrong.pk, **form).status_code == 303
    assert standing(cast, act, project).percent == 40
    again = send(client, "progress-decide", wrong.pk, **(form | {"version": 2}))
    assert "已经退回" in again.content.decode()


def test_many_are_confirmed_at_once_or_none(cast, log_in, project):
    other = project_of(cast, "P-02")
    rows = [
        progress_of(project, "2016-05-01", 40, 20, 10, proved=cast),
        progress_of(other, "2016-05-02", 10, 5, 0, proved=cast),
        progress_of(other, "2016-05-03", 15, 5, 0),
    ]
    client = log_in(cast.accounts[R.POVERTY_BUREAU])
    answer = send(client, "projects-waiting", chosen=[f"{row.pk}-1" for row in rows])
    assert answer.status_code == 422
    assert "没有佐证，不能确认" in answer.content.decode()
    assert not ProgressReport.objects.filter(state="confirmed").exists()
    answer = send(client, "projects-waiting", chosen=[f"{row.pk}-1" for row in rows[:2]])
    assert answer.status_code == 303
    assert ProgressReport.objects.filter(state="confirmed").count() == 2
    told = AuditEntry.objects.filter(action="project.confirm", verb="update")
    assert told.count() == 2


def test_a_report_that_changed_since_is_not_confirmed_unseen(cast, log_in, project):
    row = progress_of(project, "2016-05-01", 40, 20, 10, proved=cast)
    ProgressReport.objects.filter(pk=row.pk).update(version=2)
    answer = send(log_in(cast.office), "projects-waiting", chosen=[f"{row.pk}-1"])
    assert answer.status_code == 422
    form = {"version": 1, "accepted": "yes"}
    assert (
        "刚刚改过" in send(log_in(cast.office), "progress-decide", row.pk, **form).content.decode()
    )
    row.refresh_from_db()
    assert row.is_waiting


def test_nobody_confirms_or_accepts_what_they_reported(cast, log_in, project):
    client = log_in(cast.office)
    form = progress_form(percent=100, attachments=[photo()])
    send(client, "project-progress", project.pk, **form)
    row = ProgressReport.objects.get()
    answer = send(client, "projects-waiting", chosen=[f"{row.pk}-1"])
    assert "要由别人确认" in answer.content.decode()
    answer = check(client, project, attachments=[photo()])
    assert "要由别人检查、验收" in answer.content.decode()
    assert not ProjectCheck.objects.exists()
    page = client.get(reverse("fieldwork:project-check", args=[project.pk]))
    assert "要由别人检查验收" in page.content.decode()


@pytest.mark.parametrize("role", [R.TOWNSHIP, R.DEPARTMENT, R.REVIEWER, R.LEADER])
def test_others_confirm_and_accept_nothing(role, cast, log_in, project):
    row = progress_of(project, "2016-05-01", 100, 20, 10, proved=cast)
    client = log_in(cast.accounts[role])
    assert send(client, "projects-waiting", chosen=[f"{row.pk}-1"]).status_code == 403
    form = {"version": 1, "accepted": "yes"}
    assert send(client, "progress-decide", row.pk, **form).status_code == 403
    assert check(client, project, attachments=[photo()]).status_code == 403


# Inspection, acceptance, upkeep


def test_a_project_is_accepted_once_it_is_done_and_with_evidence(cast, log_in, act, project):
    progress_of(project, "2016-05-01", 80, 20, 10)
    client = log_in(cast.office)
    assert check(client, project, "inspection").status_code == 303
    answer = check(client, project, attachments=[photo()])
    assert "进度只报到 80%" in answer.content.decode()
    progress_of(project, "2016-06-01", 100, 50, 50)
    assert standing(cast, act, project).stage == Stage.FINISHED
    answer = check(client, project)
    assert "验收要附验收单" in answer.content.decode()
    failed = check(client, project, passed="no", attachments=[photo()])
    assert failed.status_code == 303
    assert standing(cast, act, project).stage == Stage.FINISHED
    assert check(client, project, attachments=[photo()]).status_code == 303
    assert standing(cast, act, project).stage == Stage.ACCEPTED
    page = client.get(reverse("fieldwork:project", args=[project.pk])).content.decode()
    assert "验收：合格" in page
    assert "还没有落实" in page


def test_upkeep_is_said_after_the_acceptance_and_not_overwritten_unseen(cast, log_in, project):
    progress_of(project, "2016-06-01", 100, 50, 50)
    form = {"upkeep_by": "村主任 周全", "upkeep": "每月巡查一次", "version": 1}
    client = log_in(cast.township)
    assert "还没有验收" in send(client, "project-upkeep", project.pk, **form).content.decode()
    check(log_in(cast.office), project, attachments=[photo()])
    client = log_in(cast.township)
    assert send(client, "project-upkeep", project.pk, **form).status_code == 303
    late = form | {"upkeep_by": "别人"}
    assert send(client, "project-upkeep", project.pk, **late).status_code == 409
    assert Project.objects.get().upkeep_by == "村主任 周全"
