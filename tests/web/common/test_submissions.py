"""A form is stored once, however often the network repeats it."""

import random
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.errors import AlreadyDone, SubmissionReused
from kaohe.web.common.models import AuditEntry, Submission
from kaohe.web.common.submissions import KEPT, Sent, forget_old_submissions
from kaohe.web.common.writing import writing
from kaohe.web.roster.models import Village

pytestmark = pytest.mark.django_db


def _form(cast, code, key):
    return {"code": code, "name": f"村{code}", "township": cast.yunxi.pk, "submission_id": str(key)}


def test_forms_sent_ten_times_over_a_bad_line_are_stored_once_each(cast, log_in):
    client, rng = log_in(cast.office), random.Random(7)
    before = Village.objects.count()
    sends = [(n, uuid.uuid5(uuid.NAMESPACE_OID, str(n))) for n in range(10)] * 10
    rng.shuffle(sends)
    answers = {}
    for n, key in sends:
        answer = client.post(reverse("roster:village-add"), _form(cast, f"X{n}", key))
        assert answer.status_code == 303
        if rng.random() >= 0.3:  # the others are lost on their way back
            answers.setdefault(n, set()).add(answer["Location"])
    assert Village.objects.count() == before + 10
    assert AuditEntry.objects.filter(verb="create").count() == 10
    assert all(len(places) == 1 for places in answers.values())


def test_the_same_id_with_another_content_is_refused(cast, log_in):
    client, key = log_in(cast.office), uuid.uuid4()
    assert client.post(reverse("roster:village-add"), _form(cast, "X1", key)).status_code == 303
    answer = client.post(reverse("roster:village-add"), _form(cast, "X2", key))
    assert answer.status_code == 409
    assert not Village.objects.filter(code="X2").exists()


def test_anothers_id_is_refused_and_tells_nothing_of_their_answer(cast, log_in):
    key = uuid.uuid4()
    first = log_in(cast.office).post(reverse("roster:village-add"), _form(cast, "X1", key))
    form = {"submission_id": str(key), "households": 1}
    url = reverse("roster:village-counts", args=[cast.liulin.pk])
    answer = log_in(cast.township).post(url, form)
    assert answer.status_code == 409
    assert first["Location"] not in answer.content.decode()


def test_a_form_that_was_refused_may_be_sent_again_corrected(cast, log_in):
    client, key = log_in(cast.office), uuid.uuid4()
    assert client.post(reverse("roster:village-add"), _form(cast, "V001", key)).status_code == 422
    assert client.post(reverse("roster:village-add"), _form(cast, "X1", key)).status_code == 303


def test_an_action_finds_its_own_submission_done(cast, act):
    sent = Sent(uuid.uuid4(), "0" * 64)
    with writing(act(cast.office), "village.change", sent=sent) as change:
        change.tell("export", label="甲")
        change.leads_to("/there/")
    with (
        pytest.raises(AlreadyDone) as raised,
        writing(act(cast.office), "village.change", sent=sent) as change,
    ):
        raise AssertionError("opened twice")
    assert raised.value.location == "/there/"
    with (
        pytest.raises(SubmissionReused),
        writing(act(cast.office), "village.change", sent=Sent(sent.id, "1" * 64)) as change,
    ):
        raise AssertionError("opened for another content")
    assert AuditEntry.objects.count() == 1


def test_old_submissions_go_and_later_ones_stay(cast):
    old, late = (Submission.objects.create(id=uuid.uuid4(), content="", location="") for _ in "ab")
    Submission.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT - timedelta(minutes=1))
    assert forget_old_submissions() == 1
    assert list(Submission.objects.all()) == [late]
