"""Chinese texts: shards written anew, work that is kept, and how much of a result is shown."""

from __future__ import annotations

ZH: dict[str, str] = {
    # options
    "Show the totals only.": "只显示总计。",
    "Show the N largest clusters only; the totals count all.": (
        "只显示最大的 N 个重复组；总计仍按全部计算。"
    ),
    "Leave every word of the texts out of the result: ids, numbers and verdicts stay.": (
        "结果中不含任何原文字句，只留编号、数字和判定。"
    ),
    "Put the texts of documents in a pair or cluster into the result, so that it needs nothing "
    "else to be read.": "把重复文档的原文一并写入结果，以后查看时无需再读原文件。",
    "Keep documents of an earlier source before those of a later one.": (
        "来源按给定的先后，靠前的文档优先保留。"
    ),
    "Keep by the number in FIELD, which the scan must have read for --keep-by.": (
        "按 FIELD 的数值决定保留哪一份；扫描时须已用 --keep-by 读取该字段。"
    ),
    "--no-text and --with-text exclude each other": "--no-text 与 --with-text 不能同用",
    "the text of {id} is another": "{id} 的原文与记录不符",
    "only files can be written anew, and their work be kept": (
        "只有文件才能另存去重后的副本或保存进度"
    ),
    "pass the path of a file or folder": "请传入文件或目录的路径",
    "{path} is one piece of JSON, and cannot be written anew": (
        "{path} 是一整个 JSON，无法另存去重后的副本"
    ),
    "make it JSON Lines first, a record a line": "请先转换为 JSON Lines，每行一条记录",
    "standard input ({size} MB) is kept in a temporary file in {folder} until the end": (
        "标准输入（{size} MB）暂存在 {folder} 下的临时文件中，结束时删除"
    ),
    "about {size} MB of text in {files} files: about {time}, and up to {memory} MB of memory": (
        "约 {size} MB 正文，共 {files} 个文件：约需 {time}，内存最多约 {memory} MB"
    ),
    "the result does not hold what {field} is": "结果中没有字段 {field} 的值",
    "scan again: dedup scan … --keep-by {field}": "请重新扫描：dedup scan … --keep-by {field}",
    "Write the input anew into DIR without what is dropped: the same files, records and "
    "compression.": "把去重后的输入写到 DIR：文件名、记录和压缩方式都与输入一致。",
    "Write what is dropped into DIR, with the id of what it duplicates.": (
        "把去掉的记录写到 DIR，并注明与哪一条重复。"
    ),
    "Write what is no record into DIR, with its place and the reason.": (
        "把无法解析的内容写到 DIR，并注明位置和原因。"
    ),
    "Keep the sketches of each file in DIR, for --resume.": (
        "把每个文件的指纹保存在 DIR，供 --resume 使用。"
    ),
    "Go on with the work in --work-dir: files that are sketched and unchanged are not "
    "sketched again.": "接着 --work-dir 里的进度继续：已算过指纹且没有变化的文件不再重算。",
    # what is said
    "file": "文件",
    "texts": "文本文件",
    "all": "合计",
    "read": "读取",
    "kept": "保留",
    "dropped": "去掉",
    "rejected": "无法解析",
    "taken over from the work folder: {count} files": "沿用工作目录中的结果：{count} 个文件",
    "dedup: warning: {count} rejected records were written nowhere; --write-rejected DIR "
    "keeps them": ("dedup：警告：{count} 条无法解析的记录没有写出；可用 --write-rejected DIR 保存"),
    "shown: {shown} of {clusters} clusters (--limit)": (
        "显示了 {clusters} 个重复组中的 {shown} 个（--limit）"
    ),
    "documents: {count}": "文档：{count}",
    "characters: {count}": "字符：{count}",
    "clusters: {count}": "重复组：{count}",
    "dropped: {count}": "去掉：{count}",
    "pairs: {count}": "重复对：{count}",
    "skipped: {count}": "跳过：{count}",
    "writing": "写出",
    "{rate} a second": "每秒 {rate}",
    "{time} left": "剩余 {time}",
    "time left unknown": "剩余时间未知",
    "{count} of {shards} inputs are written whole: {names}": (
        "{shards} 个输入中有 {count} 个已完整写出：{names}"
    ),
    "none of {shards} inputs is written whole": "{shards} 个输入都还没有完整写出",
    # errors
    "limit is {value}, but must be 0 or more": "limit 的值是 {value}，不能小于 0",
    "{option} cannot be used with the format {name}": "{option} 不能与格式 {name} 同用",
    "a result as {format} is always whole": "{format} 格式的结果总是完整的",
    "the format {name} has no summary": "格式 {name} 没有总计",
    "there is nothing to resume without a folder that holds the work": (
        "没有指定工作目录，无从继续"
    ),
    "give every run of this scan --work-dir DIR, the next ones --resume too": (
        "每次运行都加上 --work-dir DIR，再次运行时加上 --resume"
    ),
    "whole records are written, but they were split into units: --split {split}": (
        "只能写出完整的记录，而现在按单元切分：--split {split}"
    ),
    "compare documents to write them: --split document": (
        "要写出记录，请按整篇比较：--split document"
    ),
    "{path} has changed since it was read": "{path} 在读取之后发生了变化",
    "scan again while nothing writes to it": "请在没有程序写入它时重新扫描",
    "a text on standard input is no file that could be written anew": (
        "标准输入中是单篇文本，不是可以重新写出的文件"
    ),
    "name a file, or pass records: --format jsonl": (
        "请给出文件名，或传入记录：--input-format jsonl"
    ),
    "two inputs would be written to {name}": "有两个输入会写到同一个文件 {name}",
    "write them in two runs": "请分两次写出",
    "{path} is no folder": "{path} 不是目录",
    "{path} is not empty": "{path} 不是空目录",
    "{path} is a URL, and no folder to write to": "{path} 是 URL，不是可以写入的目录",
    "write to a folder here, and copy that": "请先写到本机目录，再复制过去",
    "{one} and {other} are in each other": "{one} 与 {other} 相互包含",
    "name folders that lie side by side": "请指定互不包含的目录",
    "{name} is damaged": "{name} 已损坏",
    "{path} is not of this run, and would stay": "{path} 不属于这次运行，会被留在目录里",
    "remove {path} and go on": "请删除 {path} 后继续",
    "{folder} is part of the input {path}": "{folder} 属于输入 {path}",
    "name a folder outside of it": "请指定输入之外的目录",
    "a run that did not finish left it: add --resume, or remove it": (
        "这是上次未完成的运行留下的：请加上 --resume，或删除它"
    ),
    "name a new folder, or remove it": "请换一个新目录，或删除它",
    "{path} holds the work of an earlier run": "{path} 中有先前运行的进度",
    "add --resume to go on with it, or remove the folder": (
        "加上 --resume 可接着运行，或删除该目录"
    ),
    "{path} is not empty, and holds no work of dedup": "{path} 不是空目录，也不是 dedup 的工作目录",
    "name a new folder": "请换一个新目录",
    "the work in {path} was done by other settings: {differing}": (
        "{path} 中的进度是用别的设置算出的：{differing}"
    ),
    "use those settings, or another folder": "请用原来的设置，或换一个目录",
    "another run is at work in {path}": "另一个进程正在使用 {path}",
    "wait for it, or name another folder": "请等它结束，或换一个目录",
    "{name} has format {found}, and this version reads {known}": (
        "{name} 的格式版本是 {found}，当前程序只能读取 {known}"
    ),
    "{name} is not a segment": "{name} 不是分段文件",
    "it changed while it was being compared": "比较过程中内容发生了变化",
    "free some room, or set TMPDIR to a folder that has it": (
        "请腾出空间，或用 TMPDIR 指定空间充足的目录"
    ),
    "writing .zst needs {extra}": "写出 .zst 文件需要 {extra}",
    "free some space and try again; the input is as it was": "请腾出空间后重试；输入没有改动",
}
