"""Chinese texts: the index."""

from __future__ import annotations

ZH: dict[str, str] = {
    # errors
    "{path} is there already": "{path} 已经存在",
    "add to it: dedup index add {path} PATH": "往里添加：dedup index add {path} PATH",
    "what was added before is kept; make room, or write elsewhere": (
        "此前添加的内容都还在；请腾出空间，或换个地方写"
    ),
    "another process is writing to {path}": "另一个进程正在写 {path}",
    "try again when it is done": "等它结束后再试",
    "there is no index {path}": "没有索引 {path}",
    "make one: dedup index build {path} PATH": "新建一个：dedup index build {path} PATH",
    "cannot read {path}: {why}": "无法读取 {path}：{why}",
    "{path} is no index": "{path} 不是索引文件",
    "name a file that dedup index build has made": "请指定由 dedup index build 生成的文件",
    "use a newer dedup: pip install --upgrade zh-dedup": (
        "请升级 dedup：pip install --upgrade zh-dedup"
    ),
    "see what is left: dedup index verify INDEX, then dedup index rebuild INDEX": (
        "先用 dedup index verify INDEX 看还剩什么，再用 dedup index rebuild INDEX 重建"
    ),
    "{name} was made by other definitions or another dictionary": (
        "{name} 是用另一版定义或另一部词典生成的"
    ),
    "make it anew from its own texts: dedup index rebuild {path}": (
        "用索引中保存的文本重建：dedup index rebuild {path}"
    ),
    "{path} was made by other settings: {what}": "{path} 生成时的设置不同：{what}",
    "leave them away, or make it anew: dedup index rebuild {path} …": (
        "去掉这些设置，或重建索引：dedup index rebuild {path} …"
    ),
    "the index {path} is open for reading": "索引 {path} 是以只读方式打开的",
    "open it with write=True": "请用 write=True 打开",
    "paths and shards cannot be added together": "路径和分片不能一起添加",
    "it is too long for an index": "文本太长，无法收入索引",
    "there is no index to update": "没有可更新的索引",
    "name one: --against INDEX --update-index": "请指定一个：--against INDEX --update-index",
    "an index is compared with by itself": "索引只能单独用于比对",
    "put them together: dedup index merge, or dedup index add": (
        "先合到一起：dedup index merge 或 dedup index add"
    ),
    "one of {a} and {b} keeps texts and one does not": "{a} 和 {b} 一个保存文本，一个不保存",
    # what verify finds
    "{count} runs are of no source": "{count} 段文档没有来源",
    "it was not read to the end; add it again": "没有读完，请重新添加",
    "it overlaps the one before": "与前一个重叠",
    "{count} documents are in no segment": "{count} 个文档不在任何分段中",
    "it has {found} pages instead of {wanted}": "有 {found} 页，应有 {wanted} 页",
    "it names documents that it has not": "指向了不存在的文档",
    "it does not fit its checksum, or cannot be read": "校验和不符，或无法读取",
    # help
    "Keep a corpus in one file, add to it and ask it.\n\n"
    "An index knows every text that was ever added to it: a new one is compared with all of "
    "them without reading them again. Any number of processes may ask while one adds.": (
        "把语料库存成一个文件，可以添加，也可以查询。\n\n"
        "索引记得添加过的每一篇文本：新文本与它们全部比对，而不必重读。"
        "一个进程添加时，其他进程可以照常查询。"
    ),
    "Make an index of files and folders.\n\n"
    "The settings are the index's from then on. Interrupted, it is gone on with by dedup "
    "index add.": (
        "为文件和文件夹建立索引。\n\n设置从此固定在索引中。中断后可用 dedup index add 接着做。"
    ),
    "Keep no text in the index: texts are read again from where they were, and what cannot "
    "be read there is listed as unverified.": (
        "索引中不保存文本：需要时到原处重读，读不到的列为未核实。"
    ),
    "How long to wait for another process that writes to the index [default: 10].": (
        "另一个进程正在写索引时，最多等多少秒 [默认：10]。"
    ),
    "Add files and folders, and follow what became of them.\n\n"
    "Files that are unchanged, by size, time and inode or else by their bytes, are passed by; "
    "changed ones are read again, and what was in a folder and is no more is removed.": (
        "添加文件和文件夹，并跟进其变化。\n\n"
        "大小、时间和 inode 相同，或内容逐字节相同的文件不再重读；有改动的重新读取；"
        "文件夹里已经不在的从索引中移除。"
    ),
    "Remove documents by their ids.": "按编号移除文档。",
    "Say what an index has of files, best first.\n\n"
    "PATH is a file, a folder or - for standard input.": (
        "查询索引中与文件相同的文本，最相近的在前。\n\n"
        "PATH 可以是文件、文件夹，或用 - 表示标准输入。"
    ),
    "Show the N best of each document; 0 shows all [default: 5].": (
        "每个文档显示最相近的 N 个；0 表示全部 [默认：5]。"
    ),
    "Take over the documents of other indexes.\n\n"
    "The answers are then those of one index of everything, so that several machines can "
    "share the work. The others stay as they are.": (
        "并入其他索引中的文档。\n\n"
        "合并后的查询结果与一次建成的索引相同，因此可由几台机器分担。其他索引保持不变。"
    ),
    "Say what an index is: counts, size, settings.": "显示索引的概况：数量、大小、设置。",
    "Read everything in an index, and name what is damaged.\n\n"
    "The status is 2 where something is. What is sound is saved by dedup index rebuild.": (
        "通读索引，列出损坏之处。\n\n有损坏时退出码为 2。完好的部分可用 dedup index rebuild 保住。"
    ),
    "Make an index anew from its own texts.\n\n"
    "With other settings or dictionaries, or from what is sound of a damaged one; the corpus "
    "is not needed. Without options the settings are those that the index has.": (
        "用索引中保存的文本重建索引。\n\n"
        "可换用别的设置或词典，也可从损坏的索引中救出完好的部分；不需要原语料库。"
        "不加选项时沿用索引原有的设置。"
    ),
    "Bring an index of an older dedup up to the format of this one.\n\n"
    "Whatever writes to an index does so, too; what only reads it changes nothing, and asks "
    "for this.": (
        "把旧版 dedup 建立的索引升级到当前格式。\n\n"
        "凡是写入索引的命令都会自动升级；只读取的命令不改动文件，而是提示运行本命令。"
    ),
    "Add what is kept to the index that --against names.": (
        "把保留下来的文档加入 --against 指定的索引。"
    ),
    # what is said
    "removed: {count} documents": "已移除文档：{count}",
    "taken over: {count} documents": "已并入文档：{count}",
    "Find every run of 30 characters that a few new texts share with known ones, for which "
    "all of these are read: with an index [default: where it is small].": (
        "新文本不多时，找出它们与已知文本共有的每一处 30 字连续文字；为此要通读已知文本，"
        "与索引比对时默认只在索引较小时这样做。"
    ),
    "the index {path} keeps no texts to look for runs in": (
        "索引 {path} 不存文本，无从查找连续的相同文字"
    ),
    "compare with the texts themselves: --against PATH": "请与文本本身比对：--against PATH",
    "dedup: note: runs of {run} characters were not looked for in the {count} documents of "
    "the index, which would all be read: --runs looks for them": (
        "dedup：提示：未在索引的 {count} 篇文档中查找 {run} 字的连续相同文字（需要通读全部文档），"
        "如需查找请加 --runs"
    ),
    "it has format {known} already": "格式已是 {known}，无需升级",
    "from format {found} to format {known}": "已从格式 {found} 升级到格式 {known}",
    "bring it up to date: dedup index migrate {path}": "请升级：dedup index migrate {path}",
    "the index is sound": "索引完好",
    "dedup: error: {count} ids are not in the index": "dedup：错误：有 {count} 个编号不在索引中",
    "dedup: error: {where}: {what}": "dedup：错误：{where}：{what}",
    "dedup: error: {count} documents could not be read; add their files again": (
        "dedup：错误：有 {count} 个文档无法读出；请重新添加它们所在的文件"
    ),
    "files: {added} added, {changed} changed, {renamed} renamed, {removed} removed, "
    "{unchanged} unchanged; documents: {documents} added, {total} in all": (
        "文件：新增 {added}，改动 {changed}，改名 {renamed}，移除 {removed}，未变 {unchanged}；"
        "文档：新增 {documents}，共 {total}"
    ),
    "dedup: warning: {count} documents of the index could not be read to compare them: {names}": (
        "dedup：警告：索引中有 {count} 个文档读不到原文，未能比对：{names}"
    ),
    "{count} matches": "{count} 个匹配",
    "unverified: its text could not be read": "未核实：读不到原文",
    "documents": "文档",
    "sources": "来源",
    "segments": "分段",
    "removed": "已移除",
    "bytes": "字节",
    "texts kept": "保存文本",
    "format": "格式版本",
    "fingerprint": "设置指纹",
    "yes": "是",
    "no": "否",
}
