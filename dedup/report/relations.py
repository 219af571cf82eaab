"""Relations in words."""

from __future__ import annotations

from dedup.messages import Message, message
from dedup.model import Relation


def relation_name(relation: Relation | None) -> Message:  # noqa: PLR0911  one return a relation
    """Return the name of a relation; English shows the word that the machine formats use."""
    match relation:
        case Relation.IDENTICAL:
            return message("identical")
        case Relation.SAME_TEXT:
            return message("same-text")
        case Relation.SAME_BODY:
            return message("same-body")
        case Relation.TEMPLATE:
            return message("template")
        case Relation.VERSION:
            return message("version")
        case Relation.NEAR:
            return message("near")
        case Relation.CONTAINS:
            return message("contains")
        case Relation.CONTAINED:
            return message("contained")
        case None:
            return message("not duplicates")


def relation_meaning(  # noqa: PLR0911  one return a relation
    relation: Relation | None, *, titles_differ: bool = False
) -> Message:
    """Return what a relation says of two documents, as the beginning of a sentence."""
    match relation:
        case Relation.IDENTICAL:
            return message("the texts are identical")
        case Relation.SAME_TEXT:
            return message("the same text: equal in every letter, digit and Han character")
        case Relation.SAME_BODY if titles_differ:
            return message("the same body under different titles")
        case Relation.SAME_BODY:
            return message("the same article")
        case Relation.TEMPLATE:
            return message("the same form about something else")
        case Relation.VERSION:
            return message("the same text, corrected or updated")
        case Relation.NEAR:
            return message("nearly the same text")
        case Relation.CONTAINS:
            return message("the second is part of the first")
        case Relation.CONTAINED:
            return message("the first is part of the second")
        case None:
            return message("different texts")


def dropped_line(  # noqa: PLR0911  one return a relation
    relation: Relation, *, dropped: str, kept: str, similarity: str
) -> Message:
    """Return the one line that says what ``dropped`` duplicates."""
    values = {"dropped": dropped, "kept": kept, "similarity": similarity}
    match relation:
        case Relation.IDENTICAL:
            return message("{dropped}: identical to {kept} ({similarity})", **values)
        case Relation.SAME_TEXT:
            return message("{dropped}: same-text as {kept} ({similarity})", **values)
        case Relation.SAME_BODY:
            return message("{dropped}: same-body as {kept} ({similarity})", **values)
        case Relation.TEMPLATE:
            return message("{dropped}: same template as {kept} ({similarity})", **values)
        case Relation.VERSION:
            return message("{dropped}: version of {kept} ({similarity})", **values)
        case Relation.NEAR:
            return message("{dropped}: near {kept} ({similarity})", **values)
        case Relation.CONTAINED:
            return message("{dropped}: contained in {kept} ({similarity})", **values)
        case Relation.CONTAINS:
            return message("{dropped}: contains {kept} ({similarity})", **values)
