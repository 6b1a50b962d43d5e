"""What a thing to do leads to lists just what it counted."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("narrowed", "names"),
    [
        ({"lacks": "first_secretary"}, ["石桥村"]),
        ({"lacks": "first_secretary", "poor": "True"}, []),
        ({"lacks": "counts"}, ["石桥村"]),
        ({"poor": "True"}, ["柳林村"]),
        ({"poor": "False"}, ["石桥村"]),
    ],
)
def test_villages_are_narrowed_to_what_they_lack(narrowed, names, cast, log_in):
    page = log_in(cast.office).get(reverse("roster:villages"), narrowed)
    assert [row.record.name for row in page.context["table"].rows] == names


def test_people_are_narrowed_to_those_without_a_unit(cast, log_in):
    cast.zhao.unit = None
    cast.zhao.save()
    page = log_in(cast.office).get(reverse("roster:people"), {"unit": "null"})
    assert [row.record.name for row in page.context["table"].rows] == ["赵六"]
