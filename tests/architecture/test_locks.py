"""The lock files name packages and hashes, and nothing about where anybody fetched them."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt"]

REQUIREMENT = re.compile(r"^[a-z0-9-]+==[\w.]+(?: ; [\w .'<>=!()]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
VIA = re.compile(
    r"^    # (?: *via)?(?: *-c requirements\.txt| *[\w.-]+(?: \(pyproject\.toml\))?)?$"
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_no_line_but_requirements_hashes_and_reasons(lock):
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    odd = [line for line in lines if not any(p.match(line) for p in (REQUIREMENT, HASH, VIA))]
    assert odd == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"http|://|file:|find-links|index-url", text)


def test_tests_run_on_the_versions_that_users_get():
    runtime, development = (set(requirements(lock)) for lock in LOCKS)
    assert runtime - development == set()


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    # No test runs on `s3`, and its libraries know fewer versions of Python than ours.
    locked = {k: v for k, v in project["optional-dependencies"].items() if k != "s3"}
    extras = [name for extra in locked.values() for name in extra]
    assert names(project["dependencies"]) <= names(requirements("requirements.txt"))
    assert names(extras) <= names(requirements("requirements-dev.txt"))


def requirements(lock: str) -> list[str]:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(" ")]


def names(requirements_: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", name)[0].lower().replace(".", "-") for name in requirements_}
