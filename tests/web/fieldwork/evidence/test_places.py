"""Where files lie, and that none lies there which no row knows."""

import os
import time
from pathlib import Path

import pytest

from kaohe.web.fieldwork.actions.evidence import remove_orphans
from kaohe.web.fieldwork.files import place
from kaohe.web.fieldwork.files.storage import DurableStorage
from tests.web.fieldwork.evidence.samples import photo, upload

HOME = Path("/srv/kaohe")
S3 = "s3://county/files?endpoint=https://storage.example&region=cn-1&style=path"


def test_files_lie_in_the_sites_folder_by_default():
    assert place.files_storage("") == place.DISK
    assert place.files_folder("", HOME) == HOME / "files"


def test_a_folder_may_be_named():
    assert place.files_storage("/data/files") == place.DISK
    assert place.files_folder("/data/files", HOME) == Path("/data/files")


def test_an_s3_address_says_bucket_folder_endpoint_and_region():
    assert place.s3_options(S3) == {
        "bucket_name": "county",
        "location": "files",
        "endpoint_url": "https://storage.example",
        "region_name": "cn-1",
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
    }


def test_s3_needs_its_library(monkeypatch):
    monkeypatch.setattr(place, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"kaohe\[s3\]"):
        place.files_storage(S3)


def test_with_the_library_s3_is_understood(monkeypatch):
    monkeypatch.setattr(place, "find_spec", lambda name: object())
    storage = place.files_storage(S3)
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"] == place.s3_options(S3)


WRONG = [
    ("files", "完整路径"),
    ("ftp://host/files", "应是文件夹"),
    ("s3:///files", "存储桶"),
    ("s3://key:secret@county/files", "不含账号密码"),
    ("s3://county?colour=red", "colour=red 无效"),
    ("s3://county?endpoint=", "无效"),
    ("s3://county?style=round", "style 只能是"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_place_is_refused_at_the_start(text, told, monkeypatch):
    monkeypatch.setattr(place, "find_spec", lambda name: object())
    with pytest.raises(ValueError, match=told):
        place.files_storage(text)


def test_what_is_stored_is_on_the_disk_before_it_is_acknowledged(tmp_path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    DurableStorage(location=tmp_path).save("evidence/2016/05/a.jpg", upload(b"content"))
    assert (tmp_path / "evidence/2016/05/a.jpg").read_bytes() == b"content"
    assert len(synced) == 5


@pytest.mark.django_db
def test_old_files_that_no_row_knows_are_removed(cast, add, settings, files_left):
    assert remove_orphans() == 0
    add(cast.secretary, upload(photo()), person=cast.zhang)
    (known, thumbnail) = files_left()
    old, new = known.with_name("old.jpg"), known.with_name("new.jpg")
    for file in (old, new):
        file.write_bytes(b"left by a crash")
    yesterday = time.time() - 25 * 3600
    for file in (old, known, thumbnail):
        os.utime(file, (yesterday, yesterday))
    assert remove_orphans() == 1
    assert set(files_left()) == {known, thumbnail, new}


@pytest.mark.django_db
def test_a_commit_whose_answer_was_lost_keeps_its_files(cast, add, files_left):
    from kaohe.web.fieldwork.actions.evidence import _remove

    (row,) = add(cast.secretary, upload(photo()), person=cast.zhang)
    assert _remove([row.file.name, row.thumbnail.name]) == 0
    assert len(files_left()) == 2
