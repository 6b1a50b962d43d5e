"""No file breaks anything: it is taken, made harmless, or refused with a sentence."""

import io

import pytest
from PIL import Image

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.files.checked import check
from tests.web.fieldwork.evidence import hostile
from tests.web.fieldwork.evidence.samples import upload

CASES = hostile.cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_becomes(case):
    file = upload(case.make(), case.file_name, case.content_type)
    try:
        checked = check(file)
    except Refusal as refusal:
        assert case.becomes in {"refused", "either"}, refusal.message
        assert refusal.message.startswith(f"“{case.file_name}”")
        assert refusal.message.endswith("。")
        return
    assert case.becomes in {checked.kind, "either"}
    if checked.kind == "image":
        _is_our_own_picture(checked.content.read())
        _is_our_own_picture(checked.thumbnail)


def _is_our_own_picture(content):
    assert content.startswith(b"\xff\xd8\xff")
    assert content.endswith(b"\xff\xd9")
    marks = (b"<script", b"<?php", b"<html", b"<svg", b"Exif", b"alert(", b"PK\3\4", b"%PDF")
    assert not any(mark in content for mark in marks)
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        image.load()
        assert max(image.size) <= 2560
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_table_has_more_than_two_hundred_files():
    assert len({case.name for case in CASES}) == len(CASES) > 200
