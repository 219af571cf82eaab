"""What a baseline accepts, told by today's paths and titles; and what a branch changed in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dedup.app import baseline_file
from dedup.app.baseline_file import Baseline
from dedup.app.check import Gate, accepted_at, no_repository
from dedup.checked import AcceptedCopies, AcceptedPair
from dedup.engine.local import BatchSketcher
from dedup.engine.shards import read_items
from dedup.errors import GitError, PathError
from dedup.messages import message
from dedup.model import Document, Role
from dedup.source.git import repository
from dedup.source.git_blobs import read_blobs
from dedup.source.git_files import Rules, listing
from dedup.source.git_index import blobs_at, commit_of, staged
from dedup.source.git_shards import git_shards
from dedup.source.reading import with_settings

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dedup.model import SetAside
    from dedup.settings import Settings
    from dedup.source.git import Repository
    from dedup.source.git_files import Tracked
    from dedup.source.reading import Reading

Change = Literal["", "+", "-"]
#: Texts that are sketched together.
_TOGETHER = 256
_RANGE = ".."


@dataclass(frozen=True, slots=True)
class Holder:
    """A document that has a content today, and what it is called: its title, or how it begins."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a baseline, whether it was added or removed, and who has its contents."""

    entry: AcceptedPair | AcceptedCopies
    change: Change
    holders: tuple[tuple[Holder, ...], ...]


def show(
    settings: Settings,
    gate: Gate,
    between: str | None = None,
    *,
    folder: str | os.PathLike[str] = ".",
) -> list[Line]:
    """Return the lines of a baseline; ``between`` two commits (``A..B``) what that changed.

    Without the second commit it is the file as it is now. Raises
    :class:`~dedup.errors.InputError` where there is no baseline, or no such commit.
    """
    repo = repository(folder)
    if repo is None:
        raise no_repository(folder)
    path = accepted_at(repo, gate)
    if between is None:
        if not path.exists():
            raise PathError(
                message("there is no baseline {path}", path=str(path)),
                hint=message("make one: dedup check FILE --update-baseline"),
            )
        found = [(entry, _NONE) for entry in _now(path).entries()]
    else:
        found = _changes(*_sides(repo, path, between))
    contents = {content for entry, _ in found for content in _contents(entry)}
    holders = _holders(repo, settings, gate, contents)
    return [
        Line(entry, change, tuple(tuple(holders.get(c, ())) for c in _contents(entry)))
        for entry, change in found
    ]


_NONE: Change = ""


def _contents(entry: AcceptedPair | AcceptedCopies) -> tuple[str, ...]:
    return (entry.content,) if isinstance(entry, AcceptedCopies) else (entry.a, entry.b)


def _now(path: Path) -> Baseline:
    if not path.exists():
        return Baseline()
    return baseline_file.parsed(path.read_text("utf-8-sig"), str(path), None)


def _sides(repo: Repository, path: Path, between: str) -> tuple[Baseline, Baseline]:
    first, dots, second = between.partition(_RANGE)
    before = _at(repo, path, commit_of(repo, first or "HEAD"))
    if not dots:
        return before, _now(path)
    return before, _at(repo, path, commit_of(repo, second.lstrip(".") or "HEAD"))


def _at(repo: Repository, path: Path, commit: str) -> Baseline:
    """Return the baseline at a commit; empty where there was none."""
    if not path.is_relative_to(repo.root):
        raise GitError(
            message("{path} is outside of the repository {root}", path=str(path), root=repo.root),
            hint=message("leave the commits out"),
        )
    name = path.relative_to(repo.root).as_posix()
    blob = blobs_at(repo, commit, [name]).get(name)
    if blob is None:
        return Baseline()
    ((_, raw),) = read_blobs(repo, [blob])
    text = (raw or b"").decode("utf-8-sig", "replace")
    return baseline_file.parsed(text, f"{commit[:12]}:{name}", None)


def _changes(
    before: Baseline, after: Baseline
) -> list[tuple[AcceptedPair | AcceptedCopies, Change]]:
    were, are = list(before.entries()), list(after.entries())
    removed: list[tuple[AcceptedPair | AcceptedCopies, Change]] = [
        (entry, "-") for entry in were if entry not in set(are)
    ]
    return [*removed, *((entry, "+") for entry in are if entry not in set(were))]


def _holders(
    repo: Repository, settings: Settings, gate: Gate, contents: set[str]
) -> Mapping[str, Sequence[Holder]]:
    """Return the documents of the index that have these contents, by content."""
    reading = with_settings(gate.reading, settings)
    rules = Rules(repo.root, ignore=gate.ignore, without=frozenset())
    texts = listing(repo, staged(repo), reading, rules)
    by_key: dict[str, list[Tracked]] = defaultdict(list)
    for file in texts.files.values():
        by_key[file.key].append(file)
    found: dict[str, list[Holder]] = defaultdict(list)
    if not contents:
        return found
    sketcher = BatchSketcher(settings, num_perm=1)
    for some in _batches(_documents(repo, [files[0] for files in by_key.values()], reading)):
        sketched = sketcher([document.text for document in some])
        hashes = sketched.sketches.compared_hash
        for row, document in enumerate(some):
            content = hashes[row].tobytes().hex()
            if content in contents:
                title = _title(document.text, sketched.found[row])
                found[content] += _named(document, by_key, title)
    return {content: sorted(each, key=lambda h: h.id) for content, each in found.items()}


def _documents(repo: Repository, files: Sequence[Tracked], reading: Reading) -> Iterator[Document]:
    for shard in git_shards(repo, files, reading):
        for each in read_items(shard.items()):
            if isinstance(each, Document):
                yield each


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    some: list[Document] = []
    for document in documents:
        some.append(document)
        if len(some) == _TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _named(document: Document, by_key: Mapping[str, Sequence[Tracked]], title: str) -> list[Holder]:
    if document.id in by_key:
        return [Holder(file.path, title) for file in by_key[document.id]]
    key, _, place = document.id.rpartition(":")
    return [Holder(f"{file.path}:{place}", title) for file in by_key[key]]


def _title(text: str, found: Sequence[SetAside]) -> str:
    titles = (part.text.strip() for part in found if part.role is Role.TITLE)
    lines = (line.strip() for line in text.splitlines())
    return " ".join((next(filter(None, titles), "") or next(filter(None, lines), "")).split())
