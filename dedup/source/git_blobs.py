"""Blobs of a repository, read in bulk through one running git."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Sequence

    from dedup.source.git import Repository

#: Blobs that are asked for at once: what git answers before it is read fits in no pipe, what is
#: asked must.
_TOGETHER = 256


def read_blobs(repository: Repository, blobs: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield blobs with their bytes, in the order given; None for what is missing or damaged.

    A damaged object ends git; another one is started for the rest.
    """
    at = 0
    while at < len(blobs):
        process = repository.start("cat-file", "--batch")
        try:
            for found in _from(process, blobs[at:]):
                yield blobs[at], found
                at += 1
        finally:
            _end(process)
        if at < len(blobs):
            yield blobs[at], None
            at += 1


def _from(process: subprocess.Popen[bytes], blobs: Sequence[str]) -> Iterator[bytes | None]:
    """Yield what git answers until it ends, or has answered all."""
    given, answer = process.stdin, process.stdout
    if given is None or answer is None:
        raise RuntimeError("git was started without pipes")
    for start in range(0, len(blobs), _TOGETHER):
        some = blobs[start : start + _TOGETHER]
        try:
            given.write("".join(f"{blob}\n" for blob in some).encode())
            given.flush()
        except BrokenPipeError:
            return
        for _ in some:
            told = answer.readline().split()
            if not told:
                return
            if told[-1] == b"missing":
                yield None
                continue
            size = int(told[2])
            raw = answer.read(size + 1)
            if len(raw) != size + 1:
                return
            yield raw[:-1] if told[1] == b"blob" else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes of a git and wait for it."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    process.wait()
