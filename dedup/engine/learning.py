"""Learning boilerplate: a pass of its own over the documents, before they are sketched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dedup.boilerplate import Boilerplate, SharedPassage, in_order
from dedup.engine.local import each_batch, read_whole
from dedup.engine.places import Again
from dedup.engine.sample import Place, Sample, SampledDocument, clipped, pieces_of
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
    from dedup.sketch.shared import Shared


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
    witnesses = _Witnesses(documents, shared, times)
    witnesses.read(shards, settings)
    passages = []
    for at, value in enumerate(shared.hashes.tolist()):
        if witnesses.are_dissimilar(at, int(shared.commons[at])):
            count = int(shared.documents[at])
            passages.append(SharedPassage(value, count, witnesses.samples.get(value, "")))
    return Boilerplate(in_order(passages), len(documents))


class _Witnesses:
    """The witnesses that are looked at, read once more.

    ``times`` says of each piece of the documents, one after the other, how many have it.
    """

    def __init__(
        self, documents: list[SampledDocument], shared: Shared, times: NDArray[np.int64]
    ) -> None:
        self.samples: dict[int, str] = {}
        self._documents = documents
        ends = np.cumsum([each.hashes.size for each in documents])
        self._times = np.split(times, ends[:-1])
        self._asked = [each[:LOOKED_AT].tolist() for each in shared.witnesses]
        self._found: dict[int, Witness] = {}
        self._commons: dict[int, set[int]] = {}
        self._shown: dict[int, list[int]] = {}
        hashes, commons = shared.hashes.tolist(), shared.commons.tolist()
        for value, common, asked in zip(hashes, commons, self._asked, strict=True):
            self._shown.setdefault(asked[0], []).append(value)
            for each in asked:
                self._commons.setdefault(each, set()).add(common)

    def read(self, shards: Sequence[Shard], settings: Settings) -> None:
        """Read them; what changed meanwhile is no witness."""
        wanted: list[dict[int, int]] = [{} for _ in shards]
        for number in self._commons:
            shard, place = self._documents[number].where
            wanted[shard][place] = number
        again = [Again(shard, sorted(places)) for shard, places in zip(shards, wanted, strict=True)]
        look = partial(self._look, wanted)
        for _, seen in each_batch(again, look, settings.jobs):
            for number, witness, samples in seen:
                self._found[number] = witness
                self.samples.update(samples)

    def are_dissimilar(self, at: int, common: int) -> bool:
        """Tell whether the witnesses of a passage, given by its position, are dissimilar."""
        asked = [self._found[each] for each in self._asked[at] if each in self._found]
        return are_dissimilar(asked, common)

    def _look(
        self, wanted: list[dict[int, int]], shard: int, items: Items
    ) -> list[tuple[int, Witness, dict[int, str]]]:
        """Return the witnesses of a batch by number, with how the passages they show begin."""
        read, batch = read_whole(items)
        documents = [each for each in read if isinstance(each, Document)]
        batch = batch or TextBatch.from_texts([document.text for document in documents])
        seen = []
        for document, each in zip(documents, text_hashes(batch), strict=True):
            number = wanted[shard].get(document.place, -1)
            if number < 0 or int.from_bytes(each.tobytes()) != self._documents[number].text_hash:
                continue
            sampled = self._documents[number]
            witness = Witness(document.text, sampled.hashes, sampled.places, self._times[number])
            samples = {value: witness.begins(value) for value in self._shown.get(number, ())}
            witness.freeze(sorted(self._commons[number]))
            seen.append((number, witness, samples))
        return seen
