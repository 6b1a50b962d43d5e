"""A workbook on its way into the roster, as the office sees it: mistakes, preview, writing, undoing."""

import io

import openpyxl
import pytest
from django.urls import reverse

from kaohe.demo import SMALL, demo_county
from kaohe.web.common.permissions import Role
from kaohe.web.roster.imports.made import workbook_of
from kaohe.web.roster.models import Unit, Village, WorkYear
from tests.web.browser.county import empty_county, give_account


@pytest.fixture(autouse=True)
def _at_once(settings):
    """The worker's work is done before the page is answered."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def office(db):
    """The office of a new county: a year, and nothing in the roster."""
    county, _ = empty_county()
    return give_account(county, Role.HEADQUARTERS, "吴晓")


@pytest.fixture
def workbook(office):
    year = WorkYear.objects.get(county=office.county)
    tables = demo_county(scale=SMALL).as_tables()
    return workbook_of(tables, year, county=f"{office.county.name}（{office.county.code}）")


def faulty(workbook):
    """The same with a village in a township that does not exist."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["村"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=4) for cell in row}
    column = next(at for head, at in heads.items() if head and "乡镇" in str(head))
    last = next(row for row in range(sheet.max_row, 1, -1) if sheet.cell(row, column).value)
    sheet.cell(last, column).value = "T999"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page, content):
    page.goto(reverse("roster:import-upload"))
    page.get_by_label("工作簿").set_input_files(
        {
            "name": "名册.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        }
    )
    page.get_by_role("button", name="上传并检查").click()


def test_from_mistakes_to_the_roster_and_back(office, site, workbook):
    watched = site.opened(office)
    page = watched.page
    upload(page, faulty(workbook))
    page.get_by_text("有问题，不能导入").wait_for()
    assert page.get_by_text("T999").first.is_visible()
    assert page.get_by_role("button", name="确认导入").count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标出问题的文件").click()
    marked = io.BytesIO(download.value.path().read_bytes())
    assert "村" in openpyxl.load_workbook(marked).sheetnames

    page.get_by_role("link", name="上传改好的文件").click()
    upload(page, workbook)
    page.get_by_text("没有问题，可以导入").wait_for()
    assert Village.objects.count() == 0, "nothing is written yet"
    page.get_by_role("button", name="确认导入").click()
    page.get_by_role("button", name="撤销这次导入").wait_for()
    assert Village.objects.count() == 8
    assert Unit.objects.count() == 9

    page.get_by_role("button", name="撤销这次导入").click()
    page.get_by_text("这次导入新增的已删除").wait_for()
    assert Village.objects.count() == 0
    assert watched.heard() == []
