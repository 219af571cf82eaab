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
    # shared runs
    "The same words in texts that are otherwise different: {count} pair": (
        "内容不同但有相同文字：{count} 对"
    ),
    "The same words in texts that are otherwise different: {count} pairs": (
        "内容不同但有相同文字：{count} 对"
    ),
    "{characters} of its {own} characters in a row are in {other}, which has {others}": (
        "全文 {own} 字，其中连续 {characters} 字见于 {other}（{others} 字）"
    ),
    "every run of {run} characters that new texts share with known ones is found, "
    "for the new ones have {kept} characters, and up to {most} can be looked up": (
        "新文档与已知文档之间，凡连续 {run} 字相同的地方都能找到（新文档共 {kept} 字，"
        "不超过 {most} 字即可逐字查找）"
    ),
    "every run of {run} characters that new texts share with known ones is found, "
    "for the known ones have {kept} characters, and up to {most} can be looked up": (
        "新文档与已知文档之间，凡连续 {run} 字相同的地方都能找到（已知文档共 {kept} 字，"
        "不超过 {most} 字即可逐字查找）"
    ),
    "but {count} run of {run} characters, which is in too many texts": (
        "但有 {count} 处 {run} 字的文字见于太多文本，未作查找"
    ),
    "but {count} runs of {run} characters, which are in too many texts": (
        "但有 {count} 处 {run} 字的文字见于太多文本，未作查找"
    ),
    "The same words elsewhere": "别处相同的文字",
    # documents that others make up
    "Made up of several others: {count} document": "由几篇合成的文档：{count} 篇",
    "Made up of several others: {count} documents": "由几篇合成的文档：{count} 篇",
    "{share} of it is in these {count} together, in this order": (
        "下列 {count} 篇依次合起来占其内容的 {share}"
    ),
    "{count} more document; jsonl has them all": "另有 {count} 篇，全部列在 jsonl 中",
    "{count} more documents; jsonl has them all": "另有 {count} 篇，全部列在 jsonl 中",
}
