"""Reported texts for tests, as the database has them once they went through the actions."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from kaohe.web.fieldwork.models import Adoption, InformationItem
from kaohe.web.fieldwork.queries.likeness import sketch

TEXT = (
    "今年以来，柳林村组织群众流转土地三百二十亩，发展黄精、羊肚菌等特色产业，成立专业合作社"
    "两个，带动贫困户五十六户，户均增收两千四百元。第一书记逐户走访，帮助协调小额信贷十二户。"
)
OTHER = (
    "县水务局抽调技术人员十五名，分三组对青龙镇六个村的饮水管网全面排查，更换老化管道四公里，"
    "新建蓄水池两口，解决了三百余户群众的季节性缺水问题，工程质量经村民代表验收合格。"
)


def moment(text):
    """A time of the county, from 2016-03-07 20:00."""
    return timezone.make_aware(datetime.fromisoformat(text))


def information_of(cast, *, at="2016-03-07 10:00", text=TEXT, **fields):
    """An item of a unit (`unit=`) or of somebody in a posting (`posting=`, `person=`)."""
    row = InformationItem(
        county=cast.county,
        reported_at=moment(at),
        reported_by="张三",
        **{"title": "柳林村产业见成效", "text": text, "sketch": sketch(text), **fields},
    )
    if row.state == InformationItem.State.RECEIVED and row.received_at is None:
        row.received_by, row.received_at = "指挥部办公室", row.reported_at
    row.full_clean()
    row.save()
    return row


def adoption_of(item, proof, level=Adoption.Level.COUNTY, day="2016-03-20"):
    """An adoption of a received item, with a file that is there already."""
    return Adoption.objects.create(
        item=item,
        level=level,
        outlet="脱贫攻坚简报第3期",
        day=date.fromisoformat(day),
        proof=proof,
        registered_by="指挥部办公室",
    )
