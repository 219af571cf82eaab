"""Check: some files against everything that git's index holds."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.app import baseline_file
from dedup.app.acceptance import Acceptance, stale_entries, updated
from dedup.app.allow import Allowed
from dedup.app.baseline_file import Baseline
from dedup.app.check_cache import Cache
from dedup.app.check_corpus import Files, Told
from dedup.app.check_files import files_to_check
from dedup.app.previous import Previous
from dedup.checked import AcceptedCopies, AcceptedPair, AllowRule, BaselineChange, CheckResult
from dedup.engine.against import Against
from dedup.engine.asked import ask
from dedup.errors import FormatError, UsageError
from dedup.messages import message
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.git import repository
from dedup.source.git_files import Rules, listing
from dedup.source.git_index import base_of, changed_since, staged
from dedup.source.git_shards import git_shards
from dedup.source.reading import Reading, with_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.app.acceptance import Contents
    from dedup.engine.asked import Asked
    from dedup.messages import Message
    from dedup.settings import Settings
    from dedup.source.git import Repository
    from dedup.source.git_files import Listing

#: The baseline of a repository where none is named.
BASELINE = ".dedup-baseline"

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a check goes by beside the settings.

    ``since`` adds the files that changed since a commit; ``baseline`` is the file of what is
    accepted, where it is not :data:`BASELINE` at the root; ``update`` accepts what is found, for
    ``reason``. ``ignore`` respects ``.gitignore`` and ``.dedupignore``, ``cache`` keeps what was
    read in git's own folder.
    """

    since: str | None = None
    baseline: PathLike | None = None
    update: bool = False
    reason: str = ""
    allow: tuple[AllowRule, ...] = ()
    ignore: bool = True
    cache: bool = True
    reading: Reading = field(default_factory=Reading)


def check(
    paths: Sequence[PathLike],
    settings: Settings,
    gate: Gate,
    *,
    folder: PathLike = ".",
    progress: Progress = NO_PROGRESS,
) -> CheckResult:
    """Compare what is staged of some files with everything that git's index holds.

    Without paths, and without ``gate.since``, it is every file whose staged content differs from
    the last commit. Paths are relative to ``folder``. Raises
    :class:`~dedup.errors.UsageError` outside of a repository, and
    :class:`~dedup.errors.InputError` where git fails, or a path or the baseline cannot be read.
    """
    repo = repository(folder)
    if repo is None:
        raise no_repository(folder)
    accepted = _accepted(repo, settings, gate)
    reading = with_settings(gate.reading, settings)
    entries = staged(repo)
    texts = listing(repo, entries, reading, _rules(repo, gate, accepted))
    base = base_of(repo, gate.since)
    named = [os.fspath(path) for path in paths]
    changed = changed_since(repo, base) if gate.since is not None or not named else []
    chosen = files_to_check(repo, entries, texts, named, changed=changed)
    files = Files({**texts.files, **chosen.files}, chosen.files)
    found = _found(repo, files, settings, gate, progress=progress)
    told = Told(files, found)
    allowed = Allowed(gate.allow)
    past = Previous(repo, base, files.every, settings, reading)
    judge = Acceptance(settings, told.contents, accepted.baseline, allowed=allowed, before=past)
    documents = told.checked(judge)
    skipped = [*chosen.skipped, *told.skipped(found.skipped, checked=True)]
    result = CheckResult(
        settings=settings,
        documents=told.infos,
        checked=documents,
        compared=len(files.every),
        skipped=tuple(sorted(skipped, key=lambda each: each.id)),
        elsewhere=(*texts.skipped, *told.skipped(found.known_skipped, checked=False)),
        stale=_stale(accepted.baseline, told.contents) if _whole(files, gate) else (),
        allowed=allowed.counted(),
        baseline=accepted.shown,
        folder=repo.prefix,
        notes=(*chosen.notes, *_idle(allowed, texts)),
    )
    return _update(result, accepted, told.contents, gate) if gate.update else result


def _found(
    repo: Repository, files: Files, settings: Settings, gate: Gate, *, progress: Progress
) -> Asked:
    """Ask what the checked files match: of the cache, or of everything read anew."""
    reading = with_settings(gate.reading, settings)
    asked = git_shards(repo, files.asked, reading)
    if gate.cache and files.asked and not _whole(files, gate):
        cache = Cache(repo, settings, reading)
        try:
            with cache:
                known = cache.known(files, progress)
                if known is not None:
                    found = ask(asked, known.against, settings, progress=progress)
                    return replace(found, known_skipped=[*found.known_skipped, *known.skipped])
        except FormatError:
            cache.discard()  # damaged where nobody had looked yet
    everything = Against(git_shards(repo, files.known, reading))
    return ask(asked, everything, settings, progress=progress)


def _whole(files: Files, gate: Gate) -> bool:
    """Tell whether every document is to be looked at: so that what is stale is known."""
    return gate.update or not files.known


def _stale(baseline: Baseline, contents: Contents) -> tuple[AcceptedPair | AcceptedCopies, ...]:
    return tuple(stale_entries(baseline, contents))


def no_repository(folder: PathLike) -> UsageError:
    """Return the error for a folder that git knows nothing of."""
    return UsageError(
        message("{folder} is in no git repository", folder=str(Path(folder).resolve())),
        hint=message("run it in one: git init, git add; or compare folders: dedup scan PATH"),
    )


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What is accepted, the file that says so, and that file as git has it and as it is typed."""

    baseline: Baseline
    path: Path
    staged: str
    shown: str | None


def _accepted(repo: Repository, settings: Settings, gate: Gate) -> _Accepted:
    """Read the baseline; one that is named must be there, unless it is to be made."""
    path = accepted_at(repo, gate)
    wanted = gate.baseline is not None and not gate.update
    there = path.exists() or wanted
    baseline = baseline_file.load(path, settings, mend=gate.update) if there else Baseline()
    inside = path.is_relative_to(repo.root)
    staged_as = path.relative_to(repo.root).as_posix() if inside else ""
    shown = repo.shown(staged_as) if inside else str(path)
    return _Accepted(baseline, path, staged_as, shown if there or gate.update else None)


def accepted_at(repo: Repository, gate: Gate) -> Path:
    """Return where the baseline is, or would be."""
    if gate.baseline is None:
        return Path(repo.root, BASELINE)
    return Path(os.path.normpath(Path(repo.root, repo.prefix, gate.baseline)))


def _rules(repo: Repository, gate: Gate, accepted: _Accepted) -> Rules:
    return Rules(repo.root, ignore=gate.ignore, without=frozenset({accepted.staged}))


def _update(
    result: CheckResult, accepted: _Accepted, contents: Contents, gate: Gate
) -> CheckResult:
    """Write the baseline with everything that is new, and without what is stale."""
    before = set(accepted.baseline.entries())
    baseline = updated(accepted.baseline, contents, result.checked, " ".join(gate.reason.split()))
    after = set(baseline.entries())
    baseline_file.save(baseline, accepted.path, result.settings)
    change = BaselineChange(str(result.baseline), len(after - before), len(before - after))
    return replace(result, change=change)


def _idle(allowed: Allowed, texts: Listing) -> list[Message]:
    return [
        message("the rule that allows {between} matches no file", between=", ".join(rule.between))
        for rule in allowed.idle(list(texts.files))
    ]
