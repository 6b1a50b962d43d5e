"""Everything by keys: the way to the text, to the search, through a list, through a form."""

from django.urls import reverse

from kaohe.web.roster.models import Village


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def tab_to(page, label):
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.get_by_label(label).evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {label}")


def test_the_first_key_leads_past_the_menu(cast, site):
    page = site.at(cast.office, "roster:villages").page
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_search_walk_through_the_list_and_open(cast, site):
    watched = site.at(cast.office, "roster:villages")
    page = watched.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("llc")
    page.wait_for_url("**q=llc**")
    page.get_by_text("共 1 条").wait_for()
    page.get_by_label("查找").fill("")
    page.get_by_text("共 2 条").wait_for()
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    assert "石桥村" in focused(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="柳林村", exact=True).wait_for()
    assert watched.heard() == []


def test_a_form_is_filled_and_saved(cast, site):
    page = site.at(cast.office, "roster:village-add").page
    page.get_by_label("编号").focus()
    page.keyboard.type("V009")
    tab_to(page, "名称")
    page.keyboard.type("青杠村")
    tab_to(page, "乡镇")
    page.keyboard.press("End")
    page.keyboard.press("Alt+KeyS")
    page.get_by_role("heading", name="青杠村").wait_for()
    assert Village.objects.filter(name="青杠村", township=cast.daping).exists()


def test_the_keys_are_listed_and_lead_home(cast, site):
    page = site.at(cast.office, "roster:villages").page
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("在表格的行间移动").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(f"**{reverse('home')}")


def test_the_focus_can_be_seen_wherever_it_is(cast, site):
    """Every stop of Tab on a list has a ring or the like around it."""
    page = site.at(cast.office, "roster:villages").page
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const one = document.activeElement;
                if (one === document.body) return "gone";
                const style = getComputedStyle(one);
                return style.outlineStyle !== "none" || style.boxShadow !== "none"
                    ? "" : one.outerHTML.slice(0, 120);
            }"""
        )
        if seen == "gone":
            break
        assert seen == ""
