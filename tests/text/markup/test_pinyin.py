"""Syllables of pinyin."""

from __future__ import annotations

import pytest

from dedup.text.markup.pinyin import _syllables, syllables


def test_the_table_has_all_syllables_of_the_standard() -> None:
    table = _syllables()
    assert {"zhuang", "er", "nüe", "lü", "jiong", "yuan", "weng", "shuang"} <= table
    assert not table & {"bong", "gi", "vu", "ki", "the", "fi", "jo"}
    assert 395 <= len(table) <= 420


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chūn", (1, 1)),
        ("chun", (1, 0)),
        ("Běijīng", (2, 2)),
        ("Xī'ān", (2, 2)),
        ("māma", (2, 1)),
        ("lǜ", (1, 1)),
        ("lv", (1, 0)),
        ("nu:", (1, 0)),
        ("huār", (1, 1)),
        ("shū-fǎ", (2, 2)),
        ("bug", None),
        ("café", None),
        ("Hélène", (3, 2)),
        ("", None),
        ("'", None),
        ("mááá", (1 + 2, 3)),
        ("xyz", None),
    ],
)
def test_syllables(text: str, expected: tuple[int, int] | None) -> None:
    assert syllables(text) == expected
