"""Once a year is open the database refuses another regulation, whichever way the write comes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.models.frozen import freeze_schemes

pytestmark = pytest.mark.django_db


def _save(year, /, **values):
    for name, value in values.items():
        setattr(year, name, value)
    year.save()


def _update(year, /, **values):
    WorkYear.objects.filter(pk=year.pk).update(**values)


def _bulk_update(year, /, **values):
    for name, value in values.items():
        setattr(year, name, value)
    WorkYear.objects.bulk_update([year], list(values))


def _sql(year, /, **values):
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE roster_workyear SET {columns} WHERE id = %s", [*values.values(), year.pk]
        )


WAYS = pytest.mark.parametrize("write", [_save, _update, _bulk_update, _sql])


@WAYS
@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize(
    "values",
    [
        {"scheme_text": "title: 另一个办法"},
        {"scheme_sha256": "f" * 64},
        {"scheme_name": "other"},
        {"year": 2017},
        {"state": "preparing"},
        {"state": "preparing", "scheme_text": "title: 另一个办法"},
    ],
    ids=lambda values: "+".join(values),
)
def test_an_open_or_closed_year_is_refused(write, state, values, cast):
    WorkYear.objects.filter(pk=cast.year.pk).update(state=state)
    cast.year.refresh_from_db()
    with pytest.raises(IntegrityError, match="考核办法不能再改"), transaction.atomic():
        write(cast.year, **values)
    stored = WorkYear.objects.get(pk=cast.year.pk)
    assert (stored.state, stored.year, stored.scheme_name) == (state, 2016, "xx-county-2016")
    assert stored.scheme.version == 1


@WAYS
def test_a_year_that_is_being_prepared_takes_another(write, cast):
    year = WorkYear.objects.create(
        county=cast.county, year=2017, scheme_name="a", scheme_text="a", scheme_sha256="a"
    )
    write(year, scheme_text="b", scheme_sha256="b")
    year.refresh_from_db()
    assert year.scheme_text == "b"


@WAYS
def test_an_open_year_may_still_close(write, cast):
    write(cast.year, state="closed")
    cast.year.refresh_from_db()
    assert cast.year.state == "closed"


def test_setting_the_guard_up_twice_does_no_harm(cast):
    freeze_schemes()
    with pytest.raises(IntegrityError), transaction.atomic():
        _update(cast.year, scheme_name="other")


def test_a_county_has_one_open_year(cast):
    second = WorkYear(
        county=cast.county,
        year=2017,
        state="open",
        scheme_name="a",
        scheme_text="a",
        scheme_sha256="a",
    )
    with pytest.raises(ValidationError, match="已有进行中的工作年度"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
