"""Which matches are accepted already, and what an update of the baseline makes of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from dedup.app.baseline_file import Baseline
from dedup.checked import AcceptedCopies, AcceptedPair, CheckedDocument, CheckedMatch, Verdict
from dedup.match.consequences import consequences

if TYPE_CHECKING:
    from dedup.app.allow import Allowed
    from dedup.model import Pair
    from dedup.settings import Settings

#: What a document's compared text was in the version before, by id; None where there was none.
Before = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Contents:
    """The compared texts of all documents as hashes: by id, and how many documents have each."""

    of: Mapping[str, str]
    documents: Mapping[str, int]


class Acceptance:
    """Says of each pair whether it is new, and what that leads to."""

    def __init__(
        self,
        settings: Settings,
        contents: Contents,
        baseline: Baseline,
        *,
        allowed: Allowed,
        before: Before,
    ) -> None:
        self._consequences = consequences(settings)
        self._contents = contents
        self._baseline = baseline
        self._allowed = allowed
        self._before = before

    def document(
        self, doc_id: str, pairs: Iterable[Pair], paths: Mapping[str, str]
    ) -> CheckedDocument:
        """Return a checked document with its matches: what fails first, the most similar first."""
        matches = [self._match(pair, paths) for pair in pairs]
        order = list(Verdict)
        matches.sort(
            key=lambda m: (
                order.index(m.verdict),
                -m.pair.evidence.exact_similarity,
                -m.pair.containment[0],
                m.pair.b,
            )
        )
        return CheckedDocument(doc_id, tuple(matches))

    def _match(self, pair: Pair, paths: Mapping[str, str]) -> CheckedMatch:
        rule = self._allowed.rule(paths[pair.a], paths[pair.b])
        if rule is not None:
            return CheckedMatch(pair, Verdict.ALLOWED, rule.reason)
        a, b = self._contents.of[pair.a], self._contents.of[pair.b]
        reason = self._accepted(a, b)
        if reason is not None:
            return CheckedMatch(pair, Verdict.ACCEPTED, reason)
        reason = self._carried(pair, a, b)
        if reason is not None:
            return CheckedMatch(pair, Verdict.CARRIED, reason)
        fails = self._consequences[pair.relation].check == "fail"
        return CheckedMatch(pair, Verdict.FAILS if fails else Verdict.WARNS)

    def _accepted(self, a: str, b: str) -> str | None:
        if a != b:
            return self._baseline.pair(a, b)
        documents, reason = self._baseline.copies.get(a, (1, ""))
        return reason if self._contents.documents[a] <= documents else None

    def _carried(self, pair: Pair, a: str, b: str) -> str | None:
        """Return the reason for which the pair was accepted as it was before, or None."""
        if not len(self._baseline):
            return None
        were = [
            [now, *filter(None, [self._before(doc_id)])]
            for doc_id, now in ((pair.a, a), (pair.b, b))
        ]
        for one, other in product(*were):
            if (one, other) == (a, b):
                continue
            if one != other:
                reason = self._baseline.pair(one, other)
            else:
                documents, reason = self._baseline.copies.get(one, (1, None))
                # those that still are what they were, and this one
                still = self._contents.documents.get(one, 0) + 1
                reason = reason if still <= documents else None
            if reason is not None:
                return reason
        return None


def updated(
    baseline: Baseline,
    contents: Contents,
    documents: Iterable[CheckedDocument],
    reason: str,
    *,
    prune: bool = True,
) -> Baseline:
    """Return the baseline with what is new accepted, and to ``prune`` it, without the stale."""
    stale = set(stale_entries(baseline, contents)) if prune else set()
    pairs = {
        (entry.a, entry.b): entry.reason
        for entry in baseline.entries()
        if isinstance(entry, AcceptedPair) and entry not in stale
    }
    copies = {
        content: (min(accepted, contents.documents.get(content, 0)) if prune else accepted, why)
        for content, (accepted, why) in baseline.copies.items()
    }
    for match in (m for each in documents for m in each.matches):
        if not (match.verdict.is_new or match.verdict is Verdict.CARRIED):
            continue
        a, b = contents.of[match.pair.a], contents.of[match.pair.b]
        why = match.reason or reason
        if a != b:
            ids = (min(a, b), max(a, b))
            pairs[ids] = pairs.get(ids) or why
        else:
            copies[a] = (contents.documents[a], copies.get(a, (0, ""))[1] or why)
    kept = {content: found for content, found in copies.items() if found[0] > 1}
    return Baseline(pairs, kept)


def stale_entries(baseline: Baseline, contents: Contents) -> list[AcceptedPair | AcceptedCopies]:
    """Return the lines that accept more than there is: pairs without both, copies gone."""
    stale: list[AcceptedPair | AcceptedCopies] = []
    for entry in baseline.entries():
        if isinstance(entry, AcceptedPair):
            if not (contents.documents.get(entry.a) and contents.documents.get(entry.b)):
                stale.append(entry)
        elif contents.documents.get(entry.content, 0) < entry.documents:
            stale.append(entry)
    return stale
