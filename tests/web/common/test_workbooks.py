"""A list as a workbook: what was typed stays text, numbers stay numbers, nothing is lost."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from kaohe.web.common.workbooks import attachment, workbook

_STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "＝",
    "＋",
    "－",
    "＠",
    "'=",
    '"=',
    "%=",
    "|=",
]
_CALLS = [
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example","点")',
    'WEBSERVICE("http://x.example")',
    'IMPORTXML("http://x.example","//a")',
    "SUM(1+1)*cmd|' /C calc'!A0",
]
PAYLOADS = [start + call for start in _STARTS for call in _CALLS[:3]] + _CALLS


def _sheet(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_is_ever_a_formula_or_a_link(text):
    cell = _sheet(workbook("名单", ["列"], [[text]]))["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (-3, -3),
        (0, 0),
        (Decimal("-1.5"), -1.5),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (True, "是"),
        (False, "否"),
        (None, None),
        ("", None),
        ("510101199001011231", "510101199001011231"),
        ("007", "007"),
        ("1e5", "1e5"),
        (date(2016, 1, 5), datetime(2016, 1, 5)),
        (timezone.make_aware(datetime(2016, 1, 5, 23, 30)), datetime(2016, 1, 5, 23, 30)),
        ("坏\x00\x08字\ud83d", "坏字?"),
    ],
    ids=repr,
)
def test_a_value_comes_back_as_what_it_was(value, read):
    assert _sheet(workbook("名单", ["列"], [[value]]))["A2"].value == read


def test_a_text_longer_than_a_cell_is_cut_at_excels_limit():
    assert len(_sheet(workbook("名单", ["列"], [["村" * 40_000]]))["A2"].value) == 32_767


def test_an_empty_list_is_a_workbook_with_its_head():
    sheet = _sheet(workbook("名单", ["编号", "名称"], []))
    assert [cell.value for cell in sheet[1]] == ["编号", "名称"]
    assert sheet.freeze_panes == "A2"


def test_a_file_is_stored_under_a_chinese_name_and_never_opened_in_the_page():
    answer = attachment(b"PK", "村名单.xlsx")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=utf-8''%E6%9D%91%E5%90%8D%E5%8D%95-" in answer["Content-Disposition"]
