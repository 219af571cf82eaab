from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import labelled_set
import pytest

from dedup import Document, Settings

PAIRS = [(f"a{number}", f"b{number}") for number in range(200)]


@pytest.fixture
def labelled(script, tmp_path: Path):
    return script("accuracy.sets").load(labelled_set.write(tmp_path), "made")


def judged(samples, verdicts: str, **values):
    names = {"d": "duplicate", "v": "version", "t": "template", "b": "boilerplate", ".": ""}
    row = samples.Judged("a", "b", 0.5, (0.5, 0.5), "near", "", "", (), "made")
    return [replace(row, verdict=names[each], **values) for each in verdicts]


def test_samples_are_nested_and_stay_when_pairs_come_and_go(script) -> None:
    draw = script("accuracy.samples").draw
    drawn = draw("x", PAIRS, 50, 1)
    assert draw("x", reversed(PAIRS), 20, 1) == drawn[:20]
    without = [pair for pair in PAIRS if pair != drawn[3]]
    assert draw("x", without, 49, 1) == [pair for pair in drawn if pair != drawn[3]]
    assert set(draw("x", PAIRS, 50, 2)) != set(drawn)
    assert set(draw("y", PAIRS, 50, 1)) != set(drawn)
    assert sorted(draw("x", PAIRS, 500, 1)) == sorted(PAIRS)


def test_every_pair_is_drawn_about_as_often(script) -> None:
    draw = script("accuracy.samples").draw
    times = dict.fromkeys(PAIRS, 0)
    for seed in range(200):
        for pair in draw("x", PAIRS, 50, seed):
            times[pair] += 1
    # binomial of 200 draws with 1/4: 50 ± 6.1
    assert min(times.values()) > 20
    assert max(times.values()) < 80


def test_verdicts_stay_with_their_pair_of_ids(script, labelled, tmp_path: Path) -> None:
    samples = script("accuracy.samples")
    first = samples.sample(labelled, [("a1", "a2"), ("a1", "a3")], Settings(), [])
    assert [row.verdict for row in first] == ["", ""]
    first[0] = replace(first[0], verdict="duplicate", reason="每个字都一样")
    samples.write(tmp_path / "made.jsonl", first)
    before = samples.read(tmp_path / "made.jsonl")
    assert before == first
    second = samples.sample(labelled, [("b1", "b2")], Settings(), before, [("a1", "a3")])
    assert [(row.a, row.b, row.drawn, row.verdict) for row in second] == [
        ("b1", "b2", True, ""),
        ("a1", "a3", False, ""),
        ("a1", "a2", False, "duplicate"),
    ]
    third = samples.sample(labelled, [("a1", "a2")], Settings(), second)
    assert [(row.a, row.drawn, row.reason) for row in third] == [("a1", True, "每个字都一样")]


def test_rows_hold_short_excerpts_and_no_texts(script, labelled) -> None:
    samples = script("accuracy.samples")
    first = "标题很长" * 60 + "\n"
    a = Document("a", first + labelled_set.TEXTS["a1"])
    b = Document("b", "\n.TH X 1\n" + labelled_set.TEXTS["a3"].replace("明月", "明星" * 90))
    row = samples.describe("made", a, b, Settings())
    assert row.a_first_line == ("标题很长" * 60)[: samples.EXCERPT - 1] + "…"
    assert row.b_first_line.startswith("春江潮水")
    shown = [row.a_first_line, row.b_first_line, *(text for place in row.places for text in place)]
    assert max(map(len, shown)) <= samples.EXCERPT
    assert 0 < len(row.places) <= samples.PLACES
    assert all(place != ("", "") for place in row.places)


def test_a_strange_verdict_is_an_error(script, tmp_path: Path) -> None:
    samples = script("accuracy.samples")
    samples.write(tmp_path / "x.jsonl", [replace(judged(samples, "d")[0], verdict="perhaps")])
    with pytest.raises(ValueError, match="perhaps"):
        samples.read(tmp_path / "x.jsonl")


def test_precision_counts_what_is_drawn_and_judged(script) -> None:
    samples = script("accuracy.samples")
    rows = judged(samples, "ddvtb..") + judged(samples, "tttt", drawn=False)
    found = samples.precision(rows)
    assert (found.right, found.judged, found.precision) == (3, 5, 0.6)
    assert found.low < 0.6 < found.high
    without = samples.precision(rows, frozenset({"boilerplate"}))
    assert (without.right, without.judged) == (3, 4)
    nothing = samples.precision(judged(samples, ".."))
    assert (nothing.judged, nothing.low, nothing.high) == (0, 0.0, 1.0)
    assert samples.verdicts(rows)["duplicate"] == 2
    assert samples.verdicts(rows)[""] == 2


def test_wilsons_interval_is_that_of_the_books(script) -> None:
    wilson = script("accuracy.samples").wilson
    # 81 of 263: Newcombe, Statistics in Medicine 17 (1998), table I
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(100, 100)[1] == 1.0


def test_duplicates_are_all_that_were_judged_right(script) -> None:
    samples = script("accuracy.samples")
    rows = [
        replace(row, a=f"{at}", b="x")
        for at, row in enumerate(judged(samples, "dvt.", drawn=False))
    ]
    assert samples.duplicates(rows) == {("0", "x"), ("1", "x")}


def test_committed_samples_hold_no_texts(script) -> None:
    samples = script("accuracy.samples")
    for path in script("accuracy.run").JUDGED.glob("*.jsonl"):
        rows = samples.read(path)
        assert len({(row.a, row.b) for row in rows}) == len(rows)
        for row in rows:
            assert row.a < row.b
            assert row.source == path.stem
            assert bool(row.verdict) == bool(row.reason)
            shown = [
                row.a_first_line,
                row.b_first_line,
                *(t for place in row.places for t in place),
            ]
            assert max(map(len, shown)) <= samples.EXCERPT


def test_a_sample_is_drawn_and_drawn_again(script, labelled, tmp_path, monkeypatch) -> None:
    run, samples = script("accuracy.run"), script("accuracy.samples")
    monkeypatch.setattr(run, "JUDGED", tmp_path)
    waiting = run.draw_sample(labelled, Settings(), count=2, unlisted=0, seed=1)
    rows = samples.read(tmp_path / "made.jsonl")
    assert waiting == len(rows) == 2
    samples.write(tmp_path / "made.jsonl", [replace(rows[0], verdict="duplicate", reason="x")])
    assert run.draw_sample(labelled, Settings(), count=2, unlisted=0, seed=1) == 1
    assert samples.read(tmp_path / "made.jsonl")[0].verdict == "duplicate"
