"""The local engine: batches, workers, and what a sketched corpus holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dedup import Document, Settings
from dedup.engine import local
from dedup.engine.local import sketch_documents
from dedup.engine.pair import gather_pair
from dedup.sketch.batch import SketchBatch
from dedup.source.readers import text_hash, unread

TEXTS = [f"第{n}号公告：本市今日气温{n}度，风力{n % 7}级，请注意安全。" for n in range(40)]
DOCUMENTS = [Document(f"{n:02}", text) for n, text in enumerate(TEXTS)]


def columns(batch: SketchBatch) -> list[list[object]]:
    return [getattr(batch, name).tolist() for name in SketchBatch.__slots__]


def sketched(**values: object) -> SketchBatch:
    settings = Settings(**values)
    batches = list(sketch_documents(DOCUMENTS, settings, 16))
    assert [d for batch, _ in batches for d in batch] == DOCUMENTS
    return SketchBatch.concatenate([found.sketches for _, found in batches], 16)


@pytest.mark.parametrize("size", [1, 3, 39, 40, 1000])
@pytest.mark.parametrize("jobs", [1, 2])
def test_batches_and_workers_change_nothing(
    size: int, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = columns(sketched(jobs=1))
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", size)
    assert columns(sketched(jobs=jobs)) == expected


def test_a_batch_is_full_by_characters_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BATCH_CHARACTERS", 100)
    sizes = [len(batch) for batch, _ in sketch_documents(DOCUMENTS, Settings(jobs=1), 16)]
    assert max(sizes) < 6
    assert sum(sizes) == 40


def test_documents_are_read_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 1)
    asked: list[str] = []

    def documents() -> object:
        for document in DOCUMENTS:
            asked.append(document.id)
            yield document

    stream = sketch_documents(documents(), Settings(jobs=2), 16)
    next(stream)
    assert len(asked) <= 6
    stream.close()


def test_an_error_in_the_source_comes_through() -> None:
    def documents() -> object:
        yield from DOCUMENTS
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(sketch_documents(documents(), Settings(jobs=2), 16))


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_read_files(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 7)
    for document in DOCUMENTS:
        (tmp_path / f"{document.id}.txt").write_text(document.text, encoding="utf-8")
    (tmp_path / "05.txt").write_bytes(b"%PDF-1.4")
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    batches = list(sketch_documents(map(unread, paths), Settings(jobs=jobs), 16))
    texts = [document.text for batch, _ in batches for document in batch]
    assert texts == [text for number, text in enumerate(TEXTS) if number != 5]
    assert [len(batch) for batch, _ in batches] == [6, 7, 7, 7, 7, 5]
    skipped = [skip for _, found in batches for skip in found.skipped]
    assert [(skip.path, skip.reason) for skip in skipped] == [(paths[5], "binary")]
    hashes = [each.tobytes().hex() for _, found in batches for each in found.hashes]
    assert hashes == [text_hash(text) for text in texts]


@pytest.mark.parametrize("before", [5e-3, 1e-4])
def test_workers_take_turns_while_they_work_and_no_longer(
    before: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 1)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(before)
    try:
        batches = sketch_documents(DOCUMENTS, Settings(jobs=2), 16)
        next(batches)
        assert sys.getswitchinterval() == pytest.approx(min(before, 1e-3))
        batches.close()
        assert sys.getswitchinterval() == pytest.approx(before)
        list(sketch_documents(DOCUMENTS, Settings(jobs=1), 16))
        assert sys.getswitchinterval() == pytest.approx(before)
    finally:
        sys.setswitchinterval(usual)


def test_what_is_not_read_yet_fills_a_batch_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "BATCH_CHARACTERS", 100)
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("春" * 60, encoding="utf-8")
    files = [unread(str(path)) for path in sorted(tmp_path.iterdir())]
    assert [len(batch) for batch, _ in sketch_documents(files, Settings(jobs=1), 16)] == [2, 2, 2]


def test_a_file_that_vanishes_before_it_is_read_is_skipped(tmp_path: Path) -> None:
    files = [unread(str(tmp_path / "gone.txt"))]
    [(documents, found)] = sketch_documents(files, Settings(), 16)
    assert documents == []
    assert [skip.reason for skip in found.skipped] == ["vanished"]


def test_rows_can_be_taken_in_any_order() -> None:
    batch = sketched()
    rows = np.array([5, 0, 39, 5])
    taken = batch.take(rows)
    for new, old in enumerate(rows.tolist()):
        assert taken.shingle_set(new).tolist() == batch.shingle_set(old).tolist()
        assert taken.signatures[new].tolist() == batch.signatures[old].tolist()
    assert len(batch.take(rows[:0])) == 0


def test_batches_are_joined_in_any_order() -> None:
    whole = sketched()
    parts = [whole.take(np.arange(0, 15)), whole.take(np.arange(15, 40))]
    assert columns(SketchBatch.concatenate(parts, 16)) == columns(whole)
    rows = np.array([39, 0, 14, 15, 0])
    assert columns(SketchBatch.concatenate(parts, 16, rows)) == columns(whole.take(rows))
    assert len(SketchBatch.concatenate(parts, 16, rows[:0])) == 0


def test_a_pair_alone_is_what_a_scan_finds(seeds: Path) -> None:
    a, b = (
        Document(path.name, path.read_text(encoding="utf-8"))
        for path in sorted(seeds.glob("*.txt"))
    )
    found = gather_pair(a, b, Settings())
    assert found.compared.equal_body
    assert not found.compared.equal_kept
    assert found.a.set_aside
    assert found.b.set_aside
    assert 0.96 <= found.whole.similarity <= 0.97
    void = gather_pair(Document("a", "！"), Document("b", "？"), Settings())
    assert not (void.compared.equal_body)
    assert not (void.compared.equal_kept)


@pytest.mark.parametrize("kernel", ["", "reference"], ids=["default", "reference"])
def test_a_script_without_a_guard_can_scan(tmp_path: Path, kernel: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import dedup\n"
        "texts = {str(n): f'第{n}号公告：请注意安全。' * 300 for n in range(300)}\n"
        "print(len(dedup.scan(texts).documents))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "DEDUP_KERNEL": kernel},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("300\n", "")


def test_a_script_that_must_be_guarded_is_told(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import dedup\n"
        "texts = {str(n): f'第{n}号公告：请注意安全。' * 300 for n in range(300)}\n"
        "dedup.scan(texts, jobs=2)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "DEDUP_KERNEL": "reference"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "UsageError: a worker process could not start" in done.stderr
