from __future__ import annotations

import json
import sys
from pathlib import Path

import labelled_set
import pytest


@pytest.fixture
def labelled(script, tmp_path: Path):
    return script("accuracy.sets").load(labelled_set.write(tmp_path), "made")


def method(recommended: str, found: dict[str, object]) -> dict[str, object]:
    return {
        "name": "peer",
        "settings": "as they come",
        "recommended": recommended,
        "seconds": 1.0,
        "found": found,
    }


def test_clusters_hang_together_through_any_band(script) -> None:
    finders = script("finders")
    labels = finders.clusters([["x", "x", "y", None, "z"], ["p", "q", "q", None, "r"]])
    assert labels[0] == labels[1] == labels[2]
    assert len(set(labels)) == 3
    assert sorted(finders.pairs_of(labels)) == [(0, 1), (0, 2), (1, 2)]


def test_pairs_are_packed_once_each_and_counted_where_too_many(script, monkeypatch) -> None:
    finders = script("finders")
    found = finders.Found(pairs=[(2, 1), (1, 2), (3, 3), (0, 1)])
    assert found.packed() == {"pairs": [0, 1, 1, 2], "count": 2}
    monkeypatch.setattr(finders, "MOST_PAIRS", 1)
    assert found.packed() == {"pairs": [], "count": 2}
    assert finders.Found(labels=[0, 0]).packed() == {"labels": [0, 0]}


def test_a_peer_is_judged_by_pairs_or_by_clusters(script, labelled) -> None:
    peers = script("accuracy.peers")
    rows = {each.id: row for row, each in enumerate(labelled.documents)}
    flat = [rows["a1"], rows["a2"], rows["b1"], rows["c"]]
    told = method(
        "0.5",
        {
            "0.5": {"pairs": flat, "count": 2},
            "0.3": {"labels": [0, 0, 0, 3, 3, 5, 6]},
        },
    )
    found = peers.judge(told, labelled, frozenset({("b1", "c")}))
    assert (found.recommended.reported, found.recommended.listed, found.recommended.right) == (
        2,
        1,
        2,
    )
    assert found.recommended.precision == 1.0
    assert found.recommended.recall == pytest.approx(1 / 5)
    assert found.best.setting == "0.3"
    assert (found.best.reported, found.best.listed, found.best.recall) == (4, 4, 0.8)
    unjudged = peers.judge(told, labelled, frozenset())
    assert unjudged.recommended.precision == 0.5


def test_what_a_runner_found_is_kept_until_texts_change(script, labelled, tmp_path: Path) -> None:
    peers = script("accuracy.peers")
    runners = tmp_path / "peers"
    runners.mkdir()
    for name in ("finders", "find_it"):
        (runners / f"{name}.py").write_text(
            "import json, pathlib, sys\n"
            "calls = pathlib.Path(sys.argv[0]).with_suffix('.calls')\n"
            "calls.write_text(calls.read_text() + 'x' if calls.exists() else 'x')\n"
            "texts = pathlib.Path(sys.argv[1]).read_text(encoding='utf-8').splitlines()\n"
            "print(json.dumps({'methods': [{'texts': len(texts)}], 'versions': {'it': '1'}}))\n"
        )
    peers.BENCHMARKS = tmp_path
    try:
        for _ in range(2):
            found = peers.run("find_it", sys.executable, labelled, tmp_path / "cache")
            assert found == ([{"texts": 7}], {"it": "1"})
        assert (runners / "find_it.calls").read_text() == "x"
        assert not list((tmp_path / "cache").rglob("*.texts"))
        with (runners / "find_it.py").open("a") as source:
            source.write("# changed\n")
        peers.run("find_it", sys.executable, labelled, tmp_path / "cache")
        assert (runners / "find_it.calls").read_text() == "xx"
    finally:
        peers.BENCHMARKS = script("accuracy").BENCHMARKS


def test_every_runner_says_what_it_needs(script) -> None:
    peers = script("accuracy.peers")
    for runner in peers.RUNNERS:
        peer = script(runner).PEER
        assert peer.environment
        assert peer.requires
        assert peer.finders
        assert all(finder.recommended and finder.settings for finder in peer.finders)


def test_jieba_and_datasketch_find_what_is_nearly_equal(script) -> None:
    runner = script("find_jieba_datasketch")
    texts = [labelled_set.TEXTS[name] for name in ("a1", "a3", "d")]
    for finder in runner.PEER.finders:
        found = {setting: set(each.pairs) for setting, each in finder.find(texts)}
        assert found[finder.recommended] == {(0, 1)}


def test_recall_beside_a_peer_is_ours_at_its_precision(script, labelled, monkeypatch, tmp_path):
    run = script("accuracy.run")
    rows = {each.id: row for row, each in enumerate(labelled.documents)}
    told = method("1", {"1": {"pairs": [rows["a1"], rows["a2"]], "count": 1}})
    monkeypatch.setattr(run.peers, "interpreters", lambda _: ({"it": ""}, {"other": "no wheel"}))
    monkeypatch.setattr(run.peers, "run", lambda *_: ([told], {"it": "1.0"}))
    run.beside_peers([labelled], script("dedup").Settings(), tmp_path / "out", tmp_path)
    found = json.loads((tmp_path / "out" / "accuracy_peers.json").read_text(encoding="utf-8"))
    row = found["peers"]["made"][0]["recommended"]
    assert (row["recall"], row["precision"]) == (0.2, 1.0)
    assert row["ours"] == found["own"]["made"]["recall"] > 0.2
    table = (tmp_path / "out" / "accuracy_peers.md").read_text(encoding="utf-8")
    assert "no wheel" in table
    assert "it 1.0" in table
