from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dedup.model import Document
from dedup.settings import Settings

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
STORY = "今日本市召开会议，部署冬季供暖工作，要求各区做好设备检修，保障居民温暖过冬。"


@pytest.fixture
def corpus(script, tmp_path: Path) -> Path:
    """Return a folder as recombine.py writes it, of two shards and two planted pairs."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    texts = [
        f"{'春夏秋冬'[n % 4] * 9}第{n}期{chr(0x4E00 + n) * 40}通讯，{n}。" * 9 for n in range(20)
    ]
    texts[3], texts[4] = STORY * 3 + "会议由局长主持。", STORY * 3 + "会议由处长主持。"
    texts[13], texts[5] = STORY[::-1] * 2, "毫不相干的另外一篇。"
    scale = script("corpora_scale")
    for shard in range(2):
        ids = [f"d{n:08}" for n in range(10 * shard, 10 * shard + 10)]
        path = folder / f"part-{shard}.jsonl.zst"
        scale.write(path, texts[10 * shard : 10 * shard + 10], ids)
    pairs = [("d00000004", "d00000003", 0.9, 30, 1, 1), ("d00000013", "d00000005", 0.5, 30, 9, 9)]
    pairs.append(("d00000013", "d00000006", 0.5, 1, 9, 9))  # below the threshold
    rows = ["\t".join(map(str, row)) for row in pairs]
    (folder / "pairs.tsv").write_text("\n".join(rows) + "\n")
    made = {"documents": 20, "bytes": sum(len(text.encode()) for text in texts)}
    (folder / "corpus.json").write_text(json.dumps(made))
    return folder


def test_a_scan_tells_its_stages_and_what_it_found(script, corpus: Path) -> None:
    run = script("corpora_scale").scan(sorted(corpus.glob("*.zst")), corpus / "pairs.tsv")
    assert run["documents"] == 20
    assert 0 < run["sketched_seconds"] < run["seconds"]
    # no upper bound: Linux counts what the process that started it held at that moment
    assert 1e7 < run["sketched_peak_bytes"] <= run["peak_bytes"]
    assert run["planted"] == {"0.5": [1, 0], "0.9": [1, 1]}
    half = script("corpora_scale").scan([corpus / "part-0.jsonl.zst"], corpus / "pairs.tsv")
    assert half["planted"] == {"0.9": [1, 1]}  # of the other pair one document was not read


def test_the_whole_script(run, corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("corpora_scale.py", "--corpus", corpus, "--documents", 40, "--results", out)
    assert done.returncode == 0, done.stderr
    size = json.loads((out / "corpora_size.json").read_text())["size"]
    assert [r["documents"] for r in size["runs"]] == [10, 10, 20]
    assert {name.split("_")[0] for name in size["kernel"]} == {"kernel", "signature"}
    hard = json.loads((out / "corpora_hard.json").read_text())["hard"]
    assert [r["documents"] for r in hard["copies"]] == [10, 20, 40]
    assert [r["dropped"] for r in hard["copies"]] == [9, 19, 39]
    formats = json.loads((out / "corpora_formats.json").read_text())["formats"]
    assert {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv"} <= set(formats["runs"])
    page = (out / "corpora_size.md").read_text()
    assert "| 0.9 | 1 | 1 | 100.00% |" in page
    assert "| exponent of time |" in page
    assert "at least 45 %" in page
    assert "exponent of copies of one text" in (out / "corpora_hard.md").read_text()
    assert str(tmp_path) not in done.stdout


@pytest.mark.parametrize(
    ("figure", "at_most", "reached"),
    [
        (1.0, True, "yes"),
        (1.1, True, "yes"),
        (1.2, True, "no"),
        (1.2, False, "yes"),
        (1, False, "no"),
    ],
)
def test_a_target_is_reached_or_not(script, figure: float, at_most: bool, reached: str) -> None:
    page = script("results").targets([("speed", figure, " MB/s", 1.1, at_most)])
    assert page.rstrip().endswith(f"at {'most' if at_most else 'least'} 1.1 MB/s | {reached} |")


#: In a process of its own: this one may have held more before.
LOOKS = """
import subprocess, sys
from scanned import Memory

memory = Memory()
before = memory.look()
child = [sys.executable, "-c", "x = bytearray(200 << 20); print(1, flush=True); input()"]
with subprocess.Popen(child, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
    started.stdout.readline()
    print(before, memory.look())
    started.communicate(b"\\n")
"""


def test_memory_is_that_of_all_processes_and_of_no_other() -> None:
    held = bytearray(300 << 20)  # which is not that of what is started
    done = subprocess.run(
        [sys.executable, "-c", LOOKS],
        cwd=BENCHMARKS, capture_output=True, text=True, check=True,
    )  # fmt: skip
    before, during = map(int, done.stdout.split())
    if Path("/proc/self/task").exists():
        assert before < len(held)
        assert during > before + (190 << 20)


def test_formats_that_differ_are_an_error(
    script, corpus: Path, tmp_path: Path, monkeypatch
) -> None:
    scale = script("corpora_scale")
    runs = iter(range(9))
    monkeypatch.setattr(
        scale, "scan", lambda files: {"clusters_hash": str(next(runs)), "clusters": 1}
    )
    with pytest.raises(RuntimeError, match="formats differ"):
        scale.formats(corpus, 20, tmp_path)


def test_random_signatures_are_as_similar_as_planted(script) -> None:
    module = script("signatures")
    parts = list(module.signatures(100, 30, 4000, at_once=40))
    assert [len(part) for part in parts] == [40, 40, 20]
    made = np.concatenate(parts)
    for pair in range(30):
        equal = (made[2 * pair] == made[2 * pair + 1]).mean()
        assert equal == pytest.approx(module.SIMILARITIES[pair % 5], abs=0.05)
    assert (made[60] == made[61]).mean() < 0.01


def test_planted_signatures_are_found(script) -> None:
    found = script("signatures").measure(3000, 500)
    assert found["documents"] == 3000
    assert found["hot_buckets"] == 0
    assert found["found"]["0.9"] == [100, 100]
    assert all(count[1] >= 95 for count in found["found"].values())
    assert 500 >= found["candidates"] >= 490


def test_segments_of_signatures_have_the_columns_of_a_scan(script) -> None:
    from dedup.engine.gather import gather
    from dedup.engine.shards import Texts
    from dedup.engine.store import Store
    from dedup.progress import NO_PROGRESS
    from dedup.sketch.bands import banding

    chosen = banding(0.5, 0.99)
    made = np.zeros((5, chosen.num_perm), dtype=np.uint32)
    columns = script("signatures").columns(made, chosen, 0)
    with Store() as store:
        documents = [Document(str(n), STORY * n) for n in range(1, 6)]
        gather([Texts(documents)], Settings(), chosen, store, NO_PROGRESS)
        (segment,) = store.segments
        scanned = {name: segment.column(name) for name in segment.columns}
    assert {name: column.dtype for name, column in columns.items()} == {
        name: column.dtype for name, column in scanned.items()
    }
    assert columns["estimate"].shape == scanned["estimate"].shape
    assert columns["band_keys"].shape == scanned["band_keys"].shape
