"""A number in clear: for a right, a reason, once, and no more than so many an hour."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.actions.people import PER_HOUR

pytestmark = pytest.mark.django_db

PHONE = "19900000001"
HTMX = {"HTTP_HX_REQUEST": "true"}


def reveal(client, person, reason="通知参加考核会", shown="phone", key=None, **headers):
    form = {"reason": reason, "fields_shown": shown, "submission_id": key or str(uuid.uuid4())}
    return client.post(reverse("roster:person-reveal", args=[person.pk]), form, **headers)


def look_up(client, number):
    form = {"number": number, "submission_id": str(uuid.uuid4())}
    return client.post(reverse("roster:person-lookup"), form)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["own page", "within the page"])
def test_a_number_is_shown_once_and_written_down(headers, cast, log_in):
    client = log_in(cast.office)
    page = reveal(client, cast.zhang, **headers)
    assert page.status_code == 200
    assert PHONE in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.get(verb="reveal")
    assert (entry.object_id, entry.reason) == (str(cast.zhang.pk), "通知参加考核会")
    assert entry.after == {"fields": ["phone"]}
    for again in ("person", "person-reveal"):
        url = reverse(f"roster:{again}", args=[cast.zhang.pk])
        assert PHONE not in client.get(url).content.decode()


def test_within_the_page_only_the_numbers_are_answered(cast, log_in):
    text = reveal(log_in(cast.office), cast.zhang, **HTMX).content.decode()
    assert "<html" not in text
    assert 'id="numbers"' in text


def test_the_same_submission_shows_nothing_a_second_time(cast, log_in):
    client = log_in(cast.office)
    key = str(uuid.uuid4())
    reveal(client, cast.zhang, key=key)
    answer = reveal(client, cast.zhang, key=key)
    assert answer.status_code == 303
    assert AuditEntry.objects.filter(verb="reveal").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "看看", "a b"])
def test_without_a_reason_nothing_is_shown(reason, cast, log_in):
    page = reveal(log_in(cast.office), cast.zhang, reason=reason)
    assert page.status_code == 422
    assert PHONE not in page.content.decode()
    assert not AuditEntry.objects.filter(verb="reveal").exists()


def test_spaces_do_not_make_a_reason_longer(cast, log_in):
    assert reveal(log_in(cast.office), cast.zhang, reason="看  \u3000 号").status_code == 422


@pytest.mark.parametrize("shown", ["id_number", "initials", "id_index", ""])
def test_only_a_number_that_is_there_can_be_asked_for(shown, cast, log_in):
    assert reveal(log_in(cast.office), cast.zhang, shown=shown).status_code == 422


def test_a_view_without_a_form_shows_nothing(cast, log_in):
    page = log_in(cast.office).get(
        reverse("roster:person-reveal", args=[cast.zhang.pk]),
        {"reason": "通知参加考核会", "fields_shown": "phone"},
    )
    assert PHONE not in page.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("headquarters", 200),
        ("organisation", 200),
        ("township", 200),
        ("department", 200),
        ("first_secretary", 200),
        ("technician", 404),
        ("village_team", 404),
        ("administrator", 403),
        ("reviewer", 403),
        ("leader", 403),
        ("auditor", 403),
        ("agriculture", 403),
    ],
)
def test_who_may_see_a_first_secretarys_phone(role, status, cast, log_in):
    page = reveal(log_in(cast.accounts[role]), cast.zhang)
    assert page.status_code == status
    assert (PHONE in page.content.decode()) is (status == 200)


def test_another_countys_person_is_not_there(cast, log_in):
    assert reveal(log_in(cast.office), cast.stranger.zhang).status_code == 404


def test_so_many_an_hour_and_no_more(cast, log_in):
    client = log_in(cast.office)
    for _ in range(PER_HOUR):
        assert reveal(client, cast.zhang).status_code == 200
    page = reveal(client, cast.zhang)
    assert page.status_code == 422
    assert f"一小时内最多查看 {PER_HOUR} 次" in page.content.decode()
    assert PHONE not in page.content.decode()
    assert reveal(log_in(cast.department), cast.zhang).status_code == 200


def test_after_an_hour_it_goes_on(cast, log_in):
    client = log_in(cast.office)
    reveal(client, cast.zhang)
    entry = AuditEntry.objects.get(verb="reveal")
    # Older entries of the same account, as the log has them after an hour.
    for number in range(1, PER_HOUR + 1):
        AuditEntry.objects.create(
            **{
                **{f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields},
                "seq": 10_000 + number,
                "request_id": uuid.uuid4(),
                "at": entry.at - timedelta(minutes=61),
            }
        )
    assert reveal(client, cast.zhang).status_code == 200


def test_somebody_is_looked_up_by_a_whole_number(cast, log_in):
    client = log_in(cast.office)
    page = look_up(client, PHONE)
    assert page.status_code == 200
    text = page.content.decode()
    assert reverse("roster:person", args=[cast.zhang.pk]) in text
    assert PHONE not in text
    entry = AuditEntry.objects.get(verb="lookup")
    assert entry.object_id == str(cast.zhang.pk)
    assert PHONE not in str(vars(entry))


def test_a_look_up_that_finds_nobody_is_written_down_too(cast, log_in):
    page = look_up(log_in(cast.office), "15499999999")
    assert "没有找到" in page.content.decode()
    assert AuditEntry.objects.get(verb="lookup").object_id == ""


def test_nobody_beyond_reach_is_found(cast, log_in):
    cast.head.phone = "15400000777"
    cast.head.full_clean()
    cast.head.save()
    assert "没有找到" in look_up(log_in(cast.department), "15400000777").content.decode()
    assert "钱七" in look_up(log_in(cast.township), "15400000777").content.decode()


@pytest.mark.parametrize("number", ["1990000", "199000000", "%", "'", "\x00", "1" * 5000])
def test_part_of_a_number_looks_nobody_up(number, cast, log_in):
    page = look_up(log_in(cast.office), number)
    assert "张三" not in page.content.decode()
    assert page.status_code in {200, 422}


def test_look_ups_have_a_limit_of_their_own(cast, log_in):
    client = log_in(cast.office)
    for _ in range(PER_HOUR):
        look_up(client, PHONE)
    assert look_up(client, PHONE).status_code == 422
    assert reveal(client, cast.zhang).status_code == 200
