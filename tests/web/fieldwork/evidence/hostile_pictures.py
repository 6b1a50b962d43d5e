"""Pictures: that carry something besides, lie about their size, are cut off or broken."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from tests.web.fieldwork.evidence import samples
from tests.web.fieldwork.evidence.cases import HTML, MEGABYTE, PHP, SCRIPT, SVG, Case, case, saved
from tests.web.fieldwork.evidence.samples import office, pdf


def pictures() -> Iterator[Case]:
    jpeg, png, webp = samples.image(), samples.image("PNG"), samples.image("WEBP")
    for what, tail in {
        "html": HTML,
        "script": SCRIPT,
        "php": PHP,
        "svg": SVG,
        "a zip": office(),
        "a program": b"MZ\x90\0" + b"\0" * 500,
        "a pdf": pdf(),
    }.items():
        for form, content in {"JPEG": jpeg, "PNG": png}.items():
            yield case(f"{form} followed by {what}", content + tail, "image")
    yield case("JPEG with HTML as comment", _segment(jpeg, 0xFE, HTML), "image")
    yield case(
        "JPEG with script as XMP",
        _segment(jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT),
        "image",
    )
    yield case("JPEG with PHP in a segment", _segment(jpeg, 0xED, PHP), "image")
    yield case("JPEG with sixty comments", _many(jpeg, 60), "image")
    yield case("JPEG that is JavaScript too", _segment(jpeg, 0xFE, b"*/=alert(1);/*"), "image")
    tags = Image.Exif()
    tags[0x010E] = SCRIPT.decode()
    tags[0x8298] = PHP.decode()
    yield case("JPEG with script as description", samples.image(exif=tags.tobytes()), "image")
    yield case("WebP with script as XMP", samples.image("WEBP", xmp=SCRIPT), "image")
    yield case("WebP with EXIF", samples.image("WEBP", exif=samples.exif()), "image")
    for name, mark in {"tEXt": "plain", "zTXt": "zipped", "iTXt": "unicode"}.items():
        info = PngImagePlugin.PngInfo()
        if mark == "unicode":
            info.add_itxt("Comment", SCRIPT.decode())
        else:
            info.add_text("Comment", SCRIPT.decode(), zip=mark == "zipped")
        yield case(f"PNG with script in {name}", samples.image("PNG", pnginfo=info), "image")
    palette = Image.new("P", (40, 30))
    palette.putpalette((SCRIPT * 20)[:768])
    yield case("PNG with script as palette", saved(palette, "PNG"), "image")
    frames = [Image.new("RGB", (64, 64), (shade, 0, 0)) for shade in range(0, 250, 5)]
    yield case(
        "PNG of fifty frames",
        saved(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        "image",
    )
    yield case(
        "WebP of fifty frames",
        saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        "image",
    )
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        yield case(f"PNG in {mode}", samples.image("PNG", mode=mode), "image")
    for mode in ("L", "CMYK"):
        yield case(f"JPEG in {mode}", samples.image(mode=mode), "image")
    yield case("JPEG with a broken profile", samples.image(icc_profile=SCRIPT * 9), "image")
    yield case("progressive JPEG", samples.image(progressive=True), "image")
    yield case("JPEG of one point", samples.image(size=(1, 1)), "image")
    yield case("JPEG 1 by 60000", samples.image(size=(1, 60000)), "image")
    yield case("PNG 30000 by 1", samples.image("PNG", size=(30000, 1)), "image")
    yield case(
        "WebP told to be longer than it is", webp[:4] + b"\xff\xff\xff\x7f" + webp[8:], "either"
    )
    for time in ABSURD_TIMES:
        yield case(f"EXIF time {time!r}", samples.photo(time=time, place=None), "image")
    for name, place in ABSURD_PLACES.items():
        yield case(f"EXIF place {name}", samples.photo(place=place), "image")
    over_zero = samples.exif().replace(struct.pack("<II", 31, 1), struct.pack("<II", 31, 0))
    yield case("EXIF place over zero", samples.image(exif=over_zero), "image")
    yield case("EXIF cut off", samples.image(exif=samples.exif()[:40]), "image")
    yield case(
        "EXIF of noise", samples.image(exif=b"Exif\0\0" + random.Random(1).randbytes(900)), "image"
    )
    yield case("EXIF that points to itself", samples.image(exif=_looping_exif()), "image")
    for orientation in (0, 3, 6, 8, 9, 255):
        yield case(
            f"EXIF orientation {orientation}", samples.photo(orientation=orientation), "image"
        )


ABSURD_TIMES = (
    "0000:00:00 00:00:00",
    "9999:12:31 23:59:59",
    "1900:01:01 00:00:00",
    "2016:13:45 99:99:99",
    "2016-05-10T09:30:00Z",
    "",
    "    :  :     :  :  ",
    "现在",
    "<script>1</script>",
    "2016:02:30 10:00:00",
    "-016:05:10 09:30:00",
    "A" * 5000,
)


ABSURD_PLACES: dict[str, dict[int, object]] = {
    "beyond the pole": samples.gps(91.5, 105.1),
    "beyond the date line": samples.gps(31.2, 181.0),
    "far out": samples.gps(31.2, 99999.0),
    "nowhere": samples.gps(0.0, 0.0),
    "without sides": {2: samples.gps(31.2, 105.1)[2], 4: samples.gps(31.2, 105.1)[4]},
    "with wrong sides": samples.gps(31.2, 105.1) | {1: "Q", 3: "北"},
    "with one number": samples.gps(31.2, 105.1) | {2: 31.2},
    "of ninety minutes": samples.gps(31.2, 105.1)
    | {4: (IFDRational(105), IFDRational(90), IFDRational(0))},
}


def bombs() -> Iterator[Case]:
    yield case("PNG told to be 50000 by 50000", _png_frame(50000, 50000), "refused")
    yield case("PNG told to be 2147483647 wide", _png_frame(2**31 - 1, 1), "refused")
    yield case("PNG of no size", _png_frame(0, 0), "refused")
    yield case("PNG just above the limit", _png_frame(6000, 5001), "refused")
    yield case("JPEG told to be 65500 by 65500", samples.jpeg_frame(65500, 65500), "refused")
    yield case("JPEG told to be 9000 by 8000", samples.jpeg_frame(9000, 8000), "refused")
    yield case("JPEG of no size", samples.jpeg_frame(0, 0), "refused")
    yield Case("WebP of 16383 by 16383, one colour", lambda: _webp_canvas(16384, 16384), "refused")
    yield Case(
        "PNG of 256 MB of text",
        lambda: _png_with(b"zTXt", b"a\0\0" + _deflated_zeros(256)),
        "either",
    )
    yield Case(
        "PNG of 256 MB of profile",
        lambda: _png_with(b"iCCP", b"a\0\0" + _deflated_zeros(256)),
        "either",
    )
    yield Case(
        "PNG with more points than it tells",
        lambda: _png_frame(8, 8, _deflated_zeros(256)),
        "either",
    )
    yield Case("PNG of 400 frames", _many_frames, "image")
    yield Case("JPEG above 15 MB", lambda: samples.image() + b"\0" * (15 * MEGABYTE), "refused")
    yield Case("PDF above 20 MB", lambda: pdf(b"\0" * 20 * MEGABYTE), "refused", "x.pdf")


def _segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    return (
        jpeg[:2]
        + b"\xff"
        + bytes([marker])
        + struct.pack(">H", len(content) + 2)
        + content
        + jpeg[2:]
    )


def _many(jpeg: bytes, number: int) -> bytes:
    for _ in range(number):
        jpeg = _segment(jpeg, 0xFE, SCRIPT * 1000)
    return jpeg


def _looping_exif() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def _png_frame(width: int, height: int, data: bytes | None = None) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = _chunk(b"IDAT", zlib.compress(b"\0" * 99) if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + body + _chunk(b"IEND", b"")


def _png_with(name: bytes, content: bytes) -> bytes:
    png = samples.image("PNG")
    return png[:33] + _chunk(name, content) + png[33:]


def _deflated_zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(megabytes)) + packer.flush()


def _webp_canvas(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    lossless = samples.image("WEBP", lossless=True)[12:]
    body = b"WEBP" + b"VP8X\x0a\0\0\0\0\0\0\0" + size + lossless
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _many_frames() -> bytes:
    frames = [Image.new("RGB", (400, 400), (n % 256, n // 256, 0)) for n in range(400)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
