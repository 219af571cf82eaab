"""Learning boilerplate: a pass of its own over the documents, before they are sketched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.boilerplate import Boilerplate, SharedPassage, in_order
from dedup.engine.local import each_batch, read_whole
from dedup.engine.sample import Place, Sample, SampledDocument, clipped, pieces_of
from dedup.engine.shards import read_items
from dedup.engine.witnesses import LOOKED_AT, Witness, are_dissimilar
from dedup.model import Document
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import text_hashes
from dedup.sketch.pieces import BatchPieces, batch_pieces
from dedup.sketch.shared import LEAST_DOCUMENTS, documents_with, shared_pieces
from dedup.text import social

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from dedup.engine.held import Holding
    from dedup.engine.local import Items
    from dedup.engine.shards import Shard
    from dedup.model import Skipped
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.sketch.shared import SampledPieces, Shared


@dataclass(frozen=True, slots=True)
class Gleaned:
    """A batch that was read: those documents that are wanted, with text hashes and pieces."""

    read: list[Document | Skipped]
    documents: list[Document]
    hashes: list[int]
    pieces: BatchPieces


class Gleaner:
    """Reads batches and finds the pieces of their texts, where these are ``wanted`` by hash."""

    def __init__(self, settings: Settings, wanted: Callable[[int], bool]) -> None:
        self._social = settings.social
        self._wanted = wanted

    def __call__(self, _: int, items: Items) -> Gleaned:
        """Read a batch of a shard."""
        read, batch = read_whole(items)
        documents = [each for each in read if isinstance(each, Document)]
        batch = batch or TextBatch.from_texts([document.text for document in documents])
        hashes = [int.from_bytes(each.tobytes()) for each in text_hashes(batch)]
        chosen = [i for i, each in enumerate(hashes) if self._wanted(each)]
        documents, hashes = [documents[i] for i in chosen], [hashes[i] for i in chosen]
        if self._social or len(chosen) < len(batch):
            batch = TextBatch.from_texts([self.compared(each.text) for each in documents])
        return Gleaned(read, documents, hashes, batch_pieces(batch))

    def compared(self, text: str) -> str:
        """Return a text with blanks for what posts have around their words, if that is wanted."""
        return social.rest(text) if self._social else text


def glean(
    shards: Sequence[Shard], settings: Settings, holding: Holding, progress: Progress
) -> Sample:
    """Read all documents and return a sample of them; ``holding`` keeps some for the next pass."""
    sample = Sample()
    for shard, gleaned in each_batch(shards, Gleaner(settings, sample.wants), settings.jobs):
        for i, document in enumerate(gleaned.documents):
            if sample.wants(gleaned.hashes[i]):
                rows = slice(gleaned.pieces.offsets[i], gleaned.pieces.offsets[i + 1])
                hashes, places = clipped(gleaned.pieces.hashes[rows], gleaned.pieces.places[rows])
                where = Place(shard, document.place)
                sample.offer(
                    SampledDocument(gleaned.hashes[i], where, len(document.text), hashes, places)
                )
        holding.hold(shard, gleaned.read)
        progress.advance(len(gleaned.read))
    return sample


def learned(sample: Sample, shards: Sequence[Shard], settings: Settings) -> Boilerplate:
    """Return the boilerplate of a sample; some of its documents are read once more."""
    if len(sample) < LEAST_DOCUMENTS:
        return Boilerplate((), len(sample))
    documents = sample.documents()
    pieces = pieces_of(documents)
    times = documents_with(pieces)
    shared = shared_pieces(pieces, times)
    witnesses = _Witnesses(documents, shared, _known(pieces, times), settings)
    witnesses.read(shards)
    passages = []
    for at, value in enumerate(shared.hashes.tolist()):
        asked = witnesses.of(at)
        if len(asked) > 1 and are_dissimilar(asked, int(shared.commons[at])):
            count = int(shared.documents[at])
            passages.append(SharedPassage(value, count, witnesses.samples.get(value, "")))
    return Boilerplate(in_order(passages), len(documents))


def _known(
    pieces: SampledPieces, times: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the pieces that are in several documents, sorted, and in how many."""
    several = np.flatnonzero(times > 1)
    order = several[np.argsort(pieces.hashes[several], kind="stable")]
    hashes = pieces.hashes[order]
    new = np.ones(hashes.size, dtype=np.bool_)
    new[1:] = hashes[1:] != hashes[:-1]
    return hashes[new], times[order][new]


class _Witnesses:
    """The witnesses that are looked at, read once more."""

    def __init__(
        self,
        documents: list[SampledDocument],
        shared: Shared,
        known: tuple[NDArray[np.uint64], NDArray[np.int64]],
        settings: Settings,
    ) -> None:
        self.samples: dict[int, str] = {}
        self._documents, self._known = documents, known
        self._gleaner = Gleaner(settings, lambda _: True)
        self._asked = [each[:LOOKED_AT].tolist() for each in shared.witnesses]
        self._found: dict[int, Witness] = {}
        self._commons: dict[int, set[int]] = {}
        self._shown: dict[int, list[int]] = {}
        hashes, commons = shared.hashes.tolist(), shared.commons.tolist()
        for value, common, asked in zip(hashes, commons, self._asked, strict=True):
            self._shown.setdefault(asked[0], []).append(value)
            for each in asked:
                self._commons.setdefault(each, set()).add(common)

    def read(self, shards: Sequence[Shard]) -> None:
        """Read them; what changed meanwhile is no witness."""
        by_shard: dict[int, dict[int, int]] = {}
        for number in self._commons:
            shard, place = self._documents[number].where
            by_shard.setdefault(shard, {})[place] = number
        for shard, wanted in sorted(by_shard.items()):
            for found in read_items(shards[shard].again(sorted(wanted))):
                if isinstance(found, Document) and found.place in wanted:
                    self._add(wanted[found.place], found.text)

    def of(self, at: int) -> list[Witness]:
        """Return the witnesses of a passage, given by its position."""
        return [self._found[each] for each in self._asked[at] if each in self._found]

    def _add(self, number: int, text: str) -> None:
        gleaned = self._gleaner(0, [Document("", text)])
        if gleaned.hashes[0] != self._documents[number].text_hash:
            return
        pieces = gleaned.pieces
        hashes, times = self._known
        at = np.minimum(np.searchsorted(hashes, pieces.hashes), hashes.size - 1)
        counts = np.where(hashes[at] == pieces.hashes, times[at], 1)
        witness = Witness(text, pieces.hashes, pieces.places, counts)
        for value in self._shown.get(number, ()):
            self.samples[value] = witness.begins(value)
        witness.freeze(sorted(self._commons[number]))
        self._found[number] = witness
