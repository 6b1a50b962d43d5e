"""Once a day the worker closes the days that ended and forgets what is over."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from kaohe.web.common.audit.events import record_event
from kaohe.web.common.models import AuditEntry, AuditHead, Submission
from kaohe.web.operations import upkeep as duties
from kaohe.web.operations.upkeep import upkeep, upkeep_daily

pytestmark = pytest.mark.django_db


def test_what_is_over_goes_and_what_is_not_stays():
    long_ago = timezone.now() - timedelta(days=400)
    old, new = uuid4(), uuid4()
    for key in (old, new):
        Submission.objects.create(id=key, content="0" * 64)
    Submission.objects.filter(id=old).update(at=long_ago)
    Session.objects.create(session_key="old", session_data="", expire_date=long_ago)
    Session.objects.create(
        session_key="new", session_data="", expire_date=timezone.now() + timedelta(hours=1)
    )
    upkeep()
    assert list(Submission.objects.values_list("id", flat=True)) == [new]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_day_that_ended_gets_its_head(monkeypatch):
    record_event("login-failed", origin="127.0.0.1", label="不存在的登录名")
    end = AuditEntry.objects.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("kaohe.web.common.audit.heads.timezone.localdate", lambda *_: tomorrow)
    upkeep()
    assert AuditHead.objects.get().digest == end.digest


def test_one_failing_duty_does_not_stop_the_others(monkeypatch, caplog):
    def broken():
        raise RuntimeError("no head today")

    monkeypatch.setattr(duties, "write_heads", broken)
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    upkeep()
    assert not Session.objects.exists()
    assert "no head today" in caplog.text


def test_the_daily_round_ends_when_told(monkeypatch):
    stop = threading.Event()
    rounds = []
    monkeypatch.setattr(duties, "upkeep", lambda: (rounds.append(1), stop.set()))
    upkeep_daily(stop)
    assert rounds == [1]
