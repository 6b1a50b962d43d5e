"""Pictures, decoded under limits and written anew: nothing of the file that was sent is served."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from PIL import Image

from kaohe.web.fieldwork.files.exif import Told, orientation, told_by
from kaohe.web.fieldwork.files.sorts import Sort
from kaohe.web.fieldwork.files.unfit import Unfit

LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 320
# Points of a picture. One that is decoded whole takes some fifteen bytes for each; a usual JPEG of
# a phone is decoded smaller from the start.
MOST_POINTS = 25_000_000
MOST_POINTS_OF_JPEG = 64_000_000

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# One at a time, so that many people's large pictures do not fill the memory together; and in one
# thread, since memory that was freed in a thread often stays with it.
_decoder = ThreadPoolExecutor(1, "pictures")


@dataclass(frozen=True)
class Picture:
    """A picture as JPEG, small and large, and what the one that was sent says of itself."""

    content: bytes
    thumbnail: bytes
    told: Told


def picture(file: IO[bytes], sort: Sort) -> Picture:
    """Decode and write anew, upright. Raises Unfit for a broken or too large picture."""
    try:
        return _decoder.submit(_picture, file, sort).result()
    except Unfit:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_points() from error
    except Exception as error:
        # A decoder of somebody else's bytes: whatever it raises says that they are broken.
        raise Unfit("图片已损坏或没有传完整；请重新拍照或另存为 JPG 后再传") from error


def _picture(file: IO[bytes], sort: Sort) -> Picture:
    with Image.open(file, formats=[sort.value]) as image:
        whole = sort is not Sort.JPEG or bool(image.info.get("progressive"))
        if image.width * image.height > (MOST_POINTS if whole else MOST_POINTS_OF_JPEG):
            raise _too_many_points()
        upright = _upright(image)
        told = told_by(image)
    content = _as_jpeg(upright, quality=85)
    upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(content, _as_jpeg(upright, quality=75), told)


def _upright(image: Image.Image) -> Image.Image:
    """No larger than is served, in plain colours, turned as the camera was held."""
    if image.mode in {"RGB", "L", "CMYK", "YCbCr"}:
        # A JPEG is decoded at a half, a quarter or an eighth, where that is large enough.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = image.convert("RGB")
    else:
        plain = _on_white(image)
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turn = _TURNS.get(orientation(image))
    return plain if turn is None else plain.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Sixteen bits of grey.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layers = image.convert("RGBA")
    white = Image.new("RGB", layers.size, "white")
    white.paste(layers, mask=layers.getchannel("A"))
    return white


def _as_jpeg(image: Image.Image, *, quality: int) -> bytes:
    # Comments and profiles of the file that was sent would be written again.
    image.info = {}
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _too_many_points() -> Unfit:
    return Unfit(
        f"图片尺寸太大（最多 {MOST_POINTS_OF_JPEG // 10_000} 万像素，"
        f"PNG、WebP 最多 {MOST_POINTS // 10_000} 万）；请缩小后再传"
    )
