"""What exists is documented, and what the documents point at exists."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from kaohe.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_dependency_has_its_line_of_why():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    optional = project["project"]["optional-dependencies"].values()
    needed = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(requirement for extra in optional for requirement in extra),
    ]
    named = {re.split(r"[^\w.-]", requirement)[0] for requirement in needed}
    table = (ROOT / "docs/dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([\w.-]+)", table, re.MULTILINE))
    assert explained == named


def test_every_command_is_in_the_manual():
    commands = getattr(get_command(app), "commands", {})
    assert commands, "no command found: this test asks the application in a wrong way"
    manual = (ROOT / "docs/cli.md").read_text("utf-8")
    assert [name for name in commands if f"kaohe {name}" not in manual] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s#]+)", text)
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []
