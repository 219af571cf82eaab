"""What a relation leads to: whether a document is dropped for it, and what a gate says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dedup.model import Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class Consequence:
    """Whether one side of a pair may be dropped, and whether ``check`` fails for it or warns.

    Of ``contained`` only the contained side is, and only where it is most of its container or
    ``drop_contained`` is set.
    """

    drop: bool
    check: Literal["fail", "warn"]


_KEPT, _DROPPED = Consequence(False, "warn"), Consequence(True, "fail")
_DEFAULTS: Mapping[str, Consequence] = {
    "template": _KEPT,
    "version": Consequence(False, "fail"),
    "contained": Consequence(True, "warn"),
    "parts": _KEPT,
}


def consequences(settings: Settings) -> dict[Relation, Consequence]:
    """Return what each relation leads to, with what ``settings`` say of it.

    ``contains`` is ``contained`` seen from the other document, and leads to the same.
    """
    found = {relation: _consequence(_name(relation), settings) for relation in Relation}
    if settings.drop_contained:
        drops = Consequence(True, found[Relation.CONTAINED].check)
        found[Relation.CONTAINED] = found[Relation.CONTAINS] = drops
    return found


def _name(relation: Relation) -> str:
    return "contained" if relation is Relation.CONTAINS else relation.value


def _consequence(name: str, settings: Settings) -> Consequence:
    found = _DEFAULTS.get(name, _DROPPED)
    for said in settings.relations:
        match said.removeprefix(f"{name}="):
            case "drop" | "keep" as what:
                found = Consequence(what == "drop", found.check)
            case "fail" | "warn" as what:
                found = Consequence(found.drop, what)
    return found
