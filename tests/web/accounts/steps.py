"""What tests of accounts do and look at: codes of a phone, what the chain tells, a form's id."""

import time
import uuid

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from kaohe.web.common.models import AuditEntry

PASSWORD = "correct-horse-42"  # of the whole cast
SECRET = "JBSWY3DPEHPK3PXP"


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def wrong_code():
    """A code that no near moment has."""
    now = int(time.time()) // 30
    near = {format_hotp_value(hotp_value(SECRET, now + step)) for step in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222") if code not in near)


def told(account, *verbs):
    """The verbs that the chain tells of an account, in their order."""
    entries = AuditEntry.objects.filter(object_type="roster.account", object_id=str(account.pk))
    found = entries.order_by("seq").values_list("verb", flat=True)
    return [verb for verb in found if not verbs or verb in verbs]


def sent():
    return {"submission_id": str(uuid.uuid4())}
