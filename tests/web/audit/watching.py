"""A watch over all that the site writes: whatever an action stores, it must tell.

Every statement that changes a table is looked at. Inside `writing(...)` each table that was written
must have an entry about it; in a request, but outside, only the tables of libraries may be written.
"""

import re
import threading

from django.apps import apps
from django.core.handlers.base import BaseHandler
from django.db import connection

from kaohe.web.common.changes import Change

_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_LAST_LOGIN = re.compile(r'\s*UPDATE "roster_account" SET "last_login" = \S+ WHERE', re.IGNORECASE)
# The audit chain's own, submissions and jobs: they tell of what is done, and are nothing by themselves.
_OWN = frozenset(
    f"common_{name}"
    for name in ("auditentry", "auditchain", "audithead", "auditcheck", "submission", "job")
)
# Sessions, failed log-ins, second factors, the worker's queue.
_LIBRARIES = ("django_", "axes_", "usersessions_", "account_", "mfa_", "auth_")
# Written by allauth in a request of its own, and told by a signal right after.
_TOLD_AFTERWARDS = frozenset(["roster_account", "mfa_authenticator"])


class Watch:
    """What was written without being told; `actions` are those of which an entry was sealed."""

    def __init__(self):
        self.actions = set()
        self.faults = []
        self._state = threading.local()

    def start(self, patch):
        watch = self
        begin, seal, answer = Change.__init__, Change.seal, BaseHandler.get_response

        def watched_begin(change, *args, **kwargs):
            begin(change, *args, **kwargs)
            watch._now().written = set()

        def watched_seal(change):
            watch._sealed(change)
            seal(change)
            watch._now().written = None

        def watched_answer(handler, request):
            now = watch._now()
            now.requests += 1
            now.written, now.later, now.told = None, set(), False
            try:
                return answer(handler, request)
            finally:
                now.requests -= 1
                if now.later and not now.told:
                    watch.faults.append(f"{request.path} wrote {now.later} and told nothing")

        patch.setattr(Change, "__init__", watched_begin)
        patch.setattr(Change, "seal", watched_seal)
        patch.setattr(BaseHandler, "get_response", watched_answer)
        return connection.execute_wrapper(self._statement)

    def _statement(self, execute, sql, params, many, context):
        found = _WRITE.match(sql)
        if found and not _LAST_LOGIN.match(sql):
            self._wrote(found[1])
        return execute(sql, params, many, context)

    def _wrote(self, table):
        now = self._now()
        now.told = now.told or table == "common_auditentry"
        if table in _OWN or (table.startswith(_LIBRARIES) and table not in _TOLD_AFTERWARDS):
            return
        if now.written is not None:
            now.written.add(table)
        elif now.requests and table in _TOLD_AFTERWARDS:
            now.later.add(table)
        elif now.requests:
            self.faults.append(f"a request wrote {table} outside of writing()")

    def _sealed(self, change):
        entries = change._entries
        self.actions |= {entry.action for entry in entries}
        told = {_table(entry.object_type) for entry in entries}
        if untold := (self._now().written or set()) - told:
            self.faults.append(f"{change.action} wrote {sorted(untold)} and told of {told}")

    def _now(self):
        if not hasattr(self._state, "requests"):
            self._state.requests, self._state.written = 0, None
            self._state.later, self._state.told = set(), False
        return self._state


def _table(object_type):
    return apps.get_model(object_type)._meta.db_table if object_type else ""
