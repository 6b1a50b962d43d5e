"""A page for tests with nothing but the field: its address is that of the site with one more."""

from __future__ import annotations

from django import forms
from django.shortcuts import render
from django.urls import path

from kaohe.web.common.pages import status_of, submission, submitted
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.forms.evidence import EvidenceField
from kaohe.web.urls import *  # noqa: F403
from kaohe.web.urls import urlpatterns as site

NAME = "try-evidence"


class TryForm(forms.Form):
    files = EvidenceField(required=True)


def try_evidence(page):
    form = TryForm(page.POST or None, page.FILES or None)

    def act():
        person = page.user.person
        with writing(page.actor, "record.report", sent=submission(page)) as change:
            store(change, form.cleaned_data["files"], person=person)
            change.leads_to("/work/evidence/")
        return change.location

    answer = submitted(page, form, act)
    return answer or render(
        page, "roster/village_form.html", {"form": form}, status=status_of(form)
    )


urlpatterns = [*site, path("try/", try_evidence, name=NAME)]
