"""Chinese texts: explain."""

from __future__ import annotations

ZH: dict[str, str] = {
    "{path}: {why}": "{path}：{why}",
    "name two files that hold text": "请指定两个含有文字的文件",
}
