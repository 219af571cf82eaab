"""Write the committed results into the documents; ``--check`` only says whether they are there.

    python benchmarks/document.py [--check]

Each stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``, its title one level down.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"
DOCUMENTS = (
    DOCUMENT,
    *(ROOT / "docs" / name for name in ("accuracy.md", "spark.md", "gate.md", "gate.zh-CN.md")),
)
RESULTS = Path(__file__).parent / "results"


def documented(document: str, results: Path) -> str:
    """Return ``document`` with every result that is there in its place."""

    def replace(match: re.Match[str]) -> str:
        file = results / f"{match[1]}.md"
        if not file.exists():
            return match[0]
        table = re.sub(r"^#", "##", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return f"<!-- {match[1]} -->\n{table}<!-- /{match[1]} -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", replace, document, flags=re.DOTALL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; 1 if it would")
    options = parser.parse_args()
    status = 0
    for document in DOCUMENTS:
        before = document.read_text(encoding="utf-8")
        after = documented(before, RESULTS)
        if options.check:
            status = max(status, int(before != after))
        else:
            document.write_text(after, encoding="utf-8", newline="\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
