"""Near-copies are shown to the receiver: who else, when, how alike, and both side by side."""

import pytest
from django.urls import reverse

from kaohe.web.fieldwork.queries.information_passages import Passage, passages
from tests.web.fieldwork.information.making import OTHER, TEXT, information_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
NEARLY = TEXT.replace("五十六户", "六十户")


@pytest.fixture
def two(cast):
    """A text of the department, and nearly the same from the first secretary two days before."""
    first = information_of(
        cast,
        text=NEARLY,
        at="2016-03-03 09:00",
        posting=cast.secretary_posting,
        person=cast.zhang,
    )
    return information_of(cast, unit=cast.finance, at="2016-03-05 09:00"), first


def page_of(client, item):
    return client.get(reverse("fieldwork:information-item", args=[item.pk]))


def test_the_receiver_sees_who_when_and_how_alike(cast, log_in, two):
    item, first = two
    information_of(cast, unit=cast.education, text=OTHER)
    page = page_of(log_in(cast.office), item)
    (copy,) = page.context["copies"]
    assert (copy.other, copy.earlier, copy.same_reporter) == (first, True, False)
    assert 70 < copy.percent < 100
    assert f"{copy.percent}%" in page.content.decode()
    assert "2016年3月3日，比这篇早" in page.content.decode()


def test_the_inbox_shows_the_nearest_of_each(cast, log_in, two):
    page = log_in(cast.office).get(reverse("fieldwork:information-inbox"))
    assert [len(copies) for _, copies in page.context["lines"]] == [1, 1]
    other = information_of(cast, unit=cast.education, text=OTHER, at="2016-03-06 09:00")
    page = log_in(cast.office).get(reverse("fieldwork:information-inbox"))
    assert page.context["lines"][2] == (other, [])


def test_one_s_own_earlier_text_is_told_as_such(cast, log_in):
    information_of(cast, unit=cast.finance, at="2016-02-03 09:00", state="received")
    item = information_of(cast, unit=cast.finance)
    (copy,) = page_of(log_in(cast.office), item).context["copies"]
    assert (copy.percent, copy.same_reporter) == (100, True)


def test_who_does_not_receive_sees_none(cast, log_in, two):
    page = page_of(log_in(cast.department), two[0])
    assert page.context["copies"] == []
    beside = reverse("fieldwork:information-beside", args=[two[0].pk])
    assert log_in(cast.department).get(beside).status_code == 403


def test_another_county_s_texts_and_those_of_years_before_are_no_copies(cast, log_in):
    item = information_of(cast, unit=cast.finance)
    information_of(cast.stranger, unit=cast.stranger.finance)
    information_of(cast, unit=cast.education, at="2015-02-01 09:00")
    assert page_of(log_in(cast.office), item).context["copies"] == []


def test_both_stand_side_by_side_with_what_they_share(cast, log_in, two):
    item, first = two
    url = reverse("fieldwork:information-beside", args=[item.pk])
    page = log_in(cast.office).get(url)
    assert page.context["other"] == first
    (_, ours), (_, theirs) = page.context["sides"]
    assert "".join(one.text for one in ours) == TEXT
    assert "".join(one.text for one in theirs) == NEARLY
    assert any("五" in one.text for one in ours if not one.common)
    assert "<mark>今年以来" in page.content.decode()


@pytest.mark.parametrize("other", ["x", "٣", "9" * 30, "0"])
def test_only_a_text_in_reach_is_set_beside(other, cast, log_in, two):
    url = reverse("fieldwork:information-beside", args=[two[0].pk])
    assert log_in(cast.office).get(url, {"other": other}).status_code == 404
    theirs = information_of(cast.stranger, unit=cast.stranger.finance)
    assert log_in(cast.office).get(url, {"other": theirs.pk}).status_code == 404


def test_passages_mark_runs_of_five_with_the_punctuation_inside():
    first, second = passages("甲。一二三，四五六！乙", "丙丁一二三四五六")
    assert first == [
        Passage("甲。", common=False),
        Passage("一二三，四五六", common=True),
        Passage("！乙", common=False),
    ]
    assert second == [Passage("丙丁", common=False), Passage("一二三四五六", common=True)]


@pytest.mark.parametrize(("first", "second"), [("", ""), ("修路", "修路"), ("，。", "甲乙丙丁戊")])
def test_passages_of_short_texts_are_whole(first, second):
    for text, pieces in zip((first, second), passages(first, second), strict=True):
        assert "".join(one.text for one in pieces) == text
        assert not any(one.common for one in pieces)
