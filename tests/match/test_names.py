"""Names in titles: when two texts of one form are about two things."""

from __future__ import annotations

import pytest

from dedup.match.names import own_names, speak_of_others

PLACES = frozenset(["济南", "青岛", "北京", "王伟"])


@pytest.mark.parametrize(
    ("a", "b", "own"),
    [
        (["济南", "养犬", "规定"], ["青岛", "养犬", "规定"], (["济南"], ["青岛"])),
        (["济南市", "规定"], ["青岛市", "办法"], (["济南市"], ["青岛市"])),
        (["规定"], ["青岛", "规定"], ([], [])),
        (["济南", "规定"], ["济南", "办法"], ([], [])),
        (["养犬", "规定"], ["养猫", "办法"], ([], [])),
        (["get", "item"], ["set", "item"], (["get"], ["set"])),
        (["get", "item"], ["get", "item", "5"], ([], [])),
        (["get", "说明"], ["set", "说明"], ([], [])),
        ([], ["青岛"], ([], [])),
        ([], [], ([], [])),
    ],
)
def test_own_names(a: list[str], b: list[str], own: tuple[list[str], list[str]]) -> None:
    assert own_names(a, b, PLACES.__contains__) == own
    assert own_names(b, a, PLACES.__contains__) == own[::-1]


@pytest.mark.parametrize(
    ("in_a", "in_b", "others"),
    [
        ({"济南": 4, "青岛": 0}, {"济南": 0, "青岛": 3}, True),
        ({"济南": 4, "青岛": 2}, {"济南": 1, "青岛": 5}, True),
        ({"济南": 4, "青岛": 1}, {"济南": 3, "青岛": 2}, False),  # both of Jinan
        ({"济南": 1, "青岛": 0}, {"济南": 0, "青岛": 1}, False),  # in the titles alone
        ({"济南": 4, "青岛": 0}, {"济南": 0, "青岛": 1}, False),
    ],
)
def test_each_speaks_of_its_own(in_a: dict[str, int], in_b: dict[str, int], others: bool) -> None:
    assert speak_of_others((["济南"], ["青岛"]), in_a, in_b) == others
    assert speak_of_others((["青岛"], ["济南"]), in_b, in_a) == others


def test_without_names_nothing_is_told() -> None:
    assert not speak_of_others(([], []), {}, {})
