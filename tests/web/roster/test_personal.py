"""ID numbers and phones: checked when entered, kept or removed, and never again on any page."""

import io
import logging
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.models import AuditEntry, Submission
from kaohe.web.roster.models import Person
from kaohe.web.roster.personal import check_digit, check_id_number, check_phone

ID_BODY = "99000019800229123"


def id_number(body=ID_BODY):
    return body + check_digit(body)


PHONE = "15400000123"


@pytest.mark.parametrize("body", [ID_BODY, "99000019991231001", "99000020000101999"])
def test_a_number_with_its_check_digit_is_accepted(body):
    check_id_number(id_number(body))


@pytest.mark.parametrize(
    "number",
    [
        "",
        ID_BODY,
        id_number()[:17] + ("1" if id_number()[17] != "1" else "2"),
        id_number("99000019810229123"),
        id_number("99000019801301123"),
        id_number().replace("9", "９", 1),
        id_number() + "\n",
    ],
    ids=["empty", "short", "check digit", "no leap year", "no month", "full width", "line end"],
)
def test_a_number_that_cannot_be_is_refused(number):
    with pytest.raises(ValidationError):
        check_id_number(number)


@pytest.mark.parametrize("phone", ["15400000123", "0800-1234567", "08001234567", "1234567"])
def test_a_phone_is_accepted(phone):
    check_phone(phone)


@pytest.mark.parametrize("phone", ["", "123", "+8615400000123", "154-0000-0123", "1540000012a"])
def test_a_phone_that_cannot_be_is_refused(phone):
    with pytest.raises(ValidationError):
        check_phone(phone)


def edit(client, person, version, **changes):
    fields = {"code": person.code, "name": person.name, "unit": person.unit_id, **changes}
    form = {**fields, "version": version, "submission_id": str(uuid.uuid4())}
    return client.post(reverse("roster:person-edit", args=[person.pk]), form)


def numbers(person):
    stored = Person.objects.get(pk=person.pk)
    return stored.id_number, stored.phone


@pytest.mark.django_db
def test_an_empty_field_keeps_a_number_and_a_tick_removes_it(cast, log_in):
    client = log_in(cast.office)
    assert edit(client, cast.zhao, 1, id_number=id_number().lower(), phone=PHONE).status_code == 303
    assert numbers(cast.zhao) == (id_number(), PHONE)
    assert edit(client, cast.zhao, 2, name="赵六六").status_code == 303
    assert numbers(cast.zhao) == (id_number(), PHONE)
    assert edit(client, cast.zhao, 3, drop_phone="on").status_code == 303
    assert numbers(cast.zhao) == (id_number(), "")
    assert edit(client, cast.zhao, 4, drop_id_number="on").status_code == 303
    assert Person.objects.get(pk=cast.zhao.pk).id_index is None


@pytest.mark.django_db
def test_a_new_number_and_the_tick_together_are_refused(cast, log_in):
    page = edit(log_in(cast.office), cast.zhang, 1, phone=PHONE, drop_phone="on")
    assert page.status_code == 422
    assert PHONE not in page.content.decode()


@pytest.mark.django_db
def test_one_number_belongs_to_one_person_of_a_county(cast, log_in):
    client = log_in(cast.office)
    edit(client, cast.zhao, 1, id_number=id_number())
    page = edit(client, cast.head, 1, id_number=id_number())
    assert page.status_code == 422
    assert "已登记在别的人名下" in page.content.decode()
    stranger = log_in(cast.stranger.office)
    assert edit(stranger, cast.stranger.zhao, 1, id_number=id_number()).status_code == 303


@pytest.mark.django_db
def test_a_form_that_comes_back_says_that_the_number_must_be_typed_again(cast, log_in):
    page = edit(log_in(cast.office), cast.zhao, 1, code="S001", id_number=id_number())
    assert page.status_code == 422
    text = page.content.decode()
    assert "页面不保留刚才填的号码" in text
    assert id_number() not in text


@pytest.mark.django_db
def test_no_page_export_audit_row_submission_or_log_has_a_number_in_clear(cast, log_in, caplog):
    caplog.set_level(logging.DEBUG)
    client = log_in(cast.office)
    clear = [id_number(), PHONE]
    seen = []
    add = {"code": "P900", "name": "单建国", "unit": cast.finance.pk}
    add |= {"id_number": clear[0], "phone": clear[1]}

    def post(page, *args, **form):
        form["submission_id"] = str(uuid.uuid4())
        answer = client.post(reverse(f"roster:{page}", args=args), form)
        seen.append(answer.content.decode() + str(answer.headers))
        return answer

    post("person-add", **{**add, "code": "S001"})
    post("person-add", **add)
    person = Person.objects.get(code="P900")
    post("person-edit", person.pk, **add, version=9)
    conflict = {**add, "version": 1, "name": "单建军", "choose-id_number": "theirs"}
    post("person-edit", person.pk, **{**add, "name": "单建民", "version": 1})
    assert post("person-edit", person.pk, **conflict).status_code == 409
    assert post("person-lookup", number=clear[0]).status_code == 200
    assert post("person-lookup", number=clear[1]).status_code == 200
    assert post("person-lookup", number="x" + clear[0]).status_code == 422
    refused = post("person-reveal", person.pk, fields_shown="phone", reason="短")
    assert refused.status_code == 422
    for page, *args in (
        ("people",),
        ("person", person.pk),
        ("person-edit", person.pk),
        ("person-reveal", person.pk),
        ("history", "person", person.pk),
        ("post-add",),
        ("posting-add",),
    ):
        seen.append(client.get(reverse(f"roster:{page}", args=args)).content.decode())
    export = client.get(reverse("roster:people-export"), {"q": "P900"})
    book = load_workbook(io.BytesIO(b"".join(export) if export.streaming else export.content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert any("单建民" in cell for cell in cells)
    assert any("*" in cell for cell in cells)
    seen += cells
    seen += [str(vars(entry)) for entry in AuditEntry.objects.all()]
    seen += [str(vars(row)) for row in Submission.objects.all()]
    seen += [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    for number in clear:
        assert [text[:200] for text in seen if number in text] == []


@pytest.mark.django_db
def test_the_database_holds_numbers_encrypted_only(cast, log_in):
    from django.db import connection

    edit(log_in(cast.office), cast.zhao, 1, id_number=id_number(), phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM roster_person")
        rows = str(cursor.fetchall())
    assert id_number() not in rows
    assert PHONE not in rows
