"""The help agrees with the site: a page a role, links that lead somewhere, names that are on the buttons."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import kaohe.web
from kaohe.web.common.permissions import ACTIONS, PAGES, Role
from kaohe.web.home.help_places import _PLACES
from kaohe.web.home.manual import ROLES, TOPICS, anchor, found, read_page

NAMES = [*TOPICS, *ROLES.values()]
FOLDER = Path(__file__).parents[3] / "docs" / "help"
LINK = re.compile(r"\]\(([^)]+)\)")
QUOTED = re.compile(r"“([^”]+)”")


def test_every_role_has_a_page_and_every_file_is_a_page():
    assert set(ROLES) == set(Role) - {Role.COMMAND}
    assert {path.stem for path in FOLDER.glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_a_title_a_first_sentence_and_parts(name):
    page = read_page(name)
    assert page.title
    assert page.lead.endswith("。")
    assert page.headings
    assert "<h1" not in page.html, "the page's head shows the title"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_screen_or_two(name):
    assert len((FOLDER / f"{name}.md").read_text("utf-8")) < 1_400


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_pages_and_headings_that_are_there(name):
    for target in LINK.findall((FOLDER / f"{name}.md").read_text("utf-8")):
        file, _, place = target.partition("#")
        assert file.removesuffix(".md") in NAMES, target
        if place:
            assert place in {one.anchor for one in read_page(file.removesuffix(".md")).headings}


@pytest.fixture(scope="module")
def on_the_screen():
    """All texts of the site's templates and code."""
    root = Path(kaohe.web.__file__).parent
    files = [*root.rglob("*.html"), *root.rglob("*.py"), *root.rglob("*.js")]
    return "\n".join(file.read_text("utf-8") for file in files if "vendor" not in file.parts)


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_in_quotation_marks_stands_on_the_screen(name, on_the_screen):
    quoted = QUOTED.findall((FOLDER / f"{name}.md").read_text("utf-8"))
    absent = [text for text in quoted if text not in on_the_screen and text != "柳林村"]
    assert absent == []


def test_a_role_without_a_right_is_not_told_to_use_it():
    """The pages that give a button to press, and the action behind it."""
    buttons = {
        "填户数": "village.count",
        "登记人员": "person.change",
        "登记职务": "post.change",
        "组建工作队": "team.change",
        "登记派驻": "posting.first_secretary|posting.village_team|posting.technician",
        "查看并记录": "person.reveal",
        "修改历史": "history.view",
        "导出 Excel": "list.export",
        "批量开通": "account.change",
        "设立一个年度": "year.change",
    }
    for role, name in ROLES.items():
        said = set(QUOTED.findall((FOLDER / f"{name}.md").read_text("utf-8")))
        for button in said & set(buttons):
            actions = buttons[button].split("|")
            assert any(role in ACTIONS[action].scopes for action in actions), (role, button)


def test_each_group_of_pages_has_its_place_in_the_help():
    for place in _PLACES.values():
        page, _, heading = place.partition("#")
        if page:
            headings = {one.anchor for one in read_page(page).headings}
            assert not heading or heading in headings
    groups = {name.split(":")[0] for name in PAGES if ":" in name} - {"help", "common"}
    assert {f"{group}:" for group in groups} <= set(_PLACES)


def test_headings_are_found_by_any_of_their_words():
    places = found("撤销")
    assert [(place.page, place.heading) for place in places] == [("导入名册", "撤销")]
    assert places[0].url == f"{reverse('help:page', args=['import'])}#{anchor('撤销')}"
    assert found("没有这个词") == []


def test_raw_html_stays_text():
    assert all("<script" not in read_page(name).html for name in NAMES)


@pytest.mark.django_db
def test_ones_own_role_comes_first(cast, log_in):
    page = log_in(cast.township).get(reverse("help:index"))
    text = page.content.decode()
    assert text.index('id="own-township"') < text.index('id="topics-title"')


@pytest.mark.django_db
def test_a_page_leads_to_the_help_about_itself(cast, log_in):
    client = log_in(cast.office)
    assert f'href="{reverse("help:page", args=["roster"])}"' in (
        client.get(reverse("roster:villages")).content.decode()
    )
    assert f'href="{reverse("help:index")}"' in client.get(reverse("home")).content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_not_found(cast, log_in):
    assert log_in(cast.office).get(reverse("help:page", args=["no-such"])).status_code == 404
