"""Chinese texts: the page for a browser, and the decisions that are made in it."""

from __future__ import annotations

ZH: dict[str, str] = {
    # the page
    "Skip to the content": "跳到正文",
    "Language": "语言",
    "Colours": "配色",
    "as the system": "跟随系统",
    "light": "浅色",
    "dark": "深色",
    "Keyboard": "键盘",
    "Duplicates: {count} cluster": "查重报告：{count} 组",
    "Duplicates: {count} clusters": "查重报告：{count} 组",
    "{a} and {b} compared": "{a} 与 {b} 的比较",
    # overview
    "Totals": "总数",
    "documents": "文档",
    "characters": "字符",
    "clusters": "重复组",
    "can be dropped": "可去除",
    "not compared": "未比较",
    "From texts to clusters": "从文本到重复组",
    "documents read": "读取的文档",
    "of them different texts": "其中互不相同的文本",
    "pairs worth computing": "值得计算的候选对",
    "pairs with a relation": "判定有关系的文档对",
    "How similar the pairs are": "相似度分布",
    "equal": "相等",
    "similarity": "相似度",
    "pairs": "对数",
    "Relations": "关系",
    "Settings": "设置",
    "Worth a look": "请留意",
    "changed or gone since the scan": "扫描后有改动或已不在",
    "Not compared": "未参与比较",
    "{count} document was changed or is gone since the scan; it is not shown.": (
        "扫描之后，{count} 篇文档有改动或已不在，不再展示其内容。"
    ),
    "{count} documents were changed or are gone since the scan; they are not shown.": (
        "扫描之后，{count} 篇文档有改动或已不在，不再展示其内容。"
    ),
    "The result was made without a word of the texts.": "结果不含任何原文。",
    "One cluster holds {count} of {documents} documents.": (
        "有一组多达 {count} 篇，而文档总共只有 {documents} 篇。"
    ),
    "The encoding of {count} document is a guess.": "{count} 篇文档的编码是推测的。",
    "The encoding of {count} documents is a guess.": "{count} 篇文档的编码是推测的。",
    "{pairs} pairs in {buckets} crowded buckets were not compared.": (
        "{buckets} 个桶过于拥挤，其中 {pairs} 对没有比较。"
    ),
    "{reason}: {count}": "{reason}：{count}",
    "… and {count} more; jsonl has them all": "……另有 {count} 项；jsonl 格式列出全部",
    # the list
    "Clusters": "重复组",
    "Choose and sort": "筛选与排序",
    "Search names and paths": "搜索名称和路径",
    "Relations shown": "显示的关系",
    "At least so many documents": "每组至少几篇",
    "Decisions": "审阅情况",
    "decided or not": "不限",
    "undecided": "未审",
    "decided": "已审",
    "Order": "排序",
    "as in the result": "按结果中的次序",
    "largest first": "篇数从多到少",
    "least similar first": "相似度从低到高",
    "by name": "按名称",
    "Open all that are shown": "展开当前各组",
    "Close all": "全部折叠",
    "There are no duplicates.": "没有重复。",
    "Nearest to the decision": "离判定界线最近",
    "Related, and not dropped": "有关系，但都保留",
    "Made up of several others": "由几篇合成的文档",
    "Shown: {shown} of {clusters} clusters (--limit).": (
        "只展示 {shown} 组，共 {clusters} 组（--limit）。"
    ),
    "Left out: the texts of {count} dropped document side by side; its entry gives the command "
    "that shows them.": "{count} 篇重复文档没有附对照文本；该条目下有可以查看对照的命令。",
    "Left out: the texts of {count} dropped documents side by side; their entries give the "
    "command that shows them.": "{count} 篇重复文档没有附对照文本；各条目下有可以查看对照的命令。",
    "Shown: {shown} of {all}": "显示 {shown} 组，共 {all} 组",
    # a cluster
    "Cluster {number}: {members} documents": "第 {number} 组：{members} 篇文档",
    "Link to this cluster": "本组链接",
    "Copy path": "复制路径",
    "Copy command": "复制命令",
    "copied": "已复制",
    "date": "日期",
    "known already": "已知文档",
    "shared run": "相同的一段",
    "{count} characters": "{count} 字",
    "similarity {similarity}": "相似度 {similarity}",
    "Recognised in it": "识别出的部分",
    "Side by side": "逐段对照",
    "line": "行",
    # the review
    "Review": "审阅",
    "Your decision": "你的决定",
    "Not duplicates: all of them stay": "不是重复：全部保留",
    "Keep this one": "保留这一篇",
    "Leave this one out: it stays": "这一篇除外：不去除",
    "Save the decisions": "保存决定",
    "Take all decisions back": "撤销全部决定",
    "The decisions as a file": "决定文件的内容",
    "Decisions are made here and act nowhere until you save them; dedup reads the file.": (
        "在这里作出的决定不会立即生效；请保存为文件，交给 dedup 读取。"
    ),
    "Clusters decided: {count}": "已作决定：{count} 组",
    # keys
    "Single keys act": "启用单键操作",
    "show or hide this list": "显示或隐藏本表",
    "next cluster": "下一组",
    "previous cluster": "上一组",
    "open or close the cluster": "展开或折叠本组",
    "search": "搜索",
    "not duplicates, or take that back": "标为不是重复，或撤销",
    "the other language": "切换语言",
    "other colours": "切换配色",
    "save the decisions": "保存决定",
    "Close": "关闭",
    # in a terminal
    "Show what differs in two columns; by default on a terminal, in the format full.": (
        "把不同之处分两栏对照显示；输出到终端且格式为 full 时默认如此。"
    ),
    "Page through the result with $PAGER, or less; by default on a terminal.": (
        "用 $PAGER 或 less 分页显示结果；输出到终端时默认如此。"
    ),
    "dedup: note: {path} is UTF-16, as the > of PowerShell writes it; dedup scan … -o FILE "
    "writes UTF-8": (
        "dedup：提示：{path} 是 UTF-16 编码，PowerShell 的 > 会这样写；"
        "dedup scan … -o FILE 写的是 UTF-8"
    ),
    # files of decisions
    "{path} holds no decisions of dedup": "{path} 不是 dedup 的决定文件",
    "save them from the page that dedup report RESULT -o report.html makes": (
        "请在 dedup report RESULT -o report.html 生成的网页里保存"
    ),
    "{path} holds decisions of format {schema}, and this dedup reads {known}": (
        "{path} 的决定文件是第 {schema} 版格式，当前的 dedup 只读到第 {known} 版"
    ),
    "update dedup, or decide again in a page that this one makes": (
        "请更新 dedup，或用当前版本生成的网页重新审阅"
    ),
    "it contradicts an earlier decision of cluster {id}": "与重复组 {id} 前面的决定相矛盾",
}
