"""Generate ``docs/cli.md`` and ``docs/cli.zh-CN.md`` from what ``--help`` prints.

python tools/generate_cli_reference.py [--check]
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
COLUMNS = "100"

HEADS = {
    "en": (
        DOCS / "cli.md",
        "# Command line reference",
        "Generated from `--help` by `make docs`; do not edit. [中文](cli.zh-CN.md)",
    ),
    "zh": (
        DOCS / "cli.zh-CN.md",
        "# 命令行参考",
        "由 `make docs` 根据 `--help` 生成，请勿手工修改。[English](cli.md)",
    ),
}


def commands() -> list[list[str]]:
    """Return the words of every command, the program itself (no words) first."""
    import click

    from dedup.cli.root import program

    def walk(command: click.Command, words: list[str]) -> list[list[str]]:
        found = [words]
        if isinstance(command, click.Group):
            for name, below in command.all_commands().items():
                if not below.hidden:
                    found += walk(below, [*words, name])
        return found

    return walk(program, [])


def help_of(words: list[str], lang: str) -> str:
    """Return what ``dedup [words] --help`` prints at a fixed width."""
    program = "from dedup.cli.main import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", program, *words, "--lang", lang, "--help"],
        env={**os.environ, "COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    return ran.stdout.decode("utf-8").replace("\r\n", "\n")


def reference(lang: str) -> str:
    """Return the whole document in one language."""
    _, title, note = HEADS[lang]
    sections = [f"{title}\n\n{note}\n"]
    for words in commands():
        name = " ".join(["dedup", *words])
        sections.append(f"## {name}\n\n```text\n{help_of(words, lang).rstrip()}\n```\n")
    return "\n".join(sections)


def main() -> int:
    """Write the documents, or with ``--check`` say where they differ from ``--help``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    stale = False
    for lang, (path, *_) in HEADS.items():
        made = reference(lang)
        if not check:
            path.write_text(made, encoding="utf-8", newline="\n")
            continue
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        if there != made:
            stale = True
            print(f"{path.name} is not what --help says; run make docs", file=sys.stderr)
            changes = difflib.unified_diff(
                there.splitlines(), made.splitlines(), "committed", "--help", lineterm="", n=1
            )
            print("\n".join(list(changes)[:40]), file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
