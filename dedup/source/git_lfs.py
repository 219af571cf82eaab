"""Pointers that Git LFS keeps in place of large files, and the files they stand for.

The format is that of https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: lines of a key
and a value, the first ``version``, less than 1024 bytes; an object lies under its SHA-256 in
``lfs/objects`` of git's folder.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedup.source.git import Repository

_LONGEST = 1024
_POINTER = re.compile(
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v\d+\n"
    rb"(?:[a-z0-9.-]+ [^\n]*\n)*?oid sha256:(?P<oid>[0-9a-f]{64})\nsize (?P<size>\d+)\n"
)


def pointed_at(raw: bytes) -> tuple[str, int] | None:
    """Return SHA-256 and size of the file that a pointer stands for; None for what is none."""
    found = _POINTER.match(raw) if len(raw) < _LONGEST else None
    return (found["oid"].decode(), int(found["size"])) if found else None


def smudged(repository: Repository, path: str, pointer: tuple[str, int]) -> bytes | None:
    """Return the file behind a pointer where it is on this machine, else None.

    It is looked for in LFS's own store, then in the working tree; either counts only if size and
    hash are those of the pointer.
    """
    oid, size = pointer
    stored = Path(repository.common, "lfs", "objects", oid[:2], oid[2:4], oid)
    for place in (stored, Path(repository.root, path)):
        try:
            if place.stat().st_size != size or not place.is_file():
                continue
            raw = place.read_bytes()
        except OSError:
            continue  # elsewhere, perhaps
        if hashlib.sha256(raw).hexdigest() == oid:
            return raw
    return None
