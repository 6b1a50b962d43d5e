"""What comes out of the printer: A4, no menus, no buttons, whole sheets."""

import re

import pytest

from tests.web.browser.running import PICTURES


@pytest.fixture
def paper():
    """The page as a PDF: how many sheets of which size, kept for looking at."""

    def paper(page, name):
        PICTURES.mkdir(exist_ok=True)
        content = page.pdf(prefer_css_page_size=True, path=PICTURES / f"{name}.pdf")
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
        assert {(round(float(w)), round(float(h))) for w, h in boxes} <= {(595, 842), (596, 842)}
        page.emulate_media(media="print")
        for part in (".sidebar", ".topbar", ".bottom-bar", ".page-actions", ".filters"):
            for one in page.locator(part).all():
                assert one.is_hidden(), f"{part} is printed"
        return len(re.findall(rb"/Type /Page\b", content))

    return paper


def test_a_list(cast, site, paper):
    page = site.at(cast.office, "roster:villages").page
    assert paper(page, "villages") == 1
    assert page.locator(".print-head").is_visible()
    assert page.get_by_text("柳林村").first.is_visible()


def test_the_head_of_a_day(cast, site, paper):
    page = site.at(cast.auditor, "audit:head").page
    assert paper(page, "audit-head") == 1


def test_slips(cast, site, paper):
    cast.secretary.grants.all().delete()
    cast.secretary.delete()
    page = site.at(cast.office, "accounts:invite").page
    page.get_by_label("给谁开通").select_option("first_secretary")
    page.get_by_role("button", name="查看名单").click()
    page.get_by_role("button", name="开通选中的账号").click()
    page.locator(".slip").first.wait_for()
    assert paper(page, "slips") == 1
    assert page.locator(".slip").first.is_visible()


def test_the_help(cast, site, paper):
    page = site.at(cast.office, "help:page", "import").page
    assert paper(page, "help-import") <= 2
