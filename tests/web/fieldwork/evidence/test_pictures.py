"""Pictures are written anew: upright, not too large, with nothing of the file that was sent."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from PIL import Image

from kaohe.web.fieldwork.files.checked import check
from tests.web.fieldwork.evidence.samples import exif, gps, image, photo, upload


def served(content):
    return Image.open(io.BytesIO(check(upload(content)).content.read()))


def told(content):
    return check(upload(content)).told


def test_the_longest_side_is_2560():
    assert served(image(size=(5000, 1000))).size == (2560, 512)
    assert served(image(size=(300, 400))).size == (300, 400)


def test_a_thumbnail_is_small():
    small = Image.open(io.BytesIO(check(upload(image(size=(3000, 2000)))).thumbnail))
    assert max(small.size) == 320


CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}


@pytest.mark.parametrize("orientation", CORNERS)
def test_a_picture_stands_as_the_camera_was_held(orientation):
    picture = Image.new("RGB", (80, 40), "white")
    picture.paste("black", (0, 0, 20, 10))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, exif=exif(orientation=orientation))
    upright = served(out.getvalue()).convert("L")
    assert upright.size == ((80, 40) if orientation < 5 else (40, 80))
    right, low = CORNERS[orientation]
    corner = upright.getpixel((right * (upright.width - 3) + 1, low * (upright.height - 3) + 1))
    assert corner < 60


def test_what_is_transparent_becomes_white():
    assert min(served(image("PNG", mode="RGBA", colour=(0, 0, 0, 0))).getpixel((9, 9))) > 250


def test_sixteen_bits_of_grey_keep_their_shade():
    shade = served(image("PNG", mode="I;16", colour=0x8000)).getpixel((9, 9))
    assert all(120 < part < 136 for part in shade)


def test_time_is_local_unless_the_picture_says_its_zone():
    assert told(photo()).taken_at == datetime(2016, 5, 10, 1, 30, tzinfo=UTC)
    assert told(photo(offset="+06:30")).taken_at == datetime(2016, 5, 10, 3, 0, tzinfo=UTC)
    assert told(photo(offset="+99:99")).taken_at == datetime(2016, 5, 10, 1, 30, tzinfo=UTC)


def test_a_time_to_come_is_not_believed():
    ahead = timezone.localtime() + timedelta(days=3)
    assert told(photo(time=f"{ahead:%Y:%m:%d %H:%M:%S}")).taken_at is None


PLACES = [
    ((31.2, 105.1), ("31.2", "105.1")),
    ((-33.5, -70.25), ("-33.5", "-70.25")),
    ((90.0, 180.0), ("90", "180")),
    ((0.0, 105.0), ("0", "105")),
]


@pytest.mark.parametrize(("place", "read"), PLACES)
def test_a_place_is_read_to_six_digits(place, read):
    seen = told(photo(place=place))
    assert (seen.latitude, seen.longitude) == tuple(map(Decimal, read))


IMPOSSIBLE = [(90.5, 105.1), (31.2, 180.5), (31.2, 9999.0), (0.0, 0.0)]


@pytest.mark.parametrize("place", IMPOSSIBLE)
def test_an_impossible_place_is_none(place):
    seen = told(photo(place=place))
    assert (seen.latitude, seen.longitude) == (None, None)
    assert seen.taken_at is not None


def test_half_a_place_is_none():
    half = {key: value for key, value in gps(31.2, 105.1).items() if key < 3}
    assert told(photo(place=half)).latitude is None
