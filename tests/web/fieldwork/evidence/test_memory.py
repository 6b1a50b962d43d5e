"""The largest pictures that are taken, and the bombs that are not, fit into little memory."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.web.fieldwork.evidence import hostile
from tests.web.fieldwork.evidence.samples import image, office

BESIDE = 600  # megabytes
SCRIPT = """
    import sys
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path
    import django
    django.setup()
    from django.core.files.uploadedfile import UploadedFile
    from kaohe.web.common.errors import Refusal
    from kaohe.web.fieldwork.files.checked import check

    def peak():
        line = next(l for l in open("/proc/self/status") if l.startswith("VmHWM"))
        return int(line.split()[1]) // 1024

    def one(path):
        with path.open("rb") as file:
            try:
                return path.name, check(UploadedFile(file, path.name, size=path.stat().st_size)).kind
            except Refusal:
                return path.name, "refused"

    before = peak()
    with ThreadPoolExecutor(4) as pool:
        for name, became in pool.map(one, sorted(Path(sys.argv[1]).iterdir()) * 2):
            print(name, became)
    print("MB", peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_four_at_once_of_the_largest_files_take_less_than_600_mb(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    large = {
        "1.png": image("PNG", size=(5000, 5000), mode="RGBA", colour=(9, 9, 9, 99)),
        "2.jpg": image(size=(5000, 5000), progressive=True, subsampling=0),
        "3.jpg": image(size=(8000, 8000)),
        "4.webp": image("WEBP", size=(5000, 5000), lossless=True),
        "5.docx": office(more={f"word/{n}.xml": bytes(4 * 1024 * 1024) for n in range(40)}),
    }
    bombs = {case.name: case.make for case in hostile.cases() if "256 MB" in case.name}
    for name, make in bombs.items():
        large[f"6 {name}"] = make()
    for name, content in large.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SCRIPT), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.endswith("image")]) >= 8
    assert int(lines[-1].split()[1]) < BESIDE
