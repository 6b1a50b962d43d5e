"""What a request can be refused for; each is shown as a page or beside the form, in Chinese."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied

from kaohe.web.common.permissions import ACTIONS


class NotPermitted(PermissionDenied):
    """The actor has no role that may do this anywhere (403)."""

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(f"您的角色没有“{ACTIONS[action].label}”的权限；需要时请联系指挥部办公室。")


class Refusal(Exception):
    """The county's rules forbid it now; the text says what is wrong and what to do (422)."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.message = message
        self.field = field
        super().__init__(message)


class Conflict(Exception):
    """Somebody else changed the row since the form was shown; nothing of either is lost (409).

    who and when tell of the latest change; version is the row's present one.
    """

    def __init__(self, label: str, *, version: int, who: str, when: datetime | None) -> None:
        self.version = version
        self.who = who
        self.when = when
        super().__init__(f"“{label}”在您打开之后已被别人修改，请核对后再保存。")


class AlreadyDone(Exception):
    """The same submission arrived before and was done; its answer is given again."""

    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__(location)


class SubmissionReused(Exception):
    """A submission's id came again with another content (409)."""
