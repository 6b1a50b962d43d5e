"""Townships and departments: who sees them, who enters them, when one can end."""

import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Unit, UnitAttributes

pytestmark = pytest.mark.django_db


def _sent(**fields):
    return {**fields, "submission_id": str(uuid.uuid4())}


def _text(answer):
    return answer.content.decode()


@pytest.fixture
def forestry(cast):
    unit = Unit(county=cast.county, code="D009", name="林业局", kind="department")
    unit.clean_fields()
    unit.save()
    return unit


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.HEADQUARTERS, {"云溪镇", "大坪乡", "财政局", "教育局"}),
        (Role.TOWNSHIP, {"云溪镇", "财政局"}),
        (Role.DEPARTMENT, {"云溪镇", "财政局"}),
        (Role.FIRST_SECRETARY, {"云溪镇", "财政局"}),
    ],
)
def test_the_list_shows_what_the_role_reaches(role, seen, cast, log_in):
    table = log_in(cast.accounts[role]).get(reverse("roster:units")).context["table"]
    assert {row.record.name for row in table.rows} == seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"q": "czj"}, {"财政局"}),
        ({"q": "D002"}, {"教育局"}),
        ({"kind": "township"}, {"云溪镇", "大坪乡"}),
        ({"ranked_in": "甲类"}, {"财政局"}),
        ({"state": "ended"}, {"教育局"}),
        ({"state": "current", "kind": "department"}, {"财政局"}),
    ],
    ids=str,
)
def test_the_list_is_narrowed_by(query, seen, cast, log_in):
    UnitAttributes.objects.create(year=cast.year, unit=cast.finance, values={"class": "甲类"})
    Unit.objects.filter(pk=cast.education.pk).update(ended="2016-03-01")
    table = log_in(cast.office).get(reverse("roster:units"), query).context["table"]
    assert {row.record.name for row in table.rows} == seen


def test_the_export_holds_the_list_and_is_written_down(cast, log_in):
    answer = log_in(cast.office).get(reverse("roster:units-export"), {"kind": "township"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("单位", "编号", "类别")
    assert [row[:3] for row in rows[1:]] == [("云溪镇", "T001", "乡镇"), ("大坪乡", "T002", "乡镇")]
    entry = AuditEntry.objects.get(verb="export")
    assert entry.after == {"rows": 2, "filters": "kind=township"}


def test_a_units_page_tells_who_heads_it_and_whom_it_sent(cast, log_in):
    client = log_in(cast.office)
    township = _text(client.get(reverse("roster:unit", args=[cast.yunxi.pk])))
    assert "钱七" in township
    assert "镇长" in township
    assert "柳林村" in township
    department = _text(client.get(reverse("roster:unit", args=[cast.finance.pk])))
    for name in ("张三", "李四", "柳林队"):
        assert name in department


def test_staff_are_shown_only_to_those_who_may_see_them(cast, log_in):
    text = _text(log_in(cast.secretary).get(reverse("roster:unit", args=[cast.finance.pk])))
    assert "王五" not in text
    assert "没有您能看到的人员" not in text  # themselves
    text = _text(log_in(cast.secretary).get(reverse("roster:unit", args=[cast.yunxi.pk])))
    assert "没有您能看到的人员" in text


@pytest.mark.parametrize("page", ["unit", "unit-edit", "unit-end", "unit-attributes"])
def test_another_countys_unit_is_not_there(page, cast, log_in):
    url = reverse(f"roster:{page}", args=[cast.stranger.finance.pk])
    client = log_in(cast.office)
    assert client.get(url).status_code == 404
    assert client.post(url, _sent(code="X1", name="X", version=1)).status_code == 404


@pytest.mark.parametrize("role", [Role.TOWNSHIP, Role.ADMINISTRATOR, Role.ORGANISATION])
@pytest.mark.parametrize("page", ["unit-add", "attributes", "unit-edit", "unit-end"])
def test_only_the_office_changes_units(role, page, cast, log_in):
    args = [] if page in {"unit-add", "attributes"} else [cast.yunxi.pk]
    client = log_in(cast.accounts[role])
    assert client.get(reverse(f"roster:{page}", args=args)).status_code == 403
    answer = client.post(reverse(f"roster:{page}", args=args), _sent(name="新名", version=1))
    assert answer.status_code == 403


def test_a_unit_is_entered_once_and_its_kind_stays(cast, log_in):
    client = log_in(cast.office)
    form = _sent(kind="department", code="D009", name="林业局")
    answers = [client.post(reverse("roster:unit-add"), form) for _ in range(2)]
    unit = Unit.objects.get(code="D009")
    assert {answer["Location"] for answer in answers} == {reverse("roster:unit", args=[unit.pk])}
    edit = reverse("roster:unit-edit", args=[unit.pk])
    changed = _sent(code="D009", name="县林业局", kind="township", version=1)
    assert client.post(edit, changed).status_code == 303
    unit.refresh_from_db()
    assert (unit.name, unit.kind) == ("县林业局", "department")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "D001"}, None),
        ({"name": "财政局"}, None),
        ({"name": "长" * 61}, "name"),
        ({"name": "林\0业"}, "name"),
        ({"code": "D\n1"}, "code"),
        ({"kind": "county"}, "kind"),
    ],
    ids=str,
)
def test_what_is_wrong_is_refused(changed, field, cast, log_in):
    form = _sent(kind="department", code="D009", name="林业局")
    answer = log_in(cast.office).post(reverse("roster:unit-add"), {**form, **changed})
    assert answer.status_code == 422
    assert (field or "__all__") in answer.context["form"].errors
    assert Unit.objects.filter(county=cast.county).count() == 4


def test_the_second_of_two_editors_sees_the_first_ones_name(cast, log_in):
    client = log_in(cast.office)
    edit = reverse("roster:unit-edit", args=[cast.finance.pk])
    assert client.post(edit, _sent(code="D001", name="县财政局", version=1)).status_code == 303
    answer = client.post(edit, _sent(code="D001", name="财政厅", version=1))
    assert answer.status_code == 409
    assert "县财政局" in _text(answer)
    cast.finance.refresh_from_db()
    assert cast.finance.name == "县财政局"


def test_a_unit_on_which_something_stands_cannot_end(cast, log_in):
    client = log_in(cast.office)
    url = reverse("roster:unit-end", args=[cast.finance.pk])
    assert "3 名人员、3 项派驻、1 个账号的角色" in _text(client.get(url))
    answer = client.post(url, _sent(ended="2016-06-30", version=1))
    assert answer.status_code == 422
    cast.finance.refresh_from_db()
    assert cast.finance.ended is None


def test_a_unit_ends_and_can_be_taken_back(cast, forestry, log_in):
    client = log_in(cast.office)
    url = reverse("roster:unit-end", args=[forestry.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(url, _sent(ended=tomorrow.isoformat(), version=1))
    assert "撤销日期不能晚于今天" in _text(answer)
    assert client.post(url, _sent(ended="2016-06-30", version=1)).status_code == 303
    page = _text(client.get(reverse("roster:unit", args=[forestry.pk])))
    assert "已于 2016年6月30日 撤销" in page
    assert client.post(url, _sent(ended="", version=2)).status_code == 303
    forestry.refresh_from_db()
    assert forestry.ended is None


def test_an_ended_unit_is_not_asked_for_attributes(cast, forestry, log_in):
    Unit.objects.filter(pk=forestry.pk).update(ended="2016-06-30")
    assert "林业局" not in _text(log_in(cast.office).get(reverse("roster:attributes")))
