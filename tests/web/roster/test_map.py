"""The map: outlines, villages in their groups, and the same as a table."""

import json
import re
from itertools import chain

import pytest
from django.urls import reverse

from kaohe.web.roster.models import Village

pytestmark = pytest.mark.django_db

SQUARE = [[105, 31], [105.5, 31], [105.5, 31.5], [105, 31.5], [105, 31]]


def _script(text, name):
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', text, re.S)
    return json.loads(found[1])


def _map(client):
    text = client.get(reverse("roster:map")).content.decode()
    return text, _script(text, "villages"), _script(text, "villages-shapes")


def _names(option):
    return {
        series["name"]: [point["name"] for point in series["data"]] for series in option["series"]
    }


def test_outlines_become_the_ground_and_the_countys_line_lies_above(cast, log_in):
    cast.county.outline = SQUARE
    cast.county.save()
    cast.yunxi.outline = SQUARE
    cast.yunxi.save()
    _, option, shapes = _map(log_in(cast.office))
    assert [one["properties"]["name"] for one in shapes["features"]] == ["云溪镇", "county"]
    assert shapes["features"][0]["geometry"]["coordinates"] == [SQUARE]
    assert option["geo"]["aspectScale"] == pytest.approx(0.8549, abs=0.001)


def test_without_any_outline_the_villages_lie_on_a_plain_field(cast, log_in):
    _, option, shapes = _map(log_in(cast.office))
    assert [one["properties"]["name"] for one in shapes["features"]] == ["county"]
    assert _names(option)["贫困村"] == ["柳林村"]


@pytest.mark.parametrize(
    ("poor", "exit_year", "group"),
    [
        (True, None, "贫困村"),
        (True, 2017, "贫困村"),
        (True, 2016, "已退出的贫困村"),
        (True, 2015, "已退出的贫困村"),
        (False, None, "其他村"),
    ],
)
def test_a_village_is_drawn_in_its_group_of_the_year(poor, exit_year, group, cast, log_in):
    Village.objects.filter(pk=cast.liulin.pk).update(poor=poor, exit_year=exit_year)
    _, option, _ = _map(log_in(cast.office))
    assert _names(option)[group] == ["柳林村"]
    looks = {(series["symbol"], series["itemStyle"]["color"]) for series in option["series"]}
    assert len(looks) == 3


def test_a_point_leads_to_its_village_and_tells_its_households(cast, log_in):
    text, option, _ = _map(log_in(cast.office))
    point = next(series["data"][0] for series in option["series"] if series["data"])
    address = reverse("roster:village", args=[cast.liulin.pk])
    assert point["url"] == address
    assert point["tooltip"]["formatter"] == "柳林村（云溪镇）\n300 户，其中贫困户 60 户"
    assert f'<a href="{address}">柳林村</a>' in text
    assert "有 1 个村没有填经纬度" in text


def test_a_township_sees_its_own_villages_only(cast, log_in):
    Village.objects.filter(pk=cast.shiqiao.pk).update(longitude="105.2", latitude="31.1")
    text, option, _ = _map(log_in(cast.township))
    assert list(chain(*_names(option).values())) == ["柳林村"]
    assert "石桥村" not in text


def test_without_placed_villages_the_page_says_what_to_do(cast, log_in):
    Village.objects.update(longitude=None, latitude=None)
    text = log_in(cast.office).get(reverse("roster:map")).content.decode()
    assert "还没有村可以画在图上" in text


def test_a_name_cannot_break_out_of_the_script(cast, log_in):
    Village.objects.filter(pk=cast.liulin.pk).update(name="</script><script>alert(1)</script>")
    text, option, _ = _map(log_in(cast.office))
    assert "<script>alert" not in text
    assert _names(option)["贫困村"] == ["</script><script>alert(1)</script>"]
