"""Chinese texts: core."""

from __future__ import annotations

ZH: dict[str, str] = {
    "metadata header": "文首信息",
    "source line": "来源",
    "byline": "作者署名",
    "credit line": "责编署名",
    "page line": "版面信息",
    "dateline": "电头",
    "front matter": "文件头信息",
    "title": "标题",
    "original title": "原标题",
    "reading counts": "阅读计数",
    "page buttons": "页面按钮",
    "list of related articles": "相关文章列表",
    "links to neighbouring pages": "前后篇导航",
    "page number": "页码",
    "path of the page": "页面路径",
    "invitation to follow or read on": "关注与扫码引导",
    "copyright or reprint notice": "版权或转载声明",
    "end mark": "文末结束标记",
    "what is dropped for it is part of it": "因它而判为重复的文档是它的一部分",
    "what comes before it matches a document kept earlier, and it does not": (
        "排在它前面的文档已与先保留的文档重复，而它没有"
    ),
    # settings and dictionaries
    "did you mean {name}?": "是不是 {name}？",
    "the settings are: {names}": "可用的设置：{names}",
    "unknown setting: {name}": "没有这项设置：{name}",
    "{name} is {value}, which is none of its values": "{name} 不能取 {value}",
    "use one of: {choices}": "可选值：{choices}",
    "the native kernel was built from another fold table": "原生内核是用另一份字符对照表编译的",
    "install again, so that it is built anew": "请重新安装，以便重新编译",
    "the native kernel is not built": "没有编译原生内核",
    "install again with a C compiler at hand, or unset {name}": (
        "备好 C 编译器后重新安装，或取消环境变量 {name}"
    ),
    "{name} is {value}, but must be {bounds}": "{name} 的值是 {value}，应在 {bounds} 范围内",
    "{name} is {value}, but must be a whole number from {low} to {high}": (
        "{name} 的值是 {value}，应为 {low} 到 {high} 之间的整数"
    ),
    "a threshold of {threshold} cannot be searched": "阈值 {threshold} 过低，无法检索",
    "use a higher threshold, or a lower recall": "请提高阈值，或降低召回率",
    "jieba is not installed": "没有安装 jieba",
    "install it: pip install jieba": "请安装：pip install jieba",
    "cannot read the dictionary {path}: {why}": "无法读取词典 {path}：{why}",
    "the dictionary {path} is not UTF-8 (byte {at})": "词典 {path} 不是 UTF-8 编码（字节 {at}）",
    # scanning
    "no text files in {paths}": "{paths} 中没有文本文件",
    "left out: {what}; --no-ignore reads ignored files too": (
        "未读取：{what}；加上 --no-ignore 会读取被忽略的文件"
    ),
    "name a file or a folder that holds texts": "请给出含有文本的文件或目录",
    "two documents have the id {id}": "有两篇文档的标识都是 {id}",
    "give every document an id of its own": "请让每篇文档的标识各不相同",
    "it holds no text to compare": "没有可比较的文字",
    "{kind} is not a text": "{kind} 不是文本",
    "pass a string, an (id, text) pair, a record, a Document or a Path": (
        "请传入字符串、(标识, 文本) 二元组、记录、Document 或 Path"
    ),
    "it is the same document": "是同一篇文档",
    "it is known already": "属于已知文档",
    "it lies under {folder}": "位于 {folder} 之下",
    "its source, {source}, is in the list of sources": "来源 {source} 在优先来源之列",
    "its source, {source}, goes before {other}": "来源 {source} 优先于 {other}",
    "it has the field {field} ({value}), the others have not": (
        "有字段 {field}（{value}），其他的没有"
    ),
    "its {field} is the largest: {value} against {other}": (
        "{field} 最大：{value}，另一篇为 {other}"
    ),
    "its {field} is the smallest: {value} against {other}": (
        "{field} 最小：{value}，另一篇为 {other}"
    ),
    "it is the longest: {kept} kept characters against {other}": (
        "最长：{kept} 字，次长的 {other} 字"
    ),
    "equally long; it has fewer metadata and furniture lines: {kept} against {other}": (
        "长度相同，元信息和页面附加行较少：{kept} 行，另一篇 {other} 行"
    ),
    "it has a date ({date}), the others have none": "有日期（{date}），其他的没有",
    "it is the newest: {kind} {date} against {other}": "最新：{kind}于 {date}，另一篇为 {other}",
    "it is the oldest: {kind} {date} against {other}": "最早：{date}（{kind}），次早的 {other}",
    "it is the newest: {kind} {date} against {other} (it also states {others})": (
        "最新：{date}（{kind}），次新的 {other}；文中另有日期 {others}"
    ),
    "it is the oldest: {kind} {date} against {other} (it also states {others})": (
        "最早：{date}（{kind}），次早的 {other}；文中另有日期 {others}"
    ),
    "equal in every other respect; its content hash is the smallest": (
        "其他方面都相同，内容散列值最小"
    ),
    "its id is the first": "标识排在最前",
    # kinds of dates
    "printed": "见报",
    "published": "发布",
    "updated": "更新",
    "scraped": "抓取",
    "file modified": "文件修改",
    "dated by its record": "记录日期",
    "{kind} {date}": "{kind} {date}",
    "a worker process could not start, or was killed": "工作进程无法启动，或者被终止",
    'guard the script with if __name__ == "__main__", or use jobs=1': (
        '请用 if __name__ == "__main__" 保护脚本，或者设 jobs=1'
    ),
    # settings
    "keep_by is {value}, but must be FIELD, FIELD:max or FIELD:min": (
        "keep_by 的值是 {value}，应写成 FIELD、FIELD:max 或 FIELD:min"
    ),
    "quality:max keeps the document whose field quality is the largest": (
        "例如 quality:max 会保留 quality 字段最大的文档"
    ),
    "{name} is {value}, which is of the wrong type": "{name} 的值 {value} 类型不对",
    'write a list of names: ["gold", "web/*.jsonl"]': '请写成列表：["gold", "web/*.jsonl"]',
    # the library
    "settings and a preset exclude each other": "settings 与 preset 不能同时给出",
    'pass Settings.preset("strict", …) as the settings': (
        '请以 Settings.preset("strict", …) 作为 settings 传入'
    ),
    "a scan of files has no mask": "对文件的扫描没有掩码",
    "result.kept and result.dropped name the documents": (
        "请用 result.kept 和 result.dropped，其中列出了各文档"
    ),
    "a LazyFrame holds no texts yet": "LazyFrame 尚未求值，其中还没有文本",
    "pass what its collect() returns": "请传入其 collect() 的返回值",
    "a column has no fields": "单独一列没有字段",
    "pass the whole frame with text_field and id_field": (
        "请传入整个数据框，并给出 text_field 和 id_field"
    ),
    "there is no column {name}": "没有名为 {name} 的列",
    "the columns are: {names}": "现有各列：{names}",
    "the records have no field that is sure to hold the text: {names}": (
        "无法判断记录中哪个字段是正文：{names}"
    ),
    'name it: text_field="…"': '请指明：text_field="…"',
}
