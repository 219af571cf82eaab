from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest


def contestant(contest, prepare, **values):
    return contest.Contestant("x", (), (), "", "", prepare, **values)


def test_shares_deal_every_text_once_and_evenly(script) -> None:
    texts = ["一" * size for size in range(1, 100)]
    hands = script("contest").shares(texts, 3)
    assert sorted(text for hand in hands for text in hand) == sorted(texts)
    sizes = [sum(map(len, hand)) for hand in hands]
    assert max(sizes) - min(sizes) < 100


def test_loading_and_warming_up_are_not_timed(script) -> None:
    contest = script("contest")
    calls: list[int] = []

    def prepare(_workers: int):
        time.sleep(0.3)
        return lambda texts: calls.append(len(texts))

    texts = ["一" * contest.WARM_UP_CHARACTERS] * 4
    measured = contest.measure(contestant(contest, prepare), texts, 1)
    assert calls == [1, 4]
    assert measured["seconds"] < 0.2


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12 warns of it
def test_workers_sketch_at_the_same_time_and_each_its_share(script) -> None:
    contest = script("contest")

    def prepare(_workers: int):
        return lambda texts: time.sleep(0.5 * len(texts))

    measured = contest.measure(contestant(contest, prepare), ["一"] * 4, 2)
    assert 1 <= measured["seconds"] < 1.9


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12 warns of it
def test_a_worker_that_dies_ends_the_measurement(script) -> None:
    contest = script("contest")

    def prepare(_workers: int):
        raise SystemExit(3)

    with pytest.raises(EOFError):
        contest.measure(contestant(contest, prepare), ["一", "二"], 2)


def test_memory_beyond_the_texts_is_what_sketching_added(script) -> None:
    contest = script("contest")

    def prepare(_workers: int):
        return lambda texts: bytearray(64 << 20)

    measured = contest.measure(contestant(contest, prepare), ["一"], 1)
    assert measured["peak_bytes"] > 64 << 20


def test_every_runner_describes_contestants_without_importing_them(script) -> None:
    throughput = script("throughput")
    names = []
    for runner in throughput.RUNNERS:
        for each in script(runner).CONTESTANTS:
            names.append(each.name)
            assert each.settings
            assert each.leaves_out
    assert names[0] == "dedup"
    assert len(names) == len(set(names)) == 10


def test_medians_and_ratios(script) -> None:
    throughput, contest = script("throughput"), script("contest")
    entries = []
    for name, seconds in (("ours", [1.0, 9.0, 2.0]), ("theirs", [10.0, 20.0, 30.0])):
        entry = throughput.Entry(
            contest.Contestant(name, (), (), "s", "l", lambda _: None), Path(), ""
        )
        runs = [{"seconds": s, "bytes": 4e6, "added_bytes": 5e6} for s in seconds]
        entry.runs = {"one": runs, "all": runs}
        entries.append(entry)
    texts = script("corpora").Texts("some", ["一"])
    found = throughput.result(entries, {"absentee": "no wheel"}, texts, {"kernel": "k"})
    ours, theirs = found["contestants"]
    assert ours["mb_per_second_one_core"] == pytest.approx(2)
    assert ours["times_slower"] == pytest.approx(1)
    assert theirs["times_slower"] == pytest.approx(10)
    assert found["absent"] == {"absentee": "no wheel"}


def test_an_environment_that_cannot_be_made_says_why(script, tmp_path: Path) -> None:
    python, why = script("throughput").environment(
        tmp_path / "peer", (f"nothing @ {(tmp_path / 'missing-1.0-py3-none-any.whl').as_uri()}",)
    )
    assert python == ""
    assert "missing" in why


@pytest.mark.slow
def test_throughput_measures_what_is_here(run, tmp_path: Path) -> None:
    done = run(
        "throughput.py", "--made-mb", "0.2", "--peers", "here", "--seconds", "0.05",
        "--rounds", "1", "--results", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "throughput.json").read_text(encoding="utf-8"))
    rates = {row["name"]: row["mb_per_second_one_core"] for row in found["contestants"]}
    assert list(rates)[:2] == ["dedup", "dedup, characters"]
    assert all("defaults" in name for name in list(rates)[2:4])
    others = {name.split(",")[0] for name in list(rates)[4:]}
    assert others == {"jieba + datasketch"}
    assert min(rates.values()) > 0
    assert re.search(r"^\| dedup \| +[\d.]+ \|", done.stdout, re.MULTILINE)
    assert str(tmp_path) not in done.stdout
