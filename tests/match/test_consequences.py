"""What relations lead to, by default and by name."""

from __future__ import annotations

import pytest

from dedup.errors import SettingsError
from dedup.match.consequences import Consequence, consequences
from dedup.model import Relation
from dedup.settings import RELATION_NAMES, Settings

EQUAL = [Relation.IDENTICAL, Relation.SAME_TEXT, Relation.SAME_BODY]
DROPPED = {
    Relation.IDENTICAL,
    Relation.SAME_TEXT,
    Relation.SAME_BODY,
    Relation.NEAR,
    Relation.CONTAINS,
    Relation.CONTAINED,
}
FAIL = {
    Relation.IDENTICAL,
    Relation.SAME_TEXT,
    Relation.SAME_BODY,
    Relation.NEAR,
    Relation.VERSION,
}


def test_by_default() -> None:
    found = consequences(Settings())
    assert set(found) == set(Relation)
    assert {relation for relation, each in found.items() if each.drop} == DROPPED
    assert {relation for relation, each in found.items() if each.check == "fail"} == FAIL


def test_each_relation_can_be_named() -> None:
    names = {relation.value for relation in Relation} - {"contains"}
    assert names <= set(RELATION_NAMES)
    for name in sorted(names):
        for drop in ("drop", "keep"):
            for check in ("fail", "warn"):
                weaker = EQUAL[EQUAL.index(name) + 1 :] if name in EQUAL else []
                kept = [f"{each}=keep" for each in weaker if drop == "keep"]
                said = Settings(relations=(f"{name}={check}", f"{name}={drop}", *kept))
                found = consequences(said)[Relation(name)]
                assert found == Consequence(drop == "drop", check)  # type: ignore[arg-type]
                others = set(Relation) - {Relation(name), Relation(name).converse, *weaker}
                default = consequences(Settings())
                assert all(consequences(said)[each] == default[each] for each in others)


def test_the_last_word_counts_and_the_order_does_not() -> None:
    said = Settings(relations=("near=keep", "version=drop", "near=drop", "near=warn"))
    assert said.relations == ("version=drop", "near=drop", "near=warn")
    assert said == Settings(relations=("near=warn", "near=drop", "version=drop"))


def test_contains_is_contained_seen_from_the_other_side() -> None:
    found = consequences(Settings(relations=("contained=keep",)))
    assert not found[Relation.CONTAINS].drop
    assert not found[Relation.CONTAINED].drop
    found = consequences(Settings(relations=("contained=keep",), drop_contained=True))
    assert found[Relation.CONTAINED].drop


@pytest.mark.parametrize(
    "value",
    [
        ("identical=keep",),
        ("identical=keep", "same-body=keep"),
        ("nearly=drop",),
        ("near=droop",),
        ("near",),
        ("=drop",),
        "near=drop",
        (1,),
        None,
    ],
)
def test_what_is_not_understood(value: object) -> None:
    with pytest.raises(SettingsError):
        Settings().with_values(relations=value)


def test_the_fingerprint_is_of_verdicts() -> None:
    assert Settings(relations=("near=keep",)).fingerprint() == Settings().fingerprint()
