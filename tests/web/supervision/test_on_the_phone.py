"""A visit on a phone of 390 × 844, with a finger."""

import pytest

from kaohe.web.common.permissions import Role
from kaohe.web.supervision.models import Finding, Inspection, InspectionPlan

LARGE = 44  # what Apple's guidelines ask of a thing to tap


@pytest.fixture
def row(cast):
    plan = InspectionPlan.objects.create(
        year=cast.year,
        month="2016-03-01",
        code="first_secretaries",
        name="第一书记工作督查",
        body="县委组织部",
    )
    return Inspection.objects.create(
        county=cast.county, plan=plan, posting=cast.secretary_posting, village=cast.liulin
    )


def test_a_fault_is_ticked_described_and_stored(cast, site, row):
    watched = site.at(
        cast.accounts[Role.ORGANISATION], "supervision:inspection-record", row.pk, phone=True
    )
    page = watched.page
    page.get_by_label("检查人员").fill("周一、吴二")
    page.get_by_role("group", name="张三").get_by_role("radio", name="在岗", exact=True).tap()
    line = page.locator("[data-line]").filter(has_text="6 执行制度纪律")
    words = line.get_by_label("问题", exact=True)
    assert words.is_hidden(), "only a fault asks for words"
    button = line.get_by_role("radio", name="有问题")
    assert button.bounding_box()["height"] >= LARGE
    button.tap()
    words.fill("考勤簿没有逐日登记")
    line.get_by_role("radio", name="严重").tap()
    assert watched.too_wide() == []
    page.get_by_role("button", name="保存检查情况").tap()
    page.get_by_text("发现的问题（1）").wait_for()
    finding = Finding.objects.get()
    assert (finding.indicator, finding.severity) == ("6", "grave")
    assert [one.state for one in finding.inspection.on_spot.all()] == ["here"]
    assert watched.too_wide() == []
    assert watched.heard() == []
