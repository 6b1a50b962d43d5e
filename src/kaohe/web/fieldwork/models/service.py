"""What every record of somebody's service has: who, in which posting."""

from __future__ import annotations

from django.db import models

from kaohe.web.common.models import Record
from kaohe.web.roster.models import County, Person, Posting


class ServiceRecord(Record):
    """A row about one person in one posting. For a team's posting the person is a member of it."""

    county = models.ForeignKey(County, models.PROTECT, related_name="+")
    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="%(class)ss", verbose_name="派驻"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="%(class)ss", verbose_name="人员"
    )

    class Meta:
        abstract = True
