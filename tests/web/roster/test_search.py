"""Initials: a surname is read as a surname, other names as usual; and what they find."""

import pytest
from django.urls import reverse

from kaohe.web.roster.models import Person
from kaohe.web.roster.pinyin import initials, person_initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("张三", "zs"),
        ("单建国", "sjg"),
        ("曾玲", "zl"),
        ("仇英", "qy"),
        ("解学明", "xxm"),
        ("查志强", "zzq"),
        ("区文", "ow"),
        ("任素芬", "rsf"),
        ("朴海", "ph"),
        ("盖云", "gy"),
        ("覃大勇", "qdy"),
        ("翟军", "zj"),
        ("缪兰", "ml"),
        ("尉迟恭", "ycg"),
        ("尉明", "wm"),
        ("万俟雪", "mqx"),
        ("单于飞", "cyf"),
        ("欧阳秀英", "oyxy"),
        ("长孙明", "zsm"),
        ("阿依古丽·买买提", "aygl·mmt"),
        ("Li 明", "li m"),
        ("", ""),
    ],
)
def test_somebodys_initials(name, letters):
    assert person_initials(name) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [("云溪镇", "yxz"), ("单城村", "dcc"), ("查坪村", "cpc"), ("重庆路社区", "cqlsq")],
)
def test_a_places_initials(name, letters):
    assert initials(name) == letters


def test_long_names_keep_within_their_column():
    assert len(initials("云" * 200)) == 100
    assert len(person_initials("单" * 200)) == 100


@pytest.fixture
def person(cast):
    person = Person(county=cast.county, code="P777", name="单建国", unit=cast.education)
    person.full_clean()
    person.save()
    return person


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单建国", True),
        ("建国", True),
        ("sjg", True),
        ("SJ", True),
        ("s", True),
        ("djg", False),
        ("jg", False),
        ("P777", True),
        ("p777", True),
        ("P77", False),
        ("sjg jyj", True),
        ("sjg 财政局", False),
        ("教育局", True),
    ],
)
def test_a_person_is_found_by_name_initials_code_or_unit(typed, found, person, cast, log_in):
    text = log_in(cast.office).get(reverse("roster:people"), {"q": typed}).content.decode()
    assert (reverse("roster:person", args=[person.pk]) in text) is found


@pytest.mark.django_db
def test_changing_the_name_changes_the_initials(person):
    person.name = "曾建国"
    person.full_clean()
    assert person.initials == "zjg"
