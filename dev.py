"""Sets the project up and runs its main jobs; needs nothing but Python 3.11.

    python3 dev.py demo     open the site on a made-up county, with an account for each role
    python3 dev.py score    score the shipped example and explain one of its scores
    python3 dev.py test     lint, types, import rules and tests, as CI runs them
    python3 dev.py bench    measure speed, see docs/performance.md
    python3 dev.py lock     write the lock files again (--upgrade takes newer versions)

Everything is installed into .venv from the hashed lock files, and again only when those change.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

RUNTIME_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"

# What Spark 4.0 runs on. Later Java versions removed what its Hadoop client calls.
JAVA_VERSIONS = (17, 21)
JAVA_PACKAGES = ("openjdk-17-jre-headless", "openjdk-21-jre-headless")

# What the browser tests need on Debian: its own browser, and a font with Chinese characters.
BROWSER = "chromium"
BROWSER_PACKAGES = (BROWSER, "fonts-noto-cjk")

# What the project's own installation is made from; its assets are fetched by the build hook.
PROJECT = ROOT / "pyproject.toml"
BUILT_FROM = (
    PROJECT,
    ROOT / "hatch_build.py",
    ROOT / "package-lock.json",
    ROOT / "src/kaohe/web/common/templatetags/icons.txt",
)

EXAMPLE_SCHEME = "xx-county-2016"
EXAMPLE_SUBJECT = "D007"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place to say so
        say(f"kaohe needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 2
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("job", choices=list(JOBS))
    arguments, options = parser.parse_known_args()
    # What else stands behind the job belongs to benchmarks/run.py, `kaohe demo` or uv.
    known = {"lock": ["--upgrade"], "score": [], "test": []}
    unknown = [one for one in options if one not in known.get(arguments.job, options)]
    if unknown:
        parser.error(f"unknown: {' '.join(unknown)}")

    os.chdir(ROOT)
    try:
        return JOBS[arguments.job](options)
    except subprocess.CalledProcessError as failure:
        say(f"Failed: {shown(failure.cmd)}")
        return failure.returncode or 1


# The jobs


def demo(options: Sequence[str]) -> int:
    """Open the demonstration's site, which `kaohe demo` makes at its first start."""
    set_up(RUNTIME_LOCK)
    command = [str(BIN / "kaohe"), "demo", *options]
    say(f"\n$ {shown(command)}")
    site = subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"})
    while True:
        try:
            return site.wait()
        except KeyboardInterrupt:
            # It got the same key, and ends by itself when its last requests are answered.
            continue


def score(_: Sequence[str]) -> int:
    """Score the shipped example into out/ and explain one subject's score."""
    set_up(RUNTIME_LOCK)
    kaohe = str(BIN / "kaohe")
    run([kaohe, "score", EXAMPLE_SCHEME, f"examples/{EXAMPLE_SCHEME}", "--out", "out"])
    run([kaohe, "explain", "out", EXAMPLE_SUBJECT])
    say("")
    say(f"Results are in {ROOT / 'out'}: open results.csv with Excel or any editor.")
    say(f"Any other score: {Path(kaohe).relative_to(ROOT)} explain out <subject_id>")
    return 0


def test(_: Sequence[str]) -> int:
    """Run every check even after one fails; the status is that of the first failure."""
    set_up(DEV_LOCK)
    provide_browser()
    environment = spark_environment()
    pytest = [str(PYTHON), "-m", "pytest"]
    # Two processes share the tests; those on Spark stay together in one of them.
    shared = ["-n", "2", "--dist", "loadgroup"]
    checks: dict[str, list[str]] = {
        "lint": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "types": [str(BIN / "mypy")],
        "imports": [str(BIN / "lint-imports")],
        "on PostgreSQL": [str(PYTHON), "tests/on_postgresql.py", *shared],
    }
    with tempfile.TemporaryDirectory(prefix="kaohe-checks-") as home:
        # The types of the site's settings are found by reading them, and that makes a site's key.
        environment["KAOHE_HOME"] = home
        statuses = {
            name: run(command, environment, check=False) for name, command in checks.items()
        }
        # The tests come last, with nothing after them: their closing line ends the log.
        say("")
        for name, status in statuses.items():
            say(f"{name:14} {'ok' if status == 0 else 'FAILED'}")
        statuses["tests"] = run([*pytest, *shared], environment, check=False)
    return next((status for status in statuses.values() if status), 0)


def bench(options: Sequence[str]) -> int:
    """Run benchmarks/run.py with the given options; benchmarks/web_server.py is run by itself."""
    set_up(DEV_LOCK)
    return run([str(PYTHON), "benchmarks/run.py", *options], spark_environment(), check=False)


def lock(options: Sequence[str]) -> int:
    """Write both lock files from pyproject.toml, for every platform and Python from 3.11 on."""
    set_up(DEV_LOCK)
    compiling = [str(BIN / "uv"), "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    compiling += ["--python-version=3.11", "--generate-hashes", "--no-emit-index-url"]
    compiling += ["--no-header", *options]
    run([*compiling, "--output-file", RUNTIME_LOCK.name])
    # Held to the runtime lock, so that tests run on what users get.
    # Not `s3`: no test runs on it, and its libraries know fewer versions of Python than ours.
    extras = [f"--extra={name}" for name in ("spark", "test", "bench", "dev")]
    extras += ["--constraint", RUNTIME_LOCK.name]
    run([*compiling, *extras, "--output-file", DEV_LOCK.name])
    return 0


JOBS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "score": score,
    "test": test,
    "bench": bench,
    "lock": lock,
}


# The environment


def set_up(wanted: Path) -> None:
    """Bring .venv to the wanted lock and install the project into it, if anything changed.

    The development lock holds the runtime lock's versions and more, so it serves for both.
    """
    if not any(is_installed(lock_file) for lock_file in {wanted, DEV_LOCK}):
        say(f"Setting up {VENV.name} from {wanted.name} ...")
        # Made anew, so that nothing stays which the lock no longer names.
        base = getattr(sys, "_base_executable", sys.executable)
        run([base, "-m", "venv", "--clear", str(VENV)])
        pip_install("--require-hashes", "--requirement", wanted.name)
        stamp(wanted).write_text(digest(wanted), encoding="utf-8")
    if not is_installed(*BUILT_FROM):
        pip_install("--no-deps", "--editable", ".")
        stamp(PROJECT).write_text(digest(*BUILT_FROM), encoding="utf-8")


def pip_install(*options: str) -> None:
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    run([str(PYTHON), "-m", "pip", "install", *quiet, *options])


def is_installed(*sources: Path) -> bool:
    """Whether what the first of the files stands for was installed from them as they are now."""
    mark = stamp(sources[0])
    return mark.is_file() and mark.read_text(encoding="utf-8") == digest(*sources)


def stamp(source: Path) -> Path:
    return VENV / f"installed-{source.name}.sha256"


def digest(*sources: Path) -> str:
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


# Java, for Spark


def spark_environment() -> dict[str, str]:
    """Variables by which Spark finds a Java it runs on, installed first where that can be done.

    Without one the Spark tests fail: a second engine that nobody ran proves nothing.
    """
    home = java_home() or (install_java() and java_home())
    if not home:
        say("No Java 17 or 21 was found: the Spark tests will fail. Install one or set JAVA_HOME.")
        say("Without it: .venv/bin/python -m pytest -m 'not spark'")
        return {}
    say(f"Java for Spark: {home}")
    # Spark asks for the machine's own address, which a machine without a network cannot tell.
    return {"JAVA_HOME": home, "SPARK_LOCAL_IP": os.environ.get("SPARK_LOCAL_IP", "127.0.0.1")}


def java_home() -> str | None:
    """The home of the first Java of a fitting version: JAVA_HOME's, PATH's, or an installed one."""
    program = "java.exe" if os.name == "nt" else "java"
    candidates = [
        Path(os.environ["JAVA_HOME"], "bin", program) if os.environ.get("JAVA_HOME") else None,
        shutil.which("java"),
        *sorted(Path("/usr/lib/jvm").glob("*/bin/java")),
    ]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            settings = java_settings(str(candidate))
            major = settings.get("java.version", "").split(".")[0]
            if major.isdigit() and JAVA_VERSIONS[0] <= int(major) <= JAVA_VERSIONS[1]:
                return settings["java.home"]
    return None


def java_settings(program: str) -> dict[str, str]:
    """What a Java says about itself; empty for one that does not start."""
    question = [program, "-XshowSettings:properties", "-version"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=False).stderr
    except OSError:
        return {}
    return dict(re.findall(r"^\s*(java\.(?:home|version)) = (.+?)\s*$", answer, re.MULTILINE))


def install_java() -> bool:
    """Install Java by apt-get as root; elsewhere that is the user's own decision."""
    if not may_install():
        return False
    say("No Java for Spark yet: installing one ...")
    # Which of them there is depends on the age of the system.
    return any(install([name]) for name in JAVA_PACKAGES)


# The browser, for the tests that look at pages


def provide_browser() -> None:
    """Install Debian's chromium and a Chinese font as root; elsewhere say what is missing."""
    if shutil.which(BROWSER):
        return
    if may_install():
        say("No browser for the tests of pages yet: installing one ...")
        install(BROWSER_PACKAGES)
    if not shutil.which(BROWSER):
        say(f"{BROWSER} was not found, so the tests of pages in a browser do not run.")
        say(f"Install it: on Debian, apt-get install {' '.join(BROWSER_PACKAGES)}.")


# Debian's packages


def may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install(packages: Sequence[str]) -> bool:
    """Install packages of the system; True if all are there then."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], quiet, check=False)
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    return run(command, quiet, check=False) == 0


# Running


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, *, check: bool = True
) -> int:
    """Show a command, run it with its output visible, and return its status."""
    say(f"\n$ {shown(command)}")
    # UTF-8 everywhere, so that Chinese output reads the same on a Windows console.
    variables = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    return subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, check=check).returncode


def shown(command: Sequence[str]) -> str:
    return " ".join(command).replace(f"{ROOT}{os.sep}", "")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
