"""Chinese texts: scans on Spark."""

from __future__ import annotations

ZH: dict[str, str] = {
    "Where the scan takes place; spark reads and writes what Spark does, and -o names a "
    "folder then.": "在哪里扫描；选 spark 时读写 Spark 支持的格式，-o 指定输出目录。",
    "Spark's master: local[4], spark://host:7077, yarn [default: that of spark-submit].": (
        "Spark 的 master：local[4]、spark://host:7077、yarn [默认：由 spark-submit 决定]。"
    ),
    "{option} is not for --engine spark": "{option} 不能与 --engine spark 同用",
    "the output folder has what is kept and what is dropped": "输出目录里已有保留的和去掉的",
    "a scan on Spark writes into a folder, and none is named": "Spark 上的扫描要写入目录，但没有指定",
    "name one that is not there yet: -o DIR": "请指定一个尚不存在的目录：-o DIR",
    "{documents} documents read, {clusters} clusters, {dropped} dropped ({seconds} s)": (
        "读取 {documents} 篇，重复 {clusters} 组，去掉 {dropped} 篇（{seconds} 秒）"
    ),
    "on Spark every record needs an id of its own": "在 Spark 上，每条记录都要有自己的编号",
    "name the field that has it: --id-field FIELD": "请指定编号所在的字段：--id-field FIELD",
    "Spark reads files of records of one format: JSONL, CSV, TSV or Parquet": (
        "Spark 只读同一种格式的记录文件：JSONL、CSV、TSV 或 Parquet"
    ),
    "say which where the names do not: --format parquet": (
        "文件名看不出格式时请注明：--format parquet"
    ),
    "{path} does not hold the texts, which executors need": "{path} 里没有文本，而 executor 需要文本",
    "build it with its texts: dedup index build": "请连同文本一起建立索引：dedup index build",
    "{name} is not a number of documents: {value}": "{name} 应为文档数，而不是 {value}",
    "the settings of Spark say it: --conf {name}=100000": (
        "请在 Spark 的设置中写明：--conf {name}=100000"
    ),
    "Spark needs {extra}": "使用 Spark 需要 {extra}",
    "the column {name} does not hold text": "{name} 列不是文本",
    "name the one that does: text=…": "请指定文本所在的列：text=…",
    "the column {name} has nulls": "{name} 列有空值",
    "{folder} holds the work of another run": "{folder} 里是另一次运行的工作",
    "name an empty folder, or remove it": "请指定空目录，或删除它",
}
