"""A day's head: where the chain stood, to be printed, kept outside, and compared years later."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.audit.faults import Kind
from kaohe.web.common.audit.heads import Head, head_of, heads_in, write_heads
from kaohe.web.common.audit.verify import verify
from kaohe.web.common.models import AuditEntry, AuditHead
from tests.web.audit.conftest import append, entries

pytestmark = pytest.mark.django_db
DIGEST = "0123456789abcdef" * 4


def _on(day, hour, count=2, **columns):
    at = timezone.make_aware(datetime(2016, 1, day, hour))
    return append(entries(count, at=at, **columns))


def test_each_day_that_is_over_gets_its_head_once():
    _on(4, 9)
    last = _on(5, 23)[-1]
    _on(8, 0)
    made = write_heads()
    assert [(head.day.day, head.seq, head.entries) for head in made] == [
        (4, 2, 2),
        (5, 4, 2),
        (8, 6, 2),
    ]
    assert made[1].digest == last.digest
    assert write_heads() == []
    assert AuditHead.objects.count() == 3


def test_a_day_without_entries_has_the_head_of_the_day_before():
    _on(5, 9)
    write_heads()
    assert head_of(date(2016, 1, 7)).seq == 2
    assert head_of(date(2016, 1, 4)) is None


def test_today_has_a_head_as_it_stands_and_none_is_stored():
    last = append(entries(3))[-1]
    assert write_heads() == []
    head = head_of(timezone.localdate())
    assert (head.seq, head.digest, head.entries) == (3, last.digest, 3)


def test_an_action_over_midnight_counts_to_the_day_it_was_sealed_behind():
    _on(5, 9)
    _on(6, 1)
    _on(5, 23)  # begun before midnight, sealed after those of the next day
    _on(7, 9)
    assert [(head.day.day, head.seq) for head in write_heads()] == [(5, 6), (7, 8)]


def test_a_date_in_the_future_holds_no_head_up():
    _on(5, 9)
    append(entries(1, at=timezone.now() + timedelta(days=900)))
    _on(6, 9)
    assert [head.day.day for head in write_heads()] == [5, 6]


@pytest.mark.parametrize(
    "text",
    [
        f"KAOHE-HEAD 2016-01-05 1234 sha256 {DIGEST}",
        f"kaohe-head 2016-01-05 1234 SHA256 {DIGEST.upper()}",
        f"2016-01-05 第 1234 条 sha256：{DIGEST}",
        "KAOHE-HEAD 2016-01-05 1234 sha256\n" + "\n".join([DIGEST[:32], DIGEST[32:]]),
        "KAOHE-HEAD 2016-01-05 1234 sha256 " + " ".join(DIGEST[i : i + 8] for i in range(0, 64, 8)),
    ],
    ids=["scanned", "shouted", "in words", "wrapped", "in groups"],
)
def test_a_head_is_read_from_paper_as_people_type_it(text):
    assert heads_in(text) == [Head(date(2016, 1, 5), 1234, DIGEST, "sha256")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234",
        f"KAOHE-HEAD 2016-01-05 1234 sha256 {DIGEST[:63]}",
        f"KAOHE-HEAD 2016-01-05 1234 sha256 {DIGEST}0",
        f"KAOHE-HEAD 2016-01-05 1234 sha256 {DIGEST[:63]}g",
        f"KAOHE-HEAD 2016-01-05 1234 md5 {DIGEST}",
        f"KAOHE-HEAD 2016-13-05 1234 sha256 {DIGEST}",
        f"KAOHE-HEAD 2016-01-05 1 sha256 {DIGEST}\nKAOHE-HEAD 2016-01-06 2 sha256 12",
    ],
)
def test_a_damaged_head_is_refused_and_never_taken_for_none(text):
    with pytest.raises(ValueError):
        heads_in(text)


def test_the_printed_line_is_read_again():
    append(entries(3))
    head = head_of(timezone.localdate())
    (read,) = heads_in(f"打印页：\n{head.text}\n（完）")
    assert (read.seq, read.digest) == (3, head.digest)
    assert verify(heads=[read]).ok


def test_the_page_prints_the_head_and_tells_that_it_was_printed(cast, log_in):
    append(entries(2, county=cast.county.pk))
    client = log_in(cast.auditor)
    page = client.get(reverse("audit:head")).content.decode()
    head = head_of(timezone.localdate())
    assert head.text in page
    assert "保管人签名" in page and "盖章" in page
    assert "<svg" in page and "style=" not in page
    form = {"submission_id": str(uuid.uuid4())}
    assert client.post(reverse("audit:head"), form).status_code == 303
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.verb) == ("audit.export", "print")
    assert entry.after == {"seq": 2, "digest": head.digest}


def test_a_day_before_the_first_entry_has_an_empty_page(cast, log_in):
    page = log_in(cast.auditor).get(reverse("audit:head"), {"day": "2001-01-01"})
    assert "那一天及以前还没有审计记录" in page.content.decode()


def test_opening_the_list_makes_the_heads_that_are_missing(cast, log_in):
    _on(5, 9)
    log_in(cast.auditor).get(reverse("audit:list"))
    assert [head.day for head in AuditHead.objects.all()] == [date(2016, 1, 5)]


def test_a_chain_cut_off_below_a_kept_head_is_found():
    append(entries(5))
    kept = head_of(timezone.localdate())
    from kaohe.web.common.models import AuditChain

    AuditEntry.objects.filter(seq__gt=3).delete()
    last = AuditEntry.objects.latest("seq")
    AuditChain.objects.update(seq=3, digest=last.digest)
    assert verify().ok
    (fault,) = verify(heads=[kept]).faults
    assert (fault.kind, fault.first, fault.last) == (Kind.TRUNCATED, 4, 5)
