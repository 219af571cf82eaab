"""Learning boilerplate: a pass of its own over the documents, before they are sketched."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.boilerplate import Boilerplate, SharedPassage, in_order
from dedup.engine.local import each_batch, read_whole
from dedup.engine.places import Again
from dedup.engine.sample import Place, Sample, SampledDocument, clipped, pieces_of
from dedup.engine.shards import Run, RunTexts, Texts
from dedup.engine.witnesses import LOOKED_AT, Witness, are_dissimilar
from dedup.model import Document
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import may_be_garbled, text_hashes
from dedup.sketch.pieces import batch_pieces
from dedup.sketch.shared import LEAST_DOCUMENTS, documents_with, shared_pieces
from dedup.text import social
from dedup.text.garbled import is_garbled

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


class Gleaned(NamedTuple):
    """A batch that was read: ``number`` documents and what was skipped, ``read`` where held.

    Of the documents that the sample wants there are the pieces, and the texts where these are not
    held: then no more was read of them.
    """

    number: int
    read: list[Document | Skipped]
    wanted: list[tuple[SampledDocument, str | None]]


class Gleaner:
    """Reads batches, and finds the pieces of the texts that a ``sample`` wants.

    Of documents that are not ``held`` nothing but the texts is read, where that is less.
    """

    def __init__(self, settings: Settings, sample: Sample, held: Callable[[int], bool]) -> None:
        self._social = settings.social
        self._sample = sample
        self._held = held

    def __call__(self, shard: int, items: Items) -> Gleaned:
        """Read a batch of a shard."""
        if isinstance(items, Run) and items.texts is not None and not self._held(shard):
            found = items.texts()
            batch = TextBatch.from_texts(found.texts)
            wanted = self._sample.wanted(text_hashes(batch))
            sound = _not_garbled(batch.take([row for row, _ in wanted]), found.texts, wanted)
            texts = [found.texts[row] for row, _ in sound]
            sampled = self._sampled(shard, batch, sound, found)
            return Gleaned(found.count, [], list(zip(sampled, texts, strict=True)))
        read, encoded = read_whole(items)
        whole = [each for each in read if isinstance(each, Document)]
        found = RunTexts([each.place for each in whole], [each.text for each in whole], len(read))
        batch = encoded or TextBatch.from_texts(found.texts)
        wanted = self._sample.wanted(text_hashes(batch))
        sampled = self._sampled(shard, batch, wanted, found)
        return Gleaned(found.count, read, [(document, None) for document in sampled])

    def _sampled(
        self, shard: int, batch: TextBatch, wanted: list[tuple[int, int]], found: RunTexts
    ) -> list[SampledDocument]:
        """Return those documents of a batch that are ``wanted``, by row and text hash."""
        texts, rows = found.texts, [row for row, _ in wanted]
        if self._social:
            batch = TextBatch.from_texts([social.rest(texts[row]) for row in rows])
        elif len(rows) < len(batch):
            batch = batch.take(rows)
        pieces = batch_pieces(batch)
        bounds = pairwise(pieces.offsets.tolist())
        spans = pieces.places.astype(np.int32)
        return [
            SampledDocument(
                text_hash,
                Place(shard, found.places[row]),
                len(texts[row]),
                *clipped(pieces.hashes[start:end], spans[start:end]),
            )
            for (row, text_hash), (start, end) in zip(wanted, bounds, strict=True)
        ]


def _not_garbled(
    batch: TextBatch, texts: Sequence[str], wanted: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return those of a batch's ``wanted`` rows whose texts are not garbled."""
    doubtful = [at for at in may_be_garbled(batch) if is_garbled(texts[wanted[at][0]])]
    return [each for at, each in enumerate(wanted) if at not in doubtful] if doubtful else wanted


def glean(
    shards: Sequence[Shard], settings: Settings, holding: Holding, progress: Progress
) -> Sample:
    """Read all documents and return a sample of them; ``holding`` keeps some for the next pass."""
    sample = Sample()
    gleaner = Gleaner(settings, sample, holding.wants)
    for shard, gleaned in each_batch(shards, gleaner, settings.jobs):
        for document, text in gleaned.wanted:
            sample.offer(document, text)
        holding.hold(shard, gleaned.read)
        progress.advance(gleaned.number)
    return sample


def learned(sample: Sample, shards: Sequence[Shard], settings: Settings) -> Boilerplate:
    """Return the boilerplate of a sample; some documents whose texts it lacks are read again."""
    if len(sample) < LEAST_DOCUMENTS:
        return Boilerplate((), len(sample))
    documents = sample.documents()
    pieces = pieces_of(documents)
    times = documents_with(pieces)
    shared = shared_pieces(pieces, times)
    witnesses = _Witnesses(documents, shared, times)
    witnesses.read(sample, shards, settings)
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

    def read(self, sample: Sample, shards: Sequence[Shard], settings: Settings) -> None:
        """Read those that the sample has no text of; what changed meanwhile is no witness."""
        wanted: list[dict[int, int]] = [{} for _ in shards]
        kept: list[Document] = []
        numbers: dict[int, int] = {}
        for number in self._commons:
            document = self._documents[number]
            text = sample.text(document)
            if text is None:
                wanted[document.where.shard][document.where.place] = number
            else:
                numbers[len(kept)] = number
                kept.append(Document("", text, place=len(kept)))
        again = [Again(shard, sorted(places)) for shard, places in zip(shards, wanted, strict=True)]
        look = partial(self._look, [*wanted, numbers])
        for _, seen in each_batch([*again, Texts(kept)], look, settings.jobs):
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
