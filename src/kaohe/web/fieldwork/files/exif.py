"""What a picture says of itself: when and where it was taken. A claim, and read with suspicion."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from django.utils import timezone as clock
from PIL import Image

_ORIENTATION = 0x0112
_DATE_TIME = 0x0132
_EXIF = 0x8769
_ORIGINAL, _ORIGINAL_OFFSET = 0x9003, 0x9011
_GPS = 0x8825
_EARLIEST = 2000
_AHEAD = timedelta(days=1)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
Tags = Mapping[int, object]


@dataclass(frozen=True)
class Told:
    """Time and place by the picture itself; None where it says nothing that can be."""

    taken_at: datetime | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None


NOTHING = Told()


def told_by(image: Image.Image) -> Told:
    """Time and place of a decoded picture; whatever is broken or impossible is not there."""
    taken_at = _time(_part(image, 0).get(_DATE_TIME), None)
    exif = _part(image, _EXIF)
    original = _time(exif.get(_ORIGINAL), exif.get(_ORIGINAL_OFFSET))
    gps = _part(image, _GPS)
    latitude = _degrees(gps.get(2), gps.get(1), "NS", 90)
    longitude = _degrees(gps.get(4), gps.get(3), "EW", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        # The point without name in the ocean is what a phone writes that knows no place.
        latitude = longitude = None
    return Told(original or taken_at, longitude, latitude)


def orientation(image: Image.Image) -> int:
    """How the camera was held, 1 to 8; 1 when the picture does not say."""
    value = _part(image, 0).get(_ORIENTATION)
    return value if isinstance(value, int) else 1


def _part(image: Image.Image, tag: int) -> Tags:
    """One of the tables of tags; empty when it is broken."""
    try:
        exif = image.getexif()
        return dict(exif.get_ifd(tag)) if tag else dict(exif)
    except Exception:  # of a parser of somebody else's bytes: they say nothing then
        return {}


def _time(text: object, offset: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        local = datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")
        taken_at = local.replace(tzinfo=_zone(offset) or clock.get_default_timezone())
        possible = local.year >= _EARLIEST and taken_at <= clock.now() + _AHEAD
    except (ValueError, OverflowError):
        return None
    return taken_at if possible else None


def _zone(offset: object) -> timezone | None:
    match = _OFFSET.fullmatch(offset.strip("\0 ")) if isinstance(offset, str) else None
    if match is None:
        return None
    distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if distance > timedelta(hours=14):
        return None
    return timezone(-distance if match[1] == "-" else distance)


def _degrees(parts: object, side: object, sides: str, most: int) -> Decimal | None:
    """Degrees, minutes and seconds with their side as one number to six places."""
    if not (isinstance(parts, tuple) and len(parts) == 3 and isinstance(side, str)):
        return None
    side = side.strip("\0 ").upper()
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    numbers = (degrees, minutes, seconds)
    if len(side) != 1 or side not in sides or not all(map(math.isfinite, numbers)):
        return None
    total = degrees + minutes / 60 + seconds / 3600
    # Some phones round up to sixty.
    if min(numbers) < 0 or max(minutes, seconds) > 60 or total > most:
        return None
    return Decimal(f"{-total if side in 'SW' else total:.6f}")
