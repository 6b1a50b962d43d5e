"""Two editors of one row: the later one sees both versions and decides field by field."""

import uuid

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def edit(cast, log_in):
    """Post the form of village 柳林, shown at version 1, with some fields changed."""
    client = log_in(cast.office)
    url = reverse("roster:village-edit", args=[cast.liulin.pk])

    def edit(**changed):
        fields = {
            "code": "V001",
            "name": "柳林村",
            "township": cast.yunxi.pk,
            "poor": "on",
            "longitude": "105.100000",
            "latitude": "31.200000",
            "version": 1,
            "submission_id": str(uuid.uuid4()),
        }
        return client.post(url, {**fields, **changed})

    return edit


def test_only_the_fields_that_differ_are_shown_with_both_values_in_words(edit, cast):
    edit(name="柳林新村", township=cast.daping.pk)
    form = edit(name="柳树林村").context["form"]
    shown = {field.name: (field.yours, field.theirs) for field in form.differing}
    assert shown == {"name": ("柳树林村", "柳林新村"), "township": ("云溪镇", "大坪乡")}
    assert form.conflict.who == "指挥部办公室"


def test_each_field_is_taken_from_the_side_that_was_chosen(edit, cast):
    edit(name="柳林新村", poor="on", exit_year="2016")
    conflict = edit(name="柳树林村", exit_year="2017")
    version = conflict.context["form"].data["version"]
    choices = {"choose-name": "theirs", "choose-exit_year": "yours"}
    answer = edit(name="柳树林村", exit_year="2017", version=version, **choices)
    assert answer.status_code == 303
    cast.liulin.refresh_from_db()
    assert (cast.liulin.name, cast.liulin.exit_year) == ("柳林新村", 2017)


def test_a_tick_that_the_other_took_away_can_be_taken_over(edit, cast):
    first = {"poor": ""}
    edit(**first, name="柳林新村")
    conflict = edit(exit_year="")
    version = conflict.context["form"].data["version"]
    assert edit(version=version, **{"choose-poor": "theirs"}).status_code == 303
    cast.liulin.refresh_from_db()
    assert cast.liulin.poor is False


def test_a_third_editor_in_between_is_a_conflict_again(edit):
    edit(name="柳林新村")
    version = edit(name="柳树林村").context["form"].data["version"]
    edit(name="新柳林村", version=version)
    assert edit(name="柳树林村", version=version).status_code == 409


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999"])
def test_a_form_without_a_true_version_changes_nothing(edit, cast, version):
    answer = edit(name="改过的村", version=version)
    assert answer.status_code in {409, 422}
    cast.liulin.refresh_from_db()
    assert cast.liulin.name == "柳林村"
