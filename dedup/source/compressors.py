"""What compresses the bytes of a file; the same bytes each time, whenever that is."""

from __future__ import annotations

import sys
import zlib
from typing import Protocol

from dedup.errors import UsageError
from dedup.messages import message

#: What makes zlib write gzip: the largest window, and its header, which it gives no date.
_GZIP = 31


class Compressor(Protocol):
    """Compresses piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what can be written so far."""

    def flush(self) -> bytes:
        """Return the rest."""


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        """Return it as it is."""
        return data

    def flush(self) -> bytes:
        """Return nothing."""
        return b""


def compressor(compression: str | None) -> Compressor:
    """Return what compresses as one of :data:`~dedup.source.compression.COMPRESSIONS` names.

    Raises :class:`~dedup.errors.UsageError` where an extra is missing.
    """
    if compression == "gzip":
        return zlib.compressobj(wbits=_GZIP)
    if compression == "bzip2":
        import bz2

        return bz2.BZ2Compressor()
    if compression == "xz":
        import lzma

        return lzma.LZMACompressor()
    return _zstd() if compression == "zstd" else _Plain()


def _zstd() -> Compressor:
    try:
        if sys.version_info >= (3, 14):
            from compression.zstd import ZstdCompressor
        else:
            from backports.zstd import ZstdCompressor
    except ImportError as error:
        raise UsageError(
            message("writing .zst needs {extra}", extra="zh-dedup[zstd]"),
            hint=message("install it: pip install '{extra}'", extra="zh-dedup[zstd]"),
        ) from error
    made: Compressor = ZstdCompressor()
    return made
