"""The door for writes: all or nothing, only what is permitted, versions counted, everything told."""

import uuid
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from kaohe.web.common.audit.verify import verify
from kaohe.web.common.errors import Conflict, NotPermitted, Refusal
from kaohe.web.common.models import AuditChain, AuditEntry
from kaohe.web.common.writing import writing
from kaohe.web.roster.models import Account, Person, Unit, Village, VillageCount

pytestmark = pytest.mark.django_db


def _told():
    return [(entry.verb, entry.object_label) for entry in AuditEntry.objects.order_by("seq")]


def test_what_one_action_did_is_one_request_in_the_chain(cast, act):
    with writing(act(cast.office), "village.change", reason="新设") as change:
        village = change.create(
            Village(county=cast.county, township=cast.yunxi, code="V9", name=" 青 杠村 ")
        )
        village.poor = True
        assert change.update(village)
        change.delete(village)
    entries = list(AuditEntry.objects.order_by("seq"))
    assert [entry.verb for entry in entries] == ["create", "update", "delete"]
    assert len({entry.request_id for entry in entries}) == 1
    assert {entry.reason for entry in entries} == {"新设"}
    assert entries[0].after["name"] == "青 杠村"
    assert (entries[1].before, entries[1].after) == ({"poor": False}, {"poor": True})
    assert entries[2].object_label == "青 杠村"
    assert verify().ok


def test_an_action_that_fails_leaves_nothing(cast, act):
    with pytest.raises(Refusal), writing(act(cast.office), "village.change") as change:
        village = change.find(Village.objects.all(), cast.liulin.pk)
        village.name = "柳树村"
        change.update(village)
        raise Refusal("不行")
    cast.liulin.refresh_from_db()
    assert cast.liulin.name == "柳林村"
    assert not AuditEntry.objects.exists()


def test_nobody_writes_without_the_right(cast, act):
    with pytest.raises(NotPermitted), writing(act(cast.township), "village.change"):
        raise AssertionError("opened")


def test_an_action_that_the_table_does_not_call_a_write_opens_no_door(cast, act):
    with (
        pytest.raises(ValueError, match=r"village\.view"),
        writing(act(cast.office), "village.view"),
    ):
        raise AssertionError("opened")


def test_a_row_out_of_reach_is_not_there(cast, act):
    rows = Village.objects.filter(county=cast.county)
    with writing(act(cast.office), "village.change") as change:
        for pk in (cast.stranger.liulin.pk, 10**30, "x", None):
            with pytest.raises(Http404):
                change.find(rows, pk)


def test_an_outdated_version_is_a_conflict_that_names_who_changed_the_row(cast, act):
    with writing(act(cast.office), "village.change") as change:
        village = change.find(Village.objects.all(), cast.liulin.pk, version=1)
        village.poor = False
        change.update(village)
    with writing(act(cast.accounts["organisation"]), "person.reveal") as change:
        # Looking at a row is no change of it.
        change.tell("reveal", cast.liulin)
    with (
        pytest.raises(Conflict) as raised,
        writing(act(cast.office), "village.change") as change,
    ):
        change.find(Village.objects.all(), cast.liulin.pk, version=1)
    assert (raised.value.version, raised.value.who) == (2, cast.office.name)


def test_a_row_read_without_a_lock_is_refused_when_it_is_outdated(cast, act):
    stale, stale_too = (Village.objects.get(pk=cast.liulin.pk) for _ in range(2))
    Village.objects.filter(pk=cast.liulin.pk).update(version=2, name="别人改的")
    for store in ("update", "update_many"):
        with (
            pytest.raises(Conflict),
            writing(act(cast.office), "village.change") as change,
        ):
            row = stale if store == "update" else stale_too
            change.remember(row)
            row.name = "我改的"
            if store == "update":
                change.update(row)
            else:
                change.update_many([row], ["name", "initials"])
    cast.liulin.refresh_from_db()
    assert (cast.liulin.name, cast.liulin.version) == ("别人改的", 2)


def test_a_change_of_nothing_is_no_change(cast, act):
    with writing(act(cast.office), "village.change") as change:
        village = change.find(Village.objects.all(), cast.liulin.pk)
        village.longitude = "105.10"
        assert not change.update(village)
    assert not AuditEntry.objects.exists()


def test_what_is_told_is_what_was_stored(cast, act):
    with writing(act(cast.office), "village.change") as change:
        village = change.find(Village.objects.all(), cast.liulin.pk)
        village.name, village.longitude = "  柳树村 ", "105.250000"
        change.update(village)
    entry = AuditEntry.objects.get()
    cast.liulin.refresh_from_db()
    assert entry.after["name"] == cast.liulin.name == "柳树村"
    assert (entry.before["longitude"], entry.after["longitude"]) == ("105.1", "105.25")


def test_a_row_that_was_never_read_cannot_be_changed(cast, act):
    with (
        pytest.raises(RuntimeError, match="found or remembered"),
        writing(act(cast.office), "village.change") as change,
    ):
        change.update(cast.liulin)


def test_many_rows_are_told_and_versioned_one_by_one(cast, act):
    with writing(act(cast.office), "village.change") as change:
        change.create_many(
            [
                Village(county=cast.county, township=cast.yunxi, code=f"V{n}", name=f"村{n}")
                for n in range(10, 15)
            ]
        )
        rows = change.find_all(Village.objects.filter(code__startswith="V1"))
        for row in rows[:3]:
            row.poor = True
        change.update_many(rows, ["poor"])
        change.delete_many(rows[3:])
    assert [verb for verb, _ in _told()] == ["create"] * 5 + ["update"] * 3 + ["delete"] * 2
    stored = Village.objects.filter(code__startswith="V1").values_list("poor", "version")
    assert list(stored) == [(True, 2)] * 3
    assert verify().ok


def test_a_changed_column_that_is_not_stored_is_not_told_either(cast, act):
    with (
        pytest.raises(RuntimeError, match="exit_year"),
        writing(act(cast.office), "village.change") as change,
    ):
        (row,) = change.find_all(Village.objects.filter(pk=cast.liulin.pk))
        row.exit_year, row.poor = 2016, True
        row.poor = False
        change.update_many([row], ["poor"])


def test_what_others_stand_on_is_not_removed_and_says_why(cast, act):
    with (
        pytest.raises(Refusal, match=r"“云溪镇”还被.*村.*使用，不能删除"),
        writing(act(cast.office), "unit.change") as change,
    ):
        change.delete(change.find(Unit.objects.all(), cast.yunxi.pk))


def test_a_removal_that_would_take_others_along_untold_is_refused(cast, act):
    with (
        pytest.raises(RuntimeError, match="untold"),
        writing(act(cast.administrator), "account.change") as change,
    ):
        change.delete(change.find(Account.objects.all(), cast.township.pk))
    assert Account.objects.filter(pk=cast.township.pk).exists()


def test_a_wrong_row_is_refused_before_it_is_stored(cast, act):
    with pytest.raises(ValidationError), writing(act(cast.office), "village.change") as change:
        change.create(Village(county=cast.county, township=cast.yunxi, code="V001", name="新村"))


def test_passwords_and_numbers_stand_in_the_log_as_marks_only(cast, act):
    number, phone = "510101199001011231", "13800000001"
    with writing(act(cast.office), "person.change") as change:
        person = change.find(Person.objects.all(), cast.zhang.pk)
        person.phone = phone
        change.update(person)
    with writing(act(cast.administrator), "account.change", reason=f"{number} 忘记密码") as change:
        account = change.find(Account.objects.all(), cast.office.pk)
        account.set_password("another-horse-42")
        change.update(account)
        change.tell("export", label=f"查 {number}", filters=f"q={number}", found=[number, 3.5])
    text = "\n".join(str(vars(entry)) for entry in AuditEntry.objects.all())
    cast.zhang.refresh_from_db()
    account.refresh_from_db()
    for secret in (number, phone, "19900000001", account.password, cast.zhang.phone_index):
        assert secret not in text
    assert "510*************31" in text
    # That they changed is told.
    changed = [entry.after for entry in AuditEntry.objects.filter(verb="update").order_by("seq")]
    assert [list(after) for after in changed] == [["phone"], ["password"]]
    assert all("不显示" in next(iter(after.values())) for after in changed)


HARD = {
    "a float": 1e2,
    "a great number": 10**30,
    "a decimal": Decimal("1.500"),
    "a day": date(2016, 1, 5),
    "a moment": timezone.make_aware(datetime(2016, 1, 5, 9, 30, 0, 123456)),
    "an id": uuid.UUID(int=7),
    "a set": {3, 1, 2},
    "a tuple": (1, (2, None)),
    "NUL": "a\0b",
    "half a pair": "\ud83d",
    "a rare sign": "𠮷\u2028\u202e\x7f",
    "keys of numbers": {2: "b", 10: "a"},
    "true and one": [True, 1],
    "bytes": b"\x00\xff",
    "a long text": "村" * 300_000,
    "a choice": Unit.Kind.TOWNSHIP,
}


@pytest.mark.parametrize("value", HARD.values(), ids=HARD)
def test_what_the_database_gives_back_is_what_was_sealed(value, cast, act):
    with writing(act(cast.office), "village.change", reason="长" * 3_000) as change:
        change.tell("export", label="名" * 500, value=value, deep=[{"k": value}])
    assert verify().ok
    entry = AuditEntry.objects.get()
    assert len(entry.object_label) == 200
    assert len(entry.reason) == 3_000
    assert isinstance(entry.after["value"], (str, int, list, dict))


def test_nothing_more_is_written_once_the_chains_end_is_gone(cast, act):
    with writing(act(cast.office), "village.change") as change:
        change.tell("export", label="甲")
    AuditChain.objects.all().delete()
    from kaohe.web.common.audit.record import ChainBroken

    with (
        pytest.raises(ChainBroken, match="数据库被改动过"),
        writing(act(cast.office), "village.change") as change,
    ):
        change.tell("export", label="乙")


def test_every_action_says_in_whose_name_and_from_where(cast, act):
    with writing(act(cast.township), "village.count") as change:
        row = change.find(VillageCount.objects.all(), cast.count.pk)
        row.people = 1001
        change.update(row)
    entry = AuditEntry.objects.get()
    assert entry.actor_id == cast.township.pk
    assert (entry.actor_name, entry.actor_roles) == ("乡镇", "乡镇")
    assert (entry.origin, entry.county_id) == ("127.0.0.1", cast.county.pk)
