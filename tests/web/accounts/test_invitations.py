"""Accounts opened for many at once: who, under which names, and slips that are shown once."""

import re
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.accounts.invitations import code_hash
from kaohe.web.roster.models import Account, Invitation, Posting, RoleGrant
from tests.web.accounts.steps import sent

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<dd>((?:[A-Z0-9]{4}-){3}[A-Z0-9]{4})</dd>")


@pytest.fixture
def without_accounts(cast):
    """Nobody of the field and no unit has an account."""
    roles = ["first_secretary", "technician", "village_team", "township", "department"]
    accounts = Account.objects.filter(county=cast.county, grants__role__in=roles)
    accounts.delete()
    return cast


def preview(client, group, **more):
    page = client.get(reverse("accounts:invite"), {"group": group, **more}).content.decode()
    return {int(key) for key in re.findall(r'name="who" value="(\d+)"', page)}


def invite(client, group, who, **more):
    form = {"group": group, "who": [row.pk for row in who], **sent(), **more}
    return client.post(reverse("accounts:slips"), form)


@pytest.mark.parametrize(
    ("group", "whom"),
    [
        ("first_secretary", ["zhang"]),
        ("technician", ["li"]),
        ("village_team", ["wang"]),
        ("township", ["yunxi", "daping"]),
        ("department", ["finance", "education"]),
    ],
)
def test_the_preview_lists_those_without_an_account(group, whom, without_accounts, log_in):
    cast = without_accounts
    client = log_in(cast.office)
    rows = [getattr(cast, name) for name in whom]
    assert preview(client, group) == {row.pk for row in rows}
    page = invite(client, group, rows)
    assert page.status_code == 200
    assert len(CODE.findall(page.content.decode())) == len(rows)
    assert preview(client, group) == set()
    for row in rows:
        grant = RoleGrant.objects.get(role=group, **{"unit" if len(rows) > 1 else "person": row})
        assert grant.account.username == f"hw-{row.code.lower()}"
        assert grant.account.county == cast.county


def test_nobody_is_listed_who_has_an_account(cast, log_in):
    assert preview(log_in(cast.office), "first_secretary") == set()


def test_nobody_is_listed_whose_service_is_over(without_accounts, log_in):
    cast = without_accounts
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 5, 1))
    assert preview(log_in(cast.office), "first_secretary") == set()


def test_the_preview_is_narrowed_to_a_unit(without_accounts, log_in):
    cast = without_accounts
    client = log_in(cast.office)
    assert preview(client, "first_secretary", unit=cast.finance.pk) == {cast.zhang.pk}
    assert preview(client, "first_secretary", unit=cast.yunxi.pk) == {cast.zhang.pk}
    assert preview(client, "first_secretary", unit=cast.daping.pk) == set()
    assert preview(client, "village_team", unit=cast.yunxi.pk) == {cast.wang.pk}


def test_only_hashes_of_the_codes_are_stored(without_accounts, log_in):
    cast = without_accounts
    page = invite(log_in(cast.office), "first_secretary", [cast.zhang])
    (code,) = CODE.findall(page.content.decode())
    assert Invitation.objects.get().code_hash == code_hash(code)
    stored = str(list(AuditEntry.objects.values_list("before", "after", "object_label")))
    assert code not in stored
    assert code_hash(code) not in stored


def test_the_slips_are_shown_once(without_accounts, log_in):
    cast = without_accounts
    client = log_in(cast.office)
    form = {"group": "first_secretary", "who": [cast.zhang.pk], **sent()}
    first = client.post(reverse("accounts:slips"), form)
    again = client.post(reverse("accounts:slips"), form)
    assert CODE.search(first.content.decode())
    assert first["Cache-Control"] == "no-store"
    assert again["Location"] == reverse("accounts:list")
    assert Invitation.objects.count() == 1
    page = client.get(reverse("accounts:slips")).content.decode()
    assert "只在开通之后显示一次" in page
    assert not CODE.search(page)


def test_a_slip_tells_what_is_needed_and_no_script_or_style(without_accounts, log_in):
    cast = without_accounts
    text = invite(log_in(cast.office), "first_secretary", [cast.zhang]).content.decode()
    for word in ("张三", "财政局", "hw-s001", "http://testserver/", "data:image/svg+xml"):
        assert word in text
    assert "style=" not in re.sub(r"data:image[^\"]*", "", text)


def test_a_taken_log_in_name_gets_a_number(without_accounts, log_in):
    cast = without_accounts
    Account.objects.create(county=cast.stranger.county, username="hw-s001", name="外人")
    invite(log_in(cast.office), "first_secretary", [cast.zhang])
    assert Account.objects.filter(username="hw-s001-2", person=cast.zhang).exists()


def test_people_and_units_of_another_county_are_passed_over(without_accounts, log_in):
    cast = without_accounts
    before = Account.objects.count()
    page = invite(log_in(cast.office), "first_secretary", [cast.stranger.zhang])
    assert page.status_code == 422
    page = invite(log_in(cast.office), "first_secretary", [cast.zhang, cast.stranger.zhang])
    assert len(CODE.findall(page.content.decode())) == 1
    assert Account.objects.count() == before + 1


def test_someone_not_serving_in_the_role_is_passed_over(without_accounts, log_in):
    cast = without_accounts
    page = invite(log_in(cast.office), "first_secretary", [cast.zhao])
    assert page.status_code == 422
    assert not Account.objects.filter(person=cast.zhao).exists()


def test_an_unknown_group_or_an_empty_choice_is_refused(cast, log_in):
    client = log_in(cast.office)
    assert invite(client, "administrator", [cast.zhang]).status_code == 422
    assert invite(client, "first_secretary", []).status_code == 422


def test_lost_slips_are_printed_again_and_the_old_ones_are_void(without_accounts, log_in):
    cast = without_accounts
    client = log_in(cast.office)
    invite(client, "first_secretary", [cast.zhang])
    account = Account.objects.get(person=cast.zhang)
    assert preview(client, "again") == {account.pk}
    page = invite(client, "again", [account])
    (code,) = CODE.findall(page.content.decode())
    old, new = account.invitations.order_by("pk")
    assert old.expires_at <= new.created_at
    assert new.code_hash == code_hash(code)


def test_an_opened_account_gets_no_second_slip_this_way(cast, log_in):
    page = invite(log_in(cast.office), "again", [cast.secretary])
    assert page.status_code == 422
    assert not Invitation.objects.exists()


def test_three_hundred_slips_are_made_in_one_go(without_accounts, log_in):
    cast = without_accounts
    from kaohe.web.roster.models import Person

    people = [
        Person(county=cast.county, code=f"M{number:03}", name=f"书记{number}", unit=cast.finance)
        for number in range(300)
    ]
    Person.objects.bulk_create(people)
    Posting.objects.bulk_create(
        Posting(
            county=cast.county,
            kind="first_secretary",
            person=person,
            department=cast.finance,
            village=cast.liulin,
            start=date(2016, 1, 1),
        )
        for person in people
    )
    page = invite(log_in(cast.office), "first_secretary", people)
    codes = CODE.findall(page.content.decode())
    assert len(set(codes)) == 300
    assert page.content.decode().count('class="slips"') == 38
    assert Account.objects.filter(username__startswith="hw-m").count() == 300
