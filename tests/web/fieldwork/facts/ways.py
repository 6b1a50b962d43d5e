"""A way to close a month, for the test that each action tells the audit log."""

from datetime import date

from kaohe.web.fieldwork.actions.closings import close_month

WAYS = {
    "month.close": (
        "office",
        lambda cast, actor, client: close_month(
            actor=actor, year_id=cast.year.pk, month=date(2016, 1, 1), confirmed=True
        ),
    ),
}
