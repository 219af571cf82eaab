"""``json``: written record by record, and what the whole object at once would be."""

from __future__ import annotations

import json
from typing import Any

import pytest

import dedup
from dedup.report import json_
from dedup.report.sequence import records

NAMES = ("clusters", "families", "pairs", "borderline", "shared", "parts", "documents", "skipped")
TYPES = ("cluster", "family", "pair", "borderline", "shared", "parts", "document", "skip")
KINDS = dict(zip(TYPES, NAMES, strict=True))


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"a": ""},
        {"a": "只有一篇"},
        {"a": "同一篇文章\n两次", "b": "同一篇文章两次", "c": "另一篇\u2028文章", "d": "！"},
    ],
)
@pytest.mark.parametrize("borderline", [0, 3])
def test_it_is_what_the_whole_object_would_be(texts: dict[str, str], borderline: int) -> None:
    result = dedup.scan(texts, borderline=borderline)
    whole: dict[str, Any] = {"run": None, **{name: [] for name in NAMES}, "summary": None}
    for record in records(result):
        kind = str(record.pop("type"))
        if kind in KINDS:
            whole[KINDS[kind]].append(record)
        else:
            whole[kind] = record
    expected = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    assert "".join(json_.pieces(result)) == expected


def test_it_comes_in_pieces() -> None:
    result = dedup.scan({str(at): f"第{at}篇，{chr(0x4E00 + 7 * at) * 9}" for at in range(50)})
    assert max(map(len, json_.pieces(result))) < 3000
