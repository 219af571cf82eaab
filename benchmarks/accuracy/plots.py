"""Plots of the curves as SVG, with matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plots import figures_or_none, finish

if TYPE_CHECKING:
    from pathlib import Path

COLORS = ("#8c6bb1", "#4d9de0", "#1b6ca8", "#3a9d7a", "#e0a030", "#c0504d", "#d98880", "#7f7f7f")


def plot_curves(found: dict[str, Any], path: Path) -> None:
    """Draw recall and unlisted pairs against the threshold, a column for each set."""
    figures = figures_or_none()
    if figures is None:
        return
    names = list(found["curves"])
    figure, panels = figures.subplots(
        2, len(names), figsize=(3.2 * len(names), 5.6), sharex=True, squeeze=False
    )
    for column, name in enumerate(names):
        for color, row in zip(COLORS, found["curves"][name], strict=False):
            label = f"{row['unit']} {row['ngram']}"
            style = "-" if row["unit"] == "word" else "--"
            for panel, value in zip(panels[:, column], ("recall", "unlisted"), strict=True):
                values = row["similarity"][value]
                panel.plot(row["thresholds"], values, style, color=color, label=label, lw=1.2)
        panels[0, column].set_title(name, fontsize=10)
        panels[0, column].set_ylim(0.5, 1.005)
        panels[1, column].set_yscale("symlog", linthresh=1)
        panels[1, column].set_ylim(bottom=0)
        panels[1, column].set_xlabel("Jaccard similarity at or above")
    panels[0, 0].set_ylabel("recall of listed pairs")
    panels[1, 0].set_ylabel("unlisted pairs")
    panels[0, -1].legend(fontsize=7, loc="lower left")
    finish(figure, panels.flat, path)


def plot_distribution(found: dict[str, Any], path: Path) -> None:
    """Draw how similar the listed pairs are, in the unit and length of the defaults."""
    figures = figures_or_none()
    if figures is None:
        return
    names = list(found["curves"])
    figure, panels = figures.subplots(1, len(names), figsize=(3.2 * len(names), 2.8), squeeze=False)
    chosen = (found["settings"]["unit"], found["settings"]["ngram"])
    for panel, name in zip(panels[0], names, strict=True):
        rows = found["curves"][name]
        row = next((row for row in rows if (row["unit"], row["ngram"]) == chosen), rows[0])
        spread = row["distribution"]
        panel.stairs(spread["counts"], spread["edges"], fill=True, color=COLORS[2])
        panel.axvline(found["settings"]["threshold"], color=COLORS[5], lw=1)
        panel.set_title(name, fontsize=10)
        panel.set_xlabel(f"similarity, {row['unit']} {row['ngram']}")
    panels[0, 0].set_ylabel("listed pairs")
    finish(figure, panels.flat, path)


def plot_relations(found: dict[str, Any], folder: Path) -> None:
    """Draw for each relation precision against recall, a column for each kind of pairs."""
    figures = figures_or_none()
    if figures is None:
        return
    for relation in dict.fromkeys(row["relation"] for row in found["curves"]):
        rows = [row for row in found["curves"] if row["relation"] == relation]
        figure, panels = figures.subplots(
            1, len(rows), figsize=(3.6 * len(rows) + 0.6, 3.2), squeeze=False
        )
        for panel, row in zip(panels[0], rows, strict=True):
            for color, (name, curve) in zip(COLORS[2:], row["curves"].items(), strict=False):
                panel.plot(curve["recall"], curve["precision"], color=color, label=name, lw=1.2)
            own = row["decision"]
            if own["reported"]:
                panel.plot(own["recall"], own["precision"], "o", color="black", label="decision")
            panel.set_title(
                f"{row['of']:,} {row['pairs']} pairs, {row['right']:,} right", fontsize=9
            )
            panel.set_xlabel("recall")
            panel.set_xlim(0, 1.02)
            panel.set_ylim(0, 1.03)
        panels[0, 0].set_ylabel(f"precision of {relation}")
        panels[0, -1].legend(fontsize=7, loc="lower left")
        finish(figure, panels.flat, folder / f"accuracy_relation_{relation}.svg")
