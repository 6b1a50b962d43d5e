"""The county's facts as the engine's table: its reader takes them, by the ids of its subjects."""

import csv
import io
from datetime import date

import duckdb
import pytest
from django.urls import reverse

from kaohe.engine.tables import open_inputs
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.facts.subjects import subjects_of
from kaohe.web.fieldwork.facts.table import COLUMNS, as_csv, facts_table
from kaohe.web.roster.models import Person, Posting
from tests.web.fieldwork.facts.seeding import seed

pytestmark = pytest.mark.django_db


def subjects_csv(year):
    """The table of subjects beside it: the ids are the roster's codes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["subject_id", "kind", "name", "special_items"])
    for one in subjects_of(year):
        writer.writerow([one.subject_id, one.kind, one.name, ""])
    return out.getvalue()


def test_the_engine_s_reader_takes_the_table_as_it_is(cast, tmp_path):
    seed(cast, 1)
    lines = facts_table(cast.year, date(2016, 7, 2))
    (tmp_path / "facts.csv").write_text(as_csv(lines), "utf-8")
    (tmp_path / "subjects.csv").write_text(subjects_csv(cast.year), "utf-8")
    inputs = open_inputs(cast.year.scheme, tmp_path, connection=duckdb.connect(), partial=True)
    assert inputs.rows("facts") == len(lines) > 80
    read = inputs.connection.execute(
        "SELECT value FROM in_facts WHERE subject_id = 'S001' AND fact = 'secretary_days'"
        " AND period = '2016-02'"
    ).fetchall()
    mine = [one.cells for one in lines if one.cells[0] == "S001" and one.cells[2] == "2016-02"]
    assert read == [(100 * int(cells[4]),) for cells in mine if cells[3] == "secretary_days"]


def test_what_is_still_under_way_is_left_out(cast):
    seed(cast, 1)
    cells = [one.cells for one in facts_table(cast.year, date(2016, 5, 10))]
    periods = {period for _, _, period, _, _ in cells if period}
    assert periods == {"2016-02", "2016-03", "2016-04", "2016Q1"}
    assert {round_ for _, round_, *_ in cells if round_} == set()
    half = {one.cells[1] for one in facts_table(cast.year, date(2016, 7, 1))}
    assert half == {"", "half_year"}


def test_closed_months_are_told_from_open_ones(cast, close):
    seed(cast, 1)
    close(2)
    closed = {one.cells[2]: one.closed for one in facts_table(cast.year, date(2016, 5, 10))}
    assert closed["2016-02"] and not closed["2016-03"]


def test_ids_are_codes_and_carry_their_kind_only_where_two_share_one(cast):
    Posting.objects.create(
        county=cast.county,
        kind="technician",
        person=cast.zhang,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 6, 1),
    )
    twin = Person.objects.create(county=cast.county, code="W001", name="同号")
    Posting.objects.create(
        county=cast.county,
        kind="technician",
        person=twin,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 6, 1),
    )
    ids = [one.subject_id for one in subjects_of(cast.year)]
    assert ids == [
        "T001",
        "T002",
        "D001",
        "D002",
        "first_secretary-S001",
        "village_team-W001",
        "A001",
        "technician-S001",
        "technician-W001",
    ]


def test_the_office_downloads_it_and_narrow_roles_do_not(cast, log_in, at):
    seed(cast, 1)
    page = reverse("fieldwork:facts-table")
    answer = log_in(cast.office).get(page)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == list(COLUMNS)
    assert len(rows) > 40
    assert log_in(cast.township).get(page).status_code == 404
    assert log_in(cast.accounts[Role.FIRST_SECRETARY]).get(page).status_code == 403
