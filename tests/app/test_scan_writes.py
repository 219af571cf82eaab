"""The library writes what it read anew, and goes on with work that was kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import dedup
from dedup.errors import OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
OTHER = "昨日下午，城北的旧书店搬到了河边，老板说新铺面多了一间阅览室，每天开放到晚上九点。" * 3


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    rows = [{"id": "a", "text": BODY}, {"id": "b", "text": OTHER}, {"id": "c", "text": BODY}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, "no json", ""]), encoding="utf-8")
    return path


def test_what_stays_what_goes_and_what_was_no_record(corpus: Path, tmp_path: Path) -> None:
    kept, dropped, rejected = (tmp_path / name for name in ("kept", "dropped", "rejected"))
    result = dedup.scan(corpus, write_kept=kept, write_dropped=dropped, write_rejected=rejected)
    [written] = result.summary.written
    assert (written.read, written.kept, written.dropped, written.rejected) == (4, 2, 1, 1)
    lines = corpus.read_bytes().splitlines(keepends=True)
    assert (kept / "a.jsonl").read_bytes() == b"".join(lines[:2])
    gone = json.loads((dropped / "a.jsonl").read_text(encoding="utf-8"))
    assert (gone["id"], gone["duplicate_of"]) == ("c", "a")
    assert list(rejected.iterdir())
    with pytest.raises(OutputError):
        dedup.scan(corpus, write_kept=kept)


def test_work_is_gone_on_with(corpus: Path, tmp_path: Path) -> None:
    first = dedup.scan(corpus, work_dir=tmp_path / "work")
    again = dedup.scan(corpus.parent, work_dir=tmp_path / "work", resume=True)
    assert [c.members for c in again.clusters] == [c.members for c in first.clusters]
    with pytest.raises(UsageError, match="nothing to resume"):
        dedup.scan(corpus, resume=True)


@pytest.mark.parametrize("option", ["write_kept", "write_dropped", "write_rejected", "work_dir"])
def test_texts_in_memory_are_not_written(option: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only files"):
        dedup.scan([BODY, BODY], **{option: tmp_path / "x"})
    assert not (tmp_path / "x").exists()


def test_the_input_is_not_written_over(corpus: Path) -> None:
    before = corpus.read_bytes()
    with pytest.raises((OutputError, UsageError)):
        dedup.scan(corpus, write_kept=corpus.parent)
    assert corpus.read_bytes() == before
