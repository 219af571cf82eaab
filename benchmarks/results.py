"""What stands beside every figure, and how figures are written down.

A result is ``NAME.json`` with the tables made from it in ``NAME.md``: machine, versions and
command first. Paths and host names are nobody's business: the command is given with words in
their place.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """Return processor, cores, memory, system and how busy it was; no host name."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def versions(*packages: str) -> dict[str, str]:
    """Return the versions of installed packages."""
    found = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def command(script: str, arguments: list[str] | None = None) -> str:
    """Return the command as it may be published: paths replaced by what they stand for."""
    words = ["python", f"benchmarks/{Path(script).name}"]
    for word in sys.argv[1:] if arguments is None else arguments:
        name, equals, value = word.partition("=")
        if equals and name.startswith("--"):
            words.append(f"{name}={_public(value)}")
        else:
            words.append(_public(word))
    return " ".join(words)


def provenance_of(script: str) -> dict[str, Any]:
    """Return what stands beside the figures of a script that scans or sketches here."""
    from dedup.sketch.kernel import kernel_name

    return {
        "machine": machine(),
        "command": command(script),
        "kernel": kernel_name(),
        "versions": versions("zh-dedup", "numpy", "jieba"),
    }


def targets(rows: list[tuple[str, float, str, float, bool]]) -> str:
    """Return the table of what is to be reached: what, figure, unit, target, whether at most."""
    told = [
        [
            what,
            f"{figure:,.3g}{unit}",
            f"{'at most' if at_most else 'at least'} {target:,.3g}{unit}",
            "yes" if (figure <= target) == at_most or figure == target else "no",
        ]
        for what, figure, unit, target, at_most in rows
    ]
    return table(["target", "measured", "wanted", "reached"], told)


def table(head: list[str], rows: list[list[Any]]) -> str:
    """Return a Markdown table; columns whose cells are all numbers are set right."""
    cells = [[_cell(value) for value in row] for row in rows]
    right = [all(not isinstance(row[at], str) for row in rows) for at in range(len(head))]
    lines = [head, ["---:" if each else "---" for each in right], *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def provenance(result: dict[str, Any]) -> str:
    """Return the paragraph on machine, versions and command that goes under a table."""
    at = result["machine"]
    packages = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    return (
        f"{at['cpu']}, {at['cores']} cores, {at['memory_gb']} GB, {at['system']}; "
        f"Python {at['python']}; {packages}; load at the start {at['load']}.\n\n"
        f"    {result['command']}\n"
    )


def write(name: str, result: dict[str, Any], markdown: str, folder: Path) -> None:
    """Write ``NAME.json`` and ``NAME.md``, and print the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(markdown, encoding="utf-8")
    print(markdown)


def _public(word: str) -> str:
    if os.environ.get("DEDUP_CORPORA") == word or Path(word).is_dir():
        return "FOLDER"
    return "FILE" if os.sep in word else word


def _cpu() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
