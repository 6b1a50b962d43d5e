"""kaohe county and account: a county, its first administrator, and help for one who is locked out."""

import pytest
from django.core.exceptions import ValidationError

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.operations.counties import add_administrator, add_county, new_code_for
from kaohe.web.operations.errors import OperationError
from kaohe.web.roster.accounts.invitations import usable_invitation
from kaohe.web.roster.models import Account, RoleGrant


@pytest.fixture
def administrator(transactional_db):
    add_county(code="LX", name="邻县", province="示范省", command="test")
    return add_administrator(county_code="LX", username="lx-admin", name="管理员", command="test")


def test_the_first_administrator_gets_a_code_for_the_first_log_in(administrator):
    assert usable_invitation("lx-admin", administrator.code) is not None
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.account.county.code) == (Role.ADMINISTRATOR, "LX")


def test_it_is_told_in_the_audit_log_who_did_so_and_where(administrator):
    entry = AuditEntry.objects.get(object_type="roster.county")
    assert (entry.actor_name, entry.origin, entry.object_label) == ("本机命令", "test", "邻县")


def test_a_code_that_is_taken_is_refused(administrator):
    with pytest.raises(ValidationError):
        add_county(code="LX", name="又一个", command="test")
    with pytest.raises(OperationError, match="已有的：LX"):
        add_administrator(county_code="XX", username="someone", name="某人", command="test")


def test_whoever_lost_their_way_in_gets_a_new_code(administrator):
    account = Account.objects.get()
    account.set_password("correct-horse-42")
    account.save()
    slip = new_code_for(username="lx-admin", remove_second_factor=True, command="test")
    assert usable_invitation("lx-admin", slip.code) is not None
    assert usable_invitation("lx-admin", administrator.code) is None
    account.refresh_from_db()
    assert not account.check_password("correct-horse-42")
    with pytest.raises(OperationError, match="没有登录名"):
        new_code_for(username="nobody", remove_second_factor=False, command="test")
