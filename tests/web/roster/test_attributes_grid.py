"""The grid of all units: saved together or not at all, and no cell of somebody else is lost."""

import uuid

import pytest
from django.urls import reverse

from kaohe.web.roster.models import UnitAttributes

pytestmark = pytest.mark.django_db

GRID = reverse("roster:attributes")


def _shown(client, query=""):
    """The form's fields as a browser would send them back untouched."""
    fields = {}
    for row in client.get(GRID + query).context["grid"].rows:
        fields[row["version"].html_name] = row["version"].value() or ""
        for name in row.asked:
            bound = row[name]
            fields[bound.html_name] = fields[bound.html_initial_name] = bound.value() or ""
    fields["submission_id"] = str(uuid.uuid4())
    return fields


def _cell(unit, code):
    return f"u{unit.pk}-said-{code}"


def _values(unit):
    return UnitAttributes.objects.get(unit=unit).values


def test_touched_rows_are_saved_together_and_the_others_left_alone(cast, log_in):
    client = log_in(cast.office)
    fields = _shown(client)
    fields[_cell(cast.finance, "class")] = "甲类"
    fields[_cell(cast.finance, "special_items")] = "2.3；2.1"
    fields[_cell(cast.finance, "vertical")] = "0"
    answer = client.post(GRID, fields)
    assert answer.status_code == 303
    assert _values(cast.finance) == {"class": "甲类", "special_items": "2.1;2.3", "vertical": False}
    assert not UnitAttributes.objects.filter(unit=cast.education).exists()


def test_one_wrong_cell_keeps_all_rows_from_being_saved(cast, log_in):
    client = log_in(cast.office)
    fields = _shown(client)
    fields[_cell(cast.finance, "class")] = "甲类"
    fields[_cell(cast.education, "special_items")] = "2.1;7.7"
    answer = client.post(GRID, fields)
    assert answer.status_code == 422
    [trouble] = answer.context["grid"].troubles
    assert trouble.place == "教育局 · 专项指标"
    assert "没有可填的指标 7.7" in trouble.text
    text = answer.content.decode()
    assert f'href="#id_{_cell(cast.education, "special_items")}"' in text
    assert f'id="id_{_cell(cast.education, "special_items")}"' in text
    assert 'value="甲类"' in text
    assert not UnitAttributes.objects.exists()


def test_two_editors_in_different_rows_do_not_meet(cast, log_in):
    client = log_in(cast.office)
    first, second = _shown(client), _shown(client)
    first[_cell(cast.finance, "class")] = "甲类"
    second[_cell(cast.education, "class")] = "乙类"
    assert client.post(GRID, first).status_code == 303
    assert client.post(GRID, second).status_code == 303
    assert _values(cast.finance) == {"class": "甲类"}
    assert _values(cast.education) == {"class": "乙类"}


def test_two_editors_in_one_row_lose_nothing(cast, log_in):
    UnitAttributes.objects.create(year=cast.year, unit=cast.finance, values={"class": "甲类"})
    client = log_in(cast.office)
    first, second = _shown(client), _shown(client)
    first[_cell(cast.finance, "class")] = "乙类"
    first[_cell(cast.finance, "vertical")] = "1"
    second[_cell(cast.finance, "class")] = "丙类"
    second[_cell(cast.education, "class")] = "丁类"
    assert client.post(GRID, first).status_code == 303
    answer = client.post(GRID, second)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "指挥部办公室填的：乙类" in text
    assert not UnitAttributes.objects.filter(unit=cast.education).exists()

    # What the second editor gets to see and sends again: the other's tick, the own class.
    again = {}
    for row in answer.context["grid"].rows:
        again[row["version"].html_name] = row["version"].value() or ""
        for cell in row.cells:
            again[cell.field.html_name] = cell.field.value() or ""
            was = row.data.get(cell.field.html_initial_name, "")
            again[cell.field.html_initial_name] = was
    assert again[_cell(cast.finance, "vertical")] == "1"
    again["submission_id"] = str(uuid.uuid4())
    assert client.post(GRID, again).status_code == 303
    assert _values(cast.finance) == {"class": "丙类", "vertical": True}
    assert _values(cast.education) == {"class": "丁类"}


def test_other_peoples_units_and_made_up_fields_are_not_looked_at(cast, log_in):
    client = log_in(cast.office)
    fields = _shown(client)
    fields[_cell(cast.stranger.finance, "class")] = "甲类"
    fields[_cell(cast.yunxi, "project_township")] = "1"
    fields[_cell(cast.finance, "nonsense")] = "x"
    assert client.post(GRID, fields).status_code == 303
    assert not UnitAttributes.objects.exists()


def test_townships_have_a_grid_of_their_own(cast, log_in):
    client = log_in(cast.office)
    fields = _shown(client, "?kind=township")
    fields[_cell(cast.yunxi, "project_township")] = "1"
    assert client.post(f"{GRID}?kind=township", fields).status_code == 303
    assert _values(cast.yunxi) == {"project_township": True}


@pytest.mark.parametrize(
    "value", ["长" * 61, "甲\0", "甲\x07", "=cmd|' /C calc'!A0" + "x" * 60], ids=repr
)
def test_a_hostile_cell_is_refused(value, cast, log_in):
    client = log_in(cast.office)
    fields = _shown(client)
    fields[_cell(cast.finance, "class")] = value
    answer = client.post(GRID, fields)
    assert answer.status_code == 422
    assert answer.context["grid"].troubles[0].place == "财政局 · 类别"
