"""Scan a folder and say, for every document dropped, which one stays and why.

python examples/scan_folder.py [FOLDER]
"""

import sys
from pathlib import Path

import dedup


def main() -> None:
    """Print one paragraph per cluster."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "texts"
    result = dedup.scan(folder, threshold=0.7)

    for cluster in result.clusters:
        print(f"keep {Path(cluster.keep).name}: {cluster.reason}")
        for pair in cluster.drop:
            print(f"  drop {Path(pair.a).name}: {pair.relation}, similarity {pair.similarity:.2f}")

    for skipped in result.skipped:
        print(f"skipped {skipped.path}: {skipped.detail}")
    print(f"{len(result.kept)} of {len(result.documents)} documents stay")


if __name__ == "__main__":
    main()
