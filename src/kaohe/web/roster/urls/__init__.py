"""Addresses of the roster and of accounts, a module a noun."""

from __future__ import annotations

from kaohe.web.roster.urls import (
    accounts,
    history,
    imports,
    logins,
    people,
    postings,
    teams,
    units,
    villages,
    years,
)

roster = [
    *years.urlpatterns,
    *units.urlpatterns,
    *villages.urlpatterns,
    *people.urlpatterns,
    *teams.urlpatterns,
    *postings.urlpatterns,
    *imports.urlpatterns,
    *history.urlpatterns,
]
account_management = accounts.urlpatterns
own_logins = logins.urlpatterns
