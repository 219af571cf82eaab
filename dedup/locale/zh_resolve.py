"""Chinese texts: plans, what is moved aside, and what is moved back."""

from __future__ import annotations

ZH: dict[str, str] = {
    # help
    "Plan what a saved result drops, and move it aside.\n\nRESULT is what dedup scan wrote as "
    "jsonl, or - for standard input. Without --apply nothing is changed: the plan is shown. Files "
    "are moved, never deleted, and only while they and what stays for them are as they were when "
    "they were compared; dedup undo moves them back. Run it in the folder in which the scan ran.": (
        "按保存的结果列出计划，把重复的文本移到一边。\n\nRESULT 是 dedup scan 写出的 jsonl，"
        "- 表示标准输入。不加 --apply 时什么也不改动，只显示计划。文件只移动，从不删除；"
        "而且只有它和留下的那一份都与比对时一致，才会移动。dedup undo 可全部移回。"
        "请在当初扫描的目录里运行。"
    ),
    "Go by the decisions that the page of the result saved.": "按结果网页里保存的决定处理。",
    "Do it: move the files, with a manifest.": "执行计划：移动文件，并写下清单。",
    "The folder that files are moved to, which holds the manifest.": (
        "文件移到哪个目录，清单也在其中。"
    ),
    "Write the plan to FILE as a shell script, to be read and run.": (
        "把计划写成 shell 脚本 FILE，供人过目后运行。"
    ),
    "Move everything back that dedup resolve moved.\n\nMANIFEST lies in the folder that the files "
    "were moved to. Nothing is done where a file would be replaced. What is moved back is as it "
    "was, byte for byte, times included.": (
        "把 dedup resolve 移走的全部移回原处。\n\nMANIFEST 在文件移到的那个目录里。"
        "若会覆盖已有文件，则什么也不做。移回的文件与原来一字节不差，时间也不变。"
    ),
    # plans
    "Nothing is to be done.": "没有需要做的事。",
    "{count} document goes": "移走 {count} 篇",
    "{count} documents go": "移走 {count} 篇",
    "in {count} cluster": "涉及 {count} 组重复",
    "in {count} clusters": "涉及 {count} 组重复",
    "{documents}, {clusters}: {size} less.": "{documents}，{clusters}，共减少 {size}。",
    "move   {path}  ({size})": "移走   {path}（{size}）",
    "write  {path}  {without} ({size})": "重写   {path}  {without}（{size}）",
    "without {count} record": "去掉 {count} 条记录",
    "without {count} records": "去掉 {count} 条记录",
    "record {place}: ": "第 {place} 条：",
    "{relation} ({similarity}); {keep} stays: {reason}": (
        "{relation}（{similarity}）；留下 {keep}：{reason}"
    ),
    "{count} cluster was accepted and stays as it is.": "{count} 组已认定不是重复，原样不动。",
    "{count} clusters were accepted and stay as they are.": "{count} 组已认定不是重复，原样不动。",
    "somebody chose it": "由人选定",
    "Left alone:": "未动：",
    "{name}: {why}": "{name}：{why}",
    "it has changed since the scan": "扫描之后有改动",
    "it is no longer there": "已经不在了",
    "it lies behind a link": "要经过符号链接才能到达",
    "it is no regular file": "不是普通文件",
    "it cannot be read: {why}": "无法读取：{why}",
    "it cannot be moved: {why}": "无法移动：{why}",
    "{keep}, which was to stay for it, has changed": "本应留下的 {keep} 有改动",
    "{keep}, which was to stay for it, is no longer there": "本应留下的 {keep} 已经不在了",
    "{keep}, which was to stay for it, lies behind a link": "本应留下的 {keep} 要经过符号链接才能到达",
    "{keep}, which was to stay for it, cannot be read: {why}": "本应留下的 {keep} 无法读取：{why}",
    "{keep}, which was to stay for it, is in no file here": "本应留下的 {keep} 不在本机的文件里",
    "the result does not say which record it is; scan again": "结果里没有写明是第几条记录，请重新扫描",
    "it does not match {keep}, which was chosen to stay": "与选定留下的 {keep} 并不重复",
    "it holds more than {keep}, which was chosen to stay": "内容多于选定留下的 {keep}",
    "it and {keep} are one file": "与 {keep} 是同一个文件",
    "it is in no file here": "不在本机的文件里",
    "it is only a part of a text": "只是一篇文本的一部分",
    "it was excluded": "已被排除",
    "there is a file where it would go": "要去的位置已有文件",
    # scripts
    "Run it in the folder of the scan; what has changed is left alone.": (
        "请在当初扫描的目录里运行；有改动的文件不会动。"
    ),
    "{relation} as {keep}, which stays: {reason}": "与留下的 {keep} 为 {relation}：{reason}",
    "{path} would lose {count} records, which this script leaves to dedup resolve --apply.": (
        "{path} 应去掉 {count} 条记录，脚本做不到，请用 dedup resolve --apply。"
    ),
    # what is said
    "taken up again; steps done before: {count}": "接着上次继续；此前已完成 {count} 步",
    "{count} document": "{count} 篇",
    "{count} documents": "{count} 篇",
    "moved aside: {documents}, {size}; dedup undo {manifest} moves them back": (
        "已移走 {documents}，{size}；可用 dedup undo {manifest} 移回"
    ),
    "moved back: {documents}": "已移回 {documents}",
    "dedup: left alone: {what}": "dedup：未动：{what}",
    "to do it: dedup resolve {result} --apply": "执行计划：dedup resolve {result} --apply",
    # errors
    "--apply carries the plan out, and does not write it": "--apply 是执行计划，不是写出计划",
    "first without --apply, then with it": "先不加 --apply 看一遍，再加上执行",
    "{folder} holds what was moved for another result, or by other decisions": (
        "{folder} 里是按另一份结果或另一些决定移走的文件"
    ),
    "the decisions in {path} were made for a result with other settings": (
        "{path} 里的决定是对另一份结果作的，设置与这份不同"
    ),
    "the decisions in {path} were made for another result: {count} do not fit, "
    "the first is of cluster {id}": (
        "{path} 里的决定是对另一份结果作的：有 {count} 条对不上，第一条属于 {id} 组"
    ),
    "decide in the page of this result: dedup report RESULT -o report.html": (
        "请在这份结果的网页里作决定：dedup report RESULT -o report.html"
    ),
    "name another folder: --to DIR; or undo it first: dedup undo {path}": (
        "换一个目录：--to DIR；或先撤销：dedup undo {path}"
    ),
    "{folder} is there already, and not for this": "{folder} 已经存在，且另有内容",
    "name a folder that is empty or not there: --to DIR": "请指定一个空的或尚不存在的目录：--to DIR",
    "another dedup is at work in {folder}": "另一个 dedup 正在处理 {folder}",
    "wait for it, or name another folder: --to DIR": "等它结束，或换一个目录：--to DIR",
    "{path} is not a manifest of dedup": "{path} 不是 dedup 的清单",
    "the manifest lies in the folder that files were moved to: {name}": (
        "清单在文件移到的目录里，名为 {name}"
    ),
    "the manifest is cut short": "清单不完整",
    "it is not JSON": "不是 JSON",
    "undoing would replace {count} files: {names}": "撤销会覆盖 {count} 个文件：{names}",
    "move them away and undo again; nothing was changed": "请先把它们移开再撤销；这次什么也没有改动",
    "{count} moved files have changed: {names}": "{count} 个移走的文件已有改动：{names}",
    "nothing was changed; put back what was moved, then undo again": (
        "这次什么也没有改动；请把移走的文件恢复原样再撤销"
    ),
}
