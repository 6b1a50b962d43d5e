"""Files are stored with their rows, or not at all."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.models import Evidence
from tests.web.fieldwork.evidence import samples

pytestmark = pytest.mark.django_db


def test_a_photo_is_stored_anew_with_what_it_says_of_itself(cast, add):
    content = samples.photo()
    (row,) = add(cast.secretary, samples.upload(content))
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.taken_at == datetime(2016, 5, 10, 1, 30, tzinfo=UTC)
    assert (row.latitude, row.longitude) == (Decimal("31.200000"), Decimal("105.100000"))
    served = row.file.open("rb").read()
    assert hashlib.sha256(served).hexdigest() == row.stored_sha256
    assert b"Exif" not in served
    assert row.thumbnail.size > 0
    assert AuditEntry.objects.filter(verb="create", object_type="fieldwork.evidence").count() == 1


def test_a_document_is_stored_as_it_is(cast, add):
    content = samples.pdf()
    (row,) = add(cast.secretary, samples.upload(content, "方案.pdf"))
    assert row.file.open("rb").read() == content
    assert row.sha256 == row.stored_sha256 == hashlib.sha256(content).hexdigest()


def test_nothing_stays_when_the_second_file_is_refused(cast, add, act, files_left):
    with pytest.raises(Refusal, match=r"“坏\.jpg”"):
        add(
            cast.secretary,
            samples.upload(samples.photo()),
            samples.upload(b"<svg/>", "坏.jpg"),
        )
    assert files_left() == []
    assert not Evidence.objects.exists()


def test_nothing_stays_when_the_action_fails_later(cast, add, act, files_left):
    def fail():
        with writing(act(cast.secretary), "record.report") as change:
            store(change, [samples.upload(samples.photo())], person=cast.zhang)
            assert len(files_left()) == 2
            raise Refusal("日志已锁定。")

    with pytest.raises(Refusal, match="日志已锁定"):
        fail()
    assert files_left() == []
    assert not Evidence.objects.exists()


def test_a_files_name_on_disk_is_random(cast, add):
    (row,) = add(cast.secretary, samples.upload(samples.photo(), "../../密.jpg"))
    assert row.name == "密.jpg"
    assert row.file.name.startswith("evidence/")
    assert "密" not in row.file.name
    assert default_storage.exists(row.file.name)
