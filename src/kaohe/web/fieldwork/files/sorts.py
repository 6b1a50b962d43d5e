"""What a file is by its first bytes. Its name and what the browser says of it count for nothing."""

from __future__ import annotations

import re
from enum import Enum

from kaohe.web.fieldwork.files.unfit import Unfit

HEAD = 512


class Sort(Enum):
    """The sorts that are taken."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    PDF = "PDF"
    PACKED_OFFICE = "docx, xlsx, pptx"
    OLD_OFFICE = "doc, xls"

    @property
    def is_image(self) -> bool:
        return self in {Sort.JPEG, Sort.PNG, Sort.WEBP}


_TAKEN = (
    (re.compile(rb"\xff\xd8\xff"), Sort.JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Sort.PNG),
    (re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL), Sort.WEBP),
    (re.compile(rb"%PDF-[12]\."), Sort.PDF),
    (re.compile(rb"PK\x03\x04"), Sort.PACKED_OFFICE),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Sort.OLD_OFFICE),
)
_AS_JPG = "请另存为 JPG 或 PNG 后再传"
_UNPACKED = "请解压后逐个上传"
# Sorts that people do send, so that they are told what to do instead.
_KNOWN = (
    (rb"GIF8[79]a", "是 GIF 图", _AS_JPG),
    (
        rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)",
        "是 HEIC 照片",
        "请在苹果手机“设置—相机—格式”中选“兼容性最佳”，或转成 JPG 后再传",
    ),
    (rb"....ftypavi[fs]", "是 AVIF 图", _AS_JPG),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI |OggS|FLV", "是视频", "请截图后上传照片"),
    (rb"ID3|\xff[\xfb\xf3\xf2]|RIFF....WAVE|#!AMR", "是录音", "请写成文字，或上传照片、PDF"),
    (rb"BM|II\*\0|MM\0\*|\0\0[\1\2]\0|8BPS|\0\0\0\x0cjP", "是本站不收的图片格式", _AS_JPG),
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!|\xcf\xfa\xed\xfe", "是程序", "本站不收程序"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|PK\x05\x06|PK\x07\x08", "是压缩包", _UNPACKED),
    (rb"\{\\rtf", "是 RTF 文档", "请另存为 .docx 或 PDF 后再传"),
    (
        rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<",
        "是网页、SVG 或 XML",
        "请转成 PDF，或截图后上传照片",
    ),
)
_REFUSED = tuple((re.compile(start, re.DOTALL), what, remedy) for start, what, remedy in _KNOWN)


def sort_of(head: bytes) -> Sort:
    """The sort by a file's first `HEAD` bytes. Raises Unfit for one that is not taken."""
    if not head:
        raise Unfit("是空文件；请重新选择")
    for start, sort in _TAKEN:
        if start.match(head):
            return sort
    for start, what, remedy in _REFUSED:
        if start.match(head):
            raise Unfit(f"{what}；{remedy}")
    raise Unfit("不是照片（JPG、PNG、WebP）、PDF 或 Office 文件，只看内容不看扩展名；请转换后再传")
