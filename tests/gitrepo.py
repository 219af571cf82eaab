"""Repositories for tests: made with the real git, with nothing of the user's own configuration."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

#: Long enough for every rule, and with nothing in common.
TEXTS = {
    "news": "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，表示不会放过责任人。"
    "附近三所学校停课一天，居民被要求关好门窗。环保部门每小时公布一次空气监测数据，"
    "消防员连夜清理现场，预计本周末恢复通车。保险公司已经开始登记损失。",
    "poem": "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。白日依山尽，黄河入海流。"
    "欲穷千里目，更上一层楼。床前明月光，疑是地上霜。举头望明月，低头思故乡。"
    "千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。",
    "cook": "先把豆腐切成小块，用盐水泡十分钟。锅里放油，下花椒和豆瓣酱炒出红油，再放肉末翻炒。"
    "加一碗高汤，豆腐下锅后转小火煮五分钟，最后勾芡，撒上葱花和花椒粉，趁热端上桌，"
    "配一碗白米饭最合适。",
    "law": "第一条为了保护消费者的合法权益，维护社会经济秩序，制定本法。第二条消费者为生活消费"
    "需要购买商品或者接受服务，其权益受本法保护。第三条经营者为消费者提供商品，应当遵守本法；"
    "本法未作规定的，遵守其他法律。",
}


class Repo:
    """A repository in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)
        for name, value in (("user.email", "a@example.org"), ("user.name", "A")):
            self.git("config", name, value)

    def git(self, *arguments: str | os.PathLike[str] | bytes, given: bytes = b"", fine=(0,)) -> str:
        """Run git and return what it prints."""
        ran = subprocess.run(
            ["git", *arguments], cwd=self.folder, input=given, capture_output=True, check=False
        )
        assert ran.returncode in fine, ran.stderr.decode()
        return os.fsdecode(ran.stdout)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def stage(self, path: str, text: str | bytes) -> Path:
        """Write a file and stage it."""
        target = self.write(path, text)
        self.git("add", "--", path)
        return target

    def commit(self, **texts: str) -> None:
        """Commit what is staged, and texts as ``name.txt``."""
        for name, text in texts.items():
            self.stage(f"{name}.txt", text)
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", "x")
