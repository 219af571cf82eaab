"""Chinese texts: what is known already, and texts that are made of others."""

from __future__ import annotations

ZH: dict[str, str] = {
    # options
    "Compare with PATH too, a file or directory of texts that are known: they are not "
    "compared with each other, and all stay.": (
        "同时与 PATH 比对；PATH 是已知文本的文件或目录，其中的文本彼此不比对，全部保留。"
    ),
    # errors
    "standard input cannot be what is known": "已知文档不能来自标准输入",
    "name a file or a folder: --against PATH": "请指定文件或目录：--against PATH",
    # results
    "known": "已知",
    "{name} (known)": "{name}（已知）",
    "{count} new document read, compared with {known} known": (
        "读取 {count} 篇新文档，与 {known} 篇已知文档比对"
    ),
    "{count} new documents read, compared with {known} known": (
        "读取 {count} 篇新文档，与 {known} 篇已知文档比对"
    ),
    "no duplicates of {count} document at threshold {threshold}": (
        "{count} 篇新文档没有重复（阈值 {threshold}）"
    ),
    "no duplicates of {count} documents at threshold {threshold}": (
        "{count} 篇新文档没有重复（阈值 {threshold}）"
    ),
}
