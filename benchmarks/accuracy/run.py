"""The whole measurement, in parts that are written down one after the other."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import results

from . import (
    BENCHMARKS,
    curves,
    generated,
    ours,
    peers,
    plots,
    relation_curves,
    relations,
    samples,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dedup import Document, Settings

    from .peers import Method, Outcome
    from .sets import IdPair, LabelledSet

JUDGED = BENCHMARKS / "judged"
#: Settings named in the tables.
NAMED = ("unit", "ngram", "threshold", "containment", "recall")


def say(words: str) -> None:
    """Tell on stderr what is being done."""
    print(words, file=sys.stderr)


def about(settings: Settings) -> dict[str, Any]:
    """Return what stands beside every table: settings, machine, versions, command."""
    return {
        "settings": {
            name: settings.shingle_size if name == "ngram" else getattr(settings, name)
            for name in NAMED
            if hasattr(settings, name)
        },
        "bands": ours.bands(settings),
        "machine": results.machine(),
        "versions": results.versions("zh-dedup", "numpy", "jieba"),
        "command": results.command("accuracy.py"),
    }


def at_defaults(sets: Sequence[LabelledSet], settings: Settings, folder: Path) -> None:
    """Measure recall and losses of every set, pairs between sets, and the judged precision."""
    rows, precision, placed = [], [], {}
    for labelled in sets:
        say(f"{labelled.name}: scan and all pairs")
        rows.append(ours.measure(labelled, settings))
        known = samples.read(JUDGED / f"{labelled.name}.jsonl")
        placed[labelled.name] = relations.placed(labelled, known, settings)
        precision += judged(labelled.name, relations.still_reported(known, placed[labelled.name]))
    together = [pair for pairs in placed.values() for pair in pairs]
    found = {
        **about(settings),
        "sets": rows,
        "across": ours.across(sets, settings),
        "precision": precision,
        "judged": [
            relations.summary(name, pairs) for name, pairs in {**placed, "all": together}.items()
        ],
    }
    results.write("accuracy", found, tables.defaults(found), folder)


def judged(name: str, rows: Sequence[samples.Judged]) -> list[dict[str, Any]]:
    """Return the precision of a set by its judged sample, and without shared boilerplate."""
    counts = samples.verdicts(rows)
    estimates = {name: samples.precision(rows)}
    if counts.get("boilerplate"):
        without = samples.precision(rows, frozenset({"boilerplate"}))
        estimates[f"{name}, without shared boilerplate"] = without
    return [
        {
            "name": label,
            **asdict(estimate),
            "precision": estimate.precision,
            "unjudged": counts.get("", 0),
            "verdicts": counts,
        }
        for label, estimate in estimates.items()
    ]


def by_relation(
    sets: Sequence[LabelledSet], sources: Sequence[Document], settings: Settings, folder: Path
) -> None:
    """Draw precision and recall of each relation, on all judged pairs and on the suite."""
    from suite import generate

    say("relations: judged pairs and generated ones")
    judged = [
        pair
        for labelled in sets
        for pair in relations.placed(
            labelled, samples.read(JUDGED / f"{labelled.name}.jsonl"), settings
        )
    ]
    cases = generate(sources, seed=generated.SEED, per_case=generated.PER_CASE)
    pairs = {"judged": judged, "generated": relation_curves.of_cases(cases, settings)}
    found = {
        **about(settings),
        "curves": relation_curves.all_curves(pairs),
        "auc": relation_curves.aucs(pairs),
    }
    results.write("accuracy_relations", found, tables.by_relation(found), folder)
    plots.plot_relations(found, folder)


def along_thresholds(sets: Sequence[LabelledSet], settings: Settings, folder: Path) -> None:
    """Compute the curves of all units and lengths, and of the decision."""
    found: dict[str, Any] = {**about(settings), "curves": {}, "combined": {}, "rule": {}}
    for labelled in sets:
        say(f"{labelled.name}: curves")
        found["curves"][labelled.name] = curves.all_curves(labelled, settings)
        known = ours.exact(labelled.documents, settings)
        found["combined"][labelled.name] = curves.combined(known, labelled.pairs)
        found["rule"][labelled.name] = curves.rule(labelled, settings, known)
    results.write("accuracy_curves", found, tables.curves(found), folder)
    plots.plot_curves(found, folder / "accuracy_curves.svg")
    plots.plot_distribution(found, folder / "accuracy_distribution.svg")


def beside_peers(
    sets: Sequence[LabelledSet], settings: Settings, folder: Path, cache: Path
) -> None:
    """Let the peers find in every set, and compare recall at equal precision."""
    interpreters, absent = peers.interpreters(cache)
    found: dict[str, Any] = {**about(settings), "peers": {}, "own": {}, "absent": absent}
    named: dict[str, str] = {}
    for labelled in sets:
        right = samples.duplicates(samples.read(JUDGED / f"{labelled.name}.jsonl"))
        methods = []
        for runner, python in interpreters.items():
            say(f"{labelled.name}: {runner}")
            told, versions = peers.run(runner, python, labelled, cache)
            found["versions"] |= versions
            methods += [peers.judge(each, labelled, right) for each in told]
        own = _own(labelled, settings, right)
        found["own"][labelled.name] = own[0]
        found["peers"][labelled.name] = [_beside(method, own) for method in methods]
        named |= {method.name: method.settings for method in methods}
    found["peer_settings"] = [[name, said] for name, said in named.items()]
    results.write("accuracy_peers", found, tables.peers(found), folder)


def _own(
    labelled: LabelledSet, settings: Settings, duplicates: frozenset[IdPair]
) -> list[dict[str, Any]]:
    """Return our points of recall and precision: the scan at the defaults, then other thresholds.

    The others are decisions on all pairs, by the rule and by similarity alone.
    """
    from dedup import scan

    right = labelled.pairs | duplicates
    result = scan(labelled.documents, settings)
    settings = result.settings  # with the boilerplate that was learned
    known = ours.exact(labelled.documents, settings)
    by_similarity = known.counts.similarity
    pairs = known.pairs
    points: list[Iterable[IdPair]] = [ours.reported(result)]
    for step in curves.STEPS:
        points.append(known.accepted(settings.with_values(threshold=step)))
        points.append([pairs[at] for at in (by_similarity >= step).nonzero()[0].tolist()])
    return [_point(set(point), labelled, right) for point in points]


def _point(
    accepted: set[IdPair], labelled: LabelledSet, right: frozenset[IdPair]
) -> dict[str, Any]:
    rights = len(accepted & right)
    return {
        "recall": ours.share(len(accepted & labelled.pairs), len(labelled.pairs)),
        "reported": len(accepted),
        "right": rights,
        "precision": ours.share(rights, len(accepted)),
    }


def _beside(method: Method, own: Sequence[dict[str, Any]]) -> dict[str, Any]:
    def row(outcome: Outcome) -> dict[str, Any]:
        return {
            **asdict(outcome),
            "recall": round(outcome.recall, 4),
            "precision": round(outcome.precision, 4),
            "ours": curves.recall_at_precision(own, outcome.precision),
        }

    return {
        "name": method.name,
        "recommended": row(method.recommended),
        "best": row(method.best),
        "outcomes": [row(each) for each in method.outcomes],
        "seconds": method.seconds,
    }


def on_generated(sources: Sequence[Document], said: str, settings: Settings, folder: Path) -> None:
    """Decide every case of the generated suite."""
    say(f"generated suite from {said}")
    rows = generated.measure(sources, settings, generated.PER_CASE)
    found = {
        **about(settings),
        "sources": said,
        "suite": rows,
        "totals": generated.totals(rows),
    }
    results.write("accuracy_suite", found, tables.suite(found), folder)


def draw_sample(
    labelled: LabelledSet, settings: Settings, *, count: int, unlisted: int, seed: int
) -> int:
    """Draw a sample of what is reported now; return how many of its rows are to be judged.

    ``unlisted`` more pairs that nobody listed come with it; they do not count for the precision,
    but those that are judged to be duplicates are no errors of peers that report them.
    """
    from dedup import scan

    name = labelled.name
    found = ours.reported(scan(labelled.documents, settings)).keys()
    drawn = samples.draw(name, found, count, seed)
    more = samples.draw(name, found - labelled.pairs - set(drawn), unlisted, seed)
    path = JUDGED / f"{name}.jsonl"
    rows = samples.sample(labelled, drawn, settings, samples.read(path), more)
    samples.write(path, rows)
    waiting = sum(not row.verdict for row in rows)
    say(f"{name}: {len(drawn)} drawn, {len(more)} unlisted beside, {waiting} of them to judge")
    return waiting
