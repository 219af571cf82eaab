"""A folder of work: what is taken over, what is done again, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpora import json_lines, records

from dedup.app.scan import scan_paths
from dedup.app.work import Wanted, work_for
from dedup.engine import workdir
from dedup.engine.journal import Done, Journal
from dedup.errors import FormatError, OutputError, UsageError
from dedup.messages import message
from dedup.model import ScanResult, Skipped
from dedup.report.jsonl import pieces
from dedup.settings import Settings
from dedup.source.reading import Reading

WORK = Path("work")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    found = records(40)
    (tmp_path / "in").mkdir()
    for at in range(4):
        (tmp_path / "in" / f"{at}.jsonl").write_bytes(json_lines(found[at::4]) + b"{bad\n{}\n")
    (tmp_path / "in" / "a.txt").write_text(found[0]["text"] + "。", encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    return tmp_path / "in"


def run(*, resume: bool = False, path: str = "in", **settings: Any) -> tuple[ScanResult, int]:
    chosen, reading = Settings().with_values(**settings), Reading(text_fields=("text",))
    work = work_for(Wanted(work_dir=WORK, resume=resume), [path], chosen, reading)
    result = scan_paths([path], chosen, reading=reading, work=work)
    assert work.store is not None
    return result, work.store.reused


def said(result: ScanResult) -> list[str]:
    return list(pieces(result))


def plain(**settings: Any) -> list[str]:
    reading = Reading(text_fields=("text",))
    return said(scan_paths(["in"], Settings().with_values(**settings), reading=reading))


@pytest.fixture
def sketched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the shards that are sketched from now on."""
    names: list[str] = []
    real = workdir.WorkDir.finish

    def finish(self: workdir.WorkDir, number: int, skipped: list[Skipped]) -> None:
        names.append(self._shards[number].name)
        real(self, number, skipped)

    monkeypatch.setattr(workdir.WorkDir, "finish", finish)
    return names


def test_nothing_is_sketched_twice_and_nothing_is_lost(corpus: Path, sketched: list[str]) -> None:
    expected = plain()
    first, reused = run()
    assert (said(first), reused, len(sketched)) == (expected, 0, 5)
    second, reused = run(resume=True)
    assert (said(second), reused, len(sketched)) == (expected, 5, 5)
    assert len(second.skipped) == 9


def test_what_is_new_or_changed_is_sketched(corpus: Path, sketched: list[str]) -> None:
    run()
    sketched.clear()
    (corpus / "0a.jsonl").write_bytes(json_lines(records(50)[-5:]).replace(b'"r', b'"s'))
    raw = (corpus / "2.jsonl").read_bytes()
    (corpus / "2.jsonl").write_bytes(raw.replace(b"{bad\n", b""))
    (corpus / "3.jsonl").unlink()
    result, reused = run(resume=True)
    assert (sketched, reused) == (["in/0a.jsonl", "in/2.jsonl"], 3)
    assert said(result) == plain()
    sketched.clear()
    assert run(resume=True)[1] == 5
    assert not sketched


def test_other_keep_policies_take_the_work_over(corpus: Path, sketched: list[str]) -> None:
    run()
    result, reused = run(resume=True, keep="first", jobs=1)
    assert reused == 5
    assert said(result) == plain(keep="first")


def test_other_settings_are_refused_by_name(corpus: Path) -> None:
    run()
    with pytest.raises(UsageError, match=r"other settings: threshold 0\.5 ≠ 0\.6$"):
        run(resume=True, threshold=0.6)


def test_work_is_not_mixed_up_without_being_asked_for(corpus: Path) -> None:
    run()
    before = sorted(WORK.iterdir())
    with pytest.raises(OutputError, match="earlier run") as caught:
        run()
    assert "--resume" in str(caught.value.hint)
    assert sorted(WORK.iterdir()) == before


def test_a_folder_of_something_else_is_refused(corpus: Path) -> None:
    WORK.mkdir()
    (WORK / "thesis.txt").write_bytes(b"")
    for resume in (False, True):
        with pytest.raises(OutputError, match="no work of dedup"):
            run(resume=resume)


def test_two_runs_do_not_share_a_folder(corpus: Path) -> None:
    reading = Reading(text_fields=("text",))
    store = work_for(Wanted(work_dir=WORK), ["in"], Settings(), reading).store
    assert store is not None
    with store, pytest.raises(OutputError, match="another run is at work"):
        run(resume=True)
    run(resume=True)


def test_resume_begins_where_there_is_nothing_yet(corpus: Path) -> None:
    assert run(resume=True)[1] == 0
    assert run(resume=True)[1] == 5


def test_what_was_interrupted_is_cleared_away(corpus: Path, sketched: list[str]) -> None:
    run()
    journal = WORK / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:2]) + lines[2][:40])
    (WORK / "000077.segment.partial").write_bytes(b"DEDUP")
    (WORK / "000078.segment").write_bytes(b"DEDUP")
    sketched.clear()
    result, reused = run(resume=True)
    assert (reused, len(sketched)) == (2, 3)
    assert said(result) == plain()
    assert not list(WORK.glob("*.partial"))
    listed = {name for done in Journal(journal).read() for name in done.segments}
    assert {path.name for path in WORK.glob("*.segment")} == listed


def test_a_damaged_segment_is_made_anew(corpus: Path, sketched: list[str]) -> None:
    run()
    path = max(WORK.glob("*.segment"), key=lambda each: each.stat().st_size)
    raw = bytearray(path.read_bytes())
    raw[-200] ^= 1
    path.write_bytes(raw)
    sketched.clear()
    result, reused = run(resume=True)
    assert (reused, len(sketched)) == (4, 1)
    assert said(result) == plain()


def test_a_header_of_another_format(corpus: Path) -> None:
    run()
    header = json.loads((WORK / "run.json").read_bytes())
    (WORK / "run.json").write_text(json.dumps({**header, "format": 99}), encoding="utf-8")
    with pytest.raises(FormatError, match="has format 99"):
        run(resume=True)
    (WORK / "run.json").write_bytes(b"{")
    with pytest.raises(FormatError, match="is damaged"):
        run(resume=True)


def test_what_may_have_passed_is_tried_again(
    corpus: Path, sketched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workdir, "_MAY_PASS", frozenset({"empty"}))
    run()
    sketched.clear()
    assert run(resume=True)[1] == 4
    assert sketched == ["files"]


def test_a_file_that_changes_while_it_is_sketched_is_not_done(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = workdir.write_segment

    def write(path: Path, *rest: Any) -> None:
        real(path, *rest)
        if path.name == "000002.segment":
            with (corpus / "1.jsonl").open("ab") as file:
                file.write(b"\n")

    monkeypatch.setattr(workdir, "write_segment", write)
    run()
    assert "in/1.jsonl" not in {done.shard for done in Journal(WORK / "journal.jsonl").read()}
    monkeypatch.undo()
    monkeypatch.chdir(corpus.parent)
    result, reused = run(resume=True)
    assert reused == 4
    assert said(result) == plain()


@pytest.mark.parametrize("at", range(6))
def test_a_disk_full_at_any_segment_or_line(
    corpus: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    real = Path.open

    def opened(path: Path, *rest: Any, **options: Any) -> Any:
        nonlocal calls
        if rest and rest[0] in {"wb", "ab"}:
            calls += 1
            if calls == 2 * at + 1:
                raise OSError(28, "No space left on device", str(path))
        return real(path, *rest, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", opened)
        if at < 5:
            with pytest.raises(OutputError, match="No space left"):
                run()
        else:
            run()
    result, reused = run(resume=True)
    assert reused == at
    assert said(result) == plain()


def test_the_journal_gives_back_what_it_got(tmp_path: Path) -> None:
    detail = message("a {b}", b=message("c {d}", d=3))
    skipped = Skipped("x\udcff:1", "x\udcff", "not-json", detail, error=True, place=7)
    done = Done("x\udcff", "1-2", ("000001.segment",), 5, (skipped,))
    journal = Journal(tmp_path / "journal")
    assert journal.read() == []
    journal.add(done)
    journal.add(done)
    assert journal.read() == [done, done]
    journal.rewrite([done])
    assert journal.read() == [done]
    assert str(journal.read()[0].skipped[0].detail) == "a c 3"
