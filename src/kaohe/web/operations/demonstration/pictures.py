"""Pictures that nobody took: hills, fields and a house, drawn by chance for each name."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from kaohe.demo.dice import Dice

_SIZE = _WIDTH, _HEIGHT = 640, 480
_SKY = ("#bcd7ee", "#d8e6ef", "#c9cfd6", "#f3d9b8")
_HILLS = ("#6d8f5f", "#7fa36b", "#577a55", "#8d9c63")
_FIELDS = ("#b9a14a", "#8fae4e", "#a4703f", "#c9bd6a")
_WALLS = ("#efe7da", "#d9cdb8", "#e8d3c0")
_ROOFS = ("#7b3f34", "#4c4c50", "#8c5a3b")


def picture(name: str) -> SimpleUploadedFile:
    """A JPEG file; one name always gives the same picture, byte for byte."""
    dice = Dice(0, f"picture {name}")
    image = Image.new("RGB", _SIZE, dice.pick(_SKY))
    draw = ImageDraw.Draw(image)
    for depth in range(3):
        _hills(dice, draw, 150 + 70 * depth)
    top = dice.whole(330, 370)
    for left in range(0, _WIDTH, 80):
        draw.polygon(
            [(left, top), (left + 80, top), (left + 60, _HEIGHT), (left - 40, _HEIGHT)],
            fill=dice.pick(_FIELDS),
        )
    _house(dice, draw, dice.whole(60, 460), dice.whole(300, 350))
    content = BytesIO()
    image.save(content, "JPEG", quality=80)
    return SimpleUploadedFile(f"{name}.jpg", content.getvalue(), "image/jpeg")


def _hills(dice: Dice, draw: ImageDraw.ImageDraw, level: int) -> None:
    tops = [(x, level + dice.whole(-50, 50)) for x in range(0, _WIDTH + 80, 80)]
    draw.polygon([(0, _HEIGHT), *tops, (_WIDTH, _HEIGHT)], fill=dice.pick(_HILLS))


def _house(dice: Dice, draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    width, height = dice.whole(90, 140), dice.whole(50, 80)
    right, bottom = left + width, top + height
    draw.rectangle((left, top, right, bottom), fill=dice.pick(_WALLS))
    ridge = (left + width // 2, top - 35)
    draw.polygon([(left - 10, top), ridge, (right + 10, top)], fill=dice.pick(_ROOFS))
    draw.rectangle((left + 35, top + 20, left + 55, bottom), fill="#5c4433")
