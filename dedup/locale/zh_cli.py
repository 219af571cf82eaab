"""Chinese texts: help, errors, summaries, and what click says itself."""

from __future__ import annotations

#: click's own texts; ``ngettext`` picks the first or second of a pair by number.
CLICK: dict[str, str] = {
    "Options": "选项",
    "Commands": "命令",
    "default: {default}": "默认：{default}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Option {name!r} requires an argument.": "选项 {name!r} 需要一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 需要 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    "Got unexpected extra argument ({args})": "多余的参数（{args}）",
    "Got unexpected extra arguments ({args})": "多余的参数（{args}）",
    "Invalid value: {message}": "值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在可选值 {choices} 之中。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不符合要求的数值类型（{number_type}）。",
    "Choose from:\n\t{choices}": "可选值：\n\t{choices}",
}

ZH: dict[str, str] = {
    **CLICK,
    # help
    "Usage: ": "用法：",
    "{heading}:": "{heading}：",
    "Find the same Chinese text in different clothes, and say why.": (
        "找出换了外观的同一中文文本，并说明理由。"
    ),
    "Find the documents that are the same text.\n\nPATH is a file, a directory, or - for one text "
    "on standard input. Directories are searched for texts; a file that is named is always read.": (
        "找出内容相同的文档。\n\nPATH 是文件、目录，或表示标准输入的 -（作为一篇文本）。"
        "目录会被搜索，找出其中的文本；直接给出的文件一定会读取。"
    ),
    "Compare two documents and say what differs.\n\nA and B are files; one of them may be - for "
    "standard input. The status is 0 whatever the answer is; with --exit-code it is 1 for "
    "duplicates.": (
        "比较两篇文档，说明有何不同。\n\nA 和 B 是文件，其中之一可以是表示标准输入的 -。"
        "无论结论如何，退出状态都是 0；加上 --exit-code 时，重复则为 1。"
    ),
    "Show the settings in effect, and where each came from.\n\nFlags go before DEDUP_ variables, "
    "these before the nearest dedup.toml or [tool.dedup] of a pyproject.toml, and that before "
    "the defaults.": (
        "显示生效的设置及其来源。\n\n命令行选项优先于 DEDUP_ 环境变量，环境变量优先于最近的 "
        "dedup.toml 或 pyproject.toml 中的 [tool.dedup]，最后才是默认值。"
    ),
    "Print the completion script of a shell.": "输出 shell 的自动补全脚本。",
    "Show this message and exit.": "显示帮助并退出。",
    "Show the version and exit.": "显示版本并退出。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "{help} [default: {value}]": "{help}[默认：{value}]",
    "Examples": "示例",
    "Exit status": "退出状态",
    "the job was done": "任务完成",
    "duplicates were found (only with --exit-code)": "发现重复（仅在使用 --exit-code 时）",
    "the job could not be done, or some input could not be read": "任务未能完成，或有输入无法读取",
    "interrupted": "被中断",
    # options
    "Language of help and messages [default: from the locale].": (
        "帮助和消息的语言[默认：取自系统区域设置]。"
    ),
    "Show progress; by default on a terminal only.": "显示进度；默认只在终端上显示。",
    "Exit with status 1 when there are duplicates.": "发现重复时以状态 1 退出。",
    "Write the result to FILE; its suffix implies the format.": "把结果写入 FILE；格式由后缀决定。",
    "Similarity from which two texts are near-duplicates, in (0, 1].": (
        "相似度达到此值的两篇文本视为近似，取值范围 (0, 1]。"
    ),
    "Tokens per shingle.": "每个片段的词数。",
    "Tokens are words or characters.": "以词还是以字为单位。",
    "Probability of finding a pair that lies at the threshold, in (0, 1).": (
        "恰在阈值上的一对文本被找到的概率，取值范围 (0, 1)。"
    ),
    "Seed of the MinHash permutations.": "MinHash 置换的随机种子。",
    "Words to add to jieba's dictionary, in its format.": (
        "补充 jieba 词典的用户词典，格式与其相同。"
    ),
    "Compare everything; set no metadata, titles or page furniture aside.": (
        "比较全部内容，元信息、标题和页面附加内容也参与比较。"
    ),
    "Read files as NAME instead of detecting it.": "按 NAME 编码读取文件，不作检测。",
    "Which document of a cluster stays.": "一组重复文档中保留哪一篇。",
    "Keep documents under DIR before all others.": "优先保留 DIR 目录下的文档。",
    "Where the dates for newest and oldest come from.": "newest 和 oldest 所用日期的来源。",
    "Workers; 0 is one per core.": "并行数；0 表示每个核心一个。",
    "Colour the output; auto does so on a terminal.": "输出是否着色；auto 只在终端上着色。",
    "Say more on standard error.": "在标准错误上给出更多信息。",
    "Say nothing but errors on standard error.": "标准错误上只报告错误。",
    "How the result is written [default: full].": "结果的输出格式[默认：full]。",
    "Read paths from FILE, one a line or between NUL bytes; - is standard input.": (
        "从 FILE 读取路径，每行一个或以 NUL 分隔；- 表示标准输入。"
    ),
    "Read what .gitignore and .dedupignore leave out.": (
        "也读取 .gitignore 和 .dedupignore 排除的文件。"
    ),
    "Go on without what cannot be read; a warning, and status 0.": (
        "跳过无法读取的输入，只作警告，退出状态为 0。"
    ),
    # errors
    "dedup: error: {what}": "dedup：错误：{what}",
    "  hint: {hint}": "  提示：{hint}",
    "dedup: interrupted": "dedup：已中断",
    "{command} --help shows what there is": "用 {command} --help 查看用法",
    "the system says: {why}": "系统报告：{why}",
    "free some space and try again": "请腾出一些空间再试",
    "out of memory": "内存不足",
    "scan fewer files at a time": "请分批扫描，每次少一些文件",
    "  this is a bug in dedup, not in your texts; please report it with the command you typed, "
    "{made_by}, and the lines below": (
        "  这是 dedup 的缺陷，与您的文本无关；请报告此问题，"
        "并附上所用的命令、{made_by} 以及下面的内容"
    ),
    "DEDUP_LANG is {value}, which is no language of dedup": (
        "DEDUP_LANG 的值是 {value}，dedup 没有这种语言"
    ),
    "{where}: {name} is {value}, which is none of its values": "{where}：{name} 不能取 {value}",
    "standard input is closed": "标准输入已关闭",
    "standard output is closed": "标准输出已关闭",
    "use -o FILE": "请用 -o 指定文件",
    "cannot write standard output: {why}": "无法写入标准输出：{why}",
    "cannot write {path}: {why}": "无法写入 {path}：{why}",
    "{path} is one of the texts; the result would replace it": (
        "{path} 是待比较的文本之一，写入结果会将其覆盖"
    ),
    "write the result to another file": "请把结果写到别的文件",
    "the working directory does not exist any more": "当前目录已不存在",
    "go to a folder that exists: cd": "请用 cd 进入一个存在的目录",
    "cannot write {path}: it is a directory": "无法写入 {path}：这是目录",
    "name a file in it": "请给出其中的文件名",
    "cannot write {path}: there is no directory {folder}": "无法写入 {path}：没有目录 {folder}",
    "make the directory first": "请先建立该目录",
    "cannot write {path}: no permission in {folder}": "无法写入 {path}：对 {folder} 没有写权限",
    "no paths to scan": "没有要扫描的路径",
    "name files or folders: dedup scan PATH": "请给出文件或目录：dedup scan PATH",
    "standard input cannot be both a text and a list of paths": "标准输入不能既是文本又是路径列表",
    "cannot read the list {path}: {why}": "无法读取列表 {path}：{why}",
    "the list {path} is empty": "列表 {path} 是空的",
    "standard input cannot be both documents": "标准输入不能同时充当两篇文档",
    "name a file for one": "请为其中一篇给出文件",
    # progress
    "reading": "读取",
    "searching": "搜索文件",
    "sketching": "计算签名",
    "comparing": "比较",
    "explaining": "分析差异",
    "{stage}: {count}": "{stage}：{count}",
    "{stage}: {count} of {total}": "{stage}：{count} / {total}",
    # summary
    "{count} document read": "读取 {count} 篇文档",
    "{count} documents read": "读取 {count} 篇文档",
    "{count} cluster": "重复 {count} 组",
    "{count} clusters": "重复 {count} 组",
    "{read}, {clusters}, {dropped} dropped ({seconds} s)": (
        "{read}，{clusters}，可去除 {dropped} 篇（{seconds} 秒）"
    ),
    "{read}, {clusters}, {dropped} dropped, {skipped} skipped ({seconds} s)": (
        "{read}，{clusters}，可去除 {dropped} 篇，跳过 {skipped} 个输入（{seconds} 秒）"
    ),
    "nothing to compare: none of the inputs holds text": "没有可比较的内容：所有输入都不含文字",
    "no duplicates: there is only one document to compare": "没有重复：只有一篇文档可供比较",
    "no duplicates among {count} documents at threshold {threshold}": (
        "{count} 篇文档中没有重复（阈值 {threshold}）"
    ),
    "left out: {kinds}": "未读取：{kinds}",
    "{count} others": "其他 {count} 个",
    "{count} hidden": "隐藏 {count} 个",
    "{count} ignored": "被忽略规则排除 {count} 个",
    "{count} links": "链接 {count} 个",
    "{count} link": "链接 {count} 个",
    "{count} binary": "二进制 {count} 个",
    "characters: {characters}; documents equal to another: {collapsed}; candidates: "
    "{candidates}; pairs: {pairs}": (
        "字符数：{characters}；与另一篇相同的文档：{collapsed}；候选对：{candidates}；成立对：{pairs}"
    ),
    "dedup: warning: {count} input skipped: {reason}": "dedup：警告：跳过 {count} 个输入：{reason}",
    "dedup: warning: {count} inputs skipped: {reason}": (
        "dedup：警告：跳过 {count} 个输入：{reason}"
    ),
    "dedup: error: {count} input not read: {reason}": (
        "dedup：错误：{count} 个输入未能读取：{reason}"
    ),
    "dedup: error: {count} inputs not read: {reason}": (
        "dedup：错误：{count} 个输入未能读取：{reason}"
    ),
    "  hint: --ignore-errors goes on without them and exits with 0": (
        "  提示：加上 --ignore-errors 可略过它们，并以状态 0 退出"
    ),
    "  … and {count} more; -v names all": "  ……另有 {count} 个；用 -v 列出全部",
    "no letters, digits or Han characters": "不含汉字、字母或数字",
    "not text but binary": "不是文本，是二进制内容",
    "garbled text": "乱码",
    "in no known encoding": "编码无法识别",
    "cannot be read": "无法读取",
    "no such file or folder": "没有这个文件或目录",
    "not a regular file": "不是普通文件",
    "gone since it was found": "找到之后已消失",
    "a loop of links": "链接成环",
    "dedup: warning: the encoding of {count} document is a guess": (
        "dedup：警告：{count} 篇文档的编码只是推测"
    ),
    "dedup: warning: the encoding of {count} documents is a guess": (
        "dedup：警告：{count} 篇文档的编码只是推测"
    ),
    "  hint: --encoding NAME reads files as NAME": "  提示：用 --encoding NAME 指定编码",
    "dedup: warning: {pairs} pairs in {buckets} crowded buckets were not compared": (
        "dedup：警告：{buckets} 个过大的桶中有 {pairs} 对未作比较"
    ),
    "dedup: warning: {what}; what differs is not shown": "dedup：警告：{what}；不列出其差异",
    # the reference kernel
    "dedup: warning: the reference kernel needs about {time} for {size} MB of text": (
        "dedup：警告：正在使用参考内核，处理 {size} MB 文本约需 {time}"
    ),
    "  hint: unset {name}: the native kernel gives the same result a hundred times faster": (
        "  提示：取消环境变量 {name}，改用原生内核，结果相同，速度快约一百倍"
    ),
    "  hint: install dedup again with a C compiler at hand: the native kernel gives the same "
    "result a hundred times faster": (
        "  提示：备好 C 编译器后重新安装 dedup，即可使用原生内核，结果相同，速度快约一百倍"
    ),
    "{count} seconds": "{count} 秒",
    "{count} minutes": "{count} 分钟",
    "{count} hours": "{count} 小时",
    # configuration
    "default": "默认值",
    "flag": "命令行选项",
    "fingerprint {value}": "指纹 {value}",
}
