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
from dedup.app.check_index import Paths, opened
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

    ``since`` adds the files that changed since a commit; ``against`` is an index to compare with
    instead of what git tracks, which needs no repository; ``baseline`` is the file of what is
    accepted, where it is not :data:`BASELINE` at the root; ``update`` accepts what is found, for
    ``reason``. ``ignore`` respects ``.gitignore`` and ``.dedupignore``, ``cache`` keeps what was
    read in git's own folder.
    """

    since: str | None = None
    against: PathLike | None = None
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
    if repo is None and gate.against is not None:
        return _outside(paths, settings, gate, folder=folder, progress=progress)
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
    foreign = gate.against is not None
    every = chosen.files if foreign else {**texts.files, **chosen.files}
    files = Files(every, chosen.files, foreign=foreign)
    found, compared = _found(repo, files, settings, gate, progress=progress)
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
        compared=compared,
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
) -> tuple[Asked, int]:
    """Ask what the checked files match: of an index, the cache, or everything read anew."""
    reading = with_settings(gate.reading, settings)
    asked = git_shards(repo, files.asked, reading)
    if gate.against is not None:
        with opened(gate.against, settings) as (side, documents):
            return ask(asked, side, settings, progress=progress), documents
    compared = len(files.every)
    if gate.cache and files.asked and not _whole(files, gate):
        cache = Cache(repo, settings, reading)
        try:
            with cache:
                known = cache.known(files, progress)
                if known is not None:
                    found = ask(asked, known.against, settings, progress=progress)
                    skipped = [*found.known_skipped, *known.skipped]
                    return replace(found, known_skipped=skipped), compared
        except FormatError:
            cache.discard()  # damaged where nobody had looked yet
    everything = Against(git_shards(repo, files.known, reading))
    return ask(asked, everything, settings, progress=progress), compared


def _outside(
    paths: Sequence[PathLike],
    settings: Settings,
    gate: Gate,
    *,
    folder: PathLike,
    progress: Progress,
) -> CheckResult:
    """Compare files with an index where there is no repository."""
    if gate.since is not None or not paths:
        raise no_repository(folder)
    path = Path(folder, BASELINE if gate.baseline is None else gate.baseline)
    there = path.exists() or (gate.baseline is not None and not gate.update)
    baseline = baseline_file.load(path, settings, mend=gate.update) if there else Baseline()
    accepted = _Accepted(baseline, path, "", str(path) if there or gate.update else None)
    reading = with_settings(gate.reading, settings)
    given = Paths([Path(folder, each) for each in paths], reading, ignore=gate.ignore)
    with opened(gate.against or "", settings) as (side, documents):
        found = ask(given.shards, side, settings, progress=progress)
    told = Told(given.checked(found), found)
    allowed = Allowed(gate.allow)
    judge = Acceptance(settings, told.contents, baseline, allowed=allowed, before=lambda _: None)
    result = CheckResult(
        settings=settings,
        documents=told.infos,
        checked=told.checked(judge),
        compared=documents,
        skipped=tuple(found.skipped),
        allowed=allowed.counted(),
        baseline=accepted.shown,
    )
    return _update(result, accepted, told.contents, gate) if gate.update else result


def _whole(files: Files, gate: Gate) -> bool:
    """Tell whether every document is to be looked at: so that what is stale is known."""
    return gate.against is None and (gate.update or not files.known)


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
    reason = " ".join(gate.reason.split())
    prune = gate.against is None  # an index does not tell of every text that it knows
    baseline = updated(accepted.baseline, contents, result.checked, reason, prune=prune)
    after = set(baseline.entries())
    baseline_file.save(baseline, accepted.path, result.settings)
    change = BaselineChange(str(result.baseline), len(after - before), len(before - after))
    return replace(result, change=change)


def _idle(allowed: Allowed, texts: Listing) -> list[Message]:
    return [
        message("the rule that allows {between} matches no file", between=", ".join(rule.between))
        for rule in allowed.idle(list(texts.files))
    ]
