"""The totals of a result alone, in any format that has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.text import Text

from dedup.errors import UsageError
from dedup.messages import message
from dedup.report.extent import SUMMARY_FORMATS
from dedup.report.records import compact, header_of, summary_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import ScanResult
    from dedup.report.view import View


def pieces(result: ScanResult, output_format: str, view: View) -> Iterator[str]:
    """Yield the totals in ``output_format``, with a header where programs read it.

    Raises :class:`~dedup.errors.UsageError` for a format that has none.
    """
    if output_format not in SUMMARY_FORMATS:
        raise UsageError(
            message("the format {name} has no summary", name=output_format),
            hint=message("use one of: {choices}", choices=", ".join(SUMMARY_FORMATS)),
        )
    if output_format in {"full", "concise"}:
        return view.draw(_lines(result, view))
    return _records(result, output_format)


def _records(result: ScanResult, output_format: str) -> Iterator[str]:
    run, summary = header_of(result), summary_record(result)
    if output_format == "jsonl":
        for record in (run, summary):
            yield compact(record) + "\n"
        return
    for record in (run, summary):
        record.pop("type")
    yield json.dumps({"run": run, "summary": summary}, ensure_ascii=False, indent=2) + "\n"


def _lines(result: ScanResult, view: View) -> Iterator[Text]:
    summary = result.summary
    for line in (
        message("documents: {count}", count=f"{summary.documents:,}"),
        message("characters: {count}", count=f"{summary.characters:,}"),
        message("clusters: {count}", count=f"{summary.clusters:,}"),
        message("dropped: {count}", count=f"{summary.dropped:,}"),
        message("pairs: {count}", count=f"{summary.pairs:,}"),
        message("skipped: {count}", count=f"{summary.skipped:,}"),
    ):
        yield Text(view.say(line))
