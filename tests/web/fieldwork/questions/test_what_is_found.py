"""What a look finds, each sort with honest neighbours that are left alone."""

import pytest

from kaohe.web.fieldwork.models import BookEntry, Leave, Question, Settlement
from tests.web.fieldwork.questions.making import (
    DAYS_WORK,
    OTHER_WORK,
    SHORT,
    colleague,
    copies,
    journal,
    looked,
    picture,
    second_village,
    sign_in,
)

pytestmark = pytest.mark.django_db
Sort = Question.Sort
WORK = (
    "走访二组贫困户刘德全家，核对产业发展计划，商定今年养羊 12 只，种苗由合作社统一供应。",
    "走访四组贫困户王桂芳家，了解大病医疗报销的进度，帮助整理住院票据，约定周五一起去镇上办理。",
    "走访一组贫困户陈开明家，宣传易地搬迁政策，看了老房子的裂缝，当场填写了搬迁意愿登记表。",
    "召开村两委会议，通报第一季度项目进展，讨论饮水工程的管护人选，会后张榜公示三天。",
    "陪同县水务局人员查看水源点，测了两处流量，确定从三组大堰沟引水，预计六月初开工。",
)


# Journals


def test_the_same_text_on_another_day_is_asked_about_with_numbers(cast):
    first, second = copies(cast)
    question = looked(cast)[Sort.JOURNALS]
    assert question.pairs == [[second.pk, first.pk, 100]]
    assert "张三2016年5月的日志中，1 篇与本人较早的日志相近" in question.seen
    assert "5月10日的一篇和本人5月9日的一篇，相同的文字占 100%" in question.seen
    assert [one.person for one in question.concerned.all()] == [cast.zhang]


def test_copies_of_a_whole_month_are_one_question(cast):
    copies(cast, 15)
    assert set(looked(cast)) == {Sort.JOURNALS}
    question = Question.objects.get()
    assert len(question.pairs) == 14
    assert "14 篇与本人较早的日志相近" in question.seen


def test_other_names_and_numbers_in_a_copied_text_do_not_hide_it(cast):
    journal(cast.secretary_posting, cast.zhang, "2016-05-03")
    changed = DAYS_WORK.replace("刘德全", "张德全").replace("；", "。 ")
    journal(cast.secretary_posting, cast.zhang, "2016-05-24", changed)
    question = looked(cast)[Sort.JOURNALS]
    assert 90 <= question.pairs[0][2] < 100


def test_a_text_from_earlier_in_the_year_is_remembered(cast):
    january = journal(cast.secretary_posting, cast.zhang, "2016-01-12")
    may = journal(cast.secretary_posting, cast.zhang, "2016-05-12")
    assert looked(cast)[Sort.JOURNALS].pairs == [[may.pk, january.pk, 100]]


def test_of_two_people_the_later_is_asked(cast):
    person, posting = second_village(cast)
    journal(posting, person, "2016-05-09", at="2016-05-09 18:00")
    journal(cast.secretary_posting, cast.zhang, "2016-05-09", at="2016-05-09 21:00")
    question = looked(cast)[Sort.JOURNALS]
    (part,) = question.concerned.all()
    assert part.person == cast.zhang
    assert "1 篇与周八较早的日志相近" in question.seen
    assert "周八" not in part.told
    assert "您2016年5月的日志中，1 篇与另一人较早的日志相近" in part.told


def test_days_of_the_same_work_in_other_words_are_left_alone(cast):
    for number, text in enumerate(WORK):
        journal(cast.secretary_posting, cast.zhang, f"2016-05-{9 + number:02}", text)
    assert looked(cast) == {}


@pytest.mark.parametrize(("count", "asked"), [(3, False), (4, True)])
def test_a_short_text_has_to_come_again_and_again(count, asked, cast):
    copies(cast, count, SHORT)  # the first one is like none before it
    assert bool(looked(cast)) is asked


def test_each_like_somebody_else_s_is_a_coincidence(cast):
    for number, text in enumerate(WORK):
        person, posting = second_village(cast, f"S01{number}", f"某{number}")
        journal(posting, person, "2016-05-03", text)
        journal(cast.secretary_posting, cast.zhang, f"2016-05-1{number}", text)
    assert looked(cast) == {}


def test_very_short_texts_are_not_judged(cast):
    for day in ("2016-05-09", "2016-05-10", "2016-05-11"):
        journal(cast.secretary_posting, cast.zhang, day, "下村走访贫困户，了解情况。")
    assert looked(cast) == {}


def test_a_text_in_another_year_or_county_is_not_compared(cast):
    journal(cast.stranger.secretary_posting, cast.stranger.zhang, "2016-05-09")
    journal(cast.secretary_posting, cast.zhang, "2015-12-30")
    journal(cast.secretary_posting, cast.zhang, "2016-05-10")
    assert looked(cast) == {}


def test_a_journal_changed_since_is_read_anew(cast):
    _, second = copies(cast)
    assert set(looked(cast)) == {Sort.JOURNALS}
    second.items, second.version = OTHER_WORK, 2
    second.save()
    assert looked(cast)[Sort.JOURNALS].state == Question.State.GONE


# Places


def test_places_that_no_car_joins_are_asked_about(cast):
    posting, person = cast.secretary_posting, cast.zhang
    sign_in(posting, person, "2016-05-09", at="2016-05-10 09:00", north=0, late_reason="没有信号")
    sign_in(posting, person, "2016-05-10", at="2016-05-10 09:20", north=80)
    question = looked(cast)[Sort.PLACES]
    assert "张三5月9日和5月10日的两次签到，地点相距 80.0 公里" in question.seen
    assert "定位误差 20 米、20 米，中间隔 20 分钟" in question.seen


@pytest.mark.parametrize(
    ("north", "accuracy"),
    [
        (30, 20),  # 30 km in 20 minutes: a fast road
        (44, 3000),  # too far by 4 km, but the place may be 6 km off
        (2, 20),  # indoors a phone may be told another mast
    ],
)
def test_what_a_car_or_an_error_explains_is_left_alone(north, accuracy, cast):
    posting, person = cast.secretary_posting, cast.zhang
    more = {"accuracy": accuracy}
    sign_in(posting, person, "2016-05-09", at="2016-05-10 09:00", north=0, **more)
    sign_in(posting, person, "2016-05-10", at="2016-05-10 09:20", north=north, **more)
    assert looked(cast) == {}


def test_two_days_apart_any_place_can_be_reached(cast):
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09", north=0)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-10", north=300)
    assert looked(cast) == {}


def test_what_waited_for_a_network_is_taken_at_the_phone_s_word(cast):
    posting, person = cast.secretary_posting, cast.zhang
    for day, north in (("2016-05-09", 0), ("2016-05-10", 80)):
        sign_in(posting, person, day, at="2016-05-10 21:00", claimed=f"{day} 09:00", north=north)
    assert looked(cast) == {}


def test_a_sign_in_without_a_place_says_nothing(cast):
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09", at="2016-05-10 09:00")
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-10", at="2016-05-10 09:01", north=80)
    assert looked(cast) == {}


# Devices


def test_a_device_of_two_villages_is_asked_about(cast):
    person, posting = second_village(cast)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09", device="a" * 64)
    sign_in(posting, person, "2016-05-10", device="a" * 64)
    question = looked(cast)[Sort.DEVICE]
    assert "2016年5月，张三、周八在同一台设备上签到，共 2 人、2 次" in question.seen
    assert "分别在柳林村、石桥村" in question.seen
    told = {one.person.name: one.told for one in question.concerned.all()}
    assert "您和另外 1 人在同一台设备上签到" in told["周八"]
    assert "张三" not in told["周八"]


def test_colleagues_who_share_a_phone_day_after_day_are_told_so_neutrally(cast):
    mate = colleague(cast)
    for day in ("2016-05-09", "2016-05-10", "2016-05-11"):
        for person in (cast.wang, mate):
            sign_in(cast.team_posting, person, day, device="b" * 64)
    seen = looked(cast)[Sort.DEVICE].seen
    assert "其中 3 天有两人以上（5月9日、5月10日、5月11日）" in seen
    assert "同在柳林村，可能是同事之间共用手机" in seen


def test_a_phone_that_is_lent_once_or_handed_on_is_left_alone(cast):
    mate = colleague(cast)
    for person in (cast.wang, mate):
        sign_in(cast.team_posting, person, "2016-05-09", device="b" * 64)
    for number in range(10, 15):
        sign_in(cast.team_posting, cast.wang, f"2016-05-{number}", device="b" * 64)
    for number in range(16, 21):  # its new owner
        sign_in(cast.team_posting, mate, f"2016-05-{number}", device="b" * 64)
    assert looked(cast) == {}


def test_no_device_is_not_one_device(cast):
    person, posting = second_village(cast)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09")
    sign_in(posting, person, "2016-05-10")
    assert looked(cast) == {}


# Leaves


def leave(cast, **more):
    fields = {"kind": "private", "first": "2016-05-09", "last": "2016-05-11", "state": "approved"}
    return Leave.objects.create(
        county=cast.county,
        posting=cast.secretary_posting,
        person=cast.zhang,
        reason="家事",
        **{**fields, **more},
    )


def test_attendance_on_days_of_leave_is_asked_about(cast):
    leave(cast)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-09")
    journal(cast.secretary_posting, cast.zhang, "2016-05-10", OTHER_WORK)
    BookEntry.objects.create(
        county=cast.county,
        posting=cast.secretary_posting,
        person=cast.zhang,
        day="2016-05-11",
        present=True,
    )
    seen = looked(cast)[Sort.LEAVE].seen
    assert seen.startswith("张三2016年5月9日至2016年5月11日事假已经批准")
    assert "签到 1 次（5月9日）、考勤簿记在村 1 天（5月11日）、日志 1 篇（5月10日）" in seen


@pytest.mark.parametrize(
    "how",
    [
        {"state": "applied"},
        {"state": "refused"},
        {"first": "2016-05-11"},
        {"state": "returned", "returned_on": "2016-05-10"},  # back early, and at work that day
    ],
)
def test_a_day_that_was_no_leave_is_left_alone(how, cast):
    leave(cast, **how)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-10")
    assert looked(cast) == {}


def test_a_journal_on_official_absence_is_left_alone_and_a_sign_in_is_not(cast):
    leave(cast, kind="official")
    journal(cast.secretary_posting, cast.zhang, "2016-05-10")
    assert looked(cast) == {}
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-10")
    assert "签到 1 次" in looked(cast)[Sort.LEAVE].seen


def test_a_day_that_the_township_settled_is_no_question(cast):
    leave(cast)
    sign_in(cast.secretary_posting, cast.zhang, "2016-05-10")
    Settlement.objects.create(
        county=cast.county,
        posting=cast.secretary_posting,
        person=cast.zhang,
        day="2016-05-10",
        present=False,
        reason="误点",
        settled_by="云溪镇",
    )
    assert looked(cast) == {}


# Photos


def test_one_photo_of_two_people_is_asked_about(cast):
    person, _ = second_village(cast)
    picture(person, cast.shiqiao, b"same", "2016-02-01 10:00")
    picture(cast.zhang, cast.liulin, b"same", "2016-05-09 10:00")
    question = looked(cast)[Sort.PHOTOS]
    assert "由 2 人交来 2 次：周八（2016年2月1日）、张三（2016年5月9日）" in question.seen
    assert {one.person for one in question.concerned.all()} == {cast.zhang, person}


def test_two_photos_of_one_event_and_one_s_own_photo_again_are_left_alone(cast):
    picture(cast.zhang, cast.liulin, b"one", "2016-05-09 10:00")
    picture(cast.li, cast.liulin, b"two", "2016-05-09 10:00")
    picture(cast.zhang, cast.liulin, b"one", "2016-05-10 10:00")
    assert looked(cast) == {}


def test_a_photo_is_asked_about_in_the_month_in_which_it_came_again(cast):
    picture(cast.zhang, cast.liulin, b"same", "2016-05-09 10:00")
    picture(cast.li, cast.liulin, b"same", "2016-06-09 10:00")
    assert looked(cast) == {}


# Sittings


def test_many_earlier_days_in_one_sitting_are_asked_about(cast):
    for number in range(4):
        day, at = f"2016-05-{23 + number}", f"2016-05-28 22:{number * 10:02}"
        sign_in(cast.secretary_posting, cast.zhang, day, at=at, late_reason="忘记")
    journal(cast.secretary_posting, cast.zhang, "2016-05-27", OTHER_WORK, at="2016-05-28 22:45")
    seen = looked(cast)[Sort.SITTING].seen
    assert "张三2016年5月28日 22:00至22:45一次补录了以前 5 天的日志 1 篇、补签 4 次" in seen


def test_entries_of_their_own_days_or_hours_apart_are_left_alone(cast):
    for number in range(4):
        day = f"2016-05-{23 + number}"
        sign_in(
            cast.secretary_posting,
            cast.zhang,
            day,
            at=f"2016-05-28 20:{number:02}",
            claimed=f"{day} 09:00",
            late_reason="没有信号",
        )
        sign_in(
            cast.technician_posting,
            cast.li,
            day,
            at=f"2016-05-28 {12 + number}:00",
            late_reason="忘记",
        )
    assert looked(cast) == {}
