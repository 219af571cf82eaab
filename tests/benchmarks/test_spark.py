from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest


def stage(core_seconds: float, shuffled: int) -> dict[str, float]:
    return {"core_seconds": core_seconds, "shuffled": shuffled}


def run(script, scale: int) -> dict[str, object]:
    stages = {name: stage(200.0 * scale, 4_000_000 * scale) for name in script.STAGES}
    totals = {"documents": 100_000 * scale, "passages": 800_000 * scale}
    return {
        "bytes": 400_000_000 * scale,
        "seconds": 3.0 * scale,
        "totals": totals,
        "stages": stages,
    }


def found(script) -> dict[str, object]:
    machine = {
        "cpu": "a processor", "cores": 2, "memory_gb": 8, "system": "Linux", "python": "3.11",
        "load": 0.1,
    }  # fmt: skip
    return {
        "sketching": {
            "megabytes": 8.0,
            "rates": {"local engine": 50.0, "inside Arrow": 40.0, "from Parquet": 30.0},
        },
        "runs": [run(script, 1), run(script, 2)],
        "skew": {"documents": 1_000, "candidates": 7, "stages": [
            {"tasks": 8, "median": 1.0, "slowest": 1.5, "times": 1.5},
            {"tasks": 8, "median": 0.01, "slowest": 0.08, "times": 8.0},
        ]},
        "same": [
            {"set": "laws", "documents": 9, "pairs": 4, "clusters": 2, "differ": [],
             "seconds_here": 1.2, "seconds_there": 30.4},
            {"set": "lctt", "documents": 8, "pairs": 3, "clusters": 1, "differ": ["kept", "parts"],
             "seconds_here": 1.2, "seconds_there": 30.4},
        ],
        "machine": machine,
        "versions": {"pyspark": "4"},
        "command": "python benchmarks/spark.py",
    }  # fmt: skip


def test_the_tables(script) -> None:
    spark = script("spark")
    text = spark.markdown(found(spark))
    assert "| inside Arrow | 40 | 80% |" in text
    assert "Twice the input took 2.00 times as long (3 s, 6 s)." in text
    assert "| learn | 200 | 400 | 0 | 500 | 40 |" in text
    # three stages before candidates, 40 bytes a document each; what is learned from is apart
    assert "120 bytes of a document were shuffled" in text
    assert "| laws | 9 | 4 | 2 | 1 | 30 | the same |" in text
    assert "| lctt | 8 | 3 | 1 | 1 | 30 | kept, parts |" in text
    # what takes a moment is not told of
    assert "| 8 | 1 | 1.5 | 1.5 |" in text
    assert "| 0.08 |" not in text
    # 500 core seconds a GB for each stage, on 32 cores that are busy four fifths of the time
    hours = 500 * len(spark.STAGES) * 100 / (32 * 0.8) / 3600
    assert f"| 100 GB | 25 million | 4 | {hours:.1f} |" in text


def test_a_busy_machine_is_told_of(script) -> None:
    spark = script("spark")
    made = found(spark)
    assert "Other work" not in spark.markdown(made)
    made["machine"]["load"] = 3.2
    assert "Other work kept this machine busy" in spark.markdown(made)


def test_what_any_run_takes_is_not_reckoned_for_each_gigabyte(script) -> None:
    spark = script("spark")
    runs = [run(spark, 1), run(spark, 2)]
    for each in runs:
        each["stages"]["decide"]["core_seconds"] += 30.0
    assert spark._line(runs, "decide", "core_seconds") == pytest.approx((30.0, 500.0))
    hours = (30 + 500 * len(spark.STAGES) * 100) / (32 * 0.8) / 3600
    assert f"| 4 | {hours:.1f} |" in spark._sizing(runs)
    assert "30 core seconds that any run takes" in spark._sizing(runs)
    for little in (run(spark, 1) | {"bytes": 800_000_000}, run(spark, 2) | {"bytes": 420_000_000}):
        assert "Nothing follows" in spark._sizing([run(spark, 1), little])


def job(stage: int, at: float, name: str | None) -> dict[str, object]:
    properties = {} if name is None else {"spark.job.description": f"dedup: {name}"}
    return {"Event": "SparkListenerJobStart", "Submission Time": at * 1000, "Stage IDs": [stage],
            "Properties": properties}  # fmt: skip


def task(stage: int, shuffled: int) -> dict[str, object]:
    metrics = {"Shuffle Write Metrics": {"Shuffle Bytes Written": shuffled},
               "Executor Run Time": 1_500}  # fmt: skip
    return {"Event": "SparkListenerTaskEnd", "Stage ID": stage, "Task Metrics": metrics}


def test_cpu_time_is_of_the_stage_at_work(script) -> None:
    stages = script("stages_on_spark")
    happened = [job(1, 10.0, None), job(2, 11.0, "learn"), task(2, 70), job(3, 13.0, "sketch")]
    happened += [task(3, 8), task(3, 8), job(4, 15.0, "learn")]
    watched = [(9.0, 1.0), (9.5, 2.0), (10.5, 4.0), (12.0, 8.0), (14.0, 16.0), (16.0, 32.0)]
    told = stages.told(happened, watched)
    assert {name: each["core_seconds"] for name, each in told.items() if each["core_seconds"]} == {
        "start": 3.0, "learn": 20.0, "sketch": 8.0,
    }  # fmt: skip
    assert (told["learn"]["shuffled"], told["sketch"]["shuffled"]) == (70, 16)
    # without a watch, the seconds of tasks
    told = stages.told(happened, [])
    assert (told["learn"]["core_seconds"], told["sketch"]["core_seconds"]) == (1.5, 3.0)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_the_cpu_time_of_children_that_ended(script) -> None:
    stages = script("stages_on_spark")
    busy = "import time\nwhile time.process_time() < 0.4: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}]); input()"
    with stages.watching() as seen:
        call = [sys.executable, "-c", nested]
        with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            while not seen or seen[-1][1] < 0.4:
                time.sleep(0.05)
            child.communicate(b"\n", timeout=60)
    # those of the inner process, which had ended, were counted with its parent's
    assert len(seen) > 1


def test_events_that_are_whole(script, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    lines = json.dumps({"Event": "a"}) + "\n" + '{"Event": "on its w'
    (tmp_path / "events/log").write_text(lines, encoding="utf-8")
    assert [each["Event"] for each in script("stages_on_spark").events(tmp_path)] == ["a"]


def test_what_is_missing_is_said(script, monkeypatch, capsys) -> None:
    spark = script("spark")
    monkeypatch.setattr(spark.sys, "argv", ["spark.py", "--if-there"])
    monkeypatch.setattr(spark, "missing", lambda: "Java 17")
    assert spark.main() == 0
    assert "Java 17 is missing" in capsys.readouterr().err


def test_too_little_room_is_said(script, monkeypatch) -> None:
    same, spark = script("same_on_spark"), script("spark")
    assert same.lacking(None) is None
    assert same.lacking(10) is None
    monkeypatch.setattr(same, "_memory", lambda: 9_000_000_000)
    said = "1,000,000 documents take 14 GB of memory, and 9 GB are free"
    assert same.lacking(1_000_000) == said
    monkeypatch.setattr(same, "_memory", lambda: None)
    free = argparse.Namespace(free=3_000_000_000)
    monkeypatch.setattr(same.shutil, "disk_usage", lambda folder: free)
    assert "14 GB of disk, and 3 GB are free" in same.lacking(1_000_000)
    made = found(spark)
    made["same"].append({"set": "recombined", "left_out": said, "differ": []})
    assert f"Not compared: recombined, because {said}." in spark.markdown(made)


def test_the_corpora_that_are_compared(script, tmp_path: Path) -> None:
    same = script("same_on_spark")
    lines = "".join(json.dumps({"text": text}) + "\n" for text in ("一", "二"))
    with gzip.open(tmp_path / "poems.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(lines)
    options = argparse.Namespace(corpora=tmp_path, set="poems", made=None, documents=None)
    ((name, documents),) = same.chosen(options)
    assert name == "poems"
    assert sorted(documents) == [("0000000", documents[0][1]), ("0000001", documents[1][1])]
    assert {text for _, text in documents} == {"一", "二"}
    options = argparse.Namespace(corpora=None, set="poems", made=None, documents=None)
    assert list(same.chosen(options)) == []
