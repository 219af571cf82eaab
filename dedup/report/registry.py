"""Which formats there are, which file suffixes mean them, and who renders them.

Renderers are imported when they are asked for, so that listing the formats costs nothing.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message
from dedup.report.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.checked import CheckResult
    from dedup.messages import Message
    from dedup.model import Comparison, ScanResult
    from dedup.report.findings import Finding

#: Formats of a scan, the default first.
FORMATS = ("full", "concise", "json", "jsonl", "csv", "html", "sarif", "github")

#: Formats of the comparison of two documents, the default first.
COMPARISON_FORMATS = ("full", "json", "html")

#: Formats of a check, the default first.
CHECK_FORMATS = ("full", "concise", "json", "sarif", "github")

#: Formats that programs read: English, UTF-8, deterministic.
MACHINE_FORMATS = frozenset({"json", "jsonl", "csv", "sarif", "github"})

#: Formats that are UTF-8 whatever the console is.
UTF8_FORMATS = MACHINE_FORMATS | {"html"}

#: Formats that show texts side by side, and for that read them once more.
EXPLAINED_FORMATS = frozenset({"full", "html"})

#: Formats that show the borderline pairs of a result.
BORDERLINE_FORMATS = ("full", "json", "jsonl", "html")

#: The format that a file name asks for.
SUFFIXES = {
    ".txt": "full",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".sarif": "sarif",
}


def format_of_suffix(path: str, *, formats: tuple[str, ...] = FORMATS) -> str:
    """Return the format that the suffix of ``path`` means.

    Raises :class:`~dedup.errors.UsageError` for a suffix that means none of ``formats``.
    """
    suffix = PurePath(path).suffix.lower()
    found = SUFFIXES.get(suffix)
    if found is None or found not in formats:
        raise UsageError(
            message("cannot tell the output format from the name {path}", path=path),
            hint=message("add --output-format {formats}", formats="|".join(formats)),
        )
    return found


def render(  # noqa: PLR0911  one return a format
    result: ScanResult,
    output_format: str,
    view: View | None = None,
    *,
    comparisons: Mapping[tuple[str, str], Comparison] | None = None,
    gone: Mapping[str, Message] | None = None,
    summary: bool = False,
) -> Iterator[str]:
    """Yield ``result`` as text in ``output_format``, in pieces that end with a line end.

    ``comparisons`` by (dropped id, kept id) let ``full`` say in words what differs, and ``html``
    show it; without them they give relation and numbers only. ``gone`` says why documents, by id,
    could not be read for that. ``summary`` asks for the totals alone. Raises
    :class:`~dedup.errors.UsageError` for a format that does not exist, or has no such thing.
    """
    view = view or View()
    if summary and output_format in FORMATS:
        from dedup.report import totals

        return totals.pieces(result, output_format, view)
    match output_format:
        case "full":
            from dedup.report import full

            return view.draw(full.lines(result, view, comparisons or {}))
        case "concise":
            from dedup.report import concise

            return view.draw(concise.lines(result, view))
        case "json":
            from dedup.report import json_

            return json_.pieces(result)
        case "jsonl":
            from dedup.report import jsonl

            return jsonl.pieces(result)
        case "csv":
            from dedup.report import csv_

            return csv_.pieces(result)
        case "html":
            from dedup.report import html

            return html.result_page(result, view, comparisons or {}, gone or {})
        case "sarif" | "github":
            from dedup.report import findings

            return _annotations(findings.of_scan(result), output_format)
    raise _unknown_format(output_format, FORMATS)


def render_check(
    result: CheckResult, output_format: str, view: View | None = None
) -> Iterator[str]:
    """Yield a check as text in ``output_format``, one of :data:`CHECK_FORMATS`.

    Raises :class:`~dedup.errors.UsageError` for another format.
    """
    view = view or View()
    match output_format:
        case "full" | "concise":
            from dedup.report import check_full

            draw = check_full.lines if output_format == "full" else check_full.concise
            return view.draw(draw(result, view))
        case "json":
            from dedup.report import check_json

            return check_json.pieces(result)
        case "sarif" | "github":
            from dedup.report import findings

            return _annotations(findings.of_check(result), output_format)
    raise _unknown_format(output_format, CHECK_FORMATS)


def _annotations(found: Iterator[Finding], output_format: str) -> Iterator[str]:
    if output_format == "sarif":
        from dedup.report import sarif

        return sarif.pieces(found)
    from dedup.report import github

    return github.pieces(found)


def render_comparison(
    comparison: Comparison, output_format: str, view: View | None = None
) -> Iterator[str]:
    """Yield ``comparison`` as text in ``output_format``, one of ``COMPARISON_FORMATS``.

    Raises :class:`~dedup.errors.UsageError` for another format.
    """
    view = view or View()
    match output_format:
        case "full":
            from dedup.report import comparison as full

            return view.draw(full.lines(comparison, view))
        case "json":
            from dedup.report import json_

            return json_.comparison_pieces(comparison)
        case "html":
            from dedup.report import html

            return html.comparison_page(comparison, view)
    raise _unknown_format(output_format, COMPARISON_FORMATS)


def _unknown_format(output_format: str, formats: tuple[str, ...]) -> UsageError:
    return UsageError(
        message("there is no output format {name}", name=output_format),
        hint=message("use one of: {choices}", choices=", ".join(formats)),
    )
