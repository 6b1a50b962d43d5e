"""What the year's scheme asks of a unit is said on one page, and in one grid for all units."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.actions.attributes import Saying, set_attributes
from kaohe.web.roster.models import Unit, UnitAttributes, WorkYear

pytestmark = pytest.mark.django_db


def _page(unit):
    return reverse("roster:unit-attributes", args=[unit.pk])


def _sent(**said):
    fields = {f"said-{code}": value for code, value in said.items()}
    return {**fields, "submission_id": str(uuid.uuid4())}


def _values(unit):
    return UnitAttributes.objects.get(unit=unit).values


def _renamed(unit, name):
    Unit.objects.filter(pk=unit.pk).update(name=name)
    return unit


def test_the_page_asks_for_what_the_scheme_has_for_the_kind(cast, log_in):
    client = log_in(cast.office)
    department = client.get(_page(cast.finance)).context["form"]
    assert list(department.asked) == [
        "said-class",
        "said-special_items",
        "said-reduction_task_met",
        "said-vertical",
        "said-provincial_target",
        "said-research_task",
    ]
    township = client.get(_page(cast.yunxi)).context["form"]
    assert list(township.asked) == [
        "said-project_township",
        "said-reduction_task_met",
        "said-vertical",
    ]


def test_each_field_shows_its_clause_and_reading(cast, log_in):
    text = log_in(cast.office).get(_page(cast.finance)).content.decode()
    assert "条款 四(二)1、四(二)2：年度减贫目标任务已完成填 1，未完成填 0" in text
    assert "2.1 资金整合（30 分）" in text


@pytest.mark.parametrize(
    ("name", "default", "where"),
    [
        ("财政局", "按办法名单：是", "“财政局”在办法所列 24 个单位的名单内。"),
        ("统计局", "按办法名单：否", "“统计局”不在办法所列 24 个单位的名单内。"),
    ],
)
def test_a_list_in_the_scheme_says_what_silence_means(name, default, where, cast, log_in):
    unit = _renamed(cast.education, name) if name != "财政局" else cast.finance
    text = log_in(cast.office).get(_page(unit)).content.decode()
    assert default in text
    assert where in text


def test_what_is_said_is_stored_and_what_is_not_said_is_left_out(cast, log_in):
    form = _sent(
        **{"class": " 甲类 ", "special_items": ["2.3", "2.1"], "reduction_task_met": "0"},
        vertical="",
        provincial_target="1",
    )
    assert log_in(cast.office).post(_page(cast.finance), form).status_code == 303
    assert _values(cast.finance) == {
        "class": "甲类",
        "special_items": "2.1;2.3",
        "reduction_task_met": False,
        "provincial_target": True,
    }
    entry = AuditEntry.objects.get(object_type="roster.unitattributes", verb="create")
    assert entry.after["values"]["special_items"] == "2.1;2.3"


def test_a_units_page_reads_them_in_words(cast, log_in):
    values = {"special_items": "2.1", "reduction_task_met": False}
    UnitAttributes.objects.create(year=cast.year, unit=cast.finance, values=values)
    said = log_in(cast.office).get(reverse("roster:unit", args=[cast.finance.pk])).context["said"]
    words = {one.label: one.value for one in said}
    assert words["专项指标"] == "2.1 资金整合（30 分）"
    assert words["完成减贫任务"] == "否"
    assert words["上级垂管"] == "未认定"
    assert words["有省级目标任务"] == "是（按办法名单）"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"class": "长" * 61}, "said-class"),
        ({"class": "甲\0类"}, "said-class"),
        ({"class": "甲\x07类"}, "said-class"),
        ({"special_items": ["2.9"]}, "said-special_items"),
        ({"special_items": ["1.1"]}, "said-special_items"),
        ({"reduction_task_met": "2"}, "said-reduction_task_met"),
        ({"reduction_task_met": "true"}, "said-reduction_task_met"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_at_its_field(said, field, cast, log_in):
    answer = log_in(cast.office).post(_page(cast.finance), _sent(**said))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not UnitAttributes.objects.exists()


def test_fields_that_the_scheme_does_not_have_change_nothing(cast, log_in):
    form = _sent(project_township="1", nonsense="x", vertical="1")
    form |= {"values": '{"vertical": false}', "unit": cast.education.pk, "class": "乙类"}
    assert log_in(cast.office).post(_page(cast.finance), form).status_code == 303
    assert _values(cast.finance) == {"vertical": True}


@pytest.mark.parametrize(
    "values",
    [{"project_township": True}, {"nonsense": "x"}, {"vertical": "1"}, {"special_items": "2.1;9"}],
    ids=str,
)
def test_the_action_itself_refuses_what_the_scheme_does_not_know(values, cast, act):
    with pytest.raises(ValidationError) as refused:
        set_attributes(
            actor=act(cast.office),
            year_id=cast.year.pk,
            saying=Saying(cast.finance.pk, 0, values),
        )
    assert list(refused.value.error_dict) == list(values)
    assert not UnitAttributes.objects.exists()


def test_the_second_of_two_editors_chooses_attribute_by_attribute(cast, log_in):
    client = log_in(cast.office)
    stored = {"class": "甲类", "special_items": "2.1"}
    row = UnitAttributes.objects.create(year=cast.year, unit=cast.finance, values=stored)
    first = _sent(**{"class": "乙类", "special_items": ["2.2", "2.3"], "version": 1})
    second = _sent(**{"class": "丙类", "special_items": ["2.1"], "vertical": "1"})
    assert client.post(_page(cast.finance), {**first, "version": 1}).status_code == 303
    answer = client.post(_page(cast.finance), {**second, "version": 1})
    assert answer.status_code == 409
    differing = {one.name: (one.yours, one.theirs) for one in answer.context["form"].differing}
    assert differing == {
        "said-class": ("丙类", "乙类"),
        "said-special_items": (
            "2.1 资金整合（30 分）",
            "2.2 项目建设（10 分）、2.3 项目管理（10 分）",
        ),
        "said-vertical": ("是", "未认定"),
    }
    chosen = {
        **second,
        "version": 2,
        "choose-said-special_items": "theirs",
        "choose-said-class": "yours",
        "submission_id": str(uuid.uuid4()),
    }
    assert client.post(_page(cast.finance), chosen).status_code == 303
    row.refresh_from_db()
    assert row.values == {"class": "丙类", "special_items": "2.2;2.3", "vertical": True}


def test_a_closed_years_attributes_stay(cast, log_in):
    cast.year.state = WorkYear.State.CLOSED
    cast.year.save()
    client = log_in(cast.office)
    assert client.post(_page(cast.finance), _sent(vertical="1")).status_code == 422
    grid = {f"u{cast.finance.pk}-said-vertical": "1", "submission_id": str(uuid.uuid4())}
    assert client.post(reverse("roster:attributes"), grid).status_code == 422
    assert not UnitAttributes.objects.exists()


def test_a_year_that_is_being_prepared_has_its_own(cast, log_in):
    following = WorkYear.objects.create(
        county=cast.county,
        year=2017,
        scheme_name=cast.year.scheme_name,
        scheme_text=cast.year.scheme_text,
        scheme_sha256="0" * 64,
    )
    client = log_in(cast.office)
    client.post(f"{_page(cast.finance)}?year=2017", _sent(vertical="1"))
    assert UnitAttributes.objects.get().year == following
    for nonsense in ("2099", "x", "２０１７", "9" * 50, "-1"):
        page = client.get(_page(cast.finance), {"year": nonsense})
        assert page.context["year"] == cast.year


def test_markup_in_a_scheme_stays_text(cast, log_in):
    text = cast.year.scheme_text.replace("未填类别的部门自成一类", "<script>alert(1)</script>")
    WorkYear.objects.filter(pk=cast.year.pk).delete()
    WorkYear.objects.create(
        county=cast.county,
        year=2016,
        scheme_name="x",
        scheme_text=text,
        scheme_sha256="0" * 64,
    )
    client = log_in(cast.office)
    for url in (_page(cast.finance), reverse("roster:attributes")):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
