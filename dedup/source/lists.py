"""Lists of paths, as ``--files-from`` reads them."""

from __future__ import annotations

import codecs
import os
from typing import BinaryIO

from dedup.text.encoding import decode


def paths_from(stream: BinaryIO, *, null: bool = False) -> list[str]:
    """Return the paths of a list, one a line, or between NUL bytes.

    NUL bytes are recognised without ``null`` (``find -print0``, ``git ls-files -z``). Empty
    lines are passed over. Names are decoded as the system decodes file names, so that any name
    can be listed; a list that begins with a UTF-16 mark, as PowerShell writes it, is read as such
    (:class:`~dedup.errors.EncodingError` where it is none).
    """
    raw = stream.read()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = decode(raw).text.encode()
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if null or b"\0" in raw:
        return [os.fsdecode(name) for name in raw.split(b"\0") if name]
    lines = (line.removesuffix(b"\r") for line in raw.split(b"\n"))
    return [os.fsdecode(line) for line in lines if line.strip()]
