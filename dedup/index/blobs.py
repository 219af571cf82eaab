"""Blobs with a checksum before them, and compressed ones with a bound on what comes out."""

from __future__ import annotations

import sys
import zlib

from dedup.errors import FormatError
from dedup.messages import message

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: How hard to compress: higher levels gain a fiftieth and take half as long again.
_LEVEL = 4
#: Bytes of the checksum.
_CHECKSUM = 4
#: The most that a compressed blob may hold: a text that is longer is left out of an index.
MOST_BYTES = 1 << 28


def sealed(raw: bytes) -> bytes:
    """Return ``raw`` after its CRC-32."""
    return zlib.crc32(raw).to_bytes(_CHECKSUM, "big") + raw


def unsealed(blob: object, name: str) -> bytes:
    """Return what is in a sealed blob.

    Raises :class:`~dedup.errors.FormatError` for what is no blob, or does not fit its checksum.
    """
    if not isinstance(blob, bytes) or len(blob) < _CHECKSUM:
        raise damaged(name)
    raw = blob[_CHECKSUM:]
    if zlib.crc32(raw) != int.from_bytes(blob[:_CHECKSUM], "big"):
        raise damaged(name)
    return raw


def compressed(raw: bytes) -> bytes:
    """Return ``raw`` compressed and sealed; a Zstandard frame that says how much it holds."""
    return sealed(zstd.compress(raw, _LEVEL))


def decompressed(blob: object, name: str) -> bytes:
    """Return what :func:`compressed` was given, checked before anything is made room for.

    Raises :class:`~dedup.errors.FormatError` for anything else.
    """
    frame = unsealed(blob, name)
    try:
        size = zstd.get_frame_info(frame).decompressed_size
        if size is None or size > MOST_BYTES:
            raise damaged(name)
        unpacker = zstd.ZstdDecompressor()
        raw: bytes = unpacker.decompress(frame, max_length=size + 1) if size else b""
    except zstd.ZstdError as error:
        raise damaged(name) from error
    if len(raw) != size:
        raise damaged(name)
    return raw


def damaged(name: str) -> FormatError:
    """Return the error for a part of an index that is not as it was written."""
    return FormatError(
        message("{name} is damaged", name=name),
        hint=message("see what is left: dedup index verify INDEX, then dedup index rebuild INDEX"),
    )
