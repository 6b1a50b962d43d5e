"""What somebody typed never leaves as a formula: every list's export and the marked workbook."""

import io
import re

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse

from kaohe.web.common.permissions import PAGES, Role
from kaohe.web.fieldwork.models import Journal, Leave, MonthlyReport, SignIn
from kaohe.web.roster.imports.filled import template_for
from kaohe.web.roster.models import Person, Post, Posting, Team, Unit, Village
from tests.web.roster.imports.conftest import COUNTY
from tests.web.roster.imports.spoil import book
from tests.web.site_map import ALSO

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-2+3", "@SUM(1+1)", "=HYPERLINK(\"http://x\",\"y\")", "\t=1+1", "\r=1+1", "\n=1+1",
    " =1+1", "  +1", "\u00a0=1", "＝1+1", "＋1", "－1", "＠SUM(1)", "=DDE(\"cmd\";\"/C calc\";\"1\")", "=IMPORTXML(\"http://x\",\"//a\")",
    "=WEBSERVICE(\"http://x\")", "-cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "@cmd|' /C calc'!A0", "=+1", "=-1", "==1", "=@1", "'=1+1", "\"=1+1",
    ";=1+1", ",=1+1", "|=1+1", "=A1", "=A1&B1", "=[x.xlsx]S!A1", "{=1+1}", "%0A=1+1", "=1+1\t", "=1;1", "=\"x\"", "-1",
]  # fmt: skip
# Lists in which the cast's hostile names stand.
WITH_NAMES = (
    "roster:", "accounts:", "fieldwork:sign-ins", "fieldwork:journals", "fieldwork:leaves",
    "fieldwork:month-grid", "fieldwork:reports",
)  # fmt: skip
EXPORTS = sorted(name for name in PAGES if name.endswith("-export") or name == "accounts:export")


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def typed_cells(content):
    return [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]


def exists(name):
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


@pytest.fixture
def hostile(cast):
    """Each payload as the name of something on each list."""
    for number, payload in enumerate(PAYLOADS):
        unit = Unit.objects.create(
            county=cast.county, kind="department", code=f"X{number}", name=payload, initials="x"
        )
        Village.objects.create(
            county=cast.county, township=cast.yunxi, code=f"X{number}", name=payload, initials="x"
        )
        person = Person.objects.create(
            county=cast.county, code=f"X{number}", name=payload, unit=unit, initials="x"
        )
        Post.objects.create(
            person=person, unit=unit, title=payload, duty="staff", start="2016-01-01"
        )
        Team.objects.create(county=cast.county, code=f"X{number}", name=payload, initials="x")
        _days_work_of(person, cast, unit)
        cast.accounts[Role.LEADER].__class__.objects.create(
            county=cast.county, username=f"x{number}aa", name=payload
        )
    return cast


def _days_work_of(person, cast, unit):
    """The person serves in 柳林村 and has a row in each list of daily work."""
    posting = Posting.objects.create(
        county=cast.county, kind="first_secretary", person=person, department=unit,
        village=cast.liulin, start="2016-01-01",
    )  # fmt: skip
    row = {"county": cast.county, "posting": posting, "person": person}
    at = "2016-05-05T20:00:00+08:00"
    SignIn.objects.create(**row, day="2016-05-05", received_at=at)
    Journal.objects.create(**row, day="2016-05-05", items=person.name, received_at=at)
    Leave.objects.create(
        **row, kind="private", first="2016-05-09", last="2016-05-10", reason=person.name
    )
    MonthlyReport.objects.create(
        **row, month="2016-05-01", progress=person.name, received_at=at, due="2016-05-31"
    )


def test_there_are_forty():
    assert len(PAYLOADS) == len(set(PAYLOADS)) == 40


@pytest.mark.parametrize("name", [name for name in EXPORTS if exists(name)])
def test_no_export_holds_a_formula(name, hostile, log_in):
    actor = hostile.administrator.as_actor("")
    sees = actor.may(PAGES[name]) and actor.may(ALSO.get(name, PAGES[name]))
    answer = log_in(hostile.administrator if sees else hostile.office).get(reverse(name))
    assert answer.status_code == 200
    if "spreadsheet" not in answer["Content-Type"]:
        pytest.skip("no workbook")
    cells = typed_cells(answer.content)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    texts = {str(cell.value).strip() for cell in cells if cell.data_type == "s"}
    if name.startswith(WITH_NAMES):
        for payload in PAYLOADS:
            plain = re.sub(r"[\x00-\x08\x0b-\x1f]", "", payload).strip()
            assert any(plain in text for text in texts), payload


def test_the_marked_workbook_holds_none(cast, act, send, client):
    def change(content):
        sheet = content["人员"]
        for number, payload in enumerate(PAYLOADS, start=10):
            sheet.cell(number, 1, f"X{number}")
            cell = sheet.cell(number, 2, payload)
            cell.data_type = "s"
            sheet.cell(number, 3, payload).data_type = "s"
        sheet["E9"] = -5
        sheet["A9"] = "Y1"
        content["村"]["H2"] = "=cmd|' /C calc'!A0"

    reach = act(cast.office).reach("roster.import")
    batch = send(book(change)(template_for(reach, cast.year, COUNTY, filled=True)))
    assert batch.state == "faulty"
    answer = client.get(reverse("roster:import-marked", args=[batch.pk]))
    cells = typed_cells(answer.content)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    marked = opened(answer.content)
    assert marked.sheetnames[0] == "问题清单"
    assert marked["人员"]["E9"].value == -5
    assert marked["人员"]["E9"].data_type == "n"
    assert marked["人员"]["C10"].fill.fgColor.rgb == "FFFFC7CE"
    assert "没有这个单位" in marked["人员"]["C10"].comment.text
    assert marked["人员"]["A2"].comment is None
    listed = [row[2].value for row in marked["问题清单"].iter_rows(min_row=2)]
    assert len(listed) == len(batch.problems)
    assert "C10" in listed


def test_a_file_that_cannot_be_read_still_gives_the_list(send, client):
    batch = send(b"<html>no workbook</html>")
    answer = client.get(reverse("roster:import-marked", args=[batch.pk]))
    assert opened(answer.content).sheetnames == ["问题清单"]
