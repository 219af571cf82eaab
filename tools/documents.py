"""Markdown documents: their code blocks, links, and how a block is run and compared.

The info string says what a block is for: ``console`` and ``python`` are run, everything else
(``sh``, ``powershell``, ``text`` …) is shown only. In a ``console`` block lines with ``$ `` are
commands, what follows is what they print, and a line ``…`` stands for any lines; how many seconds
something took does not matter. A ``python`` block may be followed by an ``output`` block.

    python tools/documents.py README.md …     # run the blocks, write down what they print
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ANY_LINES = "…"

_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[\w-]*)( .*)?$")
_SECONDS = re.compile(r"\d+\.\d+ (?=s\b|秒)")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it starts, what it is for, and its lines."""

    line: int
    info: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines) + "\n"


@dataclass
class Step:
    """A command, or a program, and what it is to print (None: whatever).

    ``line`` is where it stands, ``below`` where what it prints begins.
    """

    line: int
    command: list[str]
    below: int = 0
    expected: list[str] | None = None


def blocks(document: str) -> list[Block]:
    """Return the fenced blocks of a Markdown document, in order."""
    found: list[Block] = []
    start, info, indent = 0, "", 0
    lines: list[str] = []
    for number, line in enumerate(document.splitlines(), 1):
        fence = _FENCE.match(line)
        if fence and not start:
            start, info, indent, lines = number, fence["info"], len(fence["indent"]), []
        elif fence and not fence["info"]:
            found.append(Block(start, info, tuple(lines)))
            start = 0
        elif start:
            lines.append(line[indent:])
    if start:
        raise ValueError(f"the block at line {start} is not closed")
    return found


def steps(document: str) -> list[Step]:
    """Return what the document says one can do, in order."""
    found: list[Step] = []
    before = ""
    for block in blocks(document):
        if block.info == "console":
            found += _commands(block)
        elif block.info == "python":
            program = [sys.executable, "-c", block.text]
            found.append(Step(block.line, program))
        elif block.info == "output":
            if before != "python":
                raise ValueError(f"the output at line {block.line} follows no program")
            found[-1].expected = list(block.lines)
            found[-1].below = block.line + 1
        before = block.info
    return found


def _commands(block: Block) -> list[Step]:
    found: list[Step] = []
    for number, line in enumerate(block.lines, block.line + 1):
        if line.startswith("$ "):
            found.append(Step(number, ["bash", "-c", line[2:]], below=number + 1, expected=[]))
        elif not found or found[-1].expected is None:
            raise ValueError(f"line {number}: a console block begins with a command")
        else:
            found[-1].expected.append(line)
    return found


@contextmanager
def scratch_checkout() -> Iterator[Path]:
    """Give a folder with what a reader of the documents has in front of him."""
    with tempfile.TemporaryDirectory(prefix="dedup-docs-") as folder:
        for name in ("seeds", "examples", "tests/cases"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        yield Path(folder)


def run(step: Step, folder: Path) -> tuple[int, list[str]]:
    """Run a step in ``folder`` as in a terminal: return its status and lines, errors among them."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        step.command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return ran.returncode, ran.stdout.decode("utf-8").rstrip("\n").splitlines()


def agree(expected: list[str], printed: list[str]) -> bool:
    """Whether the lines agree; a line ``…`` stands for any number of lines."""
    wanted, printed = (
        [_SECONDS.sub("0.0 ", line).rstrip() for line in lines] for lines in (expected, printed)
    )
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == ANY_LINES else re.escape(line) + r"\n"
        for line in "\n".join(wanted).strip("\n").split("\n")
    )
    text = "".join(line + "\n" for line in printed)
    return re.fullmatch(pattern, text or "\n") is not None


def links(document: str) -> list[str]:
    """Return the targets of links and images, outside of code blocks."""
    shown, inside = [], False
    for line in document.splitlines():
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            shown.append(line)
    return _LINK.findall(re.sub(r"`[^`]*`", "", "\n".join(shown)))


def anchors(document: str) -> set[str]:
    """Return the anchors that GitHub makes of the headings."""
    made = set()
    for line in document.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip().lower()
            made.add(re.sub(r"[^\w\- ]", "", heading).replace(" ", "-"))
    return made


def refreshed(document: str) -> str:
    """Return the document with what its blocks print now, where that changed."""
    lines = document.splitlines()
    shift = 0
    with scratch_checkout() as folder:
        for step in steps(document):
            status, printed = run(step, folder)
            if status:
                raise ValueError(f"line {step.line}: exit status {status}: {printed}")
            expected = step.expected
            if expected is None or ANY_LINES in expected or agree(expected, printed):
                continue
            start = step.below - 1 + shift
            lines[start : start + len(expected)] = printed
            shift += len(printed) - len(expected)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the outputs of the pages named on the command line anew."""
    os.environ.update(LC_ALL="C.UTF-8", TERM="dumb")
    for name in sys.argv[1:]:
        path = Path(name)
        before = path.read_text(encoding="utf-8")
        after = refreshed(before)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            print(f"{name}: outputs changed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
