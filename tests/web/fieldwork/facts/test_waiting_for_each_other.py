"""Somebody writes into a month while it is being closed: the record counts, or is refused."""

import threading
from datetime import date

import pytest
from django.db import connection, connections

from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.actions import closings
from kaohe.web.fieldwork.actions.book import Mark, enter_book
from kaohe.web.fieldwork.models import BookEntry, ClosedFact, MonthClosing
from kaohe.web.fieldwork.queries.closings import refuse_if_closed
from tests.web.cast import make_cast
from tests.web.fieldwork.journals.steps import set_clock

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY = date(2016, 1, 1)


def in_thread(work):
    """Run work on a connection of its own; what it raised stands in the list."""
    raised = []

    def run():
        try:
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


@pytest.fixture
def cast(monkeypatch, transactional_db):
    set_clock(monkeypatch, "2016-02-10 09:00")
    return make_cast()


def enter(cast):
    posting = cast.secretary_posting
    mark = Mark(posting.pk, cast.zhang.pk, date(2016, 1, 5), was=None, now=True)
    enter_book(
        actor=cast.office.as_actor(""), village_id=cast.liulin.pk, month=JANUARY, marks=[mark]
    )


def close(cast):
    closings.close_month(
        actor=cast.office.as_actor(""), year_id=cast.year.pk, month=JANUARY, confirmed=True
    )


def test_a_write_that_comes_while_the_month_is_closed_is_refused(cast, monkeypatch):
    holds, go_on = threading.Event(), threading.Event()
    store = closings._store

    def slowly(*args):
        holds.set()
        assert go_on.wait(20)
        store(*args)

    monkeypatch.setattr(closings, "_store", slowly)
    closer, failed = in_thread(lambda: close(cast))
    assert holds.wait(20)
    writer, refused = in_thread(lambda: enter(cast))
    writer.join(0.5)
    assert writer.is_alive(), "the write waits for the closing"
    go_on.set()
    closer.join(20)
    writer.join(20)
    assert failed == []
    assert [type(error) for error in refused] == [Refusal]
    assert "已结账" in refused[0].message
    assert BookEntry.objects.count() == 0


def test_a_write_under_way_is_waited_for_and_counted(cast, monkeypatch):
    counted, stored, go_on = threading.Event(), threading.Event(), threading.Event()
    derived = closings._derived

    def first(*args):
        """The facts are counted before the write, and the lock is asked for while it is open."""
        found = derived(*args)
        if not counted.is_set():
            counted.set()
            assert stored.wait(20)
        return found

    def slowly(year, day):
        refuse_if_closed(year, day)
        stored.set()
        assert go_on.wait(20)

    monkeypatch.setattr(closings, "_derived", first)
    monkeypatch.setattr("kaohe.web.fieldwork.actions.book.refuse_if_closed", slowly)
    closer, failed = in_thread(lambda: close(cast))
    assert counted.wait(20)
    writer, refused = in_thread(lambda: enter(cast))
    assert stored.wait(20)
    closer.join(0.5)
    assert closer.is_alive(), "the closing waits for the write"
    go_on.set()
    writer.join(20)
    closer.join(20)
    assert failed == refused == []
    closing = MonthClosing.objects.get()
    # The book is entered now, so that there is a number: nothing else agrees with it, it is 0.
    assert ClosedFact.objects.get(closing=closing, fact="secretary_days").value == 0


def test_writers_of_one_month_do_not_wait_for_each_other(cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    from django.db import transaction

    with transaction.atomic():
        refuse_if_closed(cast.year, JANUARY)
        writer, refused = in_thread(lambda: enter(cast))
        writer.join(20)
        assert not writer.is_alive()
    assert refused == []
