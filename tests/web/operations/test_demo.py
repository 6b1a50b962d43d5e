"""kaohe demo: a county to look at, an account for each role, kept from one start to the next.

A small one, since the usual county takes its time; what is in its year, test_demo_year.py says.
"""

import pytest

from kaohe.web.common.permissions import Role
from tests.web.operations.running import Site

pytestmark = pytest.mark.sqlite_only

LOOK = """
from kaohe.web.operations.site import open_site
open_site()
from kaohe.web.common.audit.verify import verify
from kaohe.web.common.models import AuditEntry
from kaohe.web.operations.demonstration.accounts import PASSWORD
from kaohe.web.roster.models import *
assert verify().ok
year = WorkYear.objects.get()
assert (year.year, year.state, year.scheme_name) == (2016, "open", "xx-county-2016"), year
assert all(account.check_password(PASSWORD) for account in Account.objects.all()[:2])
assert Account.objects.get(username="shuji").as_actor("").reach("posting.view").people
for model in (Unit, Village, Person, Team, TeamMember, Posting, Post, VillageCount, UnitAttributes):
    told = AuditEntry.objects.filter(object_type=model._meta.label_lower, verb="create")
    assert told.count() == model.objects.count(), model
print(Village.objects.count(), Person.objects.count(), Posting.objects.count(), AuditEntry.objects.count())
print(*sorted(RoleGrant.objects.values_list("role", flat=True)))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("demo") / "home")
    done = site.kaohe("demo", "--load-only", "--small")
    assert done.returncode == 0, done.stderr
    return site, done.stdout


def test_the_county_has_its_roster_its_year_and_an_account_for_each_role(demo):
    site, said = demo
    seen = site.python("-c", LOOK)
    assert seen.returncode == 0, seen.stderr
    counts, roles = seen.stdout.strip().split("\n")
    villages, people, postings, _ = (int(count) for count in counts.split())
    assert (villages, people, postings) == (8, 79, 29)
    assert set(roles.split()) == {role.value for role in Role} - {"command"}
    for word in ("zhihuibu", "xiangzhen", "shuji", "gongzuodui", "admin", "kaohe-2016-demo"):
        assert word in said


def test_a_second_start_keeps_what_is_there(demo):
    site, said = demo
    before = site.python("-c", LOOK).stdout
    assert site.kaohe("demo", "--load-only", "--small").stdout == said
    assert site.python("-c", LOOK).stdout == before


def test_a_real_site_is_not_turned_into_a_demonstration(site):
    for words in (["demo", "--load-only"], ["demo", "--load-only", "--reset"]):
        refused = site.kaohe(*words)
        assert refused.returncode == 2 and "正式的站点" in refused.stderr
    assert site.kaohe("doctor").returncode == 0
