"""Commands and options whose help follows the language, wrapped for Chinese, with examples."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from dedup.cli.language import current, say
from dedup.messages import message, translate
from dedup.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MAX_WIDTH = 100
_FIRST_COLUMN = 30


#: Settings whose default is worth a word in the help.
_SHOWN_DEFAULTS = {
    field.name: field.default
    for field in fields(Settings)
    if field.default not in (None, ()) and field.name not in {"keep_metadata", "social", "jobs"}
}


class _TranslatedHelp:
    """Mixin: ``help`` is stored in English and read in the language in use."""

    _english: str | None = None

    def _read_help(self) -> str | None:
        return None if self._english is None else translate(self._english, current())

    def _store_help(self, text: str | None) -> None:
        self._english = text

    help = property(_read_help, _store_help)


class Option(_TranslatedHelp, click.Option):
    """An option with translated help; a setting shows its default, unless told not to.

    The default is not the option's own: an option that was not given must be told from one that
    was, since files and variables stand between.
    """

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return names and meaning."""
        record = super().get_help_record(ctx)
        default = None if self.show_default is False else _SHOWN_DEFAULTS.get(self.name or "")
        if record is None or default is None:
            return record
        said = say(message("{help} [default: {value}]", help=record[1], value=default))
        return record[0], said


class _Formatter(click.HelpFormatter):
    """Wraps by terminal cells, so that Chinese lines are as long as English ones."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, say(message("Usage: ")) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{say(message('{heading}:', heading=heading))}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped and indented."""
        from dedup.report.wrap import wrap

        for row in wrap(text, max(self.width - self.current_indent, 20)):
            self.write(f"{'':>{self.current_indent}}{row}\n" if row else "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2
    ) -> None:
        """Write names and what they mean in two columns."""
        from dedup.report.wrap import wrap

        pairs = list(rows)
        fitting = [len(name) for name, _ in pairs if len(name) <= col_max]
        column = max(fitting, default=0) + col_spacing
        indent = self.current_indent
        for name, text in pairs:
            meanings = wrap(text, max(self.width - indent - column, 20))
            self.write(f"{'':>{indent}}{name}")
            if len(name) + col_spacing > column:
                self.write("\n")
                padding = indent + column
            else:
                padding = column - len(name)
            for row in meanings:
                self.write(f"{'':>{padding}}{row}\n")
                padding = indent + column


class _Context(click.Context):
    formatter_class = _Formatter

    def make_formatter(self) -> click.HelpFormatter:
        """Return a formatter as wide as the terminal, at most 100 cells."""
        import shutil

        columns = shutil.get_terminal_size().columns
        return _Formatter(width=max(min(columns, _MAX_WIDTH) - 2, 40))


class _WithExamples(_TranslatedHelp, click.Command):
    """A command with translated help, examples, and its usage line in the language in use."""

    context_class = _Context

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        self.examples = tuple(examples)
        super().__init__(*args, **kwargs)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return _usage(super().collect_usage_pieces(ctx))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, which click words once and for all, in the language in use."""
        return _in_language(super().get_help_option(ctx))


class Command(_WithExamples):
    """A command of the program."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, whole."""
        return _first_line(self.help)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _write_examples(formatter, self.examples)


class Group(_WithExamples, click.Group):
    """The program, or a command of several: those of ``names``, then those that were added.

    Each of ``names`` is the function of that name in the module of that name below ``dedup.cli``,
    which is imported once the command is asked for: a run needs one of them.
    """

    def __init__(self, *args: Any, names: Sequence[str] = (), **kwargs: Any) -> None:
        self.names = tuple(names)
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of their use."""
        return [*self.names, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name not in self.names:
            return self.commands.get(cmd_name)
        found: click.Command = getattr(import_module(f"dedup.cli.{cmd_name}"), cmd_name)
        return found

    def all_commands(self) -> dict[str, click.Command]:
        """Return every command by its name, in the order of their use."""
        ctx = click.Context(self)
        found = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return {name: command for name, command in found.items() if command is not None}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit statuses and the examples."""
        statuses = (
            ("0", message("the job was done")),
            ("1", message("duplicates were found (by check, or with --exit-code)")),
            ("2", message("the job could not be done, or some input could not be read")),
            ("130", message("interrupted")),
        )
        with formatter.section(say(message("Exit status"))):
            formatter.write_dl([(code, say(meaning)) for code, meaning in statuses])
        _write_examples(formatter, self.examples)


def _in_language(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say(message("Show this message and exit."))
    return option


def _usage(pieces: list[str]) -> list[str]:
    words = {
        "[OPTIONS]": message("[OPTIONS]"),
        "COMMAND [ARGS]...": message("COMMAND [ARGS]..."),
    }
    return [say(words[piece]) if piece in words else piece for piece in pieces]


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0].rstrip("。.")


def _write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    if not examples:
        return
    with formatter.section(say(message("Examples"))):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
