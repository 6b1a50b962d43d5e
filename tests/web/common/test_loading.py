"""Very many rows loaded by a command: one entry tells of them, and holds what they were."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kaohe.web.common.actor import command_actor
from kaohe.web.common.audit.verify import verify
from kaohe.web.common.errors import NotPermitted
from kaohe.web.common.loading import digest_of
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.models import SignIn
from kaohe.web.roster.models import Person, Posting

pytestmark = pytest.mark.django_db

COLUMNS = ["county_id", "posting_id", "person_id", "day", "received_at", "longitude", "accuracy"]
AT = datetime(2016, 3, 1, 1, 2, 3, 4, UTC)


def _rows(cast, count=1200):
    posting = Posting.objects.get(county=cast.county, kind="first_secretary")
    whose = (cast.county.pk, posting.pk, posting.person_id)
    first = date(2010, 1, 1)
    return [
        (*whose, first + timedelta(days=number), AT, Decimal("105.10"), number)
        for number in range(count)
    ]


def _load(cast, rows):
    actor = command_actor(cast.county.pk, "kaohe demo")
    with writing(actor, "attendance.sign_in") as change:
        return change.load(SignIn, COLUMNS, rows)


def test_all_rows_are_there_with_consecutive_keys_and_one_entry(cast):
    before = AuditEntry.objects.count()
    keys = _load(cast, _rows(cast))
    assert len(keys) == SignIn.objects.count() == 1200
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.object_type) == ("load", "fieldwork.signin")
    assert entry.object_label == "签到 1200 条"
    assert (entry.after["first"], entry.after["last"]) == (keys[0], keys[-1])
    assert verify().ok


def test_what_is_not_named_has_its_default(cast):
    _load(cast, _rows(cast, 2))
    row = SignIn.objects.order_by("pk")[1]
    row.full_clean()
    assert (row.day, row.received_at, row.longitude) == (date(2010, 1, 2), AT, Decimal("105.1"))
    assert (row.version, row.late_reason, row.claimed_at) == (1, "", None)
    assert row.created_at == AuditEntry.objects.latest("seq").at


def test_the_digest_shows_a_row_that_was_changed_or_taken_away_afterwards(cast):
    keys = _load(cast, _rows(cast, 600))
    said = AuditEntry.objects.latest("seq").after["sha256"]
    assert digest_of(SignIn, keys[0], keys[-1]) == said
    SignIn.objects.filter(pk=keys[7]).update(accuracy=8_888)
    assert digest_of(SignIn, keys[0], keys[-1]) != said
    SignIn.objects.filter(pk=keys[7]).update(accuracy=7)
    assert digest_of(SignIn, keys[0], keys[-1]) == said
    SignIn.objects.filter(pk=keys[-1]).delete()
    assert digest_of(SignIn, keys[0], keys[-1]) != said


def test_the_next_row_comes_behind_those_loaded(cast):
    keys = _load(cast, _rows(cast, 3))
    values = dict(zip(COLUMNS, _rows(cast, 4)[3], strict=True))
    assert SignIn.objects.create(**values).pk > keys[-1]
    assert _load(cast, _rows(cast, 5)[4:])[0] > keys[-1] + 1


def test_nothing_to_load_tells_nothing(cast):
    before = AuditEntry.objects.count()
    assert not _load(cast, [])
    assert AuditEntry.objects.count() == before


def test_nobody_but_the_command_may_load(cast, act):
    with pytest.raises(NotPermitted), writing(act(cast.office), "attendance.book") as change:
        change.load(SignIn, COLUMNS, _rows(cast, 2))
    assert not SignIn.objects.exists()


def test_a_table_with_encrypted_columns_is_not_loaded(cast):
    actor = command_actor(cast.county.pk, "kaohe demo")
    with pytest.raises(ValueError, match="encrypted"), writing(actor, "person.change") as change:
        change.load(Person, ["county_id", "code", "name"], [(cast.county.pk, "X1", "某人")])
    assert not Person.objects.filter(code="X1").exists()
