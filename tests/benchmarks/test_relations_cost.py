from __future__ import annotations

import json
from pathlib import Path

import pytest


def row(**seconds: float) -> dict[str, object]:
    found: dict[str, object] = {"set": "laws", "mb": 67.3, "documents": 3820, "jobs": 0}
    for name, each in seconds.items():
        found |= {f"{name}_seconds": each, f"{name}_cpu_seconds": 2 * each}
    return found


def told(*rows: dict[str, object], before: str | None) -> dict[str, object]:
    machine = {"cpu": "C", "cores": 2, "memory_gb": 8, "system": "L", "python": "3", "load": 0.1}
    return {
        "machine": machine, "command": "python x.py", "kernel": "native", "versions": {},
        "rounds": 3, "before": before, "rows": [*rows],
    }  # fmt: skip


def test_ratios_are_of_one_run(script) -> None:
    cost = script("relations_cost")
    measured = row(everything=2.4, without=2.0)
    assert cost.ratio(measured, "without", "seconds") == pytest.approx(1.2)
    assert cost.ratio(measured, "without", "cpu_seconds") == pytest.approx(1.2)
    assert cost.ratio(measured, "before", "seconds") is None


def test_the_table_says_what_is_slowest(script) -> None:
    cost = script("relations_cost")
    rows = [row(everything=2.4, without=2.0, before=2.0), row(everything=3, without=2, before=2.5)]
    said = cost.markdown(told(*rows, before="abc1234"))
    assert "| laws | 67.3 | 3,820 | one a core | 2.4 | 4.8 | 1.2 | 1.2 | 1.2 | 1.2 |" in said
    assert "*Before* is revision abc1234, which knew none of this: at most 1.20 × its time" in said
    without = cost.markdown(told(*rows, before=None))
    assert "| laws | 67.3 | 3,820 | one a core | 2.4 | 4.8 | 1.2 | 1.2 |\n" in without
    assert "Before" not in without


def test_a_scan_is_of_the_code_that_is_named(script, tmp_path: Path) -> None:
    cost = script("relations_cost")
    package = tmp_path / "other" / "dedup"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("raise SystemExit('another revision')", encoding="utf-8")
    with pytest.raises(RuntimeError, match="another revision"):
        cost.scan(cost.Way("before", tmp_path / "other"), tmp_path / "x.jsonl", 1, tmp_path)


def test_everything_and_without_it_are_measured(run, tmp_path: Path) -> None:
    done = run(
        "relations_cost.py", "--made-mb", "0.2", "--jobs", "1", "--rounds", "1",
        "--results", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "relations_cost.json").read_text(encoding="utf-8"))
    (measured,) = found["rows"]
    assert 0 < measured["without_seconds"] < 60
    assert 0 < measured["everything_cpu_seconds"] < 60
    assert "# What the relations cost" in done.stdout


@pytest.mark.slow
def test_an_earlier_revision_is_built_and_measured(script, tmp_path: Path) -> None:
    cost = script("relations_cost")
    if not (cost.ROOT / ".git").exists():
        pytest.skip("not a checkout")
    before = cost.checkout("HEAD", tmp_path / "before")
    assert list((before / "dedup" / "sketch").glob("_kernel*"))
    records = tmp_path / "records.jsonl"
    records.write_text('{"id": "1", "text": "今日晴"}\n', encoding="utf-8")
    assert cost.scan(cost.Way("before", before), records, 1, tmp_path)["seconds"] > 0
