"""What is taken out of the log: all that was asked for, as text, and itself written down."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from kaohe.web.common.audit import export
from kaohe.web.common.models import AuditEntry
from tests.web.audit.conftest import append, entries

pytestmark = pytest.mark.django_db
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "=cmd|' /C'!A0",
]


@pytest.fixture
def download(cast, log_in):
    client = log_in(cast.auditor)

    def download(**query):
        answer = client.get(reverse("audit:export"), query)
        assert answer.status_code == 200
        return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    return download


def test_the_workbook_holds_the_filtered_entries_and_says_how_they_were_filtered(cast, download):
    append(entries(5, county=cast.county.pk))
    book = download(q="柳林村3")
    about = dict(book["说明"].iter_rows(values_only=True))
    assert about["筛选"] == "操作人、对象或理由：柳林村3"
    assert about["条数"] == "1"
    assert re.fullmatch(r"KAOHE-HEAD \d{4}-\d\d-\d\d \d+ sha256 [0-9a-f]{64}", about["审计链末值"])
    head, *rows = book["审计记录"].iter_rows(values_only=True)
    assert head == tuple(label for label, _ in export.COLUMNS)
    assert [row[9] for row in rows] == ["柳林村3"]
    assert rows[0][10] == "名称：旧名3 → 新名3\n贫困村：否 → 是\n退出年度：（空） → 2019"


def test_an_export_is_told_with_its_filter_and_number(cast, download):
    append(entries(5, county=cast.county.pk))
    download(verb="update")
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.verb, entry.actor_name) == (
        "audit.export",
        "export",
        "审计（只读）",
    )
    assert entry.after == {"rows": 5, "filters": "动作：修改"}


def test_a_print_is_told_too(cast, log_in):
    append(entries(5, county=cast.county.pk))
    page = log_in(cast.auditor).get(reverse("audit:export"), {"as": "print"})
    assert "柳林村4" in page.content.decode()
    entry = AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.after["rows"]) == ("print", 5)


def test_no_cell_is_ever_a_formula(cast, download):
    some = entries(len(FORMULAS), county=cast.county.pk)
    for entry, text in zip(some, FORMULAS, strict=True):
        entry.object_label = entry.reason = entry.actor_name = text
        entry.after = {"name": text}
    append(some)
    cells = [cell for row in download()["审计记录"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert len([cell for cell in cells if cell.value == "=1+1"]) == 3


def test_a_filter_that_cannot_be_read_exports_nothing(cast, log_in):
    answer = log_in(cast.auditor).get(reverse("audit:export"), {"until": "昨天"})
    assert answer.status_code == 404
    assert not AuditEntry.objects.filter(action="audit.export").exists()


def test_what_does_not_fit_on_a_sheet_goes_on_on_the_next(cast, download, monkeypatch):
    monkeypatch.setattr(export, "ROWS_PER_SHEET", 10)
    append(entries(25, county=cast.county.pk))
    book = download(verb="update")
    assert book.sheetnames == ["说明", "审计记录", "审计记录（2）", "审计记录（3）"]
    assert [book[name].max_row - 1 for name in book.sheetnames[1:]] == [10, 10, 5]
