"""Files behind URLs, through fsspec (``zh-dedup[remote]``): s3://, hdfs://, oss://, memory://."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from dedup.errors import PathError, UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_MAGIC = frozenset("*?[")


def is_url(path: str) -> bool:
    """Tell whether a path is a URL: a scheme of two letters or more, then ``://``."""
    scheme, mark, _ = path.partition("://")
    return bool(mark) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


def is_folder(url: str) -> bool:
    """Tell whether a URL names a folder; raises as :func:`files` does."""
    system, path = _resolved(url)
    return bool(_asked(system.isdir, path, url=url))


def files(url: str) -> list[str]:
    """Return the URLs of the files that a URL stands for: one, a pattern's, or a folder's.

    Raises :class:`~dedup.errors.PathError` where there is none, and
    :class:`~dedup.errors.UsageError` where a package is missing.
    """
    system, path = _resolved(url)
    if _MAGIC & set(path):
        found = _asked(system.glob, path, url=url)
    elif _asked(system.isdir, path, url=url):
        found = _asked(system.find, path, url=url)
    elif _asked(system.exists, path, url=url):
        return [url]
    else:
        found = []
    if not found:
        raise PathError(message("no such file or folder: {path}", path=url))
    return sorted(system.unstrip_protocol(each) for each in found)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file behind a URL."""

    path: str
    compression: str | None

    @property
    def size(self) -> int | None:
        """Bytes as they are stored, where the system tells; for progress alone."""
        system, path = _resolved(self.path)
        try:
            told = system.size(path)
        except (NotImplementedError, OSError, KeyError):
            return None
        return told if isinstance(told, int) else None

    @property
    def mtime(self) -> float | None:
        """When it was changed last, where the system tells."""
        system, path = _resolved(self.path)
        try:
            told = system.modified(path)
        except (NotImplementedError, OSError, KeyError):
            return None
        return told.timestamp() if isinstance(told, datetime) else None

    def stored(self) -> IO[bytes]:
        """Open it; raises OSError."""
        system, path = _resolved(self.path)
        stream: IO[bytes] = system.open(path, "rb")
        return stream


def _resolved(url: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        extra = "zh-dedup[remote]"
        raise UsageError(
            message("{path} is a URL; reading it needs {extra}", path=url, extra=extra),
            hint=message("install it: pip install '{extra}'", extra=extra),
        ) from error
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:  # what reads this scheme is not installed, or none
        raise UsageError(message("{path} cannot be read: {why}", path=url, why=error)) from error
    return system, path


def _asked(question: Any, path: str, *, url: str) -> Any:
    try:
        return question(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise PathError(message("{path}: {why}", path=url, why=why)) from error
