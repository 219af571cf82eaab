"""The quick run: the two seed files and the bundled suite, against committed floors.

It needs no corpora and takes seconds, so that a test runs it: what it measures may not fall below
``floors.json``, nor false reports rise above it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora import SEEDS

from dedup import Settings, compare

from . import generated

if TYPE_CHECKING:
    from collections.abc import Iterable

FLOORS = Path(__file__).with_name("floors.json")
PER_CASE = 4


def measure(settings: Settings) -> dict[str, Any]:
    """Return the relation of the seeds and what was found of the bundled suite."""
    from suite import bundled

    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    found = compare(texts[0], texts[1], settings)
    rows = generated.measure(bundled(), settings, PER_CASE)
    return {
        "seeds": str(found.relation),
        "seed_similarity": round(found.similarity, 4),
        "recall": {row["case"]: row["share"] for row in rows if row["expected"]},
        "false": {row["case"]: row["share"] for row in rows if not row["expected"]},
        "groups": {name: group["share"] for name, group in generated.totals(rows).items()},
    }


def failures(found: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Say in words what fell: recall below its floor, false reports above their ceiling.

    A case without a floor is a failure too, and so is a floor without a case.
    """
    said = [] if found["seeds"] == floors["seeds"] else [f"the seeds are {found['seeds']}"]
    for kind, worse in (("recall", "below"), ("false", "above")):
        said += [f"{name}: no floor" for name in found[kind].keys() - floors[kind].keys()]
        said += [f"{name}: not measured" for name in floors[kind].keys() - found[kind].keys()]
        for name in sorted(found[kind].keys() & floors[kind].keys()):
            is_, floor = found[kind][name], floors[kind][name]
            if (is_ < floor) if worse == "below" else (is_ > floor):
                said.append(f"{name}: {kind} {is_} is {worse} {floor}")
    return said


def floors() -> dict[str, Any]:
    """Return the committed floors."""
    read: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return read


def write_floors(found: dict[str, Any]) -> None:
    """Commit what was measured as the floors."""
    kept = {name: found[name] for name in ("seeds", "recall", "false")}
    FLOORS.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def report(found: dict[str, Any], said: Iterable[str]) -> str:
    """Return what was found in words."""
    lines = [f"seeds: {found['seeds']}, similarity {found['seed_similarity']}"]
    lines += [f"{name}: {value}" for name, value in found["groups"].items()]
    lines += [f"FELL: {each}" for each in said]
    return "\n".join(lines)
