"""An auditor finds what was done in the county, page by page, and nothing of another county."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.audit.events import record_event
from kaohe.web.common.audit.queries import PER_PAGE
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.roster.models import Village
from tests.web.audit.conftest import append, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(cast, act):
    """The office renamed 柳林村 and moved it to another township, for a reason."""
    with writing(act(cast.office), "village.change", reason="区划调整") as change:
        village = change.find(Village.objects.all(), cast.liulin.pk)
        village.name, village.township = "柳树村", cast.daping
        change.update(village)
    return AuditEntry.objects.latest("seq")


@pytest.fixture
def text(cast, log_in):
    """What the auditor reads at a page."""
    client = log_in(cast.auditor)

    def text(name="list", *args, **query):
        answer = client.get(reverse(f"audit:{name}", args=args), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return text


def _listed(html):
    return [int(seq) for seq in re.findall(r'href="/audit/(\d+)/"', html)]


def test_an_entry_shows_both_sides_in_the_words_of_the_office(changed, text):
    html = text("entry", changed.seq)
    for word in (
        "柳林村",
        "柳树村",
        "云溪镇（编号",
        "大坪乡（编号",
        "乡镇",
        "区划调整",
        "指挥部办公室",
    ):
        assert word in html
    assert "这一条与封存时一致" in html


def test_an_entry_leads_on_to_the_page_of_what_it_is_about(changed, cast, text):
    assert reverse("roster:village", args=[cast.liulin.pk]) in text("entry", changed.seq)


def test_an_entry_names_the_others_of_the_same_action(cast, act, text):
    with writing(act(cast.office), "village.change") as change:
        for village in change.find_all(Village.objects.filter(county=cast.county)):
            village.name += "委"
            change.update(village)
    last = AuditEntry.objects.latest("seq")
    html = text("entry", last.seq)
    assert "同一次操作的另外 1 条" in html
    assert f"/audit/{last.seq - 1}/" in html


def test_an_altered_entry_says_so_on_its_own_page(changed, text):
    AuditEntry.objects.filter(seq=changed.seq).update(reason="别的理由")
    assert "这一条与封存时不一致" in text("entry", changed.seq)


def test_an_entry_behind_a_gap_says_that_it_cannot_be_checked(cast, text):
    append(entries(3, county=cast.county.pk))
    AuditEntry.objects.filter(seq=2).delete()
    assert "前一条不在了" in text("entry", 3)


def test_a_removed_object_keeps_its_name_and_leads_nowhere(cast, act, text):
    with writing(act(cast.office), "village.count") as change:
        row = change.find(type(cast.count).objects.all(), cast.count.pk)
        change.delete(row)
    entry = AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.object_label) == ("delete", "柳林村（2016 年度）")
    assert entry.before["households"] == 300
    assert "柳林村（2016 年度）" in text("entry", entry.seq)


@pytest.mark.parametrize("page", ["list", "entry", "export"])
def test_another_countys_entries_are_not_there(page, cast, act, log_in):
    with writing(act(cast.stranger.office), "village.change") as change:
        village = change.find(Village.objects.all(), cast.stranger.liulin.pk)
        village.name = "邻县的村"
        change.update(village)
    seq = AuditEntry.objects.latest("seq").seq
    client = log_in(cast.auditor)
    if page == "entry":
        assert client.get(reverse("audit:entry", args=[seq])).status_code == 404
    else:
        answer = client.get(reverse(f"audit:{page}"), {"as": "print"})
        assert "邻县的村" not in answer.content.decode()


@pytest.mark.parametrize(
    "role", [Role.HEADQUARTERS, Role.TOWNSHIP, Role.FIRST_SECRETARY, Role.LEADER]
)
def test_others_do_not_read_the_log(role, cast, log_in):
    assert log_in(cast.accounts[role]).get(reverse("audit:list")).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "柳树"}, True),
        ({"q": "柳树 指挥部"}, True),
        ({"q": "区划"}, True),
        ({"q": "石桥"}, False),
        ({"action": "village.change"}, True),
        ({"action": "unit.change"}, False),
        ({"verb": "update"}, True),
        ({"verb": "delete"}, False),
        ({"kind": "roster.village"}, True),
        ({"kind": "roster.unit"}, False),
        ({"role": "指挥部办公室"}, True),
        ({"role": "乡镇"}, False),
        ({"since": "2001-01-01"}, True),
        ({"until": "2001-01-01"}, False),
        ({"until": "昨天"}, False),
        ({"actor": "999999"}, False),
        ({"actor": "9" * 40}, False),
        ({"request": "no-uuid"}, False),
        ({"verb": "no such verb"}, False),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_list_is_narrowed_by(query, found, changed, text):
    assert (changed.seq in _listed(text(**query))) is found


def test_a_day_is_the_countys_own_day(cast, text):
    late = timezone.make_aware(timezone.datetime(2016, 1, 5, 23, 59, 59))
    append(entries(1, county=cast.county.pk, at=late))
    assert len(_listed(text(since="2016-01-05", until="2016-01-05"))) == 1
    assert _listed(text(since="2016-01-06", until="2016-01-06")) == []


def test_log_ins_under_names_that_nobody_has_are_a_list_of_their_own(cast, text):
    record_event("login-failed", origin="10.0.0.9", label="不存在的登录名")
    seq = AuditEntry.objects.latest("seq").seq
    assert seq not in _listed(text())
    assert _listed(text(scope="nobody")) == [seq]
    assert "10.0.0.9" in text("entry", seq)


def test_an_empty_list_says_why(cast, text):
    assert "没有符合条件的记录" in text(q="没有这样的")


def test_pages_go_on_from_an_entry_without_gap_or_repetition(cast, text):
    now = timezone.now()
    for day in range(3):
        append(entries(PER_PAGE, county=cast.county.pk, at=now - timedelta(days=3 - day)))
    html, seen = text(), []
    while True:
        seen += _listed(html)
        older = re.search(r'rel="next" href="\?before=(\d+)"', html)
        if older is None:
            break
        html = text(before=older[1])
    assert seen[-3 * PER_PAGE :] == list(range(3 * PER_PAGE, 0, -1))
    assert (
        len(seen) == len(set(seen)) == AuditEntry.objects.filter(county_id=cast.county.pk).count()
    )
    newer = re.search(r'rel="prev" href="\?after=(\d+)"', html)
    back = _listed(text(after=newer[1]))
    assert back == list(range(back[0], back[0] - PER_PAGE, -1))
    assert back[-1] == int(newer[1]) + 1


def test_what_was_typed_is_text_and_never_markup(cast, text):
    (entry,) = entries(1, county=cast.county.pk)
    entry.object_label = entry.reason = "<script>alert(1)</script>"
    entry.after = {"name": "<img src=x onerror=alert(1)>"}
    append([entry])
    for html in (text(), text("entry", entry.seq), text("export", **{"as": "print"})):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert" in html
