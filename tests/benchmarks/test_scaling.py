from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_exponent_of_a_power(script) -> None:
    scaling = script("scaling")
    assert scaling.exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert scaling.exponent([1, 10, 100], [5, 500, 50000]) == pytest.approx(2)
    assert scaling.exponent([1, 10, 100], [7, 7, 7]) == pytest.approx(0)


def test_texts_are_unpacked_byte_for_byte(script, tmp_path: Path) -> None:
    texts = ["一\r\n二", "三\n"]
    assert script("scaling").unpack(texts, tmp_path) == pytest.approx(12e-6)
    files = sorted(tmp_path.rglob("*.txt"))
    assert [path.read_bytes().decode() for path in files] == texts


def test_a_scan_is_measured_in_a_process_of_its_own(script, tmp_path: Path) -> None:
    scaling = script("scaling")
    held = bytearray(300 << 20)  # what this process holds must not count
    scaling.unpack(["中华人民共和国宪法是国家的根本大法。" * 5] * 2, tmp_path)
    measured = scaling.scan(tmp_path)
    assert len(held) == 300 << 20
    assert 0 < measured["seconds"] < 60
    assert 10e6 < measured["peak_bytes"] < 300e6


def test_a_scan_that_fails_says_why(script, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="missing"):
        script("scaling").scan(tmp_path / "missing")


@pytest.mark.slow
def test_scaling_measures_sizes_workers_and_start(run, tmp_path: Path) -> None:
    done = run(
        "scaling.py", "--made-mb", "0.3", "--largest-mb", "0.3", "--repeat-mb", "0.5",
        "--rounds", "1", "--results", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "scaling.json").read_text(encoding="utf-8"))
    sizes = [point["mb"] for point in found["sizes"]]
    assert sizes == sorted(sizes)
    assert [point["jobs"] for point in found["repeated"]] == [1, 2]
    assert found["repeated"][0]["mb"] >= 0.5
    assert len(found["start"]["runs"]) == 3
    assert "Time grows as MB^" in done.stdout
