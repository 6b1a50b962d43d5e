"""On a phone of 390 × 844, with a finger."""

import pytest

from kaohe.web.common.permissions import Role

# Apple's and Google's guidelines ask for 44 and 48; targets in running text are left out.
SMALLEST = 40


def test_a_person_s_page_by_the_menu(cast, site):
    watched = site.at(cast.township, "home", phone=True)
    page = watched.page
    assert page.locator("#menu").is_hidden()
    page.get_by_role("button", name="打开菜单").tap()
    page.locator("#menu").get_by_role("link", name="人员", exact=True).tap()
    page.get_by_role("link", name="张三").tap()
    page.get_by_role("heading", name="张三").wait_for()
    assert watched.too_wide() == []
    assert "199******01" in page.locator("#numbers").inner_text()
    page.get_by_text("查看完整号码").tap()
    page.locator("#numbers input[type=checkbox]").first.check()
    page.locator("#numbers select, #numbers input[type=text], #numbers textarea").first.wait_for()
    assert watched.heard() == []


def test_a_list_is_cards_and_its_filters_are_there(cast, site):
    watched = site.at(cast.office, "roster:people", phone=True)
    page = watched.page
    first = page.locator("tbody tr").first
    box = first.bounding_box()
    assert box["height"] > 80, "a row is a card"
    page.get_by_label("查找").fill("张三")
    page.get_by_text("共 1 条").wait_for()
    assert watched.too_wide() == []
    assert watched.heard() == []


@pytest.mark.parametrize("role", [Role.FIRST_SECRETARY, Role.TOWNSHIP, Role.HEADQUARTERS])
def test_what_is_tapped_is_large_enough(role, cast, site):
    page = site.at(cast.accounts[role], "home", phone=True).page
    small = page.evaluate(
        """(smallest) => [...document.querySelectorAll(".topbar button, .bottom-bar a, main .btn")]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < smallest)
            .map((one) => one.outerHTML.slice(0, 100))""",
        SMALLEST,
    )
    assert small == []


def test_the_theme_is_switched_and_remembered(cast, site):
    page = site.at(cast.office, "home").page
    theme = "document.documentElement.getAttribute('data-bs-theme')"
    assert page.evaluate(theme) == "light"
    page.get_by_role("button", name="切换亮色和暗色").click()
    assert page.evaluate(theme) == "dark"
    page.reload()
    assert page.evaluate(theme) == "dark", "no light flash either: the early script sets it"
