"""Plots of results as SVG, with matplotlib (``pip install 'zh-dedup[bench]'``)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OURS, OTHERS = "#1b6ca8", "#b0b7bf"


def plot_throughput(found: dict[str, Any], path: Path) -> None:
    """Draw rates on one core as bars from zero, with the figures beside them."""
    figures = figures_or_none()
    if figures is None:
        return
    rows = list(reversed(found["contestants"]))
    rates = [row["mb_per_second_one_core"] for row in rows]
    figure, axes = figures.subplots(figsize=(8, 0.5 * len(rows) + 1))
    colors = [OURS if row["name"].startswith("dedup") else OTHERS for row in rows]
    bars = axes.barh([row["name"] for row in rows], rates, color=colors)
    axes.bar_label(bars, [f"{rate:.3g}" for rate in rates], padding=4)
    axes.set_xlim(0, max(rates) * 1.12)
    axes.set_xlabel("MB of UTF-8 a second, one core: text to signature")
    finish(figure, [axes], path)


def plot_scaling(found: dict[str, Any], path: Path) -> None:
    """Draw seconds and memory of a scan against the size of the corpus, both logarithmic."""
    figures = figures_or_none()
    if figures is None:
        return
    points = found["sizes"]
    megabytes = [point["mb"] for point in points]
    from matplotlib.ticker import LogLocator

    figure, both = figures.subplots(1, 2, figsize=(9, 3.6))
    for axes, name, label in (
        (both[0], "seconds", "seconds"),
        (both[1], "peak_mb", "peak memory, MB"),
    ):
        axes.plot(megabytes, [point[name] for point in points], "o-", color=OURS)
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            axis.set_major_formatter("{x:g}")
            axis.set_minor_formatter("")
        axes.set_xlabel("MB of text")
        axes.set_title(label, fontsize=10)
        axes.grid(alpha=0.3)
    finish(figure, both, path)


def figures_or_none() -> Any:
    """Return pyplot, drawing SVG; None, said on stderr, where matplotlib is missing."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("no plot: pip install 'zh-dedup[bench]' for it", file=sys.stderr)
        return None
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "dedup"  # the same figures give the same file
    from matplotlib import pyplot as plt

    return plt


def finish(figure: Any, panels: Iterable[Any], path: Path) -> None:
    """Tidy the panels and write the figure."""
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    print(f"plot: {path.name}", file=sys.stderr)
