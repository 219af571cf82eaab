"""Evidence for two documents alone, as a scan of them would compute it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.columns import title_hash
from dedup.engine.info import document_info
from dedup.engine.local import BatchSketcher
from dedup.match.decide import is_contained, margin
from dedup.match.evidence import count_shared
from dedup.match.inside import has_own, inside, may_be_inside, one_way
from dedup.model import Evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.model import Document, DocumentInfo
    from dedup.replacement import Filled
    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What a scan knows of two documents; ``whole`` is the evidence with nothing set aside.

    ``filled`` is what a template or version fills in otherwise, as in a pair.
    """

    a: DocumentInfo
    b: DocumentInfo
    compared: Evidence
    whole: Evidence
    filled: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gathered:
    a: DocumentInfo
    b: DocumentInfo
    evidence: Evidence
    sets: tuple[NDArray[np.uint64], NDArray[np.uint64]]


def gather_pair(a: Document, b: Document, settings: Settings) -> PairEvidence:
    """Sketch two documents and count what they share; texts without words share nothing."""
    found = _gather(a, b, settings)
    texts, infos = (a.text, b.text), [found.a, found.b]
    evidence = _with_wholes(texts, found, settings)
    evidence, filled = _with_words(texts, infos, evidence, settings)
    whole = evidence
    if any(info.kept != info.whole_kept for info in (found.a, found.b)):
        whole = _gather(a, b, replace(settings, keep_metadata=True)).evidence
    if settings.boilerplate is not None:
        from dedup.engine.shared_parts import with_shared_parts

        infos = with_shared_parts(infos, texts, settings)
    return PairEvidence(infos[0], infos[1], evidence, whole, filled)


def _gather(a: Document, b: Document, settings: Settings) -> _Gathered:
    sketched = BatchSketcher(settings, num_perm=1)([a.text, b.text])
    sketches = sketched.sketches
    infos = [document_info(each, sketched, i, settings) for i, each in enumerate((a, b))]
    titles = [title_hash(info.found) if info.set_aside else 0 for info in infos]
    sets = (sketches.shingle_set(0), sketches.shingle_set(1))
    shared = count_shared(*sets)
    texts = bool(sketches.tokens.all())
    evidence = Evidence(
        equal_text=texts and infos[0].hash == infos[1].hash,
        equal_kept=texts and bool((sketches.whole_hash[0] == sketches.whole_hash[1]).all()),
        equal_body=texts and bool((sketches.compared_hash[0] == sketches.compared_hash[1]).all()),
        titles_differ=all(titles) and titles[0] != titles[1],
        shared=shared,
        only_a=sets[0].size - shared,
        only_b=sets[1].size - shared,
    )
    return _Gathered(infos[0], infos[1], evidence, sets)


def _with_wholes(texts: tuple[str, str], found: _Gathered, settings: Settings) -> Evidence:
    """Look for each text in all of the other, where they are not similar as they are compared."""
    evidence, infos = found.evidence, (found.a, found.b)
    if settings.keep_metadata or evidence.equal_kept or evidence.equal_body:
        return evidence
    counts = np.array([[evidence.shared, evidence.only_a, evidence.only_b]], dtype=np.int64)
    aside = np.array([[info.whole_kept - info.kept for info in infos]], dtype=np.int64)
    [may] = may_be_inside(counts, aside, settings)
    if not may.any():
        return evidence
    from dedup.sketch.wholes import all_shingles, own_shingles

    wholes = [each for each, _ in all_shingles(texts, settings)]
    own = [each for each, _ in own_shingles(texts, settings)]
    first, second = (
        inside(found.sets[way], wholes[1 - way], settings)
        if may[way] and has_own(own[way], wholes[1 - way], settings)
        else None
        for way in (0, 1)
    )
    counts_inside = one_way(first, second)
    if counts_inside is None:
        return evidence
    shared, only_a, only_b = counts_inside
    return replace(evidence, shared=shared, only_a=only_a, only_b=only_b)


def _with_words(
    texts: tuple[str, str], infos: list[DocumentInfo], evidence: Evidence, settings: Settings
) -> tuple[Evidence, tuple[Filled, ...]]:
    """Compare the words of texts that are similar, and not equal."""
    if evidence.equal_text or evidence.equal_kept or evidence.equal_body or not evidence.shared:
        return evidence, ()
    near = margin(evidence, settings) >= 0
    if not near and not is_contained(evidence, settings):
        return evidence, ()
    from dedup.engine.forms import Forms
    from dedup.match.replacing import compare_forms

    make = Forms(settings)
    forms = [make(text, info.found) for text, info in zip(texts, infos, strict=True)]
    replaced, filled = compare_forms(forms[0], forms[1], near=near)
    return replace(evidence, replaced=replaced), filled
