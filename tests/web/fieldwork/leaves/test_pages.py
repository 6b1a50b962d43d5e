"""Who sees which leave, and what stands on the pages for whom."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.fieldwork.models import Leave
from tests.web.fieldwork.attendance.making import leave, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(cast):
    row = leave(cast.secretary_posting, cast.zhang, date(2016, 5, 9), date(2016, 5, 10))
    Leave.objects.filter(pk=row.pk).update(state="applied")
    return row


def test_a_leave_is_seen_by_whom_it_concerns(cast, client, log_in, applied):
    seen = set()
    for role, account in cast.accounts.items():
        log_in(account)
        if client.get(reverse("fieldwork:leave", args=[applied.pk])).status_code == 200:
            seen.add(str(role))
    assert seen == {str(role) for role in cast.accounts} - {
        "administrator", "village_team", "technician",
    }  # fmt: skip


def test_a_stranger_finds_no_leave_here(cast, log_in, applied):
    client = log_in(cast.stranger.township)
    for page in ("leave", "leave-decide"):
        assert client.get(reverse(f"fieldwork:{page}", args=[applied.pk])).status_code == 404


def test_each_is_offered_their_own_next_step(cast, log_in, applied):
    url = reverse("fieldwork:leave", args=[applied.pk])
    own = log_in(cast.secretary).get(url).content.decode()
    assert "撤回申请" in own
    assert "审批</a>" not in own
    township = log_in(cast.township).get(url).content.decode()
    assert "审批</a>" in township
    assert "撤回申请" not in township
    department = log_in(cast.department).get(url).content.decode()
    assert "审批</a>" not in department


def test_the_list_tells_a_township_what_waits_for_it(cast, log_in, applied):
    page = log_in(cast.township).get(reverse("fieldwork:leaves")).content.decode()
    assert "1 份申请等您审批" in page
    assert (
        "等您审批" not in log_in(cast.department).get(reverse("fieldwork:leaves")).content.decode()
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "official"}, False),
        ({"kind": "private"}, True),
        ({"state": "applied"}, True),
        ({"state": "overdue"}, False),
        ({"q": "张三"}, True),
        ({"q": "llc"}, True),
        ({"q": "李四"}, False),
        ({"since": "2016-05-10"}, True),
        ({"since": "2016-05-11"}, False),
        ({"until": "2016-05-08"}, False),
    ],
)
def test_a_leave_is_found_by(asked, found, cast, log_in, applied):
    page = log_in(cast.township).get(reverse("fieldwork:leaves"), asked).content.decode()
    assert ("家事" in page) is found


def test_leaves_are_exported_as_they_are_listed(cast, log_in):
    leave(cast.secretary_posting, cast.zhang, yesterday(4), yesterday(2))
    answer = log_in(cast.township).get(reverse("fieldwork:leaves-export"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
