"""Chinese texts: results for people, and what differs, in words."""

from __future__ import annotations

ZH: dict[str, str] = {
    # lists and sentences
    ", ": "、",
    "; ": "；",
    "{sentence}.": "{sentence}。",
    "{head} and {last}": "{head}和{last}",
    "{what} ({examples})": "{what}（{examples}）",
    # relations
    "identical": "完全相同",
    "same-text": "文字相同",
    "same-body": "正文相同",
    "near": "近似",
    "contains": "包含",
    "contained": "被包含",
    "not duplicates": "不重复",
    "the texts are identical": "两份文本完全相同",
    "the same text: equal in every letter, digit and Han character": (
        "同一文本：汉字、字母、数字全部相同"
    ),
    "the same body under different titles": "正文相同，标题不同",
    "the same article": "同一篇文章",
    "nearly the same text": "文字大致相同",
    "the second is part of the first": "后者是前者的一部分",
    "the first is part of the second": "前者是后者的一部分",
    "different texts": "不是同一文本",
    "{dropped}: identical to {kept} ({similarity})": (
        "{dropped}: 与 {kept} 完全相同（{similarity}）"
    ),
    "{dropped}: same-text as {kept} ({similarity})": (
        "{dropped}: 与 {kept} 文字相同（{similarity}）"
    ),
    "{dropped}: same-body as {kept} ({similarity})": (
        "{dropped}: 与 {kept} 正文相同（{similarity}）"
    ),
    "{dropped}: near {kept} ({similarity})": "{dropped}: 与 {kept} 近似（{similarity}）",
    "{dropped}: contained in {kept} ({similarity})": (
        "{dropped}: 包含在 {kept} 之中（{similarity}）"
    ),
    "{dropped}: contains {kept} ({similarity})": "{dropped}: 包含 {kept}（{similarity}）",
    # parts of other documents
    "Part of another document, and not dropped: {count} pair": (
        "是别的文档的一部分，未判为重复：{count} 对"
    ),
    "Part of another document, and not dropped: {count} pairs": (
        "是别的文档的一部分，未判为重复：{count} 对"
    ),
    "{count} more pair; jsonl has them all": "另有 {count} 对；jsonl 格式列出全部",
    "{count} more pairs; jsonl has them all": "另有 {count} 对；jsonl 格式列出全部",
    "{share} of it is in {container}, and makes up {part} of that": (
        "本篇有 {share} 见于 {container}，占后者的 {part}"
    ),
    "A stands in B, from line {first} to line {last}": "A 位于 B 的第 {first} 行至第 {last} 行",
    "B stands in A, from line {first} to line {last}": "B 位于 A 的第 {first} 行至第 {last} 行",
    # clusters
    "Cluster {number} of {total} ({id}): {members} documents, {dropped} dropped": (
        "第 {number} 组，共 {total} 组（{id}）：{members} 篇文档，其中重复 {dropped} 篇"
    ),
    "keep": "保留",
    "drop": "重复",
    "{relation}: similarity {similarity}": "{relation}：相似度 {similarity}",
    "{relation}: similarity {similarity} with metadata and titles set aside, {whole} with "
    "everything compared": "{relation}：不计元信息和标题时相似度 {similarity}，全文比较时 {whole}",
    "containment: {dropped} of it is in the kept one, {kept} of the kept one in it": (
        "包含度：本篇有 {dropped} 见于保留的一篇，后者有 {kept} 见于本篇"
    ),
    "For {count} dropped document the differences are not shown; for any pair:": (
        "另有 {count} 篇重复文档未列出差异；查看任意两篇的差异："
    ),
    "For {count} dropped documents the differences are not shown; for any pair:": (
        "另有 {count} 篇重复文档未列出差异；查看任意两篇的差异："
    ),
    # pairs near the decision
    "Nearest to the decision: {count} pair, threshold {threshold}": (
        "离判定界线最近的 {count} 对，阈值 {threshold}"
    ),
    "Nearest to the decision: {count} pairs, threshold {threshold}": (
        "离判定界线最近的 {count} 对，阈值 {threshold}"
    ),
    "{relation}: similarity {similarity}, but the titles name different things": (
        "{relation}：相似度 {similarity}，但标题所指不同"
    ),
    "{relation}: similarity {similarity}, short by {margin}": (
        "{relation}：相似度 {similarity}，差 {margin}"
    ),
    "{relation}: similarity {similarity}, with {margin} to spare": (
        "{relation}：相似度 {similarity}，高出 {margin}"
    ),
    # the histogram
    "similarity of the pairs:": "成立对的相似度分布：",
    "equal texts": "文本相等",
    # saved results
    "{path}, line {line}: {why}": "{path} 第 {line} 行：{why}",
    "the file is damaged or was edited; make it anew: dedup scan … -o FILE": (
        "文件已损坏或被改动过；请重新生成：dedup scan … -o FILE"
    ),
    "{name} is missing": "缺少 {name}",
    "{name} cannot be {value}": "{name} 的值不能是 {value}",
    "it is not UTF-8 (byte {at})": "不是 UTF-8（第 {at} 字节）",
    "it is not a whole record": "不是完整的记录",
    "something follows the last record": "末条记录之后还有内容",
    "a second result begins here": "从这里开始是另一份结果",
    "the pair of {a} and {b} is missing": "缺少 {a} 与 {b} 的文档对",
    "the document {id} is missing": "缺少文档 {id}",
    "there should be {said} {name}, but there are {there}": (
        "{name} 应有 {said} 条，实有 {there} 条"
    ),
    "{path} is incomplete: it ends at line {line}, without a summary": (
        "{path} 不完整：到第 {line} 行就中断了，没有汇总记录"
    ),
    "make it anew: dedup scan … -o FILE": "请重新生成：dedup scan … -o FILE",
    "{path} is not a result of dedup in the format jsonl": "{path} 不是 dedup 的 jsonl 格式结果",
    "write one: dedup scan … -o result.jsonl": "请这样生成：dedup scan … -o result.jsonl",
    "{path} was made by a newer dedup, {version}": "{path} 由更新的 dedup {version} 生成",
    "update dedup, or scan again with this one": "请升级 dedup，或用当前版本重新扫描",
    "{path} is not whole: its UTF-16 breaks off": "{path} 不完整：UTF-16 编码中断",
    # what differs, in a sentence
    "{name} adds {parts}": "{name} 多出{parts}",
    "the {part} differs ({examples})": "{part}不同（{examples}）",
    "{count} more part that is set aside": "另外 {count} 处不参与比较的内容",
    "{count} more parts that are set aside": "另外 {count} 处不参与比较的内容",
    "{count} more": "另有 {count} 处",
    "otherwise only {what} differ": "其余只有{what}不同",
    "otherwise only {what} differs": "其余只有{what}不同",
    "{what} differ too": "{what}也有不同",
    "{what} differs too": "{what}也有不同",
    "the script (Simplified or Traditional)": "简繁字形",
    "white space": "空白",
    "punctuation width": "标点全半角",
    "letter case": "字母大小写",
    "punctuation": "标点",
    "the notation of numbers and dates": "数字和日期的写法",
    "regional or variant wording": "地区用词或异形词",
    "{count} number or date in another notation": "{count} 处数字或日期写法不同",
    "{count} numbers or dates in another notation": "{count} 处数字或日期写法不同",
    "{count} regional or variant wording": "{count} 处地区用词或异形词不同",
    "{count} regional or variant wordings": "{count} 处地区用词或异形词不同",
    "{count} number differs": "{count} 处数字不同",
    "{count} numbers differ": "{count} 处数字不同",
    "{count} date or time differs": "{count} 处日期或时间不同",
    "{count} dates or times differ": "{count} 处日期或时间不同",
    "{count} name or title of a person differs": "{count} 处人名或职务不同",
    "{count} names or titles of persons differ": "{count} 处人名或职务不同",
    "{count} negation differs": "{count} 处否定不同",
    "{count} negations differ": "{count} 处否定不同",
    "{count} change in quoted speech": "{count} 处引语不同",
    "{count} changes in quoted speech": "{count} 处引语不同",
    "{count} insertion": "增加 {count} 处",
    "{count} insertions": "增加 {count} 处",
    "{count} deletion": "删去 {count} 处",
    "{count} deletions": "删去 {count} 处",
    "{count} passage moved": "移动 {count} 处",
    "{count} passages moved": "移动 {count} 处",
    "{count} replacement": "改写 {count} 处",
    "{count} replacements": "改写 {count} 处",
    # parts that are set aside
    "a title": "标题",
    "a two-line title": "两行标题",
    "a title of {count} lines": "{count} 行标题",
    "a {part}": "{part}",
    "an {part}": "{part}",
    "metadata line": "元信息行",
    "line of page furniture": "页面附加行",
    "published {value}": "发布于 {value}",
    "printed {value}": "刊于 {value}",
    "scraped {value}": "抓取于 {value}",
    "updated {value}": "更新于 {value}",
    "source {value}": "来源 {value}",
    "page {value}": "第 {value} 版",
    "place {value}": "地点 {value}",
    # the comparison of two documents
    "{kept} of {whole} kept characters compared, {tokens} tokens": (
        "比较 {kept} 字（全文 {whole} 字），{tokens} 词"
    ),
    "{kept} of {whole} kept characters compared, {tokens} tokens; {encoding}": (
        "比较 {kept} 字（全文 {whole} 字），{tokens} 词；{encoding}"
    ),
    "similarity {similarity}; threshold {threshold}": "相似度 {similarity}；阈值 {threshold}",
    "similarity {similarity} with metadata and titles set aside, {whole} with everything "
    "compared; threshold {threshold}": (
        "不计元信息和标题时相似度 {similarity}，全文比较时 {whole}；阈值 {threshold}"
    ),
    "containment: {a} of A is in B, {b} of B is in A": ("包含度：A 有 {a} 见于 B，B 有 {b} 见于 A"),
    "shingles: {shared} shared, {only_a} only in A, {only_b} only in B": (
        "词片段：共有 {shared} 个，仅见于 A {only_a} 个，仅见于 B {only_b} 个"
    ),
    "{part}: {example}": "{part}：{example}",
    "{text}  ({where})": "{text}（{where}）",
    "{name} holds no text to compare": "{name} 中没有可比较的文字",
    "What differs": "差异",
    "facts": "事实",
    "wording": "措辞",
    "form": "形式",
    "{what} ×{count}": "{what} ×{count}",
    "{what}; first: {example} ({where})": "{what}；首处：{example}（{where}）",
    "… {count} more; --output-format json lists all": (
        "……另有 {count} 处；用 --output-format json 列出全部"
    ),
    "A line {a}, B line {b}": "A 第 {a} 行，B 第 {b} 行",
    "A line {a}": "A 第 {a} 行",
    "B line {b}": "B 第 {b} 行",
    "Passages": "对照",
    "lines: {sections}": "各行来自：{sections}",
    "… {count} equal sentence, {lines}": "……{count} 句相同，{lines}",
    "… {count} equal sentences, {lines}": "……{count} 句相同，{lines}",
    "lines {a} / {b}": "第 {a} / {b} 行",
    "moved from line {a} to line {b}:": "由第 {a} 行移到第 {b} 行：",
    "… ({count} more characters)": "……（还有 {count} 字）",
    # formats
    "there is no output format {name}": "没有名为 {name} 的输出格式",
    "cannot tell the output format from the name {path}": "从文件名 {path} 看不出输出格式",
    "add --output-format {formats}": "请加上 --output-format {formats}",
}
