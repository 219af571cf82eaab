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
    "Find the documents that are the same text.\n\nPATH is a file, a directory, a pattern, a URL, or "
    "- for standard input. Directories are searched for texts and for files of records: JSONL, CSV, "
    "TSV and Parquet, compressed or not; a file that is named is always read.": (
        "找出内容相同的文档。\n\nPATH 是文件、目录、通配符、URL，或表示标准输入的 -。"
        "目录会被搜索，找出其中的文本和记录文件（JSONL、CSV、TSV、Parquet，压缩与否均可）；"
        "直接给出的文件一定会读取。"
    ),
    "Compare two documents and say what differs.\n\nA and B are files, or records by file and line: "
    "data.jsonl:12; one of them may be - for standard input. The status is 0 whatever the answer "
    "is; with --exit-code it is 1 for duplicates.": (
        "比较两篇文档，说明有何不同。\n\nA 和 B 是文件，或用文件名加行号表示的记录，如 data.jsonl:12；"
        "其中之一可以是表示标准输入的 -。"
        "无论结论如何，退出状态都是 0；加上 --exit-code 时，重复则为 1。"
    ),
    "Show the settings in effect, and where each came from.\n\nFlags go before DEDUP_ variables, "
    "these before the nearest dedup.toml or [tool.dedup] of a pyproject.toml, that before the "
    "values of a preset, and these before the defaults.": (
        "显示生效的设置及其来源。\n\n命令行选项优先于 DEDUP_ 环境变量，环境变量优先于最近的 "
        "dedup.toml 或 pyproject.toml 中的 [tool.dedup]，其次是预设方案的取值，最后才是默认值。"
    ),
    "Show a saved result once more, or decide its pairs by another threshold.\n\nRESULT is what "
    "dedup scan wrote as jsonl, or - for standard input. No text is compared anew: a threshold can "
    "be raised, not lowered, and settings are those of the scan. Only to say what differs are the "
    "texts read, as far as they are still there and unchanged.": (
        "重新显示已保存的结果，或换一个阈值重新判定。\n\nRESULT 是 dedup scan 以 jsonl 格式写出的"
        "结果，- 表示标准输入。文本不会重新比较：阈值只能调高，不能调低，其余设置与扫描时相同。"
        "只有在说明差异时才读取文本，前提是文件还在，内容也没有变。"
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
    "duplicates were found (by check, or with --exit-code)": (
        "发现重复（check 命令，或使用 --exit-code 时）"
    ),
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
    "Values that go together, before which every option of its own goes: reprint finds edited and "
    "shortened reprints (the defaults), strict nearly equal texts only, social is reprint with "
    "--social, excerpt finds quotations of 35 words in longer texts, too.": (
        "预设方案，即一组配套的取值，单独给出的选项优先：reprint 找出改动、删节过的转载"
        "（即默认值），strict 只找几乎相同的文本，social 即 reprint 加上 --social，"
        "excerpt 还能找出长文中 35 个词的引文。"
    ),
    "Share of the smaller text from which four fifths of the threshold are enough, in (0, 1].": (
        "较短文本有这么大比例包含在另一篇中时，相似度达到阈值的五分之四即可，取值范围 (0, 1]。"
    ),
    "Set aside what surrounds the words of posts: //@user: chains, @names, addresses, #topics#, "
    "and what links and folded texts leave behind.": (
        "比较社交媒体帖文时，不计正文以外的内容：“//@用户：”转发链、@用户名、网址、#话题#，"
        "以及“网页链接”“展开”“全文”等残留字样。"
    ),
    "Keep documents of an earlier source before those of a later one: files, folders, names or "
    "patterns.": "按来源先后决定保留哪一篇，靠前的优先；来源可以是文件、目录、名称或通配模式。",
    "Keep the record with the largest (or smallest) number in FIELD before the others.": (
        "优先保留 FIELD 字段数值最大（或最小）的记录。"
    ),
    "Tokens per shingle [default: 2 words or 3 characters].": (
        "每个片段的词数 [默认值：2 词或 3 字]。"
    ),
    "Tokens are words or characters.": "以词还是以字为单位。",
    "Probability of finding a pair that lies at the threshold, in (0, 1).": (
        "恰在阈值上的一对文本被找到的概率，取值范围 (0, 1)。"
    ),
    "Seed of the MinHash permutations.": "MinHash 置换的随机种子。",
    "Words to add to jieba's dictionary, in its format.": (
        "补充 jieba 词典的用户词典，格式与其相同。"
    ),
    "Take the words of Taiwan, Hong Kong and the mainland for one thing, and spellings "
    "that are both in use, for one word; done unless told not to.": (
        "把台湾、香港和大陆对同一事物的不同用词，以及并用的异形词，视为同一个词；默认如此。"
    ),
    "Compare everything; set no metadata, titles or page furniture aside.": (
        "比较全部内容，元信息、标题和页面附加内容也参与比较。"
    ),
    "Read files as NAME instead of detecting it.": "按 NAME 编码读取文件，不作检测。",
    "Which document of a cluster stays.": "一组重复文档中保留哪一篇。",
    "Keep documents under DIR before all others.": "优先保留 DIR 目录下的文档。",
    "Tokens of an unedited stretch that is found for certain where a text is part of a "
    "longer one, 10 to 10,000.": (
        "一篇文本是另一篇较长文本的一部分时，只要有连续 N 个词（或字）未经改动，"
        "就保证能够发现；取值 10 至 10,000。"
    ),
    "Drop every text that is part of a longer one, not only where it is most of it.": (
        "凡是较长文本的一部分，一律判为重复；默认只在它占较长文本的大部分时才如此。"
    ),
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
    "Show the N pairs nearest to the decision too, duplicates or not.": (
        "另外列出离判定界线最近的 N 对文档，不论是否判为重复。"
    ),
    "Decide the pairs by this threshold, not below that of the scan.": (
        "按此阈值重新判定，不得低于扫描时的阈值。"
    ),
    "Decide contained texts by this containment, not below that of the scan.": (
        "按此包含度重新判定互相包含的文本，不得低于扫描时的取值。"
    ),
    "Form the clusters by this policy of which document stays.": (
        "按此规则决定每组保留哪一篇，并重新分组。"
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
    "borderline is {value}, but must be 0 or more": "borderline 的值是 {value}，不得小于 0",
    "--borderline 10 shows the ten pairs nearest to the decision": (
        "例如 --borderline 10 会列出离判定界线最近的十对"
    ),
    "the format {name} does not show borderline pairs": "{name} 格式不显示界线附近的文档对",
    "{path} is the result that is read, and would be replaced": (
        "{path} 正是要读取的结果，写入会将其覆盖"
    ),
    "the result holds the pairs of {name} {known} and above; {wanted} is below that": (
        "结果中只有 {name} 达到 {known} 的文档对，{wanted} 低于此值"
    ),
    "scan again: dedup scan … --{name} {wanted}": "请重新扫描：dedup scan … --{name} {wanted}",
    # progress
    "reading": "读取",
    "searching": "搜索文件",
    "sketching": "计算签名",
    "comparing words": "逐词比较",
    "looking for candidates": "查找候选",
    "verifying candidates": "核实候选",
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
    "preset {name}": "预设方案 {name}",
    "dedup: warning: {dropped} of {documents} documents would be dropped": (
        "dedup：警告：{documents} 篇文档中，将有 {dropped} 篇被去除"
    ),
    "dedup: warning: one cluster holds {count} of {documents} documents; the kept one is {name}": (
        "dedup：警告：{documents} 篇文档中，有 {count} 篇属于同一重复组，保留的是 {name}"
    ),
    "  hint: --threshold {value} finds fewer duplicates": (
        "  提示：加上 --threshold {value}，找出的重复会少一些"
    ),
    "  hint: dedup explain {a} {b} shows what they share; --threshold {value} finds fewer": (
        "  提示：dedup explain {a} {b} 可查看两者有何相同；加上 --threshold {value}，找出的会少一些"
    ),
    "{read}, {clusters}, {dropped} dropped, at threshold {threshold}": (
        "{read}，{clusters}，可去除 {dropped} 篇，阈值 {threshold}"
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
    "needs zh-dedup[html]": "需要 zh-dedup[html]",
    "needs zh-dedup[office]": "需要 zh-dedup[office]",
    "no text layer": "没有文字层",
    "not JSON": "不是 JSON",
    "not a record": "不是记录",
    "not a row of the table": "不是表中的一行",
    "without the field that holds the text": "缺少正文字段",
    "something other than a text": "不是文本",
    "needs zh-dedup[parquet]": "需要 zh-dedup[parquet]",
    "needs zh-dedup[zstd]": "需要 zh-dedup[zstd]",
    "needs zh-dedup[remote]": "需要 zh-dedup[remote]",
    "damaged": "文件损坏",
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
    "  … and {count} more such documents": "  ……另有 {count} 篇文档也是如此",
    "dedup: warning: the result was made by other definitions or dictionaries; what differs is "
    "not shown": "dedup：警告：生成该结果所用的定义或词典与此处不同；不列出差异",
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
