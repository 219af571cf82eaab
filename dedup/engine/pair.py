"""Evidence for two documents alone, as a scan of them would compute it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedup.engine.corpus import document_info, folded_title
from dedup.engine.local import BatchSketcher
from dedup.match.evidence import count_shared
from dedup.model import Evidence

if TYPE_CHECKING:
    from dedup.model import Document, DocumentInfo
    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What a scan knows of two documents; ``whole`` is the evidence with nothing set aside."""

    a: DocumentInfo
    b: DocumentInfo
    compared: Evidence
    whole: Evidence


def gather_pair(a: Document, b: Document, settings: Settings) -> PairEvidence:
    """Sketch two documents and count what they share; texts without words share nothing."""
    info_a, info_b, compared = _gather(a, b, settings)
    if not (info_a.set_aside or info_b.set_aside):
        return PairEvidence(info_a, info_b, compared, compared)
    whole = _gather(a, b, replace(settings, keep_metadata=True))[2]
    return PairEvidence(info_a, info_b, compared, whole)


def _gather(
    a: Document, b: Document, settings: Settings
) -> tuple[DocumentInfo, DocumentInfo, Evidence]:
    sketched = BatchSketcher(settings, num_perm=1)([a.text, b.text])
    sketches = sketched.sketches
    infos = [document_info(each, sketched, i, settings) for i, each in enumerate((a, b))]
    titles = [folded_title(info) for info in infos]
    sets = [sketches.shingle_set(0), sketches.shingle_set(1)]
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
    return infos[0], infos[1], evidence
