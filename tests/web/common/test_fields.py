"""Personal data at rest: encrypted, found again, masked, and refused when tampered with."""

import pytest
from django.db import connection

from kaohe.web.common.fields import blind_index, decrypt, encrypt, masked
from kaohe.web.roster.models import Person

NUMBER = "510101199001011231"


def test_the_database_holds_no_number_in_clear(cast):
    cast.zhang.id_number = NUMBER
    cast.zhang.full_clean()
    cast.zhang.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM roster_person WHERE id = %s", [cast.zhang.pk])
        row = str(cursor.fetchone())
    assert NUMBER not in row and "19900000001" not in row
    assert Person.objects.get(pk=cast.zhang.pk).id_number == NUMBER
    assert Person.objects.get(id_index=blind_index(NUMBER)) == cast.zhang


def test_equal_numbers_have_unequal_ciphers_and_one_index():
    assert encrypt(NUMBER) != encrypt(NUMBER)
    assert blind_index(NUMBER) == blind_index(NUMBER) != blind_index(NUMBER[::-1])
    assert blind_index("") is None


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_cipher_that_was_changed_is_refused(place):
    stored = encrypt(NUMBER)
    body = bytearray(stored[3:], "ascii")
    body[place] = ord("A") if body[place] != ord("A") else ord("B")
    with pytest.raises(ValueError):
        decrypt("k1:" + body.decode())


def test_another_sites_key_does_not_read_it(settings):
    stored = encrypt(NUMBER)
    settings.PERSONAL_DATA_KEY = b"x" * 32
    with pytest.raises(ValueError, match="密钥文件不是当初的那一个"):
        decrypt(stored)


@pytest.mark.parametrize("lookup", ["id_number", "id_number__contains", "phone__in"])
def test_an_encrypted_column_cannot_be_searched(lookup, db):
    with pytest.raises(TypeError, match="cannot be searched"):
        list(Person.objects.filter(**{lookup: NUMBER}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [(NUMBER, "510*************31"), ("12345", "*****"), ("", ""), ("123456", "123*56")],
)
def test_a_number_is_shown_with_its_middle_hidden(text, shown):
    assert masked(text, head=3, tail=2) == shown
