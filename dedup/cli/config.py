"""``dedup config``: the settings in effect, and where each came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options
from dedup.cli.help import Command
from dedup.cli.language import say
from dedup.cli.output import destination
from dedup.messages import Message, message
from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.app.config import Effective, Origin

#: Formats of the settings, the default first.
CONFIG_FORMATS = ("full", "json")


@click.command(
    cls=Command,
    help=(
        "Show the settings in effect, and where each came from.\n\n"
        "Flags go before DEDUP_ variables, these before the nearest dedup.toml or [tool.dedup] "
        "of a pyproject.toml, that before the values of a preset, and these before the defaults."
    ),
    examples=(
        "dedup config",
        "dedup config --preset strict",
        "dedup config --threshold 0.8 --output-format json",
    ),
)
@options.comparing_options
@options.keeping_options
@options.format_option(CONFIG_FORMATS)
@options.output_option
@options.talking_options
def config(**params: Any) -> int:
    """Write the settings and return the exit status."""
    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk, formats=CONFIG_FORMATS)
    goal.write(_json(chosen) if goal.output_format == "json" else _lines(chosen))
    return 0


def _json(chosen: Effective) -> Iterator[str]:
    yield (
        json.dumps(
            {
                "settings": {
                    origin.name: {"value": _in_effect(origin, chosen), "origin": origin.origin}
                    for origin in (chosen.preset, *chosen.origins, *chosen.extra)
                },
                "encodings": [
                    {"pattern": pattern, "encoding": name} for pattern, name in chosen.encodings
                ],
                "file": chosen.file,
                "fingerprint": chosen.settings.fingerprint(),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _lines(chosen: Effective) -> Iterator[str]:
    from rich.cells import cell_len

    rows = [
        (origin.name, _value(_in_effect(origin, chosen)), say(_origin(origin)))
        for origin in (chosen.preset, *chosen.origins, *chosen.extra)
    ]
    rows += [
        (f"encoding {visible(pattern)}", name, visible(chosen.file or ""))
        for pattern, name in chosen.encodings
    ]
    widths = [max(cell_len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        padded = [
            cell + " " * (width - cell_len(cell))
            for cell, width in zip((name, value), widths, strict=True)
        ]
        yield f"{padded[0]}  {padded[1]}  {origin}\n"
    yield say(message("fingerprint {value}", value=chosen.settings.fingerprint())) + "\n"


def _in_effect(origin: Origin, chosen: Effective) -> object:
    """Return the value of a setting; of the shingle's size, what it comes to with this unit."""
    return chosen.settings.shingle_size if origin.name == "ngram" else origin.value


def _value(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return visible(",".join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(str(value))


def _origin(origin: Origin) -> Message:
    if origin.origin == "default":
        return message("default")
    if origin.origin == "flag":
        return message("flag")
    if origin.origin.startswith("preset "):
        return message("preset {name}", name=origin.origin.removeprefix("preset "))
    return Message("{text}", (("text", visible(origin.origin)),))
