"""Print the cases of the suite and an example of each.

python -m benchmarks.suite --list [--seed N]
"""

from __future__ import annotations

import argparse
import sys
from itertools import takewhile

from . import bundled, generate, recipes

_AROUND = 12
_LONGEST = 60


def excerpt(a: str, b: str) -> tuple[str, str]:
    """Return both texts around their first difference, on one line each."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    return _around(a, start), _around(b, start)


def _around(text: str, start: int) -> str:
    shown = text[max(0, start - _AROUND) : start + _LONGEST - _AROUND]
    return shown.replace("\n", "⏎").strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", required=True, help="print the cases")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cases = {case.name: case for case in generate(bundled(), seed=options.seed, per_case=1)}
    group = ""
    for recipe in recipes():
        if recipe.group != group:
            group = recipe.group
            print(f"\n{group}: expected {'duplicates' if recipe.expected else 'no duplicates'}")
        print(f"  {recipe.name:24}{recipe.promise}")
        if recipe.name in cases:
            for side, shown in zip(
                "ab", excerpt(cases[recipe.name].a, cases[recipe.name].b), strict=True
            ):
                print(f"      {side}: {shown}")
        else:
            print("      (no bundled text gives occasion for it)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
