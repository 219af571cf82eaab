"""What a scan leaves on disk beside its result: shards written anew, and segments."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.boilerplate import boilerplate_of
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.app.write import Writing
    from dedup.engine.workdir import WorkDir
    from dedup.settings import Settings
    from dedup.source.reading import Reading

#: Settings that change nothing in a segment.
_OUTSIDE_SEGMENTS = frozenset(
    {"jobs", "keep", "keep_under", "source_order", "user_dict", "drop_contained"}
)

#: The folder within that of the work for what is known already.
_KNOWN = "known"

Path_ = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Work:
    """What a scan writes its shards with, and where it keeps its segments; None: not at all.

    ``known`` is where it keeps those of what is known already.
    """

    writing: Writing | None = None
    store: WorkDir | None = None
    known: WorkDir | None = None

    @property
    def writes_rejected(self) -> bool:
        """Whether what is rejected is written."""
        return self.writing is not None and self.writing.folders.rejected is not None


NO_WORK = Work()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The folders for what is kept, dropped and rejected, and for the work; None: not wanted."""

    kept: Path_ | None = None
    dropped: Path_ | None = None
    rejected: Path_ | None = None
    work_dir: Path_ | None = None
    resume: bool = False


NOTHING_WANTED = Wanted()


def work_for(
    wanted: Wanted,
    paths: Sequence[Path_],
    settings: Settings,
    reading: Reading,
    *,
    known: Sequence[Path_] = (),
) -> Work:
    """Return the work that is wanted, once it is sure that it harms nothing that is there.

    ``known`` are the paths that ``paths`` are compared with, and that are not written. Raises
    :class:`~dedup.errors.UsageError` and :class:`~dedup.errors.OutputError`.
    """
    if wanted.resume and wanted.work_dir is None:
        raise UsageError(
            message("there is nothing to resume without a folder that holds the work"),
            hint=message("give every run of this scan --work-dir DIR, the next ones --resume too"),
        )
    folders = (wanted.kept, wanted.dropped, wanted.rejected, wanted.work_dir)
    if not any(each is not None for each in folders):
        return NO_WORK
    from dedup.app.write_checks import refuse_input, refuse_urls

    refuse_urls(os.fspath(each) for each in folders if each is not None)
    given = [os.fspath(path) for path in paths]
    own = [Path(each) for each in folders if each is not None]
    refuse_input(own, [os.fspath(path) for path in known])
    if wanted.work_dir is None:
        return Work(_writing(wanted, given, reading))
    work_dir = Path(wanted.work_dir)
    refuse_input([work_dir], given)
    made = made_by(settings, reading)
    return Work(
        _writing(wanted, given, reading),
        _store(work_dir, made, resume=wanted.resume),
        _store(work_dir / _KNOWN, made, resume=wanted.resume) if known else None,
    )


def made_by(settings: Settings, reading: Reading) -> dict[str, object]:
    """Return everything that changes a segment, by name."""
    from dedup.report.records import this_run

    run = this_run(settings)
    values: dict[str, object] = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in _OUTSIDE_SEGMENTS
    }
    values |= {"definitions": run.definitions, "dictionary": run.dictionary}
    values["boilerplate"] = _boilerplate(settings)
    return {**values, "user_dict": run.user_dict, **asdict(reading)}


def _boilerplate(settings: Settings) -> str | None:
    """Return what tells the list of a run: its hash, or that it is learned, or none."""
    if settings.boilerplate is None:
        return "learned"
    return boilerplate_of(settings.boilerplate).hash


def _writing(wanted: Wanted, paths: Sequence[str], reading: Reading) -> Writing | None:
    folders = [wanted.kept, wanted.dropped, wanted.rejected]
    if not any(each is not None for each in folders):
        return None
    from dedup.app.write import Writing
    from dedup.source.mirror import Folders

    chosen = Folders(*(None if each is None else Path(each) for each in folders))
    work_dir = None if wanted.work_dir is None else Path(wanted.work_dir)
    writing = Writing(chosen, paths, resume=wanted.resume, work_dir=work_dir)
    writing.check(reading)
    return writing


def _store(folder: Path, made: dict[str, object], *, resume: bool) -> WorkDir:
    from dedup.engine.workdir import WorkDir
    from dedup.source.stamps import stamp_of

    # nothing is in the folder yet where the first run knew nothing
    there = folder.name != _KNOWN or folder.exists()
    return WorkDir(folder, made, stamp_of, resume=resume and there)
