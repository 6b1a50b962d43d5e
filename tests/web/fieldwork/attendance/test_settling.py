"""The township settles the days on which the books disagree: with a reason, not its own people's own."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.errors import NotPermitted, Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.actions.attendance import Settled, settle
from kaohe.web.fieldwork.models import MonthClosing, Settlement
from kaohe.web.roster.models import Posting, RoleGrant, WorkYear
from tests.web.fieldwork.attendance.making import all_agree, book, journal, leave, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful(cast):
    """Two days of 张三 on which only the book says that he was there."""
    days = [yesterday(1), yesterday(2)]
    for day in days:
        book(cast.secretary_posting, cast.zhang, day)
    return [Settled(cast.secretary_posting.pk, cast.zhang.pk, day) for day in days]


def code(one):
    return f"{one.posting_id}-{one.person_id}-{one.day:%Y%m%d}"


def decide(actor, days, *, present=True, reason="走访核实"):
    return settle(actor=actor, days=days, present=present, reason=reason)


def test_many_days_are_settled_at_once_with_one_reason(cast, log_in, doubtful):
    client = log_in(cast.township)
    data = {
        "day": [code(one) for one in doubtful],
        "present": "yes",
        "reason": "走访村干部核实",
        "submission_id": str(uuid.uuid4()),
    }
    answers = [client.post(reverse("fieldwork:settle"), data).status_code for _ in range(3)]
    assert answers == [303, 303, 303]
    rows = Settlement.objects.all()
    assert {(row.day, row.present, row.reason, row.settled_by) for row in rows} == {
        (one.day, True, "走访村干部核实", cast.township.name) for one in doubtful
    }
    told = AuditEntry.objects.filter(object_type="fieldwork.settlement")
    assert {entry.reason for entry in told} == {"走访村干部核实"}
    assert told.count() == 2


def test_the_list_tells_what_each_says_and_the_settled_ones_apart(cast, log_in, act, doubtful):
    client = log_in(cast.township)
    month = {"month": f"{doubtful[0].day:%Y-%m}"}
    page = client.get(reverse("fieldwork:conflicts"), month).content.decode()
    assert code(doubtful[0]) in page
    assert "没有记" in page
    decide(act(cast.township), doubtful[:1])
    page = client.get(reverse("fieldwork:conflicts"), month).content.decode()
    assert code(doubtful[0]) not in page
    page = client.get(reverse("fieldwork:conflicts"), {**month, "show": "settled"}).content.decode()
    assert code(doubtful[0]) in page
    assert "走访核实" in page


def test_a_settled_day_can_be_settled_otherwise(cast, act, doubtful):
    decide(act(cast.township), doubtful)
    decide(act(cast.township), doubtful[:1], present=False, reason="再次核实")
    changed = Settlement.objects.get(day=doubtful[0].day)
    assert (changed.present, changed.reason, changed.version) == (False, "再次核实", 2)


def test_a_day_on_which_all_agree_needs_no_settling(cast, act):
    all_agree(cast, yesterday())
    one = Settled(cast.secretary_posting.pk, cast.zhang.pk, yesterday())
    with pytest.raises(Refusal, match="没有不一致"):
        decide(act(cast.township), [one])


def test_a_day_that_waits_for_the_book_is_not_settled(cast, act):
    journal(cast.secretary_posting, cast.zhang, yesterday())
    one = Settled(cast.secretary_posting.pk, cast.zhang.pk, yesterday())
    with pytest.raises(Refusal, match="先录入柳林村"):
        decide(act(cast.township), [one])


def test_a_day_on_leave_is_settled_when_a_book_says_present(cast, act):
    all_agree(cast, yesterday())
    leave(cast.secretary_posting, cast.zhang, yesterday(), yesterday())
    one = Settled(cast.secretary_posting.pk, cast.zhang.pk, yesterday())
    assert decide(act(cast.township), [one]) == 1


def test_one_wrong_day_and_none_is_settled(cast, act, doubtful):
    all_agree(cast, yesterday(3))
    good = Settled(cast.secretary_posting.pk, cast.zhang.pk, yesterday(3))
    with pytest.raises(Refusal):
        decide(act(cast.township), [*doubtful, good])
    assert not Settlement.objects.exists()


def test_nobody_settles_their_own_days(cast, act, doubtful):
    """Whoever works in the township and serves in a village has an account for both."""
    RoleGrant.objects.create(
        account=cast.secretary, role=Role.TOWNSHIP, unit=cast.yunxi, person=None
    )
    for _ in range(2):
        with pytest.raises(Refusal, match="不能认定自己的考勤"):
            decide(act(cast.secretary), doubtful)
    assert not Settlement.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in {"township", "command"}])
def test_no_other_role_settles(role, cast, act, doubtful):
    with pytest.raises(NotPermitted):
        decide(act(cast.accounts[role]), doubtful)


def test_another_townships_days_are_not_there(cast, act, doubtful):
    cast.township.grants.update(unit=cast.daping)
    with pytest.raises(Refusal, match="不在您的乡镇"):
        decide(act(cast.township), doubtful)
    with pytest.raises(Refusal, match="不在您的乡镇"):
        decide(act(cast.stranger.township), doubtful)


def test_a_closed_months_days_are_closed(cast, act, doubtful):
    for year in {one.day.year for one in doubtful}:
        row, _ = WorkYear.objects.get_or_create(
            county=cast.county,
            year=year,
            defaults={
                "scheme_name": "x",
                "scheme_text": cast.year.scheme_text,
                "scheme_sha256": "0" * 64,
            },
        )
        for month in {one.day.replace(day=1) for one in doubtful}:
            MonthClosing.objects.create(
                year=row, month=month, closed_by="办公室", closed_at=timezone.now()
            )
    with pytest.raises(Refusal, match="已结账"):
        decide(act(cast.township), doubtful)


def test_too_many_at_once_are_refused(cast, act, doubtful):
    first = doubtful[0]
    many = [
        Settled(first.posting_id, first.person_id, first.day - timedelta(days=at))
        for at in range(101)
    ]
    with pytest.raises(Refusal, match="一次最多认定 100 天"):
        decide(act(cast.township), many)


@pytest.mark.parametrize(
    "choice", ["", "x", "1-1", "1-1-20161301", "-1-1-20160101", "9" * 40 + "-1-20160101", "\x00"]
)
def test_nonsense_that_is_chosen_is_left_out(choice, cast, log_in):
    client = log_in(cast.township)
    page = client.get(reverse("fieldwork:settle"), {"day": choice})
    assert page.status_code == 200
    assert "还没有选要认定的日子" in page.content.decode()
    data = {"day": choice, "present": "yes", "reason": "x", "submission_id": str(uuid.uuid4())}
    assert client.post(reverse("fieldwork:settle"), data).status_code == 422


def test_settled_in_two_villages_at_once_is_refused(cast, act):
    second = cast.technician_posting
    first = second.pk
    second.pk, second.village = None, cast.liulin
    second.save()
    book(second, cast.li, yesterday())
    journal(Posting.objects.get(pk=first), cast.li, yesterday())
    book(Posting.objects.get(pk=first), cast.li, yesterday(2))
    both = [Settled(pk, cast.li.pk, yesterday()) for pk in (first, second.pk)]
    if yesterday().month != yesterday(2).month:
        pytest.skip("the book of the month before is another one")
    with pytest.raises(Refusal, match="选了两个村"):
        decide(act(cast.township), both)
    assert decide(act(cast.township), both, present=False) == 2
    assert Settlement.objects.count() == 1
