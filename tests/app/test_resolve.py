"""Resolve and undo: nothing is lost, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dedup
from dedup.app.manifest import NAME, read_manifest
from dedup.app.planning import plan_for
from dedup.app.resolve import FOLDER, apply, resume, unfinished
from dedup.app.scan import scan_paths
from dedup.app.undo import undo
from dedup.errors import DedupError, FormatError, OutputError, UsageError
from dedup.settings import Settings
from dedup.source.reading import Reading

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
OTHER = "这座桥长三千米，去年秋天开工，计划明年夏天通车，届时两岸往来只要十分钟。" * 3
CALLS = ("rename", "link", "unlink", "replace")


def make_tree(folder: Path) -> None:
    texts = {
        "a.txt": BODY,
        "deep/er/b.txt": BODY.replace("，", ","),
        "deep/c 空格'.txt": BODY + "尾。",
        "deep/d.txt": OTHER,
        "e.txt": OTHER.replace("三千", "3000"),
        "single.txt": "山中何所有，岭上多白云。只可自怡悦，不堪持赠君。",
    }
    for at, (name, text) in enumerate(texts.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(10**18, 10**18 + at))
    rows = [BODY, OTHER, BODY.replace("。", ". "), "没有别的文章和这一篇相同，它只说海上的风。" * 4]
    lines = [json.dumps({"id": f"r{n}", "text": text}) for n, text in enumerate(rows)]
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.utime(folder / "rows.jsonl", ns=(10**18, 10**18))


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def tree(tmp_path, monkeypatch):
    folder = tmp_path / "tree"
    make_tree(folder)
    monkeypatch.chdir(folder)
    return folder


def scanned():
    return scan_paths(["."], Settings(jobs=1))


def gone(result):
    return {pair.a for cluster in result.clusters for pair in cluster.drop}


def test_a_plan_changes_nothing_and_says_everything(tree):
    before = snapshot(tree)
    result = scanned()
    plan = plan_for(result)
    assert snapshot(tree) == before
    assert {drop.id for step in plan.steps for drop in step.drops} == gone(result)
    assert plan.left == ()
    assert plan.documents == len(gone(result)) >= 4
    assert plan.clusters == len(result.clusters) == 2
    assert [step.path for step in plan.steps] == sorted(step.path for step in plan.steps)


def test_applied_and_undone(tree):
    before = snapshot(tree)
    result = scanned()
    done = apply(plan_for(result), result)
    assert done.left == ()
    assert done.documents == len(gone(result))
    after = snapshot(tree)
    for doc_id in gone(result):
        if not doc_id.startswith("r"):
            assert doc_id not in after
            assert after[f"{FOLDER}/files/{doc_id}"] == before[doc_id]
    assert scan_paths(["."], Settings(jobs=1)).clusters == ()
    assert "manifest" in Path(done.manifest).name
    back = undo(done.manifest)
    assert back.documents == done.documents
    assert snapshot(tree) == before
    assert not (tree / FOLDER).exists()


def test_records_stay_byte_for_byte(tree):
    before = (tree / "rows.jsonl").read_bytes().splitlines(keepends=True)
    result = scanned()
    rows = [pair.a for c in result.clusters for pair in c.drop if pair.a.startswith("r")]
    apply(plan_for(result), result)
    after = (tree / "rows.jsonl").read_bytes().splitlines(keepends=True)
    assert after == [line for n, line in enumerate(before) if f"r{n}" not in rows]
    assert rows


def test_a_changed_file_is_left_alone(tree):
    result = scanned()
    path = next(doc_id for doc_id in sorted(gone(result)) if not doc_id.startswith("r"))
    (tree / path).write_text("现在是别的内容了。", encoding="utf-8")
    plan = plan_for(result)
    assert [(left.id, left.reason) for left in plan.left] == [(path, "changed")]
    apply(plan, result)
    assert (tree / path).read_text(encoding="utf-8") == "现在是别的内容了。"


def test_changed_between_plan_and_move(tree):
    result = scanned()
    plan = plan_for(result)
    step = next(step for step in plan.steps if not step.records)
    (tree / step.path).write_text("后来改过。", encoding="utf-8")
    done = apply(plan, result)
    assert [(left.path, left.reason) for left in done.left] == [(step.path, "changed")]
    assert (tree / step.path).exists()


def test_the_last_copy_stays(tree):
    result = scanned()
    for cluster in result.clusters:
        info = result.documents[cluster.keep]
        (tree / info.path).unlink()
    before = snapshot(tree)
    plan = plan_for(result)
    assert plan.steps == ()
    assert {left.reason for left in plan.left} <= {"kept-gone", "gone"}
    assert snapshot(tree) == before


def test_what_stays_goes_after_the_plan(tree):
    result = scanned()
    plan = plan_for(result)
    kept = {drop.keep_path for step in plan.steps for drop in step.drops}
    for path in kept:
        (tree / path).write_text("没有了。", encoding="utf-8")
    done = apply(plan, result)
    assert done.done == 0
    assert {left.reason for left in done.left} <= {"kept-changed", "changed"}


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_never_through_a_link(tree):
    result = scanned()
    outside = tree.parent / "outside"
    outside.mkdir()
    target = next(i for i in gone(result) if i.startswith("deep/"))
    shutil.move(tree / "deep", outside / "deep")
    (tree / "deep").symlink_to(outside / "deep")
    before = snapshot(outside)
    plan = plan_for(result)
    assert "link" in {left.reason for left in plan.left if left.id == target}
    apply(plan, result)
    assert snapshot(outside) == before


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_file_replaced_by_a_link(tree):
    result = scanned()
    plan = plan_for(result)
    step = next(step for step in plan.steps if not step.records)
    copy = tree.parent / "copy.txt"
    shutil.copy2(tree / step.path, copy)
    (tree / step.path).unlink()
    (tree / step.path).symlink_to(copy)
    done = apply(plan, result)
    assert (step.path, "link") in {(left.path, left.reason) for left in done.left}
    assert copy.exists()
    assert (tree / step.path).is_symlink()


def test_undo_replaces_nothing(tree):
    result = scanned()
    done = apply(plan_for(result), result)
    path = next(i for i in sorted(gone(result)) if not i.startswith("r"))
    (tree / path).parent.mkdir(exist_ok=True, parents=True)
    (tree / path).write_text("新来的。", encoding="utf-8")
    before = snapshot(tree)
    with pytest.raises(OutputError, match="would replace 1 files"):
        undo(done.manifest)
    assert snapshot(tree) == before
    (tree / path).unlink()
    undo(done.manifest)


def test_undo_refuses_where_rewritten_records_changed(tree):
    result = scanned()
    done = apply(plan_for(result), result)
    with (tree / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "new", "text": "新来的一条"}\n')
    with pytest.raises(OutputError, match="would replace"):
        undo(done.manifest)


def test_a_moved_file_that_changed_is_not_put_back(tree):
    result = scanned()
    done = apply(plan_for(result), result)
    moved = next((tree / FOLDER / "files").rglob("*.txt"))
    moved.write_text("动过。", encoding="utf-8")
    with pytest.raises(OutputError, match="have changed"):
        undo(done.manifest)


def test_twice_is_once(tree):
    result = scanned()
    apply(plan_for(result), result)
    before = snapshot(tree)
    again = resume(unfinished(FOLDER, result))
    assert (again.done, again.left) == (0, ())
    assert snapshot(tree) == before


def test_a_folder_of_another_result(tree):
    result = scanned()
    apply(plan_for(result), result)
    with pytest.raises(UsageError, match="another result"):
        unfinished(FOLDER, scan_paths(["seeds" if Path("seeds").exists() else "."], Settings()))


def test_a_folder_that_holds_something_else(tree):
    (tree / "full").mkdir()
    (tree / "full" / "mine.txt").write_text("别动")
    with pytest.raises(UsageError, match="not for this"):
        unfinished("full", scanned())


def test_two_at_once(tree):
    from filelock import FileLock

    result = scanned()
    plan = plan_for(result)
    (tree / FOLDER).mkdir()
    with FileLock(tree / FOLDER / ".lock"), pytest.raises(OutputError, match="another dedup"):
        apply(plan, result)


@pytest.mark.parametrize("cut", [1, 200, -30])
def test_a_manifest_that_is_cut_short(tree, cut):
    result = scanned()
    done = apply(plan_for(result), result)
    raw = Path(done.manifest).read_bytes()
    Path(done.manifest).write_bytes(raw[:cut])
    before = snapshot(tree)
    with pytest.raises(DedupError):
        undo(done.manifest)
    assert snapshot(tree) == before


def test_no_manifest(tree):
    (tree / "x").write_text('{"type":"run"}\n')
    with pytest.raises(FormatError, match="not a manifest"):
        undo("x")


def test_a_manifest_that_points_outside_its_folder(tree):
    result = scanned()
    done = apply(plan_for(result), result)
    text = Path(done.manifest).read_text().replace('"name":"', '"name":"../../')
    Path(done.manifest).write_text(text)
    with pytest.raises(DedupError, match="name cannot be"):
        read_manifest(done.manifest)


@pytest.mark.skipif(os.name == "nt", reason="root is of POSIX")
def test_no_permission_loses_nothing(tree, monkeypatch):
    result = scanned()
    before = snapshot(tree)
    failing(monkeypatch, "rename", 2, OSError(errno.EACCES, "Permission denied"))
    done = apply(plan_for(result), result)
    assert {left.reason for left in done.left} == {"unwritable"}
    assert len({left.path for left in done.left}) == 1
    monkeypatch.undo()
    monkeypatch.chdir(tree)
    undo(done.manifest)
    assert snapshot(tree) == before


def test_a_full_disk_touches_nothing(tree, monkeypatch):
    result = scanned()
    plan = plan_for(result)
    before = snapshot(tree)
    monkeypatch.setattr("dedup.source.sink.open_raw", full_disk)
    with pytest.raises(OutputError, match="No space left"):
        apply(plan, result)
    after = {name: value for name, value in snapshot(tree).items() if not name.startswith(FOLDER)}
    assert after == before


@pytest.mark.skipif(os.name == "nt", reason="renaming across drives looks otherwise there")
def test_to_another_file_system(tree, monkeypatch):
    result = scanned()
    before = snapshot(tree)
    real = os.rename

    def far(source, target, **more):
        if (FOLDER in str(source)) != (FOLDER in str(target)):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(source, target, **more)

    monkeypatch.setattr(os, "rename", far)
    monkeypatch.setattr(os, "link", lambda *a, **k: _raise(OSError(errno.EXDEV, "cross")))
    done = apply(plan_for(result), result)
    assert done.left == ()
    assert not any((tree / i).exists() for i in gone(result) if not i.startswith("r"))
    undo(done.manifest)
    assert snapshot(tree) == before


class Broken(BaseException):
    """Ends a run as a kill does: nothing tidies up after it."""


def failing(monkeypatch, name, at, error, *, after=False):
    """Let the call of an ``os`` function with this number fail, before or after its effect."""
    real, counted = getattr(os, name), iter(range(10**6))

    def call(*arguments, **more):
        now = next(counted) == at
        if now and not after:
            raise error
        found = real(*arguments, **more)
        if now:
            raise error
        return found

    monkeypatch.setattr(os, name, call)


def full_disk(path):
    raise OSError(errno.ENOSPC, "No space left on device")


def _raise(error):
    raise error


def attempt(monkeypatch, doing, breaks, tree):
    """Do something that breaks off at a call of the system."""
    with monkeypatch.context() as patched:
        patched.chdir(tree)
        if breaks is not None:
            name, at, after = breaks
            failing(patched, name, at, Broken(), after=after)
        try:
            doing()
        except Broken:
            return False
    return True


BREAKS = st.none() | st.tuples(st.sampled_from(CALLS), st.integers(0, 8), st.booleans())


def there_and_back(steps, folder):
    """Run a sequence of ``resolve`` and ``undo``, each broken off or not, and undo what is left."""
    tree = folder / "tree"
    make_tree(tree)
    before = snapshot(tree)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(tree)
        result = scan_paths(["."], Settings(jobs=1))

        def go_on():
            found = unfinished(FOLDER, result)
            if found is not None:
                resume(found)
            else:
                apply(plan_for(result), result)

        def go_back():
            if (tree / FOLDER / NAME).exists():
                undo(FOLDER + "/" + NAME)

        for what, breaks in steps:
            attempt(monkeypatch, go_on if what == "apply" else go_back, breaks, tree)
            held = {value[0] for value in snapshot(tree).values()}
            assert {value[0] for value in before.values()} <= held  # nothing is ever lost
        go_back()
    left = {n: v for n, v in snapshot(tree).items() if not n.startswith(FOLDER)}
    assert left == before


SEQUENCES = st.lists(st.tuples(st.sampled_from(["apply", "undo"]), BREAKS), max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=SEQUENCES)
def test_any_sequence_ends_where_it_began(tmp_path_factory, steps):
    there_and_back(steps, tmp_path_factory.mktemp("any"))


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=SEQUENCES)
def test_many_sequences_end_where_they_began(tmp_path_factory, steps):
    there_and_back(steps, tmp_path_factory.mktemp("many"))


def test_known_documents_are_never_moved(tree):
    (tree / "known").mkdir()
    (tree / "known" / "k.txt").write_text(BODY, encoding="utf-8")
    result = scan_paths(["deep", "a.txt"], Settings(jobs=1), against=["known"])
    plan = plan_for(result)
    assert {drop.keep for s in plan.steps for drop in s.drops} >= {"known/k.txt"}
    done = apply(plan, result)
    assert done.documents == 3
    assert (tree / "known" / "k.txt").exists()
    undo(done.manifest)


@pytest.mark.parametrize("split", ["paragraph", "line"])
def test_parts_of_texts_are_refused_one_by_one(tree, split):
    (tree / "two.txt").write_text(f"{OTHER}\n\n{BODY}\n", encoding="utf-8")
    result = scan_paths(["."], Settings(jobs=1), reading=Reading(split=split))
    assert gone(result)
    before = snapshot(tree)
    plan = plan_for(result)
    assert plan.steps == ()
    assert {left.id for left in plan.left} == gone(result)
    assert {left.reason for left in plan.left} == {"unit"}
    done = apply(plan, result)
    assert (done.done, {left.reason for left in done.left}) == (0, {"unit"})
    assert {n: v for n, v in snapshot(tree).items() if not n.startswith(FOLDER)} == before


@pytest.mark.parametrize("split", ["document", "paragraph"])
def test_a_result_without_places(tree, split):
    """Older results do not say where in a file a document stands, nor how files were read."""
    result = scan_paths(["."], Settings(jobs=1), reading=Reading(split=split))
    documents = {i: replace(info, place=0) for i, info in result.documents.items()}
    older = replace(result, documents=documents, read_as={})
    plan = plan_for(older)
    reasons = {left.id: left.reason for left in plan.left}
    if split == "paragraph":
        assert plan.steps == ()
        assert set(reasons.values()) <= {"unit", "no-place"}
    else:
        rows = {doc_id for doc_id in gone(result) if doc_id.startswith("r")}
        assert dict.fromkeys(rows, "no-place") == reasons
        assert {d.id for s in plan.steps for d in s.drops} == gone(result) - rows


def test_a_name_that_looks_like_a_part_is_a_file(tree):
    (tree / "notes#p3").write_text(BODY, encoding="utf-8")
    (tree / "notes#p3.txt").write_text(BODY, encoding="utf-8")
    plan = plan_for(scanned())
    assert plan.left == ()
    assert "notes#p3.txt" in {step.path for step in plan.steps}


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_what_stays_has_become_a_link(tree):
    result = scanned()
    for cluster in result.clusters:
        path = tree / result.documents[cluster.keep].path
        path.rename(path.with_suffix(".away"))
        path.symlink_to(path.with_suffix(".away"))
    plan = plan_for(result)
    assert plan.steps == ()
    assert {left.reason for left in plan.left} == {"kept-link"}


def test_what_stays_cannot_be_read(tree, monkeypatch):
    result = scanned()
    kept = {result.documents[cluster.keep].path for cluster in result.clusters}
    real = os.open

    def refusing(path, *arguments, **more):
        if str(path) in kept:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refusing)
    plan = plan_for(result)
    assert plan.steps == ()
    assert {(left.reason, left.detail) for left in plan.left} == {
        ("kept-unreadable", "Permission denied")
    }


def test_what_came_from_no_file_stays_for_nothing():
    texts = {"a": BODY, "b": BODY}
    result = dedup.scan(texts, jobs=1)
    plan = plan_for(result)
    assert plan.steps == ()
    assert {left.reason for left in plan.left} == {"no-file"}


def test_a_kept_file_is_read_once_unless_it_changes(tree, monkeypatch):
    for number in range(30):
        (tree / f"copy{number}.txt").write_text(BODY, encoding="utf-8")
    result = scanned()
    plan = plan_for(result)
    kept = {drop.keep_path for step in plan.steps for drop in step.drops}
    read = Counter()
    real = os.open

    def counting(path, *arguments, **more):
        read[Path(path).name] += 1
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", counting)
    apply(plan, result)
    assert all(read[Path(path).name] <= 2 for path in kept), read


def test_a_kept_file_that_changes_halfway_is_noticed(tree, monkeypatch):
    for number in range(6):
        (tree / f"copy{number}.txt").write_text(BODY, encoding="utf-8")
    result = scanned()
    plan = plan_for(result)
    kept = Counter(drop.keep_path for step in plan.steps for drop in step.drops)
    ((path, _),) = kept.most_common(1)
    real = os.rename
    moved = []

    def changing(source, target, **more):
        moved.append(source)
        if len(moved) == 3:
            (tree / path).write_text("改了。", encoding="utf-8")
        return real(source, target, **more)

    monkeypatch.setattr(os, "rename", changing)
    done = apply(plan, result)
    assert "kept-changed" in {left.reason for left in done.left}
