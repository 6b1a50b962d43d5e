"""docs/permissions.md says what the table says."""

from pathlib import Path

from kaohe.web.common.permissions import ACTIONS, PAGES, Role, Scope
from kaohe.web.common.permissions_page import permissions_page

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


def test_the_page_is_printed_from_the_table():
    assert PAGE.read_text("utf-8") == permissions_page(), (
        "run: python -m kaohe.web.common.permissions_page > docs/permissions.md"
    )


def test_each_right_stands_in_its_row_with_its_scope():
    lines = permissions_page().splitlines()
    heads = next(line for line in lines if line.startswith("| 动作 |"))
    column = [cell.strip() for cell in heads.split("|")].index(Role.TOWNSHIP.label)
    row = next(line for line in lines if line.startswith(f"| {ACTIONS['village.count'].label}"))
    assert [cell.strip() for cell in row.split("|")][column] == Scope.TOWNSHIP.label
    row = next(line for line in lines if line.startswith(f"| {ACTIONS['village.change'].label}"))
    assert [cell.strip() for cell in row.split("|")][column] == ""


def test_each_page_stands_there_with_its_action():
    text = permissions_page()
    for page, action in PAGES.items():
        assert f"| `{page}` | {ACTIONS[action].label} |" in text
