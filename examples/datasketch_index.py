"""Use the signatures with datasketch: look a new text up in an index of old ones.

    python examples/datasketch_index.py

datasketch estimates; what it finds is compared exactly afterwards.
"""

from pathlib import Path

from datasketch import MinHashLSH

import dedup

TEXTS = Path(__file__).parent / "texts"


def main() -> None:
    """Index three files, then ask for what resembles a fourth."""
    old = {name: (TEXTS / f"{name}.txt").read_text("utf-8") for name in ("原稿", "改稿", "另一篇")}
    signatures = {name: dedup.to_datasketch(text) for name, text in old.items()}

    index = MinHashLSH(threshold=0.5, num_perm=len(next(iter(signatures.values()))))
    for name, signature in signatures.items():
        index.insert(name, signature)

    new = (TEXTS / "转载.txt").read_text("utf-8")
    for name in sorted(index.query(dedup.to_datasketch(new))):
        comparison = dedup.compare(new, old[name])
        print(f"{name}: {comparison.relation}, similarity {comparison.similarity:.2f}")


if __name__ == "__main__":
    main()
