"""What tests of journals and reports do again and again: set the day, send a form, add a photo."""

import io
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kaohe.web.fieldwork.models import Journal, MonthlyReport

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEXT = "走访贫困户三户，核对产业发展计划。"


def set_clock(monkeypatch, text):
    """The server's clock stands at that time in Shanghai: `2016-03-07 20:00`."""
    now = datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return now


def photo(name="photo.jpg", colour="green"):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def write(client, day, **fields):
    """Send a day's journal as the page does."""
    form = {"day": day, "items": TEXT, "submission_id": str(uuid.uuid4()), **fields}
    return client.post(reverse("fieldwork:journal-write"), form)


def report(client, month, **fields):
    form = {"progress": "完成到户规划 60 户。", "submission_id": str(uuid.uuid4()), **fields}
    return client.post(f"{reverse('fieldwork:report-write')}?month={month}", form)


def journal_of(cast, person, posting, day, at, **fields):
    """A journal as it stands in the table, received at that time."""
    return Journal.objects.create(
        county=cast.county,
        posting=posting,
        person=person,
        day=day,
        items=fields.pop("items", TEXT),
        received_at=datetime.fromisoformat(at).replace(tzinfo=SHANGHAI),
        **fields,
    )


def report_of(cast, person, posting, month, at, due, **fields):
    return MonthlyReport.objects.create(
        county=cast.county,
        posting=posting,
        person=person,
        month=month,
        progress=fields.pop("progress", "完成到户规划 60 户。"),
        received_at=datetime.fromisoformat(at).replace(tzinfo=SHANGHAI),
        due=due,
        **fields,
    )
