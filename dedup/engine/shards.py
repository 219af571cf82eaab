"""Shards: where documents come from, in an order that is the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from dedup.engine.spool import Spool
from dedup.model import Document, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dedup.sketch.batch import TextBatch

#: Bytes before each spooled text that say how long it is.
_LENGTH = 8


class Unread(Protocol):
    """A document that a worker is to read; ``size`` is about how many bytes that takes."""

    @property
    def size(self) -> int:
        """Bytes."""

    def read(self) -> Document | Skipped:
        """Return the document, or why there is none."""


@dataclass(frozen=True, slots=True)
class RunRead:
    """What a run held, in order; ``batch`` are the texts of the documents in it, encoded."""

    found: list[Document | Skipped]
    batch: TextBatch


@dataclass(frozen=True, slots=True)
class RunTexts:
    """The texts that a run held, in order, and where they stand; also those that are garbled.

    ``count`` is how many documents there were, with what was skipped.
    """

    places: list[int]
    texts: list[str]
    count: int


@dataclass(frozen=True, slots=True)
class Run:
    """Documents in a row that a worker is to read together: of up to some megabytes.

    ``read`` is called in a worker thread, or in a process, to which it can be sent; ``texts``
    where no more of the documents matters, None where that takes as long.
    """

    read: Callable[[], RunRead]
    texts: Callable[[], RunTexts] | None = None


Item = Document | Skipped | Unread | Run


def read_items(items: Iterable[Item]) -> Iterator[Document | Skipped]:
    """Yield what items hold, read one after the other."""
    for each in items:
        if isinstance(each, Document | Skipped):
            yield each
        elif isinstance(each, Run):
            yield from each.read().found
        else:
            yield each.read()


class Shard(Protocol):
    """A file of records, a number of files, or texts in memory.

    ``name`` is what messages call it. Each document's ``place`` is a number of the shard's own,
    by which it is found again; places ascend.
    """

    @property
    def name(self) -> str:
        """What messages call it."""

    def items(self) -> Iterator[Item]:
        """Yield its documents, read or not, and what was skipped."""

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield the documents at ``places``, which ascend, once more; their ids do not matter."""


@runtime_checkable
class Measured(Protocol):
    """A shard that tells how far its reading has come, so that the time left can be told."""

    @property
    def size(self) -> int | None:
        """Bytes as they are stored, None where that is not known."""

    @property
    def at(self) -> int:
        """How many of them have been read, about; kept where the reading ends."""


class Texts:
    """Documents in memory; ``place`` is the position in the sequence.

    What is no sequence can be gone through once, and not again.
    """

    def __init__(self, documents: Iterable[Item], name: str = "texts") -> None:
        self.name = name
        self._documents = documents

    def items(self) -> Iterator[Item]:
        """Yield the documents."""
        for place, each in enumerate(self._documents):
            yield _placed(each, place)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents again."""
        if not isinstance(self._documents, Sequence):
            raise TypeError("documents that are no sequence cannot be read again")
        for place in places:
            yield _placed(self._documents[place], place)


class Spooled:
    """Documents that can be asked for once: their texts are written down as they pass.

    The file can be read by this user alone and is gone when this is, or the process ends.
    ``place`` is a byte of it. Raises :class:`~dedup.errors.OutputError` where it cannot grow.
    """

    #: It can be gone through once; a pass before another one keeps what it saw.
    once = True

    def __init__(self, documents: Iterable[Item], name: str = "texts") -> None:
        self.name = name
        self._documents = documents
        self._spool: Spool | None = None

    def items(self) -> Iterator[Item]:
        """Yield the documents, each once."""
        self._spool = Spool()
        for found in read_items(self._documents):
            if isinstance(found, Document):
                raw = found.text.encode("utf-8", "surrogatepass")
                place = self._spool.append(len(raw).to_bytes(_LENGTH, "little") + raw)
                yield replace(found, place=place)
            else:
                yield found

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents again."""
        if self._spool is None:
            raise TypeError("documents can be read again only after they were read once")
        for place in places:
            size = int.from_bytes(self._spool.read(place, _LENGTH), "little")
            text = self._spool.read(place + _LENGTH, size).decode("utf-8", "surrogatepass")
            yield Document("", text, place=place)


def _placed(each: Item, place: int) -> Item:
    if isinstance(each, Document):
        return replace(each, place=place) if each.place != place else each
    if isinstance(each, Run):
        raise TypeError("a run has several places")
    return each if isinstance(each, Skipped) else _Placed(each, place)


class _Placed:
    """What is to be read, with the place it then has."""

    def __init__(self, each: Unread, place: int) -> None:
        self._each = each
        self._place = place
        self.size = each.size

    def read(self) -> Document | Skipped:
        """Read it."""
        found = self._each.read()
        return replace(found, place=self._place) if isinstance(found, Document) else found
