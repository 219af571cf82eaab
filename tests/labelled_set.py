"""A labelled set made here, small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

OPENING = "春江潮水连海平海上明月共潮生滟滟随波千万里何处春江无月明"
SENTENCES = (
    "江流宛转绕芳甸月照花林皆似霰空里流霜不觉飞汀上白沙看不见",
    "江天一色无纤尘皎皎空中孤月轮江畔何人初见月江月何年初照人",
    "豆腐切成两厘米厚的方块用加了盐的热水泡十分钟可以去掉豆腥味",
    "习惯使用命令行的人首先想到的是定时执行任务的那个老牌程序",
    "本市将出现一次明显的降温大风和雨雪天气过程请注意防寒保暖",
    "业主委员会与自来水公司协商决定对东区的供水管网进行改造",
    "女儿收拾父亲的遗物发现一张从来没有听说过的船票于是沿河寻找",
    "适用面积三十五至六十平方米三层过滤噪声最低卧室也能安静运行",
)
POEM = OPENING + "".join(SENTENCES[:2])
TEXTS = {
    "a1": "。".join((OPENING, *SENTENCES[:4])),
    "a2": "，".join((OPENING, *SENTENCES[:4])),
    "a3": "。".join((OPENING, *SENTENCES[:4], "完")),
    "b1": "。".join((*SENTENCES[4:], SENTENCES[3])),
    "b2": "。".join(SENTENCES[4:]),
    "c": "山中相送罢日暮掩柴扉春草明年绿王孙归不归" * 2,
    "d": "床前明月光疑是地上霜举头望明月低头思故乡" * 2,
}
#: a1 and a2 are equal after folding, b1 holds b2; c and d are nobody's duplicates.
LISTED = (("a1", "a2"), ("a3", "a2"), ("b2", "b1"), ("c", "d"))


def write(folder: Path, name: str = "made") -> Path:
    """Write the set as corpora are written; return the folder."""
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
        for each, text in TEXTS.items():
            lines.write(json.dumps({"id": each, "text": text}) + "\n")
    rows = ["a\tb", *("\t".join(pair) for pair in LISTED)]
    (folder / f"{name}.pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
