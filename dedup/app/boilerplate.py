"""What many documents share, learned by itself, without a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine.boilerplate import settled
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.discovery import discover
from dedup.source.reading import Reading, with_settings
from dedup.source.shards import shards

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from dedup.boilerplate import Boilerplate
    from dedup.settings import Settings


def learn_paths(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    *,
    ignore: bool = True,
    reading: Reading | None = None,
    progress: Progress = NO_PROGRESS,
) -> Boilerplate:
    """Return the boilerplate that a scan of files and directories would use.

    The parameters are those of :func:`~dedup.app.scan.scan_paths`. Where the settings name a list
    it is that one. Raises :class:`~dedup.errors.PathError` for a path that is missing.
    """
    progress.stage("discover")
    found = discover(paths, ignore=ignore)
    made = shards(found.files, with_settings(reading or Reading(), settings), named=found.named)
    return settled(made, settings, folder=None, total=None, progress=progress)[0]
