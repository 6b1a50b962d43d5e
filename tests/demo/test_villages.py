"""Villages: names, and counts that fit each other."""

import pytest

from kaohe.demo import COUNTY, LARGE, SMALL, Scale, demo_county


def test_no_two_villages_of_a_township_share_a_name(county):
    names = [(village.township, village.name) for village in county.villages]
    assert len(set(names)) == len(names)


def test_counts_fit_each_other(county):
    for village in county.villages:
        assert 0 <= village.poor_households <= village.households < village.population
        assert village.poor_households <= village.poor_people <= village.population


def test_poor_villages_are_poorer_and_know_when_they_will_not_be(county):
    for village in county.villages:
        assert (village.exit_year is not None) == village.poor
        assert (village.poor_households / village.households >= 0.08) == village.poor


@pytest.mark.parametrize("scale", [SMALL, COUNTY, LARGE], ids=["small", "county", "large"])
def test_there_are_as_many_as_the_scale_says(scale: Scale):
    county = demo_county(7, scale)
    subjects = [person.code[0] for person in county.persons]
    assert len(county.townships) == scale.townships
    assert len(county.departments) == scale.departments
    assert len(county.villages) == scale.villages
    assert sum(village.poor for village in county.villages) == scale.poor_villages
    assert subjects.count("S") == scale.first_secretaries
    assert subjects.count("A") == scale.technicians
    assert len(county.teams) == scale.teams


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        ((3, 6, 7, 8, 8, 8), "工作队不能多于村 7 个"),
        ((3, 3, 8, 8, 8, 8), "4 个部门"),
        ((9, 6, 8, 8, 8, 8), "乡镇 9、部门 6、村 8"),
        ((3, 6, 8, 4, 8, 8), "贫困村数，现为 3：至少 4 个"),
        ((3, 6, 8, 8, 6, 8), "工作队 6 支"),
        ((3, 6, 8, 8, 8, 20), "农业科技人员要有 7 到 10 名，现为 20"),
    ],
)
def test_a_scale_that_does_not_fit_is_refused(scale, message):
    with pytest.raises(ValueError, match=message):
        Scale(*scale)


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (Scale(62, 6, 80, 8, 8, 8), "最多 61 个乡镇"),
        (Scale(3, 61, 80, 8, 8, 8), "最多 60 个部门"),
    ],
)
def test_more_than_there_are_names_for_is_refused(scale, message):
    with pytest.raises(ValueError, match=message):
        demo_county(scale=scale)
