"""A sign-in with nonsense in its hidden fields is refused with a sentence, and never a fault."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.fieldwork.models import SignIn

pytestmark = pytest.mark.django_db
PLACE = {"longitude": "105.1", "latitude": "31.2", "accuracy": "30"}


@pytest.mark.parametrize(
    "wrong",
    [
        {**PLACE, "latitude": "1e309"},
        {**PLACE, "latitude": "NaN"},
        {**PLACE, "latitude": "sNaN"},
        {**PLACE, "latitude": "Infinity"},
        {**PLACE, "latitude": "90.000001"},
        {**PLACE, "latitude": "-91"},
        {**PLACE, "longitude": "180.5"},
        {**PLACE, "longitude": "105.1234567"},
        {**PLACE, "longitude": ""},
        {**PLACE, "longitude": "1" * 5000},
        {**PLACE, "accuracy": "-1"},
        {**PLACE, "accuracy": "1e9"},
        {**PLACE, "accuracy": "99999999999999999999"},
        {**PLACE, "accuracy": "3.7"},
        {"device": "a" * 10_000},
        {"device": "<script>alert(1)</script>"},
        {"device": "aaaaaaaa\n"},
        {"device": "\x00" * 16},
        {"claimed_at": "yesterday"},
        {"claimed_at": "9999-12-31T23:59:59Z"},
        {"claimed_at": "0001-01-01T00:00:00Z"},
        {"day": "2016-02-30"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"day": ""},
        {"day": "\x00"},
        {"late_reason": "理" * 201},
        {"late_reason": "\x00"},
        {"service": "99999999999999999999-1"},
        {"service": "'; DROP TABLE fieldwork_signin; --"},
    ],
    ids=lambda wrong: ",".join(f"{key}={value[:20]!r}" for key, value in wrong.items()),
)
def test_nonsense_is_refused(wrong, cast, log_in):
    data = {
        "service": f"{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "day": timezone.localdate().isoformat(),
        "submission_id": str(uuid.uuid4()),
        **wrong,
    }
    page = log_in(cast.secretary).post(reverse("fieldwork:sign-in"), data)
    assert page.status_code == 422
    assert not SignIn.objects.exists()


@pytest.mark.parametrize("claim", ["1970-01-02T00:00:00Z", "2099-12-31T00:00:00+14:00"])
def test_a_wrong_clock_is_only_a_wrong_claim(claim, cast, log_in):
    data = {
        "service": f"{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "day": timezone.localdate().isoformat(),
        "submission_id": str(uuid.uuid4()),
        "claimed_at": claim,
    }
    client = log_in(cast.secretary)
    assert client.post(reverse("fieldwork:sign-in"), data).status_code == 303
    assert client.get(reverse("fieldwork:sign-ins")).status_code == 200
