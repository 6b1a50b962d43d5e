"""All addresses of the site; each name stands in the permission table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kaohe.web.common.urls import audit, jobs
from kaohe.web.fieldwork import urls as fieldwork
from kaohe.web.home import urls as home
from kaohe.web.roster import urls as roster
from kaohe.web.supervision import urls as supervision


def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the site from outside."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("alive/", alive, name="alive"),
    *home.home,
    *roster.own_logins,
    path("help/", include((home.help_pages, "help"))),
    path("roster/", include((roster.roster, "roster"))),
    path("accounts/", include((roster.account_management, "accounts"))),
    *fieldwork.offline_pages,
    path("work/", include((fieldwork.fieldwork, "fieldwork"))),
    path("inspections/", include((supervision.supervision, "supervision"))),
    path("audit/", include((audit.urlpatterns, "audit"))),
    path("jobs/", include((jobs.urlpatterns, "common"))),
]
handler400 = "kaohe.web.common.errors_views.bad_request"
handler403 = "kaohe.web.common.errors_views.forbidden"
handler404 = "kaohe.web.common.errors_views.not_found"
handler500 = "kaohe.web.common.errors_views.failed"
# allauth asks for it by name.
handler429 = "kaohe.web.roster.accounts.lockout.too_many"
