"""Where files lie, by KAOHE_FILES: a folder, or a storage that speaks S3. Read by the settings.

    KAOHE_FILES=/srv/kaohe/files
    KAOHE_FILES=s3://bucket/folder?endpoint=https://storage.example&region=cn-1&style=path

The account of the S3 storage is in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in no address.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

DISK = {"BACKEND": "kaohe.web.fieldwork.files.storage.DurableStorage"}
_OPTIONS = {"endpoint": "endpoint_url", "region": "region_name", "style": "addressing_style"}


def files_storage(text: str) -> dict[str, Any]:
    """The entry of STORAGES. Raises ValueError for an address that cannot be meant."""
    if not text.startswith("s3:"):
        _check_folder(text)
        return DISK
    if find_spec("storages") is None:
        raise ValueError('KAOHE_FILES 是 s3:// 地址，但没有安装所需的库：请安装 "kaohe[s3]"。')
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": s3_options(text)}


def files_folder(text: str, home: Path) -> Path:
    """The folder of files on disk."""
    return home / "files" if not text or text.startswith("s3:") else Path(text)


def s3_options(text: str) -> dict[str, Any]:
    """What django-storages is told: nothing is public, nothing is overwritten."""
    address = urlsplit(text)
    if not address.netloc or address.username or address.fragment:
        raise ValueError(
            "KAOHE_FILES 应写作 s3://存储桶/文件夹?endpoint=https://…，不含账号密码；"
            "账号写在 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。"
        )
    options: dict[str, Any] = {
        "bucket_name": address.netloc,
        "location": address.path.strip("/"),
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
    }
    for name, value in parse_qsl(address.query, keep_blank_values=True):
        if name not in _OPTIONS or not value:
            known = "、".join(_OPTIONS)
            raise ValueError(f"KAOHE_FILES 里的 {name}={value} 无效；可用的有 {known}。")
        options[_OPTIONS[name]] = value
    if options.get("addressing_style", "auto") not in {"auto", "path", "virtual"}:
        raise ValueError("KAOHE_FILES 里的 style 只能是 path、virtual 或 auto。")
    return options


def _check_folder(text: str) -> None:
    if "://" in text:
        raise ValueError(f"KAOHE_FILES 是 {text}；应是文件夹的完整路径，或 s3:// 地址。")
    if text and not Path(text).is_absolute():
        raise ValueError(f"KAOHE_FILES 是 {text}；请写完整路径，如 /srv/kaohe/files。")
