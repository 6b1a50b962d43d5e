"""The receiver takes texts in, alone or many at once, or gives them back with an opinion."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import InformationItem, MonthClosing
from tests.web.fieldwork.information.making import information_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
State = InformationItem.State


def codes(*items):
    return [f"{item.pk}-{item.version}" for item in items]


def receive(post, client, *items):
    return post(client, "information-inbox", chosen=codes(*items))


def close(cast, month):
    MonthClosing.objects.create(
        year=cast.year, month=month, closed_by="x", closed_at="2016-04-05T08:00+08:00"
    )


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.POVERTY_BUREAU])
def test_both_receivers_take_many_in_at_once(role, cast, log_in, post):
    items = [information_of(cast, unit=cast.finance), information_of(cast, unit=cast.education)]
    answer = receive(post, log_in(cast.accounts[role]), *items)
    assert (answer.status_code, answer["Location"]) == (303, "/work/information/inbox/")
    for item in items:
        item.refresh_from_db()
        assert (item.state, item.received_by, item.version) == ("received", role.label, 2)


def test_the_inbox_holds_what_waits_the_oldest_first(cast, log_in):
    late = information_of(cast, unit=cast.finance, at="2016-03-05 09:00", title="后报的")
    early = information_of(cast, unit=cast.education, at="2016-03-02 09:00", title="先报的")
    information_of(cast, unit=cast.finance, state=State.RECEIVED)
    information_of(cast, unit=cast.finance, state=State.RETURNED)
    information_of(cast.stranger, unit=cast.stranger.finance)
    page = log_in(cast.office).get(reverse("fieldwork:information-inbox"))
    assert [item for item, _ in page.context["lines"]] == [early, late]


def test_of_many_all_or_none_are_received(cast, log_in, post):
    good, changed = information_of(cast, unit=cast.finance), information_of(cast, unit=cast.yunxi)
    chosen = codes(good, changed)
    InformationItem.objects.filter(pk=changed.pk).update(version=2, title="又改过")
    answer = post(log_in(cast.office), "information-inbox", chosen=chosen)
    assert answer.status_code == 422
    assert "“又改过”在您打开列表之后有改动" in answer.content.decode()
    assert set(InformationItem.objects.values_list("state", flat=True)) == {State.REPORTED}


def test_a_stranger_s_text_is_not_received(cast, log_in, post):
    theirs = information_of(cast.stranger, unit=cast.stranger.finance)
    answer = receive(post, log_in(cast.office), theirs)
    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.state == State.REPORTED


@pytest.mark.parametrize("chosen", [[], ["x"], ["1"], ["1-x"], ["9" * 30 + "-1"], ["٣-1"]])
def test_what_is_ticked_must_make_sense(chosen, cast, log_in, post):
    assert post(log_in(cast.office), "information-inbox", chosen=chosen).status_code == 422


def test_nobody_receives_what_they_reported_themselves(cast, log_in, post):
    item = information_of(cast, unit=cast.finance, reported_by_id=cast.office.pk)
    answer = receive(post, log_in(cast.office), item)
    assert answer.status_code == 422
    assert "要由别人接收" in answer.content.decode()


def test_in_a_closed_month_nothing_is_received_or_returned(cast, log_in, post):
    item = information_of(cast, unit=cast.finance, at="2016-02-20 10:00")
    close(cast, date(2016, 2, 1))
    client = log_in(cast.office)
    assert "2016年2月已结账" in receive(post, client, item).content.decode()
    form = {"version": item.version, "note": "重写"}
    assert post(client, "information-return", item.pk, **form).status_code == 422
    item.refresh_from_db()
    assert item.state == State.REPORTED


def test_a_return_says_why(cast, log_in, post):
    item = information_of(cast, unit=cast.finance)
    client = log_in(cast.office)
    assert post(client, "information-return", item.pk, version=1, note=" ").status_code == 422
    assert post(client, "information-return", item.pk, version=1, note="写户数").status_code == 303
    item.refresh_from_db()
    assert (item.state, item.note, item.received_by) == ("returned", "写户数", "指挥部办公室")
    page = log_in(cast.department).get(reverse("fieldwork:information-item", args=[item.pk]))
    assert "写户数" in page.content.decode()


def test_a_received_one_can_be_returned_for_correction(cast, log_in, post):
    item = information_of(cast, unit=cast.finance, state=State.RECEIVED)
    post(log_in(cast.office), "information-return", item.pk, version=1, note="数字有误")
    item.refresh_from_db()
    assert item.state == State.RETURNED


def test_a_return_of_what_was_changed_meanwhile_is_refused(cast, log_in, post):
    item = information_of(cast, unit=cast.finance)
    InformationItem.objects.update(version=2)
    answer = post(log_in(cast.office), "information-return", item.pk, version=1, note="重写")
    assert answer.status_code == 422
    assert "刚刚改过" in answer.content.decode()
    item.refresh_from_db()
    assert item.state == State.REPORTED


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.TOWNSHIP, Role.ORGANISATION])
def test_others_receive_nothing(role, cast, log_in, post):
    item = information_of(cast, unit=cast.finance)
    assert receive(post, log_in(cast.accounts[role]), item).status_code == 403
