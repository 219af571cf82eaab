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
}
