"""Rows of daily work, made straight in the tables, for tests about what is read from them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from kaohe.web.fieldwork.models import BookEntry, Journal, Leave, Settlement, SignIn


def book(posting, person, day, *, present=True):
    return _made(BookEntry, posting, person, day=day, present=present)


def journal(posting, person, day, noted=()):
    row = _made(Journal, posting, person, day=day, items="走访", received_at=timezone.now())
    row.noted.set(noted)
    return row


def sign_in(posting, person, day, **more):
    return _made(SignIn, posting, person, day=day, received_at=timezone.now(), **more)


def settlement(posting, person, day, *, present):
    return _made(
        Settlement, posting, person, day=day, present=present, reason="核实", settled_by="云溪镇"
    )


def leave(posting, person, first, last, *, kind="private", state="approved", returned_on=None):
    return _made(
        Leave,
        posting,
        person,
        first=first,
        last=last,
        kind=kind,
        state=state,
        returned_on=returned_on,
        reason="家事",
    )


def all_agree(cast, day):
    """The three books of the first secretary agree on a day."""
    posting, person = cast.secretary_posting, cast.zhang
    return [
        book(posting, person, day),
        journal(posting, person, day),
        sign_in(posting, person, day),
    ]


def yesterday(days=1):
    return timezone.localdate() - timedelta(days=days)


def _made(model, posting, person, **fields):
    return model.objects.create(county=posting.county, posting=posting, person=person, **fields)


MAY = date(2016, 5, 1)
