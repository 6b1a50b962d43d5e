"""Static files under hashed names, the modules that our scripts import included."""

from __future__ import annotations

from typing import Any, ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's expressions for imports among JavaScript modules; alone they apply to every script.
_, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A browser keeps each file for good: what changes has another name, also an imported module.

    Imports are followed in our own scripts only: a library's may name files that it does not bring.
    """

    patterns: ClassVar[Any] = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", _IMPORTS),
    )
