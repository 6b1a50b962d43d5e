"""What somebody reports and somebody else confirms or sends back."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record


class Decided(Record):
    """A report that counts once somebody who did not make it has confirmed it."""

    class State(models.TextChoices):
        REPORTED = "reported", "待确认"
        CONFIRMED = "confirmed", "已确认"
        RETURNED = "returned", "已退回"

    # The accounts' keys; the command on the machine has none.
    reported_by_id = models.BigIntegerField("填报账号", null=True, editable=False)
    reported_by = models.CharField("填报人", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REPORTED)
    decided_by = models.CharField("确认人", max_length=100, blank=True)
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    opinion = models.CharField("确认意见", max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.REPORTED

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_returned(self) -> bool:
        return self.state == self.State.RETURNED
