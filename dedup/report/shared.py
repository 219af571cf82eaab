"""Runs that documents share which are in no pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.report.listing import INDENT, listing
from dedup.report.names import count, shown
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.messages import Message
    from dedup.model import Guarantee, ScanResult, SharedRun
    from dedup.report.view import View


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield a heading and the longest runs; nothing for none."""
    return listing(
        result.shared,
        view,
        lambda run: _drawn(run, result, view),
        heading=(
            message("The same words in texts that are otherwise different: {count} pair"),
            message("The same words in texts that are otherwise different: {count} pairs"),
        ),
        more=(
            message("{count} more pair; jsonl has them all"),
            message("{count} more pairs; jsonl has them all"),
        ),
    )


def _drawn(run: SharedRun, result: ScanResult, view: View) -> Iterator[Text]:
    yield Text(f"  {shown(result.documents[run.a])}", style="yellow")
    yield Text(INDENT + view.say(_extent(run, shown(result.documents[run.b]))))


def _extent(run: SharedRun, other: str) -> Message:
    return message(
        "{characters} of its {own} characters in a row are in {other}, which has {others}",
        characters=count(run.characters),
        own=count(run.of_a),
        other=other,
        others=count(run.of_b),
    )


def guarantee(found: Guarantee) -> Message:
    """Say what is found with certainty, and why."""
    values = {
        "run": found.characters,
        "kept": count(found.kept),
        "most": count(found.bound),
    }
    if found.side == "new":
        return message(
            "every run of {run} characters that new texts share with known ones is found, "
            "for the new ones have {kept} characters, and up to {most} can be looked up",
            **values,
        )
    return message(
        "every run of {run} characters that new texts share with known ones is found, "
        "for the known ones have {kept} characters, and up to {most} can be looked up",
        **values,
    )


def common(found: Guarantee) -> Message:
    """Say what the guarantee leaves out."""
    return counted(
        found.common,
        message(
            "but {count} run of {run} characters, which is in too many texts", run=found.characters
        ),
        message(
            "but {count} runs of {run} characters, which are in too many texts",
            run=found.characters,
        ),
    )
