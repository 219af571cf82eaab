"""Random documents among which every relation occurs, for tests against a definition."""

from __future__ import annotations

import random

from dedup import Document

PLACES = ["东城", "西城", "南山", "北海", "河源", "江门", "湖州", "海宁", "云浮", "雨花"]
THINGS = ["道路", "桥梁", "学校", "医院", "公园", "车站", "图书馆", "体育馆", "博物馆", "市场"]
DEEDS = [
    "开始改造",
    "全面竣工",
    "暂停开放",
    "恢复使用",
    "公开招标",
    "扩建一倍",
    "迁往新址",
    "举行验收",
]


def sentence(draw: random.Random) -> str:
    when = f"{draw.randint(1, 12)}月{draw.randint(1, 28)}日"
    return f"{when}{draw.choice(PLACES)}的{draw.choice(THINGS)}{draw.choice(DEEDS)}，"


def dressed(draw: random.Random, sentences: list[str]) -> str:
    """Return one body as one of several sources has it."""
    body = "".join(sentences)
    kind = draw.randrange(7)
    if kind == 1:
        return body.replace("，", ",")
    if kind == 2:
        when = f"2024-{draw.randint(1, 3):02}-0{draw.randint(1, 9)}"
        return f"发布时间：{when} 来源：{draw.choice(PLACES)}日报\n{body}"
    if kind == 3:
        return f"{draw.choice(PLACES)}近期工程进展情况\n\n{body}"
    if kind == 4:
        return "\n".join(sentences)
    return body


def random_documents(seed: int, size: int) -> list[Document]:
    """Return documents among which there are identical, equal, near and unlike ones."""
    draw = random.Random(seed)
    stories = [[sentence(draw) for _ in range(draw.randint(6, 14))] for _ in range(size // 6)]
    found = []
    for number in range(size):
        story = list(draw.choice(stories))
        for _ in range(draw.choice([0, 0, 0, 1, 2, 4])):
            story[draw.randrange(len(story))] = sentence(draw)
        if draw.random() < 0.2:
            del story[draw.randrange(len(story)) :]
        text = dressed(draw, story) if draw.random() < 0.95 else "！？"
        found.append(Document(f"{draw.randrange(100)}-{number}", text))
    return found
