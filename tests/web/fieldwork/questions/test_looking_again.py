"""A look again: nothing is asked twice, nothing said is lost, and no score or record moves."""

import pytest
from django.apps import apps

from kaohe.web.common.audit.snapshot import snapshot
from kaohe.web.common.models import AuditEntry
from kaohe.web.fieldwork.actions.questions import Answer, answer, explain
from kaohe.web.fieldwork.models import Concerned, Journal, JournalSketch, Look, Question, SignIn
from tests.web.fieldwork.questions.making import (
    OTHER_WORK,
    copies,
    journal,
    looked,
    second_village,
    sign_in,
)

pytestmark = pytest.mark.django_db
OWN = {"Question", "Concerned", "JournalSketch", "Look"}


@pytest.fixture
def asked(cast):
    copies(cast)
    return looked(cast)["journals"]


def said(cast, act, question, outcome="justified"):
    part = question.concerned.get()
    explain(
        actor=act(cast.secretary), question_id=question.pk, seen=part.version, words="确实写重了"
    )
    question.refresh_from_db()
    facts = Answer(outcome, "看了两天的照片，人都在村里。")
    answer(actor=act(cast.office), question_id=question.pk, seen=question.version, facts=facts)


def test_a_second_look_adds_and_tells_nothing(cast, asked):
    before = AuditEntry.objects.order_by("-seq").first().seq
    again = looked(cast)["journals"]
    assert (again.pk, again.version) == (asked.pk, asked.version)
    assert Question.objects.count() == Concerned.objects.count() == 1
    told = AuditEntry.objects.filter(seq__gt=before).values_list("object_type", flat=True)
    assert set(told) == {"fieldwork.look"}
    row = Look.objects.get()
    assert (row.found, row.fresh) == (1, 0)


def test_answers_outlast_a_look(cast, act, asked):
    said(cast, act, asked)
    again = looked(cast)["journals"]
    assert again.state == Question.State.ANSWERED
    assert again.answer == "看了两天的照片，人都在村里。"
    assert again.concerned.get().explanation == "确实写重了"


def test_what_vanished_is_marked_and_comes_back(cast, asked):
    second = Journal.objects.order_by("day").last()
    Journal.objects.filter(pk=second.pk).update(items=OTHER_WORK, version=2)
    gone = looked(cast)["journals"]
    assert gone.state == Question.State.GONE
    assert gone.gone_at is not None
    Journal.objects.filter(pk=second.pk).update(items=asked_text(), version=3)
    back = looked(cast)["journals"]
    assert (back.pk, back.state, back.gone_at) == (asked.pk, Question.State.OPEN, None)


def asked_text():
    return Journal.objects.order_by("day").first().items


def test_an_answer_stays_when_the_records_were_put_right(cast, act, asked):
    said(cast, act, asked, "corrected")
    second = Journal.objects.order_by("day").last()
    Journal.objects.filter(pk=second.pk).update(items=OTHER_WORK, version=2)
    again = looked(cast)["journals"]
    assert again.state == Question.State.ANSWERED
    assert again.gone_at is not None


def test_more_of_the_same_opens_an_answered_question_again(cast, act, asked):
    said(cast, act, asked)
    journal(cast.secretary_posting, cast.zhang, "2016-05-20")
    again = looked(cast)["journals"]
    assert again.state == Question.State.OPEN
    assert again.answer == "看了两天的照片，人都在村里。"
    assert "2 篇" in again.seen


def test_whom_it_no_longer_concerns_is_let_go_unless_they_spoke(cast, act):
    person, posting = second_village(cast)
    third, third_posting = second_village(cast, "S003", "吴九")
    for one, where in (
        (cast.zhang, cast.secretary_posting),
        (person, posting),
        (third, third_posting),
    ):
        sign_in(where, one, "2016-05-09", device="a" * 64)
    question = looked(cast)["device"]
    part = question.concerned.get(person=cast.zhang)
    explain(actor=act(cast.secretary), question_id=question.pk, seen=part.version, words="借了手机")
    SignIn.objects.filter(person__in=[cast.zhang, third]).update(device="")
    sign_in(cast.technician_posting, cast.li, "2016-05-09", device="a" * 64)
    looked(cast)
    people = {one.person.name for one in question.concerned.all()}
    assert people == {"张三", "周八", "李四"}


def test_counties_are_looked_at_apart(cast, asked):
    assert looked(cast.stranger) == {"journals": asked}
    assert Question.objects.get().county == cast.county


def test_no_record_and_no_fact_changes(cast, act):
    copies(cast, 3)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09", device="a" * 64)

    def rows():
        tables = (
            model
            for label in ("fieldwork", "roster", "supervision")
            for model in apps.get_app_config(label).get_models()
            if model.__name__ not in OWN
        )
        return {
            model.__name__: [snapshot(row) for row in model.objects.order_by("pk")]
            for model in tables
        }

    before = rows()
    question = looked(cast)["journals"]
    said(cast, act, question, "further")
    looked(cast)
    assert rows() == before
    assert JournalSketch.objects.count() == 3
