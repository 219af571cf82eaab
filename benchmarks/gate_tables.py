"""The tables of ``docs/gate.md`` and its Chinese page, from what ``gate.py`` measured.

    python benchmarks/gate_tables.py [--results DIR]

What was measured is at so many documents; 10 and 100 million are reckoned (one million, too, where
it was not reached): bytes a document stay,
and so does the time of adding one but for merges, of which there is one more each time the index
becomes four times as large, until segments are as large as they may be.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from pathlib import Path
from typing import Any

import results

NAMES = {True: "gate_text", False: "gate_no_text"}
#: Documents that a segment may have: larger ones are not merged.
MOST_DOCUMENTS = 1 << 24
LARGER = (1_000_000, 10_000_000, 100_000_000)
#: Numbers of documents that are shown, where they were measured.
SHOWN = (50_000, 100_000, 200_000, 400_000, 600_000, 800_000, 1_000_000)

HEADS = {
    "en": [
        "documents", "bytes a document", "`add`, MB/s of processor time", "of sketching",
        "`add`, MB/s", "query, ms", "query, ms of processor time", "segments", "memory, MB",
    ],
    "zh": [
        "文档数", "每篇字节", "`add`，MB/秒（处理器时间）", "与读取加签名速率之比", "`add`，MB/秒",
        "查询，毫秒", "查询，毫秒（处理器时间）", "分段", "内存，MB",
    ],
}  # fmt: skip
SIZES = {
    "en": ["documents", "", "size", "processor time to add", ""],
    "zh": ["文档数", "", "大小", "添加所需处理器时间", ""],
}
WORDS = {
    "en": {
        True: "with text", False: "without text", "measured": "measured", "reckoned": "reckoned",
        "hours": "{:.1f} hours", "minutes": "{:.1f} min", "title": "With text:",
        "other": "Without text:",
    },
    "zh": {
        True: "保存文本", False: "不存文本", "measured": "实测", "reckoned": "推算",
        "hours": "{:.1f} 小时", "minutes": "{:.1f} 分钟", "title": "保存文本：",
        "other": "不存文本：",
    },
}  # fmt: skip


def write(result: dict[str, Any], folder: Path, *, text: bool) -> None:
    """Write a result and, from all that are there, the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(result, ensure_ascii=False, indent=2)
    (folder / f"{NAMES[text]}.json").write_text(content + "\n", encoding="utf-8")
    tables(folder)


def tables(folder: Path) -> None:
    """Write ``gate.md`` and ``gate_zh.md`` from the results in a folder."""
    there = {
        text: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for text, name in NAMES.items()
        if (folder / f"{name}.json").exists()
    }
    for lang, name in (("en", "gate"), ("zh", "gate_zh")):
        content = "\n".join(_pieces(there, lang))
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
        if lang == "en":
            print(content)


def _pieces(there: dict[bool, dict[str, Any]], lang: str) -> list[str]:
    words, pieces, sizes = WORDS[lang], [], []
    for text, result in there.items():
        shown = [row for row in result["rows"] if row["documents"] in SHOWN] or result["rows"]
        table = results.table(HEADS[lang], [_measured(row, result["rows"]) for row in shown])
        pieces += [words["title" if text else "other"] + "\n", table]
        sizes += _sizes(result, words, words[text])
    pieces.append(results.table(SIZES[lang], sizes))
    pieces += [results.provenance(result) for result in there.values()]
    return pieces


def _measured(row: dict[str, Any], rows: list[dict[str, Any]]) -> list[int | float]:
    """Return the cells of a row; rates are those of everything that was added so far."""
    so_far = [each for each in rows if each["documents"] <= row["documents"]]

    def total(name: str) -> float:
        return float(sum(each[name] for each in so_far))

    megabytes = sum(each["add_cpu_mb_a_second"] * each["add_cpu_seconds"] for each in so_far)
    return [
        row["documents"],
        round(row["bytes_a_document"]),
        round(megabytes / total("add_cpu_seconds")),
        round(total("sketch_cpu_seconds") / total("add_cpu_seconds"), 2),
        round(megabytes / total("add_seconds")),
        round(row["query_ms"]),
        round(row["query_cpu_ms"]),
        row["segments"],
        round(row["peak_mb"]),
    ]


def _sizes(result: dict[str, Any], words: dict[Any, str], kind: str) -> list[list[Any]]:
    last = result["rows"][-1]
    seconds = sum(row["add_cpu_seconds"] for row in result["rows"])
    found = [(last["documents"], seconds, words["measured"])]
    larger = [many for many in LARGER if many > last["documents"]]
    found += [(many, seconds_for(result, many), words["reckoned"]) for many in larger]
    return [
        [
            documents,
            kind,
            f"{last['bytes_a_document'] * documents / 1e9:.1f} GB",
            _time(taken, words),
            by,
        ]
        for documents, taken, by in found
    ]


def seconds_for(result: dict[str, Any], documents: int) -> float:
    """Return the processor time that adding so many documents should take, in seconds."""
    rows, step = result["rows"], result["step"]
    plain = statistics.median(
        [row["add_cpu_seconds"] for row in rows if not row["merged"]]
        or [row["add_cpu_seconds"] for row in rows]
    )
    again = sum(row["merged"] for row in rows)
    merging = sum(row["add_cpu_seconds"] - plain for row in rows if row["merged"])
    times = max(0.0, math.log(min(documents, MOST_DOCUMENTS) / step, 4))
    each = max(0.0, merging) / again if again else 0.0
    return documents * (plain / step + each * times)


def _time(seconds: float, words: dict[Any, str]) -> str:
    if seconds >= 3600:
        return words["hours"].format(seconds / 3600)
    return words["minutes"].format(seconds / 60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    tables(parser.parse_args().results)


if __name__ == "__main__":
    main()
