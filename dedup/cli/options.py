"""Options that several commands share, as decorators, and the values they leave behind."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from dedup.cli.help import Option
from dedup.cli.streams import wants_color
from dedup.errors import SettingsError
from dedup.messages import LANGS, message
from dedup.report.registry import FORMATS
from dedup.settings import SETTING_NAMES, DateFrom, Keep, Settings, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.app.config import Effective, Origin

COLORS = ("auto", "always", "never")

F = TypeVar("F", bound="Callable[..., Any]")
Params = dict[str, Any]


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Declare an option whose ``help`` is an English template."""
    return click.option(*names, cls=Option, **attributes)


def stacked(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Combine option decorators into one, listed in the order given."""

    def decorate(function: F) -> F:
        for one in reversed(options):
            function = one(function)
        return function

    return decorate


language_option: Callable[[F], F] = option(
    "--lang",
    type=click.Choice(LANGS),
    expose_value=False,  # read from the raw arguments, before help is worded
    help="Language of help and messages [default: from the locale].",
)

comparing_options: Callable[[F], F] = stacked(
    option(
        "--threshold",
        type=float,
        metavar="T",
        help="Similarity from which two texts are near-duplicates, in (0, 1].",
    ),
    option("--ngram", type=int, metavar="N", help="Tokens per shingle."),
    option("--unit", type=click.Choice(get_args(Unit)), help="Tokens are words or characters."),
    option(
        "--recall",
        type=float,
        metavar="P",
        help="Probability of finding a pair that lies at the threshold, in (0, 1).",
    ),
    option("--seed", type=int, metavar="N", help="Seed of the MinHash permutations."),
    option(
        "--user-dict",
        type=click.Path(readable=False),
        metavar="FILE",
        help="Words to add to jieba's dictionary, in its format.",
    ),
    option(
        "--keep-metadata/--no-keep-metadata",
        default=None,
        help="Compare everything; set no metadata, titles or page furniture aside.",
    ),
    option("--encoding", metavar="NAME", help="Read files as NAME instead of detecting it."),
)

keeping_options: Callable[[F], F] = stacked(
    option(
        "--keep",
        type=click.Choice(get_args(Keep)),
        help="Which document of a cluster stays.",
    ),
    option(
        "--keep-under",
        type=click.Path(readable=False),
        metavar="DIR",
        help="Keep documents under DIR before all others.",
    ),
    option(
        "--date-from",
        type=click.Choice(get_args(DateFrom)),
        help="Where the dates for newest and oldest come from.",
    ),
    option("--jobs", type=int, metavar="N", help="Workers; 0 is one per core."),
)

talking_options: Callable[[F], F] = stacked(
    language_option,
    option(
        "--color",
        type=click.Choice(COLORS),
        help="Colour the output; auto does so on a terminal.",
    ),
)

verbosity_options: Callable[[F], F] = stacked(
    option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
    option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error."),
)

progress_option: Callable[[F], F] = option(
    "--progress/--no-progress",
    default=None,
    help="Show progress; by default on a terminal only.",
)

exit_code_option: Callable[[F], F] = option(
    "--exit-code",
    is_flag=True,
    help="Exit with status 1 when there are duplicates.",
)

output_option: Callable[[F], F] = option(
    "-o",
    "--output",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Write the result to FILE; its suffix implies the format.",
)


def format_option(formats: tuple[str, ...]) -> Callable[[F], F]:
    """Declare ``--output-format`` for a command that has these formats."""
    return option(
        "--output-format",
        type=click.Choice(formats),
        help="How the result is written [default: full].",
    )


@dataclass(frozen=True, slots=True)
class Talk:
    """How a command talks: what the shared options, and files and variables, say."""

    color: str
    output_format: str | None
    verbose: bool
    quiet: bool

    def colored_output(self) -> bool:
        """Tell whether standard output is coloured."""
        return wants_color(self.color, sys.stdout, os.environ)

    def colored_errors(self) -> bool:
        """Tell whether standard error is coloured."""
        return wants_color(self.color, sys.stderr, os.environ)


def settings_in_effect(params: Params) -> Effective:
    """Return the settings that flags, variables and files make, each with its origin."""
    from dedup.app.config import effective

    flags = {name: params[name] for name in SETTING_NAMES if name in params}
    return effective(flags, cwd=Path.cwd(), environ=os.environ)


def for_the_program(settings: Settings) -> Settings:
    """Return the settings with one worker a core where none were asked for.

    The library does not do that by itself with the reference kernel: its workers are processes,
    which import the main script again.
    """
    return settings.with_values(jobs=settings.jobs or os.cpu_count() or 1)


def talk_in_effect(params: Params, chosen: Effective) -> Talk:
    """Return how to talk: flags go before what variables and files say.

    A format that a file or variable sets for all commands is passed over by a command that has
    no such format.
    """
    said = {origin.name: origin for origin in chosen.extra}
    color = said.get("color")
    output_format = said.get("output_format")
    return Talk(
        color=params["color"] or (_one_of(color, COLORS) if color else "auto"),
        output_format=params.get("output_format")
        or (_one_of(output_format, FORMATS) if output_format else None),
        verbose=params.get("verbose", False),
        quiet=params.get("quiet", False),
    )


def _one_of(said: Origin, choices: tuple[str, ...]) -> str:
    for choice in choices:
        if said.value == choice:
            return choice
    raise SettingsError(
        message(
            "{where}: {name} is {value}, which is none of its values",
            where=said.origin,
            name=said.name,
            value=said.value,
        ),
        hint=message("use one of: {choices}", choices=", ".join(choices)),
    )
