"""Projects as they are registered: by whom, where, changed by two, taken out."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Project
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.projects.steps import progress_of, project_of, send

pytestmark = pytest.mark.django_db
R = Role


def plan(cast, **fields):
    return {
        "code": "P-07",
        "name": "通村路硬化",
        "village": cast.liulin.pk,
        "department": cast.finance.pk,
        "reaches": "village",
        "content": "硬化 3.2 公里",
        "starts": "2016-03-01",
        "ends": "2016-09-30",
        "planned": "128.50",
        **fields,
    }


@pytest.mark.parametrize("role", [R.HEADQUARTERS, R.POVERTY_BUREAU, R.TOWNSHIP, R.DEPARTMENT])
def test_offices_register_projects_exactly_as_typed(role, cast, log_in):
    answer = send(log_in(cast.accounts[role]), "project-add", **plan(cast))
    row = Project.objects.get()
    assert answer["Location"] == reverse("fieldwork:project", args=[row.pk])
    assert (row.year, row.county) == (cast.year, cast.county)
    assert row.planned == Decimal("128.50")


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        (R.TOWNSHIP, {"village": "shiqiao"}),
        (R.DEPARTMENT, {"department": "education"}),
        (R.HEADQUARTERS, {"village": "stranger"}),
    ],
)
def test_nobody_registers_what_is_another_s(role, fields, cast, log_in):
    own = {"stranger": cast.stranger.liulin, "shiqiao": cast.shiqiao, "education": cast.education}
    sent = plan(cast, **{name: own[which].pk for name, which in fields.items()})
    answer = send(log_in(cast.accounts[role]), "project-add", **sent)
    assert answer.status_code == 422
    assert not Project.objects.exists()


def test_a_department_registers_in_any_village_and_a_township_for_any_department(cast, log_in):
    far = plan(cast, village=cast.shiqiao.pk)
    assert send(log_in(cast.department), "project-add", **far).status_code == 303
    other = plan(cast, code="P-08", department=cast.education.pk)
    assert send(log_in(cast.township), "project-add", **other).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ends": "2016-01-01"}, "计划完工不能早于计划开工"),
        ({"code": "P-01"}, "这个编号已有别的项目使用"),
        ({"planned": "-1"}, "金额不能小于 0"),
        ({"planned": "1.234"}, "小数"),
        ({"name": ""}, "必填项"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(fields, said, cast, log_in):
    project_of(cast)
    answer = send(log_in(cast.office), "project-add", **plan(cast, **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Project.objects.count() == 1


def test_a_double_press_registers_once(cast, log_in):
    client, number = log_in(cast.office), str(uuid.uuid4())
    for _ in range(3):
        answer = send(client, "project-add", **plan(cast, submission_id=number))
        assert answer.status_code == 303
    assert Project.objects.count() == 1


def test_two_who_change_a_plan_get_both_versions(cast, log_in):
    row, client = project_of(cast), log_in(cast.office)
    first = send(client, "project-edit", row.pk, **plan(cast, planned="60", version=1))
    assert first.status_code == 303
    second = send(client, "project-edit", row.pk, **plan(cast, planned="70", version=1))
    assert second.status_code == 409
    assert "60" in second.content.decode()
    row.refresh_from_db()
    assert row.planned == 60


def test_a_closed_year_takes_no_project_and_changes_none(cast, log_in):
    row, client = project_of(cast), log_in(cast.office)
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    for answer in (
        send(client, "project-add", **plan(cast)),
        send(client, "project-edit", row.pk, **plan(cast, version=1)),
        send(client, "project-remove", row.pk, version=1),
    ):
        assert answer.status_code == 422
        assert "已结束" in answer.content.decode()
    assert Project.objects.get().name == "到户养殖"


def test_only_what_nobody_reported_about_is_taken_out(cast, log_in):
    wrong, known = project_of(cast), project_of(cast, code="P-02")
    progress_of(known, "2016-05-01", 10, 5, 0)
    client = log_in(cast.township)
    assert send(client, "project-remove", wrong.pk, version=1).status_code == 303
    answer = send(client, "project-remove", known.pk, version=1)
    assert answer.status_code == 422
    assert list(Project.objects.all()) == [known]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (R.HEADQUARTERS, 200),
        (R.REVIEWER, 200),
        (R.TOWNSHIP, 200),
        (R.DEPARTMENT, 200),
        (R.FIRST_SECRETARY, 403),
        (R.ADMINISTRATOR, 403),
    ],
)
def test_each_role_reads_what_it_reaches(role, status, cast, log_in):
    own, far = project_of(cast), project_of(cast, "P-02", village=cast.shiqiao)
    far.department = cast.education
    far.save()
    client = log_in(cast.accounts[role])
    assert client.get(reverse("fieldwork:project", args=[own.pk])).status_code == status
    narrow = role in {R.TOWNSHIP, R.DEPARTMENT}
    wanted = 404 if narrow else status
    assert client.get(reverse("fieldwork:project", args=[far.pk])).status_code == wanted
    stranger = project_of(cast.stranger)
    wanted = 404 if status == 200 else 403
    assert client.get(reverse("fieldwork:project", args=[stranger.pk])).status_code == wanted
