"""Settings on their way to Spark's Python workers, with the files that they name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.boilerplate import NONE, boilerplate_of

if TYPE_CHECKING:
    from dedup.settings import Settings

#: Settings that name a file whose content decides something.
_FILES = ("user_dict",)


@dataclass(frozen=True, slots=True)
class Shipped:
    """Settings and the bytes of the files they name: workers share no folder with the driver.

    ``files`` are pairs of a setting and its file's content.
    """

    bare: Settings
    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, settings: Settings) -> Shipped:
        """Read the files that settings name; raises OSError where one cannot be read."""
        named = [(name, getattr(settings, name)) for name in _FILES]
        files = [(name, Path(path).read_bytes()) for name, path in named if path is not None]
        bare = settings.with_values(jobs=1, **dict.fromkeys((name for name, _ in files), None))
        if isinstance(bare.boilerplate, str) and bare.boilerplate != NONE:
            bare = bare.with_values(boilerplate=boilerplate_of(bare.boilerplate))
        return cls(bare, tuple(files))

    def settings(self) -> Settings:
        """Return the settings here, with the files in a private folder of this machine."""
        paths = {name: _written(raw) for name, raw in self.files}
        return self.bare.with_values(**paths)


def _written(raw: bytes) -> str:
    """Write a file under the hash of what it holds, once, whole; return its path."""
    folder = Path(tempfile.gettempdir()) / f"dedup-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / hashlib.blake2b(raw, digest_size=16).hexdigest()
    if not path.exists():
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(raw)
        partial.replace(path)
    return str(path)
