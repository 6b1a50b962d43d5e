"""A visit on the phone: the scheme's checklist, who was there, findings; two inspectors lose nothing."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Evidence, MonthClosing
from kaohe.web.roster.models import UnitAttributes
from kaohe.web.supervision.actions.plans import choose_subjects, remove_inspection
from kaohe.web.supervision.actions.visits import record_visit
from kaohe.web.supervision.models import Finding, Inspection, InspectionPlan
from kaohe.web.supervision.queries.checklists import checklist_of
from tests.web.fieldwork.journals.steps import photo
from tests.web.supervision.steps import facts, planned, send, visit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast, act):
    return visit_of(cast, act)


@pytest.fixture
def phone(cast, log_in):
    return log_in(cast.accounts[Role.ORGANISATION])


def sent(phone, row, version=1, **fields):
    return send(
        phone,
        "inspection-record",
        row.pk,
        **{"day": "2016-03-07", "inspectors": "周一、吴二", "version": version, **fields},
    )


def test_the_checklist_is_the_scheme_s_indicators(row, phone):
    page = phone.get(reverse("supervision:inspection-record", args=[row.pk])).content.decode()
    scheme = row.plan.year.scheme
    for leaf in scheme.kind("第一书记").leaves():
        assert f"{leaf.code} {leaf.name}" in page
        assert f'name="mark-{leaf.code}"' in page
    assert "每月在村工作时间不得低于工作日总数的三分之二" in page


def test_special_indicators_that_a_department_does_not_have_are_left_out(cast, act):
    (plan,) = planned(cast, act)["units"]
    (row,) = choose_subjects(actor=act(cast.office), plan_id=plan.pk, keys=[f"u{cast.finance.pk}"])
    assert {"2.1", "2.2", "2.3"} <= {line.code for line in checklist_of(row)}
    UnitAttributes.objects.create(
        year=cast.year, unit=cast.finance, values={"special_items": "2.1"}
    )
    codes = {line.code for line in checklist_of(row)}
    assert {"2.1", "2.2", "2.3"} & codes == {"2.1"}


def test_what_was_seen_is_stored_with_findings_and_photos(row, phone, cast):
    answer = sent(
        phone,
        row,
        **{
            "mark-1": "ok",
            "mark-6": "fault",
            "text-6": "考勤簿三天没有登记",
            "severity-6": "major",
            "files-6": [photo()],
            f"here-{cast.zhang.pk}": "away",
            "remarks": "村主任说他去了县里",
        },
    )
    assert answer["Location"] == reverse("supervision:inspection", args=[row.pk])
    row.refresh_from_db()
    assert (row.state, row.day) == (Inspection.State.DONE, date(2016, 3, 7))
    assert (row.checklist["1"], row.checklist["6"]) == ("ok", "fault")
    assert row.checklist["7"] == "not_seen"
    assert [(one.person, one.state) for one in row.on_spot.all()] == [(cast.zhang, "away")]
    finding = row.findings.get()
    assert (finding.indicator, finding.severity) == ("6", "major")
    assert [file.name for file in finding.evidence.all()] == ["photo.jpg"]
    assert Evidence.objects.get().person == cast.zhang
    row.plan.refresh_from_db()
    assert row.plan.state == InspectionPlan.State.DONE
    page = phone.get(answer["Location"]).content.decode()
    assert "不在岗" in page
    assert "发整改通知" in page


def test_a_fault_without_words_is_shown_again_with_all_that_was_typed(row, phone):
    answer = sent(phone, row, **{"mark-6": "fault", "remarks": "写了很多", "inspectors": "周一"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "标了有问题，请写明是什么问题" in page
    assert "写了很多" in page
    assert not Finding.objects.exists()


def test_words_without_the_mark_are_not_swallowed(row, phone):
    answer = sent(phone, row, **{"mark-6": "ok", "text-6": "没有登记"})
    assert answer.status_code == 422
    assert "没有登记" in answer.content.decode()


def test_two_inspectors_get_both_texts_and_lose_no_finding(row, phone):
    sent(phone, row, **{"mark-6": "fault", "text-6": "甲的问题", "remarks": "甲的情况"})
    late = {"mark-7": "fault", "text-7": "乙的问题", "remarks": "乙的情况"}
    answer = sent(phone, row, **late)
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("甲的情况", "乙的情况", "乙的问题"):
        assert text in page
    chosen = {"choose-remarks": "theirs", "choose-mark-6": "theirs", "choose-mark-7": "yours"}
    assert sent(phone, row, version=2, **late, **chosen).status_code == 303
    row.refresh_from_db()
    assert row.remarks == "甲的情况"
    assert (row.checklist["6"], row.checklist["7"]) == ("fault", "fault")
    assert {one.text for one in row.findings.all()} == {"甲的问题", "乙的问题"}


@pytest.mark.parametrize(
    ("day", "why"), [(date(2016, 3, 8), "还没有到"), (date(2016, 2, 29), "早于")]
)
def test_a_day_that_can_t_be_is_refused(day, why, row, cast, act):
    with pytest.raises(Refusal, match=why):
        record_visit(
            actor=act(cast.office), inspection_id=row.pk, facts=facts(day=day), seen=row.version
        )


def test_a_closed_month_takes_no_visit(row, cast, act):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 3, 1), closed_by="办公室", closed_at="2016-04-05T00:00Z"
    )
    with pytest.raises(Refusal, match="已结账"):
        record_visit(actor=act(cast.office), inspection_id=row.pk, facts=facts(), seen=row.version)


def test_who_does_not_serve_there_can_t_have_been_met(row, cast, act):
    with pytest.raises(Refusal, match="不在这里任职"):
        record_visit(
            actor=act(cast.office),
            inspection_id=row.pk,
            facts=facts(on_spot={cast.li.pk: "here"}),
            seen=row.version,
        )


def test_a_team_s_members_are_asked_for_one_by_one(cast, act, log_in):
    own = next(one for one in planned(cast, act)["service"] if one.led_by == "云溪镇")
    row = own.inspections.get(posting=cast.team_posting)
    client = log_in(cast.township)
    page = client.get(reverse("supervision:inspection-record", args=[row.pk])).content.decode()
    assert f'name="here-{cast.wang.pk}"' in page
    assert sent(client, row).status_code == 303


@pytest.mark.parametrize("role", [Role.AGRICULTURE, Role.TOWNSHIP, Role.DEPARTMENT])
def test_another_body_s_visit_is_not_there(role, row, cast, log_in):
    client = log_in(cast.accounts[role])
    assert client.get(reverse("supervision:inspection-record", args=[row.pk])).status_code == 404
    assert sent(client, row).status_code == 404


def test_what_was_visited_can_t_be_taken_out(row, cast, act):
    record_visit(actor=act(cast.office), inspection_id=row.pk, facts=facts(), seen=row.version)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="已经检查过"):
        remove_inspection(actor=act(cast.office), inspection_id=row.pk, seen=row.version)
