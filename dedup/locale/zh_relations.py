"""Chinese texts: templates, versions, and what relations lead to."""

from __future__ import annotations

ZH: dict[str, str] = {
    # relations
    "template": "同一模板",
    "version": "不同版本",
    "the same form about something else": "同一模板，所述的事不同",
    "the same text, corrected or updated": "同一文本，经过更正或更新",
    "{dropped}: same template as {kept} ({similarity})": (
        "{dropped}: 与 {kept} 同一模板（{similarity}）"
    ),
    "{dropped}: version of {kept} ({similarity})": (
        "{dropped}: 是 {kept} 的不同版本（{similarity}）"
    ),
    # what is filled in, and what stays
    "same form; differs in: {places}": "同一模板，不同之处：{places}",
    "correction: {places}": "更正：{places}",
    "Versions of one text, not dropped: {count} pair": "同一文本的不同版本，均保留：{count} 对",
    "Versions of one text, not dropped: {count} pairs": "同一文本的不同版本，均保留：{count} 对",
    "One form about two things, not dropped: {count} pair": (
        "同一模板、所述的事不同，均保留：{count} 对"
    ),
    "One form about two things, not dropped: {count} pairs": (
        "同一模板、所述的事不同，均保留：{count} 对"
    ),
    "Documents of one form, not dropped: {count} family": "同一模板的文档，均保留：{count} 组",
    "Documents of one form, not dropped: {count} families": "同一模板的文档，均保留：{count} 组",
    "{documents} documents, {pairs} pairs": "{documents} 篇文档，{pairs} 对",
    "pairs by relation: {relations}": "各种关系的对数：{relations}",
    "{relation} {count}": "{relation} {count}",
    # settings
    "What relations lead to: drop or keep a document, fail or warn in a gate. version=drop, "
    "near=keep; can be repeated.": (
        "各种关系的处理方式：drop 去掉，keep 保留；在检查中 fail 报错，warn 警告。例如 "
        "version=drop,near=keep；可重复使用。"
    ),
    "relations keeps {more}, but not {less}": "relations 保留了 {more}，却没有保留 {less}",
    "write {example}": "写成 {example}",
    "the result leaves out {count} pairs of templates, for which families stand": (
        "结果里略去了 {count} 对同一模板的文档，只以整族列出"
    ),
    "scan again: dedup scan … --relations {what}": "请重新扫描：dedup scan … --relations {what}",
}
