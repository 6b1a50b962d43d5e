"""A look is begun by an office and done by the worker, or by the site each day; what it reminds of."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry, Job
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.actions.questions import Answer, answer, explain
from kaohe.web.fieldwork.actions.questions_look import look_at_last_month, look_by_worker
from kaohe.web.fieldwork.models import Look, Question
from kaohe.web.home.front import front
from tests.web.fieldwork.journals.steps import set_clock
from tests.web.fieldwork.questions.making import copies
from tests.web.fieldwork.questions.ways import question_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture(autouse=True)
def _in_june(monkeypatch, settings):
    settings.SESSION_COOKIE_AGE = 20 * 366 * 24 * 3600
    set_clock(monkeypatch, "2016-06-07 08:00")


def begin(client, month="2016-05"):
    form = {"month": month, "submission_id": str(uuid.uuid4())}
    return client.post(reverse("fieldwork:questions-look"), form)


def done(job):
    """What the worker does."""
    look_by_worker.func(str(job.pk), "2016-05-01", "127.0.0.1")
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("role", [R.HEADQUARTERS, R.INSPECTORS])
def test_an_office_begins_a_look_and_is_led_to_what_was_found(role, cast, log_in):
    copies(cast)
    answered = begin(log_in(cast.accounts[role]))
    job = Job.objects.get()
    assert answered["Location"] == reverse("common:job", args=[job.pk])
    assert done(job).state == Job.State.DONE
    assert job.location == "/work/questions/?month=2016-05"
    assert Question.objects.get().sort == "journals"
    row = Look.objects.get()
    assert (row.found, row.fresh, row.looked_by) == (1, 1, cast.accounts[role].name)
    assert "最近一次核查：2016年5月" in log_in(cast.office).get(job.location).content.decode()


@pytest.mark.parametrize("role", [R.TOWNSHIP, R.FIRST_SECRETARY, R.LEADER])
def test_others_do_not(role, cast, log_in):
    assert begin(log_in(cast.accounts[role])).status_code == 403


@pytest.mark.parametrize("month", ["2016-07", "2016-13", "1999-01", "", "x"])
def test_a_month_to_come_or_none_is_refused(month, cast, log_in):
    assert begin(log_in(cast.office), month).status_code == 422
    assert not Job.objects.exists()


def test_one_look_at_a_time(cast, log_in, monkeypatch):
    client = log_in(cast.office)
    begin(client)
    monkeypatch.setattr("kaohe.web.common.progress.time.time", lambda: 1465257700.0)
    again = begin(client)
    assert again.status_code == 422
    assert "正在核查" in again.content.decode()


def test_the_site_looks_at_the_month_before_once_a_day(cast, monkeypatch):
    copies(cast)
    look_at_last_month()
    assert {row.month for row in Look.objects.all()} == {date(2016, 5, 1)}
    assert Look.objects.count() == 2  # each county its own
    assert set(AuditEntry.objects.values_list("actor_name", flat=True)) == {"本机命令"}
    told = AuditEntry.objects.count()
    look_at_last_month()
    assert AuditEntry.objects.count() == told
    set_clock(monkeypatch, "2016-06-08 08:00")
    look_at_last_month()
    assert AuditEntry.objects.count() > told
    assert Question.objects.count() == 1


def test_it_is_among_the_duties_of_a_day(cast):
    from kaohe.web.operations.upkeep import upkeep

    copies(cast)
    upkeep()
    assert Question.objects.count() == 1


# What the first page reminds of


def told(act, account):
    found = front(act(account)).todos or ()
    return {one.title: one for one in found if "情况" in one.title}


def test_whoever_is_concerned_is_asked_for_their_words_until_they_said_them(cast, act):
    question = question_of(cast)
    (todo,) = told(act, cast.secretary).values()
    assert (todo.title, todo.count) == ("说明与自己有关的情况", 1)
    assert todo.url == f"/work/questions/{question.pk}/"
    assert told(act, cast.accounts[R.TECHNICIAN]) == {}
    explain(actor=act(cast.secretary), question_id=question.pk, seen=1, words="说明")
    assert told(act, cast.secretary) == {}


def test_township_and_office_are_told_until_it_is_answered(cast, act):
    question = question_of(cast)
    for account in (cast.township, cast.office):
        (todo,) = told(act, account).values()
        assert (todo.title, todo.count) == ("核实数据中的情况", 1)
        assert todo.url == "/work/questions/?state=pending"
    facts = Answer("justified", "已核对。", heard="电话")
    answer(actor=act(cast.township), question_id=question.pk, seen=1, facts=facts)
    assert told(act, cast.office) == {}


def test_another_township_is_not(cast, act):
    question_of(cast)
    cast.township.grants.update(unit=cast.daping)
    assert told(act, cast.township) == {}


def test_nobody_is_told_to_answer_about_themselves(cast, act):
    question_of(cast)
    cast.office.grants.update(person=cast.zhang)
    assert told(act, cast.office) == {}
