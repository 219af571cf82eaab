"""Evidence for two documents alone, as a scan of them would compute it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedup.engine.columns import title_hash
from dedup.engine.info import document_info
from dedup.engine.local import BatchSketcher
from dedup.engine.names import count_names, is_name, title_words
from dedup.match.evidence import count_shared
from dedup.match.names import own_names, speak_of_others
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
    if all(info.kept == info.whole_kept for info in (info_a, info_b)):
        return PairEvidence(info_a, info_b, compared, compared)
    whole = _gather(a, b, replace(settings, keep_metadata=True))[2]
    return PairEvidence(info_a, info_b, compared, whole)


def _gather(
    a: Document, b: Document, settings: Settings
) -> tuple[DocumentInfo, DocumentInfo, Evidence]:
    sketched = BatchSketcher(settings, num_perm=1)([a.text, b.text])
    sketches = sketched.sketches
    infos = [document_info(each, sketched, i, settings) for i, each in enumerate((a, b))]
    titles = [title_hash(info.found) if info.set_aside else 0 for info in infos]
    titles_differ = all(titles) and titles[0] != titles[1]
    sets = [sketches.shingle_set(0), sketches.shingle_set(1)]
    shared = count_shared(*sets)
    texts = bool(sketches.tokens.all())
    evidence = Evidence(
        equal_text=texts and infos[0].hash == infos[1].hash,
        equal_kept=texts and bool((sketches.whole_hash[0] == sketches.whole_hash[1]).all()),
        equal_body=texts and bool((sketches.compared_hash[0] == sketches.compared_hash[1]).all()),
        titles_differ=titles_differ,
        shared=shared,
        only_a=sets[0].size - shared,
        only_b=sets[1].size - shared,
        other_names=titles_differ and _other_names((a.text, b.text), infos, settings.user_dict),
    )
    if settings.boilerplate is not None:
        from dedup.engine.shared_parts import with_shared_parts

        infos = with_shared_parts(infos, (a.text, b.text), settings)
    return infos[0], infos[1], evidence


def _other_names(texts: tuple[str, str], infos: list[DocumentInfo], user_dict: str | None) -> bool:
    titles = [title_words(info.found, user_dict) for info in infos]
    own = own_names(titles[0], titles[1], is_name)
    return bool(own[0]) and speak_of_others(
        own, *(count_names(t, (*own[0], *own[1])) for t in texts)
    )
