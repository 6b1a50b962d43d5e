"""Those concerned speak first, somebody else answers, and each is told no more than they may know."""

import io
import uuid

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Concerned, Question
from tests.web.fieldwork.questions.making import (
    OTHER_WORK,
    copies,
    journal,
    looked,
    second_village,
    sign_in,
)
from tests.web.fieldwork.questions.ways import question_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def question(cast):
    return question_of(cast)


def send(client, page, question, **fields):
    form = {"version": 1, "submission_id": str(uuid.uuid4()), **fields}
    return client.post(reverse(f"fieldwork:question-{page}", args=[question.pk]), form)


def explain(client, question, words="那天提前回村，忘了销假。", **fields):
    return send(client, "explain", question, explanation=words, **fields)


def answer(client, question, **fields):
    form = {"outcome": "justified", "answer": "村主任证明当天在村。", "heard": "", **fields}
    return send(client, "answer", question, **form)


# Saying something


def test_one_s_own_words_are_kept_with_their_time(cast, log_in, question):
    client = log_in(cast.secretary)
    assert explain(client, question).status_code == 303
    part = Concerned.objects.get()
    assert part.explanation == "那天提前回村，忘了销假。"
    assert part.explained_at is not None
    page = client.get(reverse("fieldwork:question", args=[question.pk])).content.decode()
    assert "那天提前回村，忘了销假。" in page
    assert "改说明" in page


def test_an_empty_word_is_none(cast, log_in, question):
    assert explain(log_in(cast.secretary), question, " ").status_code == 422
    assert Concerned.objects.get().explained_at is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(R.TECHNICIAN, 404), (R.VILLAGE_TEAM, 404), (R.TOWNSHIP, 403), (R.HEADQUARTERS, 403)],
)
def test_nobody_speaks_for_another(role, status, cast, log_in, question):
    assert explain(log_in(cast.accounts[role]), question).status_code == status
    assert explain(log_in(cast.stranger.secretary), question).status_code == 404
    assert Concerned.objects.get().explanation == ""


def test_words_can_be_changed_until_it_is_answered(cast, log_in, question):
    client = log_in(cast.secretary)
    explain(client, question)
    assert explain(client, question, "改一个说法", version=1).status_code == 409
    assert explain(client, question, "改一个说法", version=2).status_code == 303
    answer(log_in(cast.office), question, version=3)
    assert explain(log_in(cast.secretary), question, "再改", version=3).status_code == 422
    assert Concerned.objects.get().explanation == "改一个说法"


def test_who_never_spoke_can_do_so_after_the_answer(cast, log_in, question):
    answer(log_in(cast.office), question, heard="电话联系")
    assert explain(log_in(cast.secretary), question).status_code == 303


# Answering


def test_an_answer_is_kept_with_who_and_when(cast, log_in, question):
    explain(log_in(cast.secretary), question)
    assert answer(log_in(cast.township), question, version=2).status_code == 303
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("answered", "justified")
    assert (question.answered_by, question.answer) == ("乡镇", "村主任证明当天在村。")


def test_nobody_is_answered_about_unheard(cast, log_in, question):
    client = log_in(cast.office)
    refused = answer(client, question)
    assert refused.status_code == 422
    assert "张三还没有写说明" in refused.content.decode()
    assert answer(client, question, heard="5月12日电话听取").status_code == 303


def test_words_that_came_while_the_form_was_open_are_seen_first(cast, log_in, question):
    explain(log_in(cast.secretary), question)
    late = answer(log_in(cast.office), question, heard="电话")
    assert late.status_code == 409
    assert "那天提前回村，忘了销假。" in late.content.decode()
    question.refresh_from_db()
    assert question.state == "open"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (R.HEADQUARTERS, 303),
        (R.INSPECTORS, 303),
        (R.TOWNSHIP, 303),
        (R.DEPARTMENT, 403),
        (R.LEADER, 403),
        (R.AUDITOR, 403),
        (R.FIRST_SECRETARY, 403),
    ],
)
def test_who_answers(role, status, cast, log_in, question):
    client = log_in(cast.accounts[role])
    assert answer(client, question, heard="当面听取").status_code == status


def test_another_township_does_not(cast, log_in, question):
    cast.township.grants.update(unit=cast.daping)
    assert answer(log_in(cast.township), question, heard="当面听取").status_code == 404


def test_nobody_answers_about_themselves(cast, log_in, question):
    cast.office.grants.update(person=cast.zhang)
    refused = answer(log_in(cast.office), question, heard="我自己")
    assert refused.status_code == 422
    assert "与您本人有关" in refused.content.decode()


def test_only_what_needs_more_looking_into_is_answered_twice(cast, log_in, question):
    client = log_in(cast.office)
    answer(client, question, outcome="further", heard="电话")
    again = answer(client, question, version=2, heard="电话", answer="又走访了两户。")
    assert again.status_code == 303
    refused = answer(client, question, version=3, heard="电话")
    assert refused.status_code == 422
    assert "已经核实过" in refused.content.decode()


def test_what_is_gone_needs_no_answer(cast, log_in, question):
    Question.objects.update(state="gone", gone_at="2016-06-01T00:00Z")
    assert answer(log_in(cast.office), question, heard="电话").status_code == 422


@pytest.mark.parametrize("fields", [{"outcome": "guilty"}, {"answer": ""}, {"answer": "字" * 2001}])
def test_no_other_outcome_and_no_empty_answer(fields, cast, log_in, question):
    assert answer(log_in(cast.office), question, heard="电话", **fields).status_code == 422


# Reading


def test_who_is_concerned_reads_no_other_s_name_or_text(cast, log_in):
    person, posting = second_village(cast)
    journal(posting, person, "2016-05-09", at="2016-05-09 18:00")
    journal(cast.secretary_posting, cast.zhang, "2016-05-09", at="2016-05-09 21:00")
    question = looked(cast)["journals"]
    url = reverse("fieldwork:question", args=[question.pk])
    own = log_in(cast.secretary).get(url).content.decode()
    assert "另一人的日志" in own
    assert "<mark>" in own
    assert "周八" not in own
    listed = log_in(cast.secretary).get(reverse("fieldwork:questions")).content.decode()
    assert "您2016年5月的日志中" in listed
    assert "周八" not in listed
    assert "周八" in log_in(cast.office).get(url).content.decode()


def test_the_earlier_writer_is_not_asked(cast, log_in):
    journal(cast.secretary_posting, cast.zhang, "2016-05-09", at="2016-05-09 18:00")
    journal(cast.technician_posting, cast.li, "2016-05-09", at="2016-05-09 21:00")
    question = looked(cast)["journals"]
    url = reverse("fieldwork:question", args=[question.pk])
    assert log_in(cast.secretary).get(url).status_code == 404
    assert log_in(cast.accounts[R.TECHNICIAN]).get(url).status_code == 200


def test_two_journals_stand_side_by_side_with_what_both_have_marked(cast, log_in):
    journal(cast.secretary_posting, cast.zhang, "2016-05-09")
    changed = OTHER_WORK[:20] + journal(cast.secretary_posting, cast.zhang, "2016-05-10").items
    journal(cast.secretary_posting, cast.zhang, "2016-05-11", changed)
    question = looked(cast)["journals"]
    url = reverse("fieldwork:question", args=[question.pk])
    page = log_in(cast.office).get(url, {"pair": "2"})
    text = page.content.decode()
    assert f"{OTHER_WORK[:20]}<mark>" in text
    assert page.context["compared"].shown.number == 2
    for odd in ("0", "99", "x", "٣", "99999999999"):
        assert log_in(cast.office).get(url, {"pair": odd}).status_code == 200


def test_rows_out_of_reach_are_counted_and_not_shown(cast, log_in):
    person, posting = second_village(cast)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09", device="a" * 64)
    sign_in(posting, person, "2016-05-10", device="a" * 64)
    question = looked(cast)["device"]
    page = log_in(cast.township).get(reverse("fieldwork:question", args=[question.pk]))
    assert [line.who for line in page.context["grounds"].lines] == ["张三"]
    assert "另有 1 条记录不在您可以看的范围内" in page.content.decode()


def test_questions_are_found_by_whom_when_what_and_how_far(cast, log_in):
    copies(cast)
    looked(cast)
    other = question_of(cast)
    Question.objects.filter(pk=other.pk).update(state="answered", month="2016-04-01")
    client = log_in(cast.office)

    def found(**asked):
        page = client.get(reverse("fieldwork:questions"), asked)
        return len(page.context["table"].rows)

    assert found() == 2
    assert found(month="2016-05") == found(sort="journals") == 1
    assert found(state="pending") == found(state="answered") == 1
    assert (found(said="yes"), found(said="no")) == (0, 2)
    assert (found(q="zs"), found(q="周八")) == (2, 0)
    assert (found(township=cast.yunxi.pk), found(township=cast.daping.pk)) == (2, 0)


def test_the_export_holds_what_was_said(cast, log_in, question):
    explain(log_in(cast.secretary), question, "=1+1")
    answer(log_in(cast.office), question, version=2)
    content = log_in(cast.office).get(reverse("fieldwork:questions-export")).content
    heads, line = load_workbook(io.BytesIO(content)).active.values
    told = dict(zip(heads, line, strict=True))
    assert told["看到的情况"] == "张三请假期间有签到 1 次。"
    assert told["说明内容"] == "张三：=1+1"
    assert told["核实结果"] == "情况属实，但有正当理由"
    assert told["状态"] == "已核实"


def test_a_form_sent_again_is_stored_once(cast, log_in, question):
    number = str(uuid.uuid4())
    client = log_in(cast.secretary)
    sent = [explain(client, question, submission_id=number).status_code for _ in range(3)]
    assert sent == [303] * 3
    assert Concerned.objects.get().version == 2
