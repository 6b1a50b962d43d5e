"""Pages load only what the build put there, and nothing that the security policy forbids."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WEB = ROOT / "src/kaohe/web"
STATIC = WEB / "common/static"
ICON_LIST = WEB / "common/templatetags/icons.txt"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
MODULES = sorted(WEB.rglob("*.py"))

# `{% icon "x" %}`, `with icon="x"`, and `{% firstof entry.icon "x" %}`.
IN_TEMPLATES = re.compile(
    r"""(?:\{%\s*icon\s+|\b\w*icon\s*=\s*|\{%\s*firstof\s+[\w.]*icon\s+)["']([\w-]+)["']"""
)
# A menu's entry names its icon without saying that it is one.
IN_PYTHON = re.compile(r"""["']([a-z][a-z0-9-]*)["']""")

FORBIDDEN = {
    "a script in the page": r"<script\b(?![^>]*\bsrc=)",
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a handler attribute": r"\son[a-z]+\s*=\s*[\"']",
    "htmx code in an attribute": r"\bhx-on\b|\bhx-(?:vals|headers)\s*=\s*[\"']?\s*(?:js|javascript):",
    "a filter that htmx evaluates": r"hx-trigger=\"[^\"]*\[",
    "somebody else's address": r"(?:https?:)?//[a-z0-9-]+\.[a-z]",
    "a javascript address": r"javascript:",
}


def without_comments(template: Path) -> str:
    text = template.read_text("utf-8")
    return re.sub(r"\{% comment.*?\{% endcomment %\}|\{#.*?#\}", "", text, flags=re.DOTALL)


def listed_icons() -> list[str]:
    lines = ICON_LIST.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_list_of_icons_is_what_the_pages_use():
    shown = {name for path in TEMPLATES for name in IN_TEMPLATES.findall(without_comments(path))}
    named = {name for path in MODULES for name in IN_PYTHON.findall(path.read_text("utf-8"))}
    assert shown - set(listed_icons()) == set(), f"add to {ICON_LIST.name}, and install again"
    assert set(listed_icons()) - shown - named == set(), f"take out of {ICON_LIST.name}"


def test_the_list_of_icons_is_sorted_and_says_each_once():
    assert listed_icons() == sorted(set(listed_icons()))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    wrong = [
        f"{path.relative_to(WEB)}: {match.group()}"
        for path in TEMPLATES
        for match in re.finditer(FORBIDDEN[what], without_comments(path))
    ]
    assert wrong == []


def test_what_the_pages_link_is_there():
    linked = {
        name
        for path in TEMPLATES
        for name in re.findall(r"\{% static ['\"]([^'\"]+)['\"] %\}", without_comments(path))
        if not name.startswith("django_htmx/")
    }
    assert "vendor/tabler.min.css" in linked, "this test looks in the wrong place"
    # A part of the site may bring its own.
    folders = [STATIC, *WEB.glob("*/static")]
    absent = [name for name in sorted(linked) if not any((at / name).is_file() for at in folders)]
    assert absent == []


def test_the_sprite_holds_each_listed_icon():
    sprite = (STATIC / "vendor/icons.svg").read_text("utf-8")
    assert re.findall(r'<symbol id="([\w-]+)"', sprite) == listed_icons()


def test_the_licences_of_all_that_is_packed_are_packed_with_it():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    notices = (STATIC / "vendor/LICENSES.txt").read_text("utf-8")
    packages = {
        path.removeprefix("node_modules/"): about
        for path, about in lock["packages"].items()
        if path
    }
    missing = [
        name for name, about in packages.items() if f"{name} {about['version']} (" not in notices
    ]
    assert missing == []


def test_the_lock_says_nothing_about_where_anybody_fetched_it():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert [path for path, about in lock["packages"].items() if "resolved" in about] == []
    assert all("integrity" in about for path, about in lock["packages"].items() if path)


def test_scripts_import_only_scripts_that_are_there():
    scripts = sorted((STATIC / "js").glob("*.js"))
    imported = {
        name
        for script in scripts
        for name in re.findall(
            r'^import .*?"\./([\w-]+\.js)";$', script.read_text("utf-8"), re.MULTILINE
        )
    }
    assert imported <= {script.name for script in scripts}
    linked = {
        name
        for path in TEMPLATES
        for name in re.findall(r"\{% static ['\"]js/([^'\"]+)['\"] %\}", without_comments(path))
    }
    assert {script.name for script in scripts} - imported <= linked
