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
    # settings
    "What relations lead to: drop or keep a document, fail or warn in a gate. version=drop, "
    "near=keep; can be repeated.": (
        "各种关系的处理方式：drop 去掉，keep 保留；在检查中 fail 报错，warn 警告。例如 "
        "version=drop,near=keep；可重复使用。"
    ),
    "relations keeps {more}, but not {less}": "relations 保留了 {more}，却没有保留 {less}",
    "write {example}": "写成 {example}",
}
