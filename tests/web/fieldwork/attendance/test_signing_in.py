"""Signing in: once a day, late with a reason, from wherever the phone is, never twice."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kaohe.web.common.models import AuditEntry
from kaohe.web.fieldwork.models import MonthClosing, SignIn
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.attendance.making import leave, yesterday

pytestmark = pytest.mark.django_db


def form(cast, **more):
    return {
        "service": f"{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "day": timezone.localdate().isoformat(),
        "submission_id": str(uuid.uuid4()),
        **more,
    }


def send(client, data):
    return client.post(reverse("fieldwork:sign-in"), data)


def test_a_sign_in_keeps_when_and_where_and_what_the_phone_claims(cast, log_in):
    client = log_in(cast.secretary)
    place = {"longitude": "105.110000", "latitude": "31.200000", "accuracy": "35"}
    claim = {"claimed_at": "2016-05-10T00:30:00.000Z", "device": "0123456789abcdef"}
    assert send(client, form(cast, **place, **claim)).status_code == 303
    row = SignIn.objects.get()
    assert (row.person, row.posting) == (cast.zhang, cast.secretary_posting)
    assert (timezone.now() - row.received_at) < timedelta(minutes=1)
    assert row.claimed_at.isoformat() == "2016-05-10T00:30:00+00:00"
    assert (row.longitude, row.accuracy) == (Decimal("105.110000"), 35)
    # 0.01 degree of longitude at 31.2 degrees north.
    assert row.distance == 951
    assert row.device != "0123456789abcdef"
    assert len(row.device) == 64
    assert not row.late


def test_the_same_device_has_the_same_mark_and_another_another(cast, log_in, client):
    log_in(cast.secretary)
    send(client, form(cast, device="aaaaaaaa"))
    client.logout()
    log_in(cast.accounts["technician"])
    service = f"{cast.technician_posting.pk}-{cast.li.pk}"
    send(client, form(cast, service=service, device="aaaaaaaa"))
    one, other = SignIn.objects.all()
    assert one.device == other.device != ""


def test_without_a_place_it_is_kept_and_said(cast, log_in):
    client = log_in(cast.secretary)
    assert send(client, form(cast)).status_code == 303
    row = SignIn.objects.get()
    assert (row.latitude, row.distance, row.device) == (None, None, "")
    assert "没有带位置" in client.get(reverse("fieldwork:today")).content.decode()


def test_far_from_the_village_it_is_kept_and_marked(cast, log_in):
    client = log_in(cast.secretary)
    place = {"longitude": "105.500000", "latitude": "31.200000", "accuracy": "35"}
    assert send(client, form(cast, **place)).status_code == 303
    assert SignIn.objects.get().distance > 30_000
    assert "在村外签到" in client.get(reverse("fieldwork:today")).content.decode()


def test_in_a_village_without_a_place_no_distance_is_known(cast, log_in):
    cast.liulin.longitude = cast.liulin.latitude = None
    cast.liulin.save()
    client = log_in(cast.secretary)
    send(client, form(cast, longitude="105.1", latitude="31.2", accuracy="5"))
    assert SignIn.objects.get().distance is None
    assert "村里还没有登记坐标" in client.get(reverse("fieldwork:today")).content.decode()


def test_ten_times_the_same_submission_is_one_sign_in(cast, log_in):
    client = log_in(cast.secretary)
    data = form(cast)
    answers = {send(client, data).status_code for _ in range(10)}
    assert answers == {303}
    row = SignIn.objects.get()
    entries = AuditEntry.objects.filter(object_type="fieldwork.signin", verb="create")
    assert [entry.object_id for entry in entries] == [str(row.pk)]


def test_a_second_sign_in_of_a_day_shows_the_first(cast, log_in):
    client = log_in(cast.secretary)
    send(client, form(cast))
    first = SignIn.objects.get()
    answer = client.post(reverse("fieldwork:sign-in"), form(cast, longitude="1", latitude="1"))
    assert answer.status_code == 303
    assert SignIn.objects.get().received_at == first.received_at
    assert SignIn.objects.get().latitude is None
    page = client.get(reverse("fieldwork:today")).content.decode()
    assert "以第一次为准" in page
    assert f"已签到 {timezone.localtime(first.received_at):%H:%M}" in page


def test_a_photo_goes_with_it(cast, log_in, tmp_path):
    Image.new("RGB", (64, 48), "green").save(tmp_path / "door.png")
    photo = SimpleUploadedFile("door.png", (tmp_path / "door.png").read_bytes(), "image/png")
    client = log_in(cast.secretary)
    assert send(client, form(cast, photo=photo)).status_code == 303
    row = SignIn.objects.get()
    assert (row.photo.person, row.photo.village) == (cast.zhang, cast.liulin)


def test_a_day_before_needs_a_reason_and_is_marked(cast, log_in):
    client = log_in(cast.secretary)
    day = yesterday(3).isoformat()
    page = send(client, form(cast, day=day))
    assert page.status_code == 422
    assert "补签要写原因" in page.content.decode()
    assert send(client, form(cast, day=day, late_reason="手机没电")).status_code == 303
    row = SignIn.objects.get()
    assert row.late
    assert timezone.localdate(row.received_at) == timezone.localdate()


@pytest.mark.parametrize(
    ("days", "told"),
    [(8, "补签只能在 7 天以内"), (-1, "不能提前签到"), (-400, "不能提前签到")],
)
def test_a_day_too_long_ago_or_to_come_is_refused(days, told, cast, log_in):
    data = form(cast, day=yesterday(days).isoformat(), late_reason="补")
    page = send(log_in(cast.secretary), data)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not SignIn.objects.exists()


@pytest.mark.parametrize("ends", [True, False], ids=["ended", "to come"])
def test_a_day_out_of_the_posting_is_refused(ends, cast, log_in):
    posting = cast.secretary_posting
    if ends:
        posting.end = yesterday(3)
    else:
        posting.start = yesterday(1)
    posting.save()
    day = yesterday(2)
    page = send(log_in(cast.secretary), form(cast, day=day.isoformat(), late_reason="补"))
    assert page.status_code == 422
    assert "不在这个派驻期间" in page.content.decode()
    assert not SignIn.objects.exists()


def test_a_closed_month_is_closed(cast, log_in):
    day = yesterday(1)
    year = cast.year if cast.year.year == day.year else WorkYear.objects.create(
        county=cast.county, year=day.year, scheme_name="x", scheme_text=cast.year.scheme_text,
        scheme_sha256="0" * 64,
    )  # fmt: skip
    closing = MonthClosing.objects.create(
        year=year, month=day.replace(day=1), closed_by="办公室", closed_at=timezone.now()
    )
    client = log_in(cast.secretary)
    data = form(cast, day=day.isoformat(), late_reason="补")
    page = send(client, data)
    assert page.status_code == 422
    assert "已结账" in page.content.decode()
    closing.reopened_at, closing.reopened_reason = timezone.now(), "更正"
    closing.save()
    assert send(client, {**data, "submission_id": str(uuid.uuid4())}).status_code == 303


def test_who_serves_two_villages_says_in_which_one(cast, log_in):
    second = cast.technician_posting
    first = second.pk
    second.pk, second.village = None, cast.shiqiao
    second.save()
    client = log_in(cast.accounts["technician"])
    page = client.get(reverse("fieldwork:today")).content.decode()
    assert "柳林村" in page
    assert "石桥村" in page
    send(client, form(cast, service=f"{second.pk}-{cast.li.pk}"))
    assert SignIn.objects.get().posting_id == second.pk != first


def test_a_member_of_a_team_signs_in_for_themselves_only(cast, log_in):
    client = log_in(cast.accounts["village_team"])
    own = f"{cast.team_posting.pk}-{cast.wang.pk}"
    for other in (f"{cast.secretary_posting.pk}-{cast.zhang.pk}", "1-1", "x", ""):
        assert send(client, form(cast, service=other)).status_code == 422
    assert not SignIn.objects.exists()
    assert send(client, form(cast, service=own)).status_code == 303


def test_today_says_what_is_still_to_be_done(cast, log_in):
    leave(cast.secretary_posting, cast.zhang, yesterday(3), yesterday(2))
    page = log_in(cast.secretary).get(reverse("fieldwork:today")).content.decode()
    assert "去销假" in page
    # Days on leave need no sign-in.
    assert page.count("?day=") == 5
    assert "应不少于 15 天" in page


def test_a_technician_is_asked_for_five_days(cast, log_in):
    page = log_in(cast.accounts["technician"]).get(reverse("fieldwork:today")).content.decode()
    assert "应不少于 5 天" in page
