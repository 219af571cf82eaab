"""Sequences whose members are made when they are asked for, so that millions take no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, overload

from dedup.engine.singles import Single, singles

if TYPE_CHECKING:
    from collections.abc import Container

    from dedup.engine.corpus import Table
    from dedup.model import DocumentInfo

T = TypeVar("T")
#: Documents of which something is said together.
_TOGETHER = 1 << 12


class View(Sequence[T]):
    """A sequence of ``size`` members that ``make`` returns by position."""

    def __init__(self, make: Callable[[int], T], size: int) -> None:
        self._make = make
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return tuple(self._make(i) for i in range(*at.indices(self._size)))
        if not -self._size <= at < self._size:
            raise IndexError(at)
        return self._make(at % self._size)

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._size))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


class Documents(Mapping[str, "DocumentInfo"]):
    """What is known of documents by id, of which less can be asked for than all."""

    def path(self, doc_id: str) -> str | None:
        """Return the path of a document."""
        return self[doc_id].path

    def known(self, doc_id: str) -> bool:
        """Tell whether a document was there to compare with."""
        return self[doc_id].known

    def singles(self, others: Container[str]) -> Iterator[Single | DocumentInfo]:
        """Yield what is said of documents in no pair: of all that are not among the ``others``."""
        return (self[doc_id] for doc_id in self if doc_id not in others)


def path_of(documents: Mapping[str, DocumentInfo], doc_id: str) -> str | None:
    """Return the path of a document."""
    return documents.path(doc_id) if isinstance(documents, Documents) else documents[doc_id].path


def is_known(documents: Mapping[str, DocumentInfo], doc_id: str) -> bool:
    """Tell whether a document was there to compare with."""
    return documents.known(doc_id) if isinstance(documents, Documents) else documents[doc_id].known


def singles_of(
    documents: Mapping[str, DocumentInfo], others: Container[str]
) -> Iterator[Single | DocumentInfo]:
    """Yield what is said of the documents that are not among the ``others``."""
    if isinstance(documents, Documents):
        return documents.singles(others)
    return (info for doc_id, info in documents.items() if doc_id not in others)


class DocumentsById(Documents):
    """What is known of documents, by id, in order of the ids.

    They are all that are new, and of those that were known the ``known`` rows of the table.
    """

    def __init__(self, table: Table, known: Sequence[int] = ()) -> None:
        self._table = table
        self._known = known
        self._rows: dict[str, int] | None = None

    def __len__(self) -> int:
        return self._table.new + len(self._known)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id())

    def __getitem__(self, doc_id: str) -> DocumentInfo:
        return self._table.info(self._by_id()[doc_id])

    def path(self, doc_id: str) -> str | None:
        """Return the path of a document."""
        return self._table.path(self._by_id()[doc_id])

    def known(self, doc_id: str) -> bool:
        """Tell whether a document was there to compare with."""
        return self._by_id()[doc_id] >= self._table.new

    def singles(self, others: Container[str]) -> Iterator[Single]:
        """Yield what is said of documents in no pair, many of which are read together."""
        left = ((doc_id, row) for doc_id, row in self._by_id().items() if doc_id not in others)
        while some := [*islice(left, _TOGETHER)]:
            yield from singles(self._table, *zip(*some, strict=True))

    def position(self, doc_id: str) -> int:
        """Return where a document stands in its shard; see :class:`~dedup.engine.shards.Shard`."""
        return self.where(doc_id)[1]

    def where(self, doc_id: str) -> tuple[int, int]:
        """Return the number of the shard that a document came from, and its place there."""
        row = self._by_id()[doc_id]
        return int(self._table["shard"][row]), int(self._table["place"][row])

    def _by_id(self) -> dict[str, int]:
        if self._rows is None:
            rows = [*range(self._table.new), *self._known]
            ids = [*self._table.ids(0, self._table.new), *map(self._table.id, self._known)]
            ordered = sorted(range(len(ids)), key=ids.__getitem__)
            self._rows = {ids[at]: rows[at] for at in ordered}
        return self._rows
