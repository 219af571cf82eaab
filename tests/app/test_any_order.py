"""A scan with every relation in it gives one result for any order, workers and batches."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import dedup
from dedup import Relation
from dedup.engine import again, held, inside, local, store
from dedup.report import render

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = ("contained", "parts", "relations")
CHARACTERS = [chr(each) for each in range(0x4E00, 0x5C00)]
NOTICE = [
    "本刊物所载全部文字图片的著作权均归编辑部所有，未经书面许可任何单位和个人不得转载摘编。",
    "投稿请寄编辑部邮箱，来稿文责自负，编辑部有权删改，三个月内未接到采用通知可自行处理。",
    "本刊常年法律顾问由本市律师事务所担任，广告刊登请与发行部门联系，不接受电话咨询事宜。",
]


def prose(rng: random.Random, sentences: int) -> str:
    return "".join("".join(rng.choices(CHARACTERS, k=24)) + "。" for _ in range(sentences))


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """Return the texts of all cases, and articles behind a notice that is learned."""
    found = {
        path.relative_to(CASES).as_posix(): path.read_text("utf-8")
        for folder in FOLDERS
        for path in sorted((CASES / folder).rglob("*.txt"))
    }
    rng = random.Random(1)
    for at in range(30):
        found[f"issue{at:02}"] = "\n".join([*NOTICE, prose(rng, 30)])
    found["issue03, cut off"] = found["issue03"][: sum(map(len, NOTICE)) + 48]
    found["issue04 again"] = found["issue04"]
    found["issue05, other marks"] = found["issue05"].replace("，", ",")
    found["issue06, dated"] = f"发布时间：2026-03-18 09:15 来源：河畔新闻网\n{found['issue06']}"
    return list(found.items())


def told(given: object, **options: object) -> str:
    """Return all that a scan says, as a file of its result would hold it."""
    return "".join(render(dedup.scan(given, borderline=20, **options), "jsonl"))


@pytest.fixture(scope="module")
def expected(texts: list[tuple[str, str]]) -> str:
    return told(dict(texts), jobs=1)


def test_every_relation_is_among_them(texts: list[tuple[str, str]]) -> None:
    result = dedup.scan(dict(texts), borderline=20)
    relations = dict(result.summary.relations)
    assert {str(each) for each in Relation} - {*relations} <= {"contains", "contained"}
    assert "contains" in relations or "contained" in relations
    assert result.settings.boilerplate
    assert result.families
    assert result.parts
    assert result.borderline
    pairs = {(pair.a, pair.b): pair.relation for pair in result.pairs}
    assert pairs["issue03", "issue03, cut off"] is Relation.CONTAINS


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("batch", [1, 7])
def test_order_workers_and_batches(
    texts: list[tuple[str, str]],
    expected: str,
    jobs: int,
    batch: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shuffled = random.Random(2).sample(texts, len(texts))
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", batch)
    assert told(dict(shuffled), jobs=jobs) == expected
    assert told(iter(shuffled), jobs=jobs) == expected


def test_room(texts: list[tuple[str, str]], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "HELD", 1000)
    monkeypatch.setattr(again, "IN_MEMORY", 1000)
    monkeypatch.setattr(inside, "_TOGETHER", 100)
    monkeypatch.setattr(store, "IN_MEMORY", 1000)
    assert told(dict(texts), jobs=2) == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_and_records(texts: list[tuple[str, str]], jobs: int, tmp_path: Path) -> None:
    """One file of records, or several in any order of their lines; ids are those of the records."""

    def scanned(parts: list[list[tuple[str, str]]], name: str) -> list[object]:
        folder = tmp_path / name
        folder.mkdir()
        for at, part in enumerate(parts):
            rows = [json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in part]
            (folder / f"{at}.jsonl").write_text("\n".join(rows), encoding="utf-8")
        result = dedup.scan(folder, jobs=jobs)
        return [
            [(p.a, p.b, p.relation, p.evidence, p.filled) for p in result.pairs],
            [(c.id, c.keep, [pair.a for pair in c.drop]) for c in result.clusters],
            [(f.members, f.pairs) for f in result.families],
            result.parts,
            result.settings.fingerprint(),
        ]

    shuffled = random.Random(3).sample(texts, len(texts))
    cut = [shuffled[:20], shuffled[20:25], shuffled[25:]]
    assert scanned(cut, "three") == scanned([texts], "one")
