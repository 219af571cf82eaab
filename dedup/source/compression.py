"""Compressed files, read as what they hold: gzip, bzip2, xz, Zstandard."""

from __future__ import annotations

import lzma
import os
import sys
import zlib
from typing import IO, TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Suffixes, and what they stand for.
COMPRESSIONS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd", ".zstd": "zstd"}
_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
#: The longest of them.
MAGIC_LENGTH = 6
#: Bytes that are read at once.
_CHUNK = 1 << 20


def split_suffixes(name: str) -> tuple[str, str | None]:
    """Return the suffix under that of a compression, in lower case, and the compression."""
    suffix = last_suffix(name)
    compression = COMPRESSIONS.get(suffix)
    return (last_suffix(name[: -len(suffix)]) if compression else suffix), compression


def last_suffix(name: str) -> str:
    """Return the suffix of a path with its dot, in lower case; as of a Path, which takes longer."""
    base = name[max(name.rfind("/"), name.rfind(os.sep)) + 1 :]
    dot = base.rfind(".")
    return base[dot:].lower() if 0 < dot < len(base) - 1 else ""


def compression_of(head: bytes) -> str | None:
    """Return how data that begins with these bytes is compressed."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


def decompressed(stream: IO[bytes], compression: str | None) -> IO[bytes]:
    """Return what a compressed stream holds, as a stream; several members are one.

    Raises :class:`~dedup.errors.UsageError` where an extra is missing.
    """
    if compression == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]
    if compression == "bzip2":
        import bz2

        return bz2.BZ2File(stream)
    if compression == "xz":
        return lzma.LZMAFile(stream)
    return _zstd(stream) if compression == "zstd" else stream


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a stream, also those right before a place where it breaks off."""
    # read() would gather more, and lose it where it then fails.
    read = getattr(stream, "read1", stream.read)
    while piece := read(_CHUNK):
        yield piece


def _zstd(stream: IO[bytes]) -> IO[bytes]:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError as error:
        raise UsageError(
            message("reading .zst needs {extra}", extra="zh-dedup[zstd]"),
            hint=message("install it: pip install '{extra}'", extra="zh-dedup[zstd]"),
        ) from error
    from dedup.source.zstd_stream import ZstdStream

    return ZstdStream(stream, zstd.ZstdDecompressor)  # type: ignore[return-value]


def read_errors() -> tuple[type[Exception], ...]:
    """Return what reading a compressed stream can raise: cut short, damaged, or unreadable."""
    known: tuple[type[Exception], ...] = (EOFError, OSError, zlib.error, lzma.LZMAError)
    module = sys.modules.get("compression.zstd") or sys.modules.get("backports.zstd")
    return (*known, module.ZstdError) if module is not None else known
