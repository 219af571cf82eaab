"""Chinese texts: passages that many documents share."""

from __future__ import annotations

ZH: dict[str, str] = {
    "cannot read the boilerplate {path}: {why}": "无法读取套话列表 {path}：{why}",
    "--write-boilerplate FILE saves what a scan learns; --no-boilerplate uses none": "用 "
    "--write-boilerplate FILE 可保存扫描时学到的列表；用 --no-boilerplate 则不使用任何列表",
    "the boilerplate {path} is not UTF-8 (byte {at})": "套话列表 {path} 不是 UTF-8 编码"
    "（第 {at} 字节）",
    "{name} is no list of boilerplate": "{name} 不是套话列表",
    "its first line must be: {line}": "首行应为：{line}",
    "{name}, line {line}: {text} is no passage": "{name} 第 {line} 行：{text} 不是有效的条目",
    "a line is a hash of 16 digits, a tab, a count, a tab, and a sample": "每行依次为 16 位"
    "十六进制散列值、制表符、文档数、制表符和示例",
    "give the path of a list, or {none}": "请给出列表的路径，或写 {none}",
    "{a} and {b} exclude each other": "{a} 与 {b} 不能同时使用",
    "{a} and {b} name one file": "{a} 与 {b} 指向同一个文件",
    "learning boilerplate": "学习套话",
    "passage that many documents share": "多篇文档共有的段落",
    "in {value} documents": "见于 {value} 篇文档",
    "set aside: {lines} lines listed as boilerplate": "不参与比较：列为套话的 {lines} 行",
    "set aside: {lines} lines shared by up to {documents} documents": "不参与比较：{lines} 行，"
    "最多为 {documents} 篇文档共有",
    "not compared: {count} passages that many of the documents share; --show-boilerplate lists "
    "them, --no-boilerplate compares them": "未比较：多篇文档共有的 {count} 处套话；"
    "--show-boilerplate 可列出，--no-boilerplate 则照常比较",
    "Do not compare the passages that are listed in FILE; none lists none [default: a scan "
    "learns which many documents share].": "FILE 中列出的段落不参与比较；写 none 表示不用列表"
    "［默认：由扫描自行学习多篇文档共有的段落］。",
    "Compare what many documents share, too: --boilerplate none.": "多篇文档共有的段落也参与比较，"
    "等于 --boilerplate none。",
    "Save the passages that many documents share, and that were not compared, for "
    "--boilerplate.": "保存多篇文档共有、未参与比较的段落，供 --boilerplate 使用。",
    "List the passages that would not be compared, most documents first, and compare nothing: in "
    "the form of --boilerplate, to strike lines out.": "列出不会参与比较的段落，所在文档多的在前，"
    "不做任何比较；格式与 --boilerplate 的文件相同，可删去其中的行。",
}
