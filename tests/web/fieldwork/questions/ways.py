"""Each writing action about questions done once, for the test that each tells the audit log."""

from kaohe.web.fieldwork.actions.questions import Answer, answer, explain
from kaohe.web.fieldwork.actions.questions_look import begin_look
from kaohe.web.fieldwork.models import Concerned, Question
from tests.web.fieldwork.questions.making import MAY


def question_of(cast):
    """An open question about the cast's first secretary."""
    row = Question.objects.create(
        county=cast.county,
        month=MAY,
        sort=Question.Sort.LEAVE,
        key="leave:1:2016-05",
        seen="张三请假期间有签到 1 次。",
        rows=[["leave", 1]],
    )
    Concerned.objects.create(
        question=row,
        person=cast.zhang,
        posting=cast.secretary_posting,
        told="您请假期间有签到 1 次。",
    )
    return row


def _explain(cast, actor, client):
    row = question_of(cast)
    return explain(actor=actor, question_id=row.pk, seen=1, words="那天提前回来了")


def _answer(cast, actor, client):
    row = question_of(cast)
    facts = Answer(Question.Outcome.JUSTIFIED, "提前销假，手续补齐。", heard="电话听取")
    return answer(actor=actor, question_id=row.pk, seen=1, facts=facts)


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "question.look": ("office", lambda cast, actor, client: begin_look(actor=actor, month=MAY)),
    "question.explain": ("secretary", _explain),
    "question.answer": ("office", _answer),
}
