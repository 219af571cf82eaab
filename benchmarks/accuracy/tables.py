"""Results as Markdown tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from results import provenance, table

from .curves import CONTAINMENTS, RECALL, SHOWN
from .relation_curves import SHOWN as PRECISION_AT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUITE_COLUMNS = ("pairs", "reported", "share", "template", "version")


def defaults(found: dict[str, Any]) -> str:
    """Recall at the default settings, step by step, and precision by the judged samples."""
    settings, bands = found["settings"], found["bands"]
    head = ["set", "documents", "pairs", "recall", "lost as candidates", "lost by the decision"]
    head += ["changed pairs", "recall of these", "similarity ≥ 0.8", "partners left"]
    head += ["reported", "unlisted", "candidates", "seconds"]
    rows = [_default(each) for each in found["sets"]]
    said = ", ".join(f"{name} {value}" for name, value in settings.items())
    return (
        f"# At the default settings\n\n{said}; "
        f"{bands['bands']} bands of {bands['rows']} values.\n\n"
        + table(head, rows)
        + f"\nPairs between two sets, all scanned as one: {len(found['across'])}.\n\n"
        + "Of all pairs that the decision would accept, listed or not, the bands missed: "
        + "; ".join(
            f"{each['set']} {each['all_pairs']['missed']} of {each['all_pairs']['accepted']:,}"
            for each in found["sets"]
        )
        + ".\n\n"
        + _precision(found["precision"])
        + "\n"
        + _judged(found["judged"])
        + "\n"
        + provenance(found)
    )


def _judged(rows: Sequence[dict[str, Any]]) -> str:
    """What became of one form about two things, and each relation beside the verdicts."""
    rows = [row for row in rows if row["judged"]]
    said = "Judged to be one form about two things, or statutes of two places: what they are now, "
    said += (
        "and the precision of all other judged pairs that are drawn and reported as one text.\n\n"
    )
    head = ["set", "judged so", "template", "in no pair", "one text", "precision of the others"]
    cells = []
    for row in rows:
        forms, others = row["forms"], row["others"]
        numbers = (forms["judged"], forms["template"], forms["not_reported"], forms["same"])
        right = f"{others['right']} of {others['judged']}, {others['precision']:.3f}"
        cells.append([row["name"], *numbers, right])
    said += table(head, cells)
    scores = list(rows[0]["auc"]) if rows else []
    said += "\nThe same text (duplicate, version) against one form about two things, AUC:\n\n"
    said += table(
        ["set", *scores],
        [
            [row["name"], *("" if each is None else f"{each:.3f}" for each in row["auc"].values())]
            for row in rows
            if any(each is not None for each in row["auc"].values())
        ],
    )
    said += "\nRelations of all judged pairs, precision / recall, from a similarity on:\n\n"
    head = ["relation", "judged so", "reported", "all", *(f"J ≥ {step}" for step in SHOWN[2:])]
    return said + table(head, [_relation(*each) for each in _last(rows)])


def by_relation(found: dict[str, Any]) -> str:
    """Precision of each relation along three numbers, beside that of the decision."""
    said = "# Each relation along one number\n\nPrecision at a recall of at least that much, pairs "
    said += "taken by one number alone, and the decision's own precision / recall on the same.\n\n"
    head = ["relation", "pairs", "of them right", "number", "average precision"]
    head += [*(f"at {least:g}" for least in PRECISION_AT), "the decision"]
    cells = []
    for row in found["curves"]:
        own = row["decision"]
        point = f"{own['precision']:.3f} / {own['recall']:.3f}" if own["reported"] else "none"
        for name, curve in row["curves"].items():
            at = [f"{each:.3f}" for each in curve["at"].values()]
            kind = f"{row['of']:,} {row['pairs']}"
            average = f"{curve['average']:.3f}"
            cells.append([row["relation"], kind, f"{row['right']:,}", name, average, *at, point])
    said += table(head, cells)
    said += "\nOne text (duplicate, version) against one form about two things, AUC:\n\n"
    scores = list(found["auc"][0]["auc"])
    rows = [
        [
            row["pairs"],
            f"{row['same']:,}",
            f"{row['forms']:,}",
            *("" if each is None else f"{each:.3f}" for each in row["auc"].values()),
        ]
        for row in found["auc"]
    ]
    said += table(["pairs", "one text", "one form", *scores], rows)
    return f"{said}\n{provenance(found)}"


def _last(rows: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return list(rows[-1]["relations"].items()) if rows else []


def _relation(name: str, row: dict[str, Any]) -> list[Any]:
    def cell(each: dict[str, Any]) -> str:
        return f"{each['precision']:.3f} / {each['recall']:.3f}" if each["reported"] else ""

    shown = [cell(each) for each in row["steps"] if each["similarity"] in SHOWN]
    return [name, row["judged"], row["reported"], cell(row), *shown]


def _default(row: dict[str, Any]) -> list[Any]:
    lost, changed = row["lost"], row["changed"]
    return [
        row["set"],
        row["documents"],
        row["closed"],
        _digits(row["recall"]),
        lost["candidates"],
        lost["decision"] + lost["not compared"],
        changed["pairs"],
        _digits(changed["recall"]),
        _digits(row["high"]),
        *(row[name] for name in ("left", "reported", "unlisted", "candidates", "seconds")),
    ]


def _precision(rows: Sequence[dict[str, Any]]) -> str:
    head = ["set", "judged", "still to judge", "precision", "95 % from", "to", "verdicts"]
    cells = []
    for row in rows:
        if not row["judged"]:
            cells.append([row["name"], 0, row["unjudged"], *["not judged yet"] * 3, ""])
            continue
        interval = [f"{row[name]:.3f}" for name in ("precision", "low", "high")]
        said = ", ".join(f"{name} {count}" for name, count in row["verdicts"].items() if name)
        cells.append([row["name"], row["judged"], row["unjudged"], *interval, said])
    return table(head, cells)


def curves(found: dict[str, Any]) -> str:
    """Recall and unlisted pairs against the threshold, and how similar listed pairs are."""
    said = "# Units, lengths and thresholds\n\nExact similarity of all pairs, nothing sketched: "
    said += "recall of the listed pairs / unlisted pairs at or above the threshold.\n"
    for name, rows in found["curves"].items():
        head = ["unit", "n", *(f"J ≥ {step}" for step in SHOWN), "C ≥ 0.8", f"J for {RECALL}"]
        said += f"\n## {name}\n\n" + table(head, [_curve(row) for row in rows])
        head = [
            "unit",
            "n",
            *(f"{100 * float(q):g} %" for q in rows[0]["distribution"]["quantiles"]),
        ]
        said += "\nSimilarity below which that share of the listed pairs lies:\n\n"
        said += table(head, [_quantiles(row) for row in rows])
        said += "\nSimilarity or containment of the smaller, at the default unit and n:\n\n"
        head = ["", *(f"J ≥ {step}" for step in SHOWN)]
        said += table(head, _combined(found["combined"][name]))
        said += "\nThe decision, its threshold moved:\n\n"
        head = ["threshold", "recall", "unlisted"]
        said += table(
            head,
            [
                [each["threshold"], _digits(each["recall"]), each["unlisted"]]
                for each in found["rule"][name]
                if each["threshold"] in SHOWN
            ],
        )
    return f"{said}\n{provenance(found)}"


def _combined(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    cells = {
        (row["containment"], row["threshold"]): f"{row['recall']:.3f} / {row['unlisted']:,}"
        for row in rows
    }
    return [
        [f"or C ≥ {least}" if least <= 1 else "alone", *(cells[least, step] for step in SHOWN)]
        for least in CONTAINMENTS
    ]


def _curve(row: dict[str, Any]) -> list[Any]:
    def cell(kind: str, step: float) -> str:
        at = row["thresholds"].index(step)
        return f"{row[kind]['recall'][at]:.3f} / {row[kind]['unlisted'][at]:,}"

    shown = [cell("similarity", step) for step in SHOWN]
    needed = f"{row['needed']['threshold']} / {row['needed']['unlisted']:,}"
    return [row["unit"], row["ngram"], *shown, cell("containment", 0.8), needed]


def _quantiles(row: dict[str, Any]) -> list[Any]:
    return [row["unit"], row["ngram"], *row["distribution"]["quantiles"].values()]


def peers(found: dict[str, Any]) -> str:
    """Each peer at its recommended and its best setting, beside our recall at its precision."""
    said = (
        "# Peers on the same texts\n\nRecall of the listed pairs, pairs reported, share of these "
    )
    said += "that are listed or judged to be duplicates, and the recall of `dedup` at that "
    said += "precision.\n"
    head = [
        "tool",
        "setting",
        "recall",
        "reported",
        "precision",
        "dedup's recall there",
        "ahead by",
    ]
    for name, rows in found["peers"].items():
        own = found["own"][name]
        cells = [["**dedup**", "defaults", _digits(own["recall"]), own["reported"]]]
        cells[0] += [_digits(own["precision"]), "", ""]
        for row in rows:
            cells += [_peer(row["name"], kind, row[kind]) for kind in ("recommended", "best")]
        cells += [[absent, why, *[""] * 5] for absent, why in found["absent"].items()]
        said += f"\n## {name}\n\n" + table(head, cells)
    said += "\n" + table(["tool", "recommended settings"], found["peer_settings"])
    return f"{said}\n{provenance(found)}"


def _peer(name: str, kind: str, row: dict[str, Any]) -> list[Any]:
    ours = row["ours"]
    ahead = "" if ours is None else f"{ours - row['recall']:+.3f}"
    return [
        name,
        f"{kind}: {row['setting']}",
        _digits(row["recall"]),
        row["reported"],
        _digits(row["precision"]),
        "not reached" if ours is None else _digits(ours),
        ahead,
    ]


def suite(found: dict[str, Any]) -> str:
    """Every case of the generated suite with the share reported at the defaults."""
    said = (
        "# Generated suite\n\nTexts: "
        + found["sources"]
        + ". Share of the pairs reported as one text, and how many are templates and versions.\n"
    )
    said += "\n" + table(
        ["group", "expected", *SUITE_COLUMNS],
        [
            [name, *_expected(found["suite"], name), *(row[each] for each in SUITE_COLUMNS)]
            for name, row in found["totals"].items()
        ],
    )
    for group in found["totals"]:
        said += f"\n## {group}\n\n" + table(
            ["case", "severity", *SUITE_COLUMNS],
            [
                [row["case"], row["severity"], *(row[each] for each in SUITE_COLUMNS)]
                for row in found["suite"]
                if row["group"] == group
            ],
        )
    return f"{said}\n{provenance(found)}"


def _expected(rows: Iterable[dict[str, Any]], group: str) -> list[str]:
    expected = next(row["expected"] for row in rows if row["group"] == group)
    return ["reported" if expected else "not reported"]


def _digits(value: float) -> str:
    """Write a share with four digits, so that all are of one kind."""
    return f"{value:.4f}"
