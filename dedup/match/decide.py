"""The decision: which relation the evidence of a pair establishes, the same in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Relation

if TYPE_CHECKING:
    from dedup.model import Evidence
    from dedup.settings import Settings


def decide(evidence: Evidence, settings: Settings) -> Relation | None:
    """Return the first relation that holds, or None; pure, and on integers alone."""
    if evidence.equal_text:
        return Relation.IDENTICAL
    if evidence.equal_kept:
        return Relation.SAME_TEXT
    if evidence.equal_body:
        return Relation.SAME_BODY
    if evidence.shared and evidence.exact_similarity >= settings.exact_threshold:
        return Relation.NEAR
    return None
