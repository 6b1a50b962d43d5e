"""Whoever writes into the database past the site is found out: 1,000 ways, each tried."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from kaohe.web.common.audit.chain import SEALED, link, sealed_values
from kaohe.web.common.audit.faults import Kind
from kaohe.web.common.audit.heads import head_of
from kaohe.web.common.audit.verify import verify
from kaohe.web.common.models import AuditChain, AuditEntry
from tests.web.audit.conftest import LENGTH, entries

pytestmark = [pytest.mark.django_db, pytest.mark.every_case]
ALL = range(1, LENGTH + 1)


def _edit(seq, **columns):
    assert AuditEntry.objects.filter(seq=seq).update(**columns) == 1


def _other(name, value):
    """Another value of a column that a tamperer would write."""
    if name == "at":
        return value - timedelta(days=1)
    if name == "request_id":
        return uuid.uuid4()
    if name in {"before", "after"}:
        return {**value, "name": "另一个名字"}
    if name == "algorithm":
        return "sm3"
    if name == "digest":
        return "f" * 64
    return value + 1 if isinstance(value, int) else value + "。"


def _renumber(first, by):
    """Move all numbers from `first` on; by way of negative ones, since a number is taken once."""
    with connection.cursor() as cursor:
        table = AuditEntry._meta.db_table
        cursor.execute(f"UPDATE {table} SET seq = -(seq + %s) WHERE seq >= %s", [by, first])
        cursor.execute(f"UPDATE {table} SET seq = -seq WHERE seq < 0")
    AuditChain.objects.update(seq=F("seq") + by)


def _swap(one, other):
    with connection.cursor() as cursor:
        sql = f"UPDATE {AuditEntry._meta.db_table} SET seq = %s WHERE seq = %s"
        for new, old in ((-1, one), (one, other), (other, -1)):
            cursor.execute(sql, [new, old])


def _forge(seq, digest):
    (entry,) = entries(1)
    entry.seq, entry.algorithm, entry.digest = seq, "sha256", digest
    entry.save(force_insert=True)


def _rechain(first):
    """Seal everything from `first` on again, and the end with it, as a thorough forger does."""
    before = AuditEntry.objects.filter(seq__lt=first).order_by("-seq").first()
    previous = before.digest if before else "0" * 64
    for entry in AuditEntry.objects.filter(seq__gte=first).order_by("seq"):
        previous = link(previous, sealed_values(entry))
        AuditEntry.objects.filter(seq=entry.seq).update(digest=previous)
    AuditChain.objects.update(digest=previous)


def _cut(number, *, and_the_end=False):
    AuditEntry.objects.filter(seq__gt=LENGTH - number).delete()
    if and_the_end:
        last = AuditEntry.objects.order_by("-seq").first()
        digest = last.digest if last else "0" * 64
        AuditChain.objects.update(seq=LENGTH - number, digest=digest)


def _tamperings(settings):
    """Each: a name, what is done, and the kinds of fault of which one must be reported."""
    rng = random.Random(20160105)
    changed = {Kind.ALTERED, Kind.FUTURE, Kind.ALGORITHM, Kind.END}
    for name in (*(name for name in SEALED if name != "seq"), "digest"):
        for seq in rng.sample(ALL, 20):
            value = getattr(AuditEntry.objects.get(seq=seq), name)
            edit = {name: _other(name, value)}
            yield f"edit {name} of {seq}", lambda seq=seq, edit=edit: _edit(seq, **edit), changed
    for seq in ALL:
        edit = {"algorithm": rng.choice(["md5", "", "SHA256"])}
        yield f"algorithm of {seq}", lambda seq=seq, edit=edit: _edit(seq, **edit), {Kind.ALGORITHM}
    late = {"at": timezone.now() + timedelta(days=400)}
    for seq in ALL:
        yield f"future {seq}", lambda seq=seq: _edit(seq, **late), {Kind.FUTURE}
    for seq in ALL:
        gone = AuditEntry.objects.filter(seq=seq)
        kind = {Kind.TRUNCATED} if seq == LENGTH else {Kind.DELETED}
        yield f"delete {seq}", gone.delete, kind
    for _ in range(60):
        first = rng.randint(1, LENGTH - 2)
        gone = AuditEntry.objects.filter(seq__gte=first, seq__lte=rng.randint(first, LENGTH - 1))
        yield f"delete from {first}", gone.delete, {Kind.DELETED}
    for seq in range(1, LENGTH - 3):

        def close_up(seq=seq):
            AuditEntry.objects.filter(seq=seq).delete()
            _renumber(seq + 1, -1)

        yield f"delete {seq} and close up", close_up, {Kind.DELETED}
    for seq in range(1, LENGTH - 3):

        def squeeze_in(seq=seq):
            _renumber(seq, 1)
            _forge(seq, "a" * 64)

        yield f"insert at {seq}", squeeze_in, {Kind.INSERTED}
    for number in range(1, 21):
        yield f"append {number}", lambda n=number: _forge(LENGTH + n, "b" * 64), {Kind.INSERTED}
        yield f"number {-number}", lambda n=number: _forge(1 - n, "b" * 64), {Kind.INSERTED}
    for _ in range(250):
        one, other = sorted(rng.sample(ALL, 2))
        yield f"swap {one}, {other}", lambda a=one, b=other: _swap(a, b), {Kind.REORDERED}
    for number in ALL:
        yield f"cut off {number}", lambda n=number: _cut(n), {Kind.TRUNCATED}
        cut = lambda n=number: _cut(n, and_the_end=True)  # noqa: E731
        yield f"cut off {number} and the end", cut, {Kind.TRUNCATED}
    for seq in range(1, LENGTH - 2):

        def other_key(seq=seq):
            own, settings.AUDIT_KEY = settings.AUDIT_KEY, b"x" * 32
            _edit(seq, object_label="别的村")
            _rechain(seq)
            settings.AUDIT_KEY = own

        yield f"made anew from {seq} with another key", other_key, {Kind.RECHAINED}
    for seq in ALL:

        def own_key(seq=seq):
            _edit(seq, object_label="别的村")
            _rechain(seq)

        yield f"made anew from {seq} with the site's key", own_key, {Kind.RECHAINED}
    for name, do in {
        "all entries": AuditEntry.objects.all().delete,
        "the end": AuditChain.objects.all().delete,
        "the end's digest": lambda: AuditChain.objects.update(digest="c" * 64),
        "the end's number": lambda: AuditChain.objects.update(seq=LENGTH + 1),
        "an earlier end": lambda: AuditChain.objects.update(seq=LENGTH - 1),
    }.items():
        yield name, do, {Kind.TRUNCATED, Kind.END, Kind.INSERTED}


def test_an_untouched_chain_has_no_fault(chain):
    report = verify(heads=[head_of(timezone.localdate())])
    assert (report.ok, report.entries, report.heads) == (True, LENGTH, 1)
    assert report.algorithms == {"sha256": LENGTH}


def test_each_of_a_thousand_tamperings_is_found_and_named(chain, settings):
    outside = head_of(timezone.localdate())
    unseen, misnamed, tried = [], [], 0
    for name, do, kinds in _tamperings(settings):
        tried += 1
        with transaction.atomic():
            do()
            report = verify(heads=[outside])
            transaction.set_rollback(True)
        if report.ok:
            unseen.append(name)
        elif not kinds & {fault.kind for fault in report.faults}:
            misnamed.append((name, [fault.kind.value for fault in report.faults]))
    assert tried >= 1000
    assert unseen == []
    assert misnamed == []
    assert verify(heads=[outside]).ok


def test_only_a_head_from_outside_shows_a_chain_made_anew_with_the_sites_own_key(chain):
    outside = head_of(timezone.localdate())
    _edit(7, object_label="别的村")
    _rechain(7)
    assert verify().ok
    report = verify(heads=[outside])
    assert [fault.kind for fault in report.faults] == [Kind.RECHAINED]
    assert "第 40 条的校验值与外部末值" in report.faults[0].text


def test_a_single_change_blames_its_entry_alone(chain):
    _edit(12, object_label="别的村")
    (fault,) = verify().faults
    assert (fault.kind, fault.first, fault.last) == (Kind.ALTERED, 12, 12)


def test_a_changed_digest_blames_its_entry_and_not_the_one_behind(chain):
    _edit(12, digest="f" * 64)
    (fault,) = verify().faults
    assert (fault.kind, fault.first, fault.last) == (Kind.ALTERED, 12, 12)


def test_two_that_changed_places_are_told_where_they_belong(chain):
    _swap(5, 20)
    faults = verify().faults
    assert [(fault.kind, fault.first) for fault in faults] == [
        (Kind.REORDERED, 5),
        (Kind.REORDERED, 20),
    ]
    assert faults[0].text == "现在第 5 条的内容，封存时是第 20 条。"


def test_a_gap_says_what_is_missing_and_what_cannot_be_checked(chain):
    AuditEntry.objects.filter(seq__in=[10, 11]).delete()
    (fault,) = verify().faults
    assert fault.place == "第 10 至 11 条"
    assert fault.text == "缺 2 条，被删去了；第 12 条因此无法单独核对。"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such values itself")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "昨天"),
        ("at", "2016-13-45 10:00:00"),
        ("before", "{broken"),
        ("after", '{"name": "\\ud800"}'),
        ("request_id", "not an id"),
        ("county_id", "甲县"),
        ("digest", b"\xff\xfe"),
        ("actor_name", b"\xff\xfe"),
        ("digest", "校验值"),
    ],
)
def test_what_nobody_can_read_any_more_is_a_fault_and_no_crash(column, value, chain):
    with connection.cursor() as cursor:
        # The table itself checks that JSON is JSON; who reaches into the file turns that off.
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        table = AuditEntry._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = CAST(%s AS TEXT) WHERE seq = 9", [value])
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    report = verify()
    assert any(fault.first <= 9 <= fault.last for fault in report.faults)
    assert report.entries == LENGTH


def test_a_clock_that_was_set_back_is_pointed_out_and_is_no_fault(chain):
    from tests.web.audit.conftest import append

    append(entries(1, at=timezone.now() - timedelta(days=3)))
    report = verify()
    assert report.ok
    assert len(report.notices) == 1
    assert "第 41 条的时间" in report.notices[0]


def test_the_sites_own_heads_are_compared_too(chain):
    from kaohe.web.common.models import AuditHead

    AuditHead.objects.create(
        day=timezone.localdate(), seq=20, digest="d" * 64, algorithm="sha256", entries=20
    )
    (fault,) = verify().faults
    assert fault.kind == Kind.RECHAINED
    assert "库内日末值" in fault.text


def test_a_site_may_change_its_algorithm_in_mid_life(chain, settings):
    from tests.web.audit.conftest import append

    settings.AUDIT_HASH = "sm3"
    append(entries(5))
    settings.AUDIT_HASH = "sha256"
    append(entries(5))
    report = verify()
    assert report.ok
    assert report.algorithms == {"sha256": 45, "sm3": 5}
