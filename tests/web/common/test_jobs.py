"""Long work: its progress is seen by its account, its end is kept, a dead one may be begun again."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Job
from kaohe.web.common.progress import SILENT_SECONDS, Progress, goes_on, new_job, run_job, told

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def job(cast, act):
    return new_job(act(cast.office), "检查：名册.xlsx", location="/roster/imports/")


def page(job):
    return reverse("common:job", args=[job.pk])


def test_its_account_sees_how_far_it_is(job, cast, log_in):
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    Progress(job.pk)(30, 120, "正在核对“人员”")
    text = log_in(cast.office).get(page(job)).content.decode()
    assert "25%" in text
    assert "正在核对“人员”" in text


def test_nobody_else_does(job, cast, log_in):
    for account in (cast.administrator, cast.stranger.office):
        assert log_in(account).get(page(job)).status_code == 404


def test_a_bar_that_asks_is_led_to_the_end(job, cast, log_in):
    client = log_in(cast.office)
    assert "hx-get" in client.get(page(job), **HTMX).content.decode()
    run_job(str(job.pk), lambda tell: "/roster/imports/7/")
    answer = client.get(page(job), **HTMX)
    assert answer["HX-Redirect"] == "/roster/imports/7/"


def test_a_refusal_is_kept_in_its_words(job, cast, log_in):
    def work(tell):
        raise Refusal("名册有了改动。")

    run_job(str(job.pk), work)
    job.refresh_from_db()
    assert (job.state, job.message, job.location) == (
        "failed",
        "名册有了改动。",
        "/roster/imports/",
    )
    assert "名册有了改动。" in log_in(cast.office).get(page(job)).content.decode()


def test_an_error_says_the_number_and_nothing_of_the_inside(job):
    def work(tell):
        raise ZeroDivisionError("secret")

    run_job(str(job.pk), work)
    job.refresh_from_db()
    assert str(job.pk) in job.message
    assert "secret" not in job.message


def test_a_job_that_has_gone_silent_no_longer_goes_on(job):
    assert goes_on(job)
    Job.objects.filter(pk=job.pk).update(created_at="2016-01-01T00:00:00Z")
    job.refresh_from_db()
    assert not goes_on(job)
    cache.set(f"job-{job.pk}", (1, 2, "x", time.time() - SILENT_SECONDS + 30))
    assert goes_on(job)
    cache.set(f"job-{job.pk}", (1, 2, "x", time.time() - SILENT_SECONDS - 1))
    assert not goes_on(job)


def test_what_was_told_is_never_more_than_all(job):
    Progress(job.pk)(7, 5, "x")
    assert told(job).percent == 100
