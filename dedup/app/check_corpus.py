"""From documents by blob, as they are compared, to documents by path, as they are told of.

A blob is compared once, whatever paths have it; each of them is a document, and they are
identical.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dedup.app.acceptance import Contents
from dedup.model import Evidence, Pair, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dedup.app.acceptance import Acceptance
    from dedup.checked import CheckedDocument
    from dedup.engine.asked import Asked
    from dedup.model import DocumentInfo, Skipped
    from dedup.source.git_files import Tracked

#: What two paths with one blob share.
_SAME_BLOB = Evidence(True, True, True, False, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Named:
    """A document under one of its paths; ``id`` is the path, with the place of a record."""

    id: str
    path: str


class Naming(Protocol):
    """Names documents for people, and tells which are checked."""

    def named(self, doc_id: str) -> list[Named]:
        """Return a document under each of its paths."""

    def is_checked(self, path: str) -> bool:
        """Tell whether a file is checked."""


class Files:
    """All files by key, and those of them that are checked.

    What has no key here is named by its id where it is of an index that is ``foreign``; else it is
    of another time, and has no name.
    """

    def __init__(
        self,
        files: Mapping[str, Tracked],
        checked: Mapping[str, Tracked],
        *,
        foreign: bool = False,
    ) -> None:
        self._foreign = foreign
        self.every = list(files.values())
        self._checked = checked
        self._by_key: dict[str, list[Tracked]] = defaultdict(list)
        for file in self.every:
            self._by_key[file.key].append(file)
        keys = dict.fromkeys(file.key for file in checked.values())
        self.asked = [self._by_key[key][0] for key in keys]
        self.known = [some[0] for key, some in self._by_key.items() if key not in keys]
        self.keys = self._by_key.keys()

    def named(self, doc_id: str) -> list[Named]:
        """Return a document under each of its paths."""
        files = self._by_key.get(doc_id)
        if files is not None:
            return [Named(file.path, file.path) for file in files]
        key, _, place = doc_id.rpartition(":")
        files = self._by_key.get(key, [])  # a cache knows blobs of other branches too
        if self._foreign and not files:
            return [Named(doc_id, doc_id)]
        return [Named(f"{file.path}:{place}", file.path) for file in files]

    def is_checked(self, path: str) -> bool:
        """Tell whether a file is checked."""
        return path in self._checked


class Told:
    """What was found, by path."""

    def __init__(self, files: Naming, found: Asked) -> None:
        self._files = files
        self._found = found
        self.infos: dict[str, DocumentInfo] = {}
        self.paths: dict[str, str] = {}
        self._of: dict[str, str] = {}

    @cached_property
    def contents(self) -> Contents:
        """The compared texts of all documents; by id those that are told of."""
        documents = Counter[str]()
        for doc_id, content in self._found.contents.items():
            documents[content] += len(self._files.named(doc_id))
        return Contents(self._of, documents)

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self.contents.documents.total()  # type: ignore[attr-defined, no-any-return]

    def checked(self, acceptance: Acceptance) -> tuple[CheckedDocument, ...]:
        """Return the checked documents with what they match, by id."""
        found = [acceptance.document(one.id, pairs, self.paths) for one, pairs in self._documents()]
        return tuple(sorted(found, key=lambda document: document.id))

    def skipped(self, skipped: Iterable[Skipped], *, checked: bool) -> list[Skipped]:
        """Return what was skipped of checked files, or of others, under each path."""
        return [
            replace(each, id=one.id, path=one.path)
            for each in skipped
            for one in self._files.named(each.id)
            if self._files.is_checked(one.path) is checked
        ]

    def _documents(self) -> Iterator[tuple[Named, list[Pair]]]:
        for doc_id, pairs in self._found.pairs.items():
            here = self._files.named(doc_id)
            for one in here:
                if self._files.is_checked(one.path):
                    yield (
                        one,
                        [*self._twins(doc_id, one, here), *self._expanded(one, doc_id, pairs)],
                    )

    def _twins(self, doc_id: str, one: Named, here: Sequence[Named]) -> Iterator[Pair]:
        for other in here:
            self._note(other, doc_id)
            if other != one:
                yield Pair(one.id, other.id, Relation.IDENTICAL, _SAME_BLOB)

    def _expanded(self, one: Named, doc_id: str, pairs: Iterable[Pair]) -> Iterator[Pair]:
        self._note(one, doc_id)
        for pair in pairs:
            for other in self._files.named(pair.b):
                if other.id == one.id:  # of an index: as it was when that was made
                    continue
                self._note(other, pair.b)
                yield replace(pair, a=one.id, b=other.id)

    def _note(self, one: Named, doc_id: str) -> None:
        if one.id not in self.infos:
            info = self._found.infos[doc_id]
            path = info.path if one.id == doc_id and info.path else one.path
            self.infos[one.id] = replace(info, id=one.id, path=path)
            self.paths[one.id] = one.path
            self._of[one.id] = self._found.contents[doc_id]
