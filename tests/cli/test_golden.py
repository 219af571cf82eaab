"""Whole runs as they were reviewed: status, standard output and standard error.

``DEDUP_UPDATE_GOLDEN=1 pytest tests/cli/test_golden.py`` writes them anew; read the difference
before you commit it. Seconds and fingerprints, which depend on the machine and on the installed
dictionary, are left out.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from terminal import Ran, program, run, settled

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "cli"
SEEDS = ("seeds/000_bfcd20cd4fff3ced.txt", "seeds/001_cb5d74f41f6b3177.txt")

CASES: dict[str, list[str]] = {
    "help": ["--help"],
    "help_zh": ["--help", "--lang", "zh"],
    "scan_help": ["scan", "--help"],
    "scan_help_zh": ["scan", "--help", "--lang", "zh"],
    "scan_full": ["scan", "seeds"],
    "scan_full_zh": ["scan", "seeds", "--lang", "zh"],
    "scan_full_keep_metadata": ["scan", "seeds", "--keep-metadata", "-v"],
    "scan_concise": ["scan", "seeds", "--output-format", "concise"],
    "scan_json": ["scan", "seeds", "--output-format", "json"],
    "scan_jsonl": ["scan", "seeds", "--output-format", "jsonl"],
    "scan_csv": ["scan", "seeds", "--output-format", "csv"],
    "scan_mixed": ["scan", "mixed"],
    "scan_mixed_zh": ["scan", "mixed", "--lang", "zh", "-v"],
    "scan_nothing": ["scan", SEEDS[0]],
    "scan_missing": ["scan", "sedes"],
    "scan_missing_zh": ["scan", "sedes", "--lang", "zh"],
    "explain_full": ["explain", *SEEDS],
    "explain_full_zh": ["explain", *SEEDS, "--lang", "zh"],
    "explain_keep_metadata": ["explain", *SEEDS, "--keep-metadata"],
    "explain_changed": ["explain", "mixed/a.txt", "mixed/b.txt"],
    "explain_changed_zh": ["explain", "mixed/a.txt", "mixed/b.txt", "--lang", "zh"],
    "explain_different": ["explain", SEEDS[0], "mixed/a.txt"],
    "scan_borderline": ["scan", "near", "--borderline", "3", "-v"],
    "scan_borderline_zh": ["scan", "near", "--borderline", "3", "-v", "--lang", "zh"],
    "scan_borderline_jsonl": ["scan", "near", "--borderline", "1", "--output-format", "jsonl"],
    "scan_borderline_csv": ["scan", "near", "--borderline", "1", "--output-format", "csv"],
    "report_help": ["report", "--help"],
    "report_help_zh": ["report", "--help", "--lang", "zh"],
    "report_full": ["report", "result.jsonl", "-v"],
    "report_again": ["report", "result.jsonl", "--threshold", "0.8", "--borderline", "2"],
    "report_again_zh": [
        *["report", "result.jsonl", "--threshold", "0.8", "--borderline", "2"],
        *["--keep", "first", "-v", "--lang", "zh"],
    ],
    "report_gone": ["report", "gone.jsonl"],
    "report_lower": ["report", "result.jsonl", "--threshold", "0.2"],
    "report_lower_zh": ["report", "result.jsonl", "--threshold", "0.2", "--lang", "zh"],
    "report_cut": ["report", "cut.jsonl"],
    "report_cut_zh": ["report", "cut.jsonl", "--lang", "zh"],
    "report_no_result": ["report", SEEDS[0]],
    "config": ["config", "--keep", "newest"],
    "usage_error": ["scan", "seeds", "--keep", "best"],
    "usage_error_zh": ["scan", "seeds", "--keep", "best", "--lang", "zh"],
}
#: Those that are also run as a process of their own, through real pipes.
PROCESSES = ("help_zh", "scan_full", "scan_jsonl", "scan_missing", "explain_full_zh")

NEWS = (
    "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，要求全力搜救。\n"
    "“我们不会放过任何责任人。”他说。目前火势已经得到控制，周边居民已全部转移到安全地带。\n"
    "记者在现场看到，厂区围墙倒塌，附近几栋楼房的玻璃全部震碎，救援人员仍在清理瓦砾。\n"
    "据介绍，该厂主要生产农药中间体，三年前曾因安全隐患被责令停产整顿。事故原因正在调查。\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory, root) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(root / "seeds", folder / "seeds")
    mixed = folder / "mixed"
    mixed.mkdir()
    (mixed / "a.txt").write_text(NEWS, encoding="utf-8")
    changed = NEWS.replace("5人", "11人").replace("不会放过", "会放过").replace("昨日", "前日")
    (mixed / "b.txt").write_text(changed, encoding="utf-8")
    (mixed / "[草稿] c.txt").write_bytes(NEWS.replace("，", ",").encode("gb18030"))
    (mixed / "bad.txt").write_bytes("坏".encode() * 200 + b"\xff\xfe\xff" + "坏".encode() * 200)
    (mixed / "empty.txt").touch()
    (mixed / "blank.txt").write_text("……\n", encoding="utf-8")
    (mixed / "picture.png").write_bytes(b"\x89PNG\r\n\x00")
    near = folder / "near"
    near.mkdir()
    for number, text in enumerate(graded(NEWS)):
        (near / f"{number}.txt").write_text(text, encoding="utf-8")
    scan_into(folder, "result.jsonl")
    for path in near.iterdir():
        path.rename(folder / f"old-{path.name}")
    scan_into(folder, "gone.jsonl", "old-0.txt", "old-2.txt")
    for path in folder.glob("old-*"):
        path.rename(near / path.name.removeprefix("old-"))
    whole = (folder / "result.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "cut.jsonl").write_bytes(b"".join(whole[:3]) + whole[3][:40])
    return folder


def graded(text: str) -> list[str]:
    """Return a text, and versions of it that keep less and less of it."""
    lines = text.splitlines(keepends=True)
    other = "秋天的山里，柿子红了，老人坐在门前看着孩子们在晒谷场上追着一只黄狗跑来跑去。\n"
    return [
        text,
        text.replace("5人", "11人"),
        "".join([*lines[:3], other]),
        "".join([*lines[:2], other, other.replace("秋", "春")]),
        other * 3,
    ]


def scan_into(folder: Path, name: str, *paths: str) -> None:
    asked = ("--threshold", "0.6", "--borderline", "2", "-q", "-o", name)
    ran = run("scan", *(paths or ["near"]), *asked, cwd=folder)
    assert ran.status == 0


def recorded(arguments: list[str], ran: Ran) -> str:
    return settled(
        f"$ dedup {' '.join(arguments)}\n"
        f"--- status {ran.status}\n--- standard output\n{ran.out}--- standard error\n{ran.err}"
    )


@pytest.mark.parametrize("name", CASES)
def test_as_reviewed(name, place, outer_environment):
    text = recorded(CASES[name], run(*CASES[name], cwd=place))
    golden = GOLDEN / f"{name}.txt"
    if outer_environment.get("DEDUP_UPDATE_GOLDEN"):
        golden.write_bytes(text.encode("utf-8"))
    assert text == golden.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_says_the_same(name, place):
    ran = program(*CASES[name], cwd=place, env={"PYTHONUTF8": "1"})
    assert recorded(CASES[name], ran) == (GOLDEN / f"{name}.txt").read_bytes().decode("utf-8")


def test_no_golden_file_is_left_over():
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(CASES)


def test_no_golden_file_names_this_machine(place):
    for path in GOLDEN.iterdir():
        text = path.read_text(encoding="utf-8")
        assert str(place) not in text
        assert os.fspath(Path.home()) not in text
