"""Which page of the help is about which page of the site."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

# How the names of pages begin, and the place in the help about them; the longest beginning counts.
_PLACES = {
    "home": "",
    "account_": "first-login",
    "mfa_": "first-login",
    "usersessions_": "first-login",
    "roster:": "roster",
    "roster:import": "import",
    "fieldwork:": "journals",
    "fieldwork:question": "questions",
    "fieldwork:information": "information",
    "fieldwork:record": "work-records",
    "supervision:": "inspections",
    "fieldwork:project": "projects",
    "fieldwork:progress-decide": "projects",
    "fieldwork:fund": "projects#资金整合",
    "fieldwork:exit": "projects#贫困村退出",
    "fieldwork:fact": "facts",
    "fieldwork:closing": "facts#月度结账",
    "fieldwork:month-close": "facts#月度结账",
    "accounts:": "accounts",
    "audit:": "audit",
}


def help_address(request: HttpRequest) -> str:
    """The place in the help about the page that is shown; its index when there is none."""
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    fitting = [start for start in _PLACES if name.startswith(start)]
    place = _PLACES[max(fitting, key=len)] if fitting else ""
    page, _, anchor = place.partition("#")
    if not page:
        return reverse("help:index")
    return reverse("help:page", args=[page]) + (f"#{anchor}" if anchor else "")
