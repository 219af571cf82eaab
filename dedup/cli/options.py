"""Options that several commands share, as decorators, and the values they leave behind."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from dedup.boilerplate import NONE
from dedup.cli.help import Option
from dedup.cli.streams import wants_color
from dedup.errors import SettingsError, UsageError
from dedup.messages import LANGS, message
from dedup.report.registry import BORDERLINE_FORMATS, FORMATS
from dedup.settings import PRESETS, SETTING_NAMES, DateFrom, Keep, Settings, Unit
from dedup.source.reading import FORMATS as FILE_FORMATS
from dedup.source.reading import SPLITS, Reading

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
        "--preset",
        type=click.Choice(tuple(PRESETS)),
        help="Values that go together, before which every option of its own goes: reprint finds "
        "edited and shortened reprints (the defaults), strict nearly equal texts only, social is "
        "reprint with --social, excerpt finds quotations of 35 words in longer texts, too.",
    ),
    option(
        "--threshold",
        type=float,
        metavar="T",
        help="Similarity from which two texts are near-duplicates, in (0, 1].",
    ),
    option(
        "--containment",
        type=float,
        metavar="C",
        help="Share of the smaller text from which four fifths of the threshold are enough, in "
        "(0, 1].",
    ),
    option(
        "--min-passage",
        type=int,
        metavar="N",
        help="Tokens of an unedited stretch that is found for certain where a text is part of a "
        "longer one, 10 to 10,000.",
    ),
    option(
        "--ngram",
        type=int,
        metavar="N",
        show_default=False,  # what it is depends on the unit
        help="Tokens per shingle [default: 2 words or 3 characters].",
    ),
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
        "--regional-words/--no-regional-words",
        default=None,
        show_default=False,
        help="Take the words of Taiwan, Hong Kong and the mainland for one thing, and spellings "
        "that are both in use, for one word; done unless told not to.",
    ),
    option(
        "--keep-metadata/--no-keep-metadata",
        default=None,
        help="Compare everything; set no metadata, titles or page furniture aside.",
    ),
    option(
        "--social/--no-social",
        default=None,
        help="Set aside what surrounds the words of posts: //@user: chains, @names, addresses, "
        "#topics#, and what links and folded texts leave behind.",
    ),
    option(
        "--boilerplate",
        type=click.Path(readable=False),
        metavar="FILE",
        show_default=False,  # it depends on the command
        help="Do not compare the passages that are listed in FILE; none lists none [default: a "
        "scan learns which many documents share].",
    ),
    option(
        "--no-boilerplate",
        is_flag=True,
        help="Compare what many documents share, too: --boilerplate none.",
    ),
    option("--encoding", metavar="NAME", help="Read files as NAME instead of detecting it."),
)

relations_option: Callable[[F], F] = option(
    "--relations",
    multiple=True,
    callback=lambda _context, _option, said: ",".join(said) or None,
    metavar="NAME=WHAT,…",
    help="What relations lead to: drop or keep a document, fail or warn in a gate. "
    "version=drop, near=keep; can be repeated.",
)

jobs_option: Callable[[F], F] = option(
    "--jobs", type=int, metavar="N", help="Workers; 0 is one per core."
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
        "--source-order",
        metavar="A,B,…",
        help="Keep documents of an earlier source before those of a later one: files, folders, "
        "names or patterns.",
    ),
    option(
        "--keep-by",
        metavar="FIELD[:max|min]",
        help="Keep the record with the largest (or smallest) number in FIELD before the others.",
    ),
    option(
        "--date-from",
        type=click.Choice(get_args(DateFrom)),
        help="Where the dates for newest and oldest come from.",
    ),
    option(
        "--drop-contained/--no-drop-contained",
        default=None,
        help="Drop every text that is part of a longer one, not only where it is most of it.",
    ),
    relations_option,
    jobs_option,
)

reading_options: Callable[[F], F] = stacked(
    option(
        "--text-field",
        "text_fields",
        multiple=True,
        metavar="FIELD[,…]",
        help="Take the text of a record from FIELD; several are joined: title,body or "
        "messages.*.content [default: guessed].",
    ),
    option(
        "--id-field",
        metavar="FIELD",
        help="Take the id of a record from FIELD [default: guessed, else file and line].",
    ),
    option(
        "--date-field",
        metavar="FIELD",
        help="Take the date of a record, for newest and oldest, from FIELD.",
    ),
    option(
        "--format",
        type=click.Choice(FILE_FORMATS),
        help="Read files, and standard input, as this [default: by their names].",
    ),
)

split_option: Callable[[F], F] = option(
    "--split",
    type=click.Choice(SPLITS),
    help="Compare whole documents, their paragraphs or their lines [default: document].",
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


borderline_option: Callable[[F], F] = option(
    "--borderline",
    type=int,
    metavar="N",
    help="Show the N pairs nearest to the decision too, duplicates or not.",
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

    flags = {name: params[name] for name in ("preset", *SETTING_NAMES) if name in params}
    if params.get("no_boilerplate"):
        if flags.get("boilerplate") is not None:
            raise UsageError(
                message("{a} and {b} exclude each other", a="--boilerplate", b="--no-boilerplate")
            )
        flags["boilerplate"] = NONE
    return effective(flags, cwd=Path.cwd(), environ=os.environ)


def borderline_wanted(params: Params, output_format: str) -> int | None:
    """Return how many borderline pairs are to be shown, None where that was not said.

    Raises :class:`~dedup.errors.UsageError` for a number below 0, and for a format that does not
    show them.
    """
    wanted: int | None = params["borderline"]
    if wanted is not None and wanted < 0:
        raise UsageError(
            message("borderline is {value}, but must be 0 or more", value=wanted),
            hint=message("--borderline 10 shows the ten pairs nearest to the decision"),
        )
    if wanted and output_format not in BORDERLINE_FORMATS:
        raise UsageError(
            message("the format {name} does not show borderline pairs", name=output_format),
            hint=message("use one of: {choices}", choices=", ".join(BORDERLINE_FORMATS)),
        )
    return wanted


def reading_in_effect(params: Params, chosen: Effective) -> Reading:
    """Return how records are read."""
    named = [name.strip() for names in params["text_fields"] for name in names.split(",")]
    return Reading(
        text_fields=tuple(named),
        id_field=params["id_field"],
        date_field=params["date_field"],
        split=params.get("split") or "document",
        format=params["format"],
        encoding=chosen.settings.encoding,
        encodings=tuple(chosen.encodings),
    )


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
