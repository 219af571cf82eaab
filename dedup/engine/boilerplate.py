"""The boilerplate of a scan: given, kept from an earlier run of the same work, or learned now."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedup.boilerplate import EMPTY, Boilerplate, boilerplate_of, load
from dedup.engine.spool import unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedup.engine.shards import Shard
    from dedup.progress import Progress
    from dedup.settings import Settings

#: The name of the list in a folder that keeps the work of a scan.
NAME = "boilerplate.txt"
#: Documents without which nothing is learned: :data:`dedup.sketch.shared.LEAST_DOCUMENTS`.
LEAST_DOCUMENTS = 20


def is_learned(settings: Settings) -> bool:
    """Tell whether a scan with these settings learns a list."""
    return settings.boilerplate is None and not settings.keep_metadata


def settled(
    shards: Sequence[Shard],
    settings: Settings,
    *,
    folder: Path | None,
    total: int | None,
    progress: Progress,
) -> tuple[Boilerplate, Sequence[Shard]]:
    """Return the boilerplate of a scan, and the shards to sketch, some of them read already.

    ``folder`` is where the work stays, if anywhere: the list of the first run there stays that of
    all. ``total`` is how many documents there are, None where nobody knows.
    """
    if not is_learned(settings):
        return boilerplate_of(settings.boilerplate), shards
    if folder is not None and (folder / NAME).is_file():
        return load(str(folder / NAME)), shards
    if total is not None and total < LEAST_DOCUMENTS:
        found: Boilerplate = EMPTY
    else:
        # imported here, because few documents have no boilerplate to learn
        from dedup.engine.held import HELD, Holding
        from dedup.engine.learning import glean, learned

        progress.stage("learn", total)
        # what stays on disk is stamped when it is sketched, and so must be read then
        holding = Holding(shards, room=0 if folder is not None else HELD)
        sample = glean(shards, settings, holding, progress)
        shards = holding.shards()
        found = learned(sample, shards, settings)
    if folder is not None:
        write(found, folder / NAME)
    return found, shards


def write(found: Boilerplate, path: Path) -> None:
    """Write a list under a temporary name, and rename it when it is whole.

    Raises :class:`~dedup.errors.OutputError` where that cannot be done.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(found.text(), encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise unwritable(str(path), error) from error
