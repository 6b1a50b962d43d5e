"""A month in numbers, its summary in Word, findings beside indicators, lists and their workbooks."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.supervision.actions.plans import choose_subjects
from kaohe.web.supervision.actions.visits import Found, VisitFacts, record_visit
from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.board import board_of
from kaohe.web.supervision.queries.findings import findings_beside
from tests.web.supervision.steps import MONTH, notified, offices

pytestmark = pytest.mark.django_db
TODAY = date(2016, 3, 25)


@pytest.fixture
def month(cast, act, at):
    """Of three chosen, two visited; three findings: one overdue, one closed, one just found."""
    offices(cast)
    finding = notified(cast, act)
    plan = finding.inspection.plan
    units = plan.year.inspection_plans.get(code="units")
    keys = [f"u{cast.yunxi.pk}", f"u{cast.finance.pk}"]
    first, _ = choose_subjects(actor=act(cast.office), plan_id=units.pk, keys=keys)
    visit = VisitFacts(
        day=date(2016, 3, 4),
        inspectors="周一",
        marks={"1.1": "fault", "1.2": "fault"},
        found=[Found("1.1", "grave", "没有开专题会"), Found("1.2", "minor", "台账不全")],
    )
    record_visit(actor=act(cast.office), inspection_id=first.pk, facts=visit, seen=1)
    Finding.objects.filter(text="台账不全").update(state=Finding.State.CLOSED)
    at("2016-03-25 09:00")
    return finding


def test_the_board_counts_by_lead_severity_and_indicator(month, cast, act):
    board = board_of(act(cast.office), MONTH, TODAY)
    led = {one.name: one for one in board.led}
    units = led["乡镇和部门工作推进督查"]
    assert (units.body, units.subjects, units.visited) == ("扶贫移民局", 2, 1)
    assert (units.found, units.closed, units.open, units.late) == (2, 1, 1, 0)
    own = led["第一书记工作督查"]
    assert (own.subjects, own.visited, own.found, own.late) == (1, 1, 1, 1)
    assert board.severities == [("一般", 1), ("较重", 1), ("严重", 1)]
    assert {(one.kind, one.indicator, one.found) for one in board.indicators} == {
        ("乡镇", "1.1 组织领导", 1),
        ("乡镇", "1.2 驻村帮扶", 1),
        ("第一书记", "6 执行制度纪律", 1),
    }
    assert [one.pk for one in board.overdue] == [month.pk]


def test_a_township_s_board_is_its_own(month, cast, act):
    board = board_of(act(cast.township), MONTH, TODAY)
    # Its own plan of two, and the visits made to 张三 and to itself.
    assert {(one.body, one.subjects, one.visited) for one in board.led} == {
        ("乡镇", 2, 0),
        ("县委组织部", 1, 1),
        ("扶贫移民局", 1, 1),
    }


@pytest.fixture
def paper(month, cast, log_in):
    client = log_in(cast.office)
    answer = client.get(f"{reverse('supervision:summary')}?month=2016-03")
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.content))


def test_the_summary_says_what_the_board_counts(paper):
    text = "\n".join(line.text for line in paper.paragraphs)
    for part in (
        "禾望县2016年3月平常督查情况汇总",
        "一、督查开展情况",
        "已督查 2 个（次）",
        "共发现问题 3 个，其中一般 1 个，较重 1 个，严重 1 个。",
        "已整改销号 1 个，还有 2 个没有销号，其中逾期没有回复的 1 个。",
        "1. 云溪镇：没有开专题会",
        "2016年3月25日",
    ):
        assert part in text
    by_lead, by_indicator, overdue = paper.tables
    lines = [[cell.text for cell in row.cells] for row in by_lead.rows]
    assert lines[0] == ["督查", "牵头", "应查", "已查", "问题", "销号", "逾期"]
    assert ["乡镇和部门工作推进督查", "扶贫移民局", "2", "1", "2", "1", "0"] in lines
    assert len(by_indicator.rows) == 4
    assert [cell.text for cell in overdue.rows[1].cells] == [
        "张三（云溪镇柳林村）",
        "6 执行制度纪律：考勤簿没有逐日登记",
        "2016年3月22日",
        "3",
    ]


def test_the_summary_looks_as_an_office_s_paper(paper):
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)

    def letters(run):
        return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt

    assert letters(paper.paragraphs[0].runs[0]) == ("方正小标宋简体", 22)
    fonts = {
        name: paper.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Heading 2")
    }
    assert fonts == {"Normal": "仿宋_GB2312", "Heading 1": "黑体", "Heading 2": "楷体_GB2312"}
    assert {paper.styles[name].font.size.pt for name in fonts} == {16}
    assert "PAGE" in section.footer._element.xml


def test_taking_the_summary_is_written_down(paper):
    entry = AuditEntry.objects.get(action="inspection.summarise")
    assert entry.object_label == "2016年3月督查情况汇总"
    assert entry.after == {"visits": 2, "findings": 3}


def test_a_month_without_inspections_makes_a_paper_too(cast, log_in):
    client = log_in(cast.accounts[Role.INSPECTORS])
    answer = client.get(f"{reverse('supervision:summary')}?month=2016-11")
    text = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "2016年11月没有安排督查。" in text


def test_findings_stand_beside_their_indicator(month, cast, act, log_in):
    reach = act(cast.office).reach("inspection.view")
    found = findings_beside(reach, cast.year, cast.yunxi)
    assert {code: [one.text for one in rows] for code, rows in found.items()} == {
        "1.1": ["没有开专题会"],
        "1.2": ["台账不全"],
    }
    assert set(findings_beside(reach, cast.year, cast.secretary_posting)) == {"6"}
    assert findings_beside(reach, cast.stranger.year, cast.yunxi) == {}
    address = reverse("supervision:posting-record", args=[cast.secretary_posting.pk])
    page = log_in(cast.secretary).get(address).content.decode()
    assert "6 执行制度纪律" in page
    assert "考勤簿没有逐日登记" in page


NARROWED = {
    "": 3,
    "state=late": 1,
    "state=open": 2,
    "severity=grave": 1,
    "q=云溪": 3,
    "q=专题会": 1,
    "kind=township": 2,
    "month=2016-02": 0,
}


def test_the_list_of_findings_is_narrowed(month, cast, log_in):
    client = log_in(cast.office)
    pages = {asked: client.get(f"{reverse('supervision:findings')}?{asked}") for asked in NARROWED}
    counts = {asked: len(page.context["table"].rows) for asked, page in pages.items()}
    assert counts == NARROWED


def test_its_workbook_holds_what_the_list_shows(month, cast, log_in):
    client = log_in(cast.office)
    book = client.get(f"{reverse('supervision:findings-export')}?kind=township")
    heads, *lines = load_workbook(io.BytesIO(book.content)).active.values
    assert len(lines) == 2
    row = dict(zip(heads, lines[0], strict=True))
    assert (row["检查对象"], row["指标"], row["状态"]) == ("云溪镇", "1.2 驻村帮扶", "已销号")


def test_the_list_of_inspections_is_narrowed_too(month, cast, log_in):
    client = log_in(cast.office)
    page = client.get(f"{reverse('supervision:inspections')}?state=done&code=units")
    assert [row.record.subject for row in page.context["table"].rows] == ["云溪镇"]
    book = client.get(f"{reverse('supervision:inspections-export')}?state=done")
    assert load_workbook(io.BytesIO(book.content)).active.max_row == 3
