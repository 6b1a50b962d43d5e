"""The pages about one journal and one report, and the offline page, as a browser shows them."""

import pytest
from django.urls import reverse

from tests.web.fieldwork.journals.steps import journal_of, report_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", ["journal", "report", "offline"])
@pytest.mark.parametrize("how", [{}, {"phone": True, "dark": True}], ids=["desk", "phone in dark"])
def test_a_page_is_sound(name, how, cast, site):
    journal = journal_of(
        cast, cast.zhang, cast.secretary_posting, "2016-03-03", "2016-03-05 20:00", comments="甲"
    )
    report = report_of(
        cast, cast.zhang, cast.secretary_posting, "2016-03-01", "2016-04-02 20:00", "2016-03-31"
    )
    address = {
        "journal": reverse("fieldwork:journal", args=[journal.pk]),
        "report": reverse("fieldwork:report", args=[report.pk]),
        "offline": reverse("offline"),
    }[name]
    watched = site.at(cast.secretary, "fieldwork:journal-write", **how)
    watched.page.goto(address)
    watched.page.wait_for_timeout(300)
    assert watched.violations() == []
    assert watched.too_wide() == []
    assert watched.heard() == []
