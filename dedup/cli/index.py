"""``dedup index``: a corpus in one file, added to and asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options
from dedup.cli.help import Command, Group
from dedup.cli.language import current, say
from dedup.cli.output import destination
from dedup.cli.progress import progress
from dedup.cli.streams import complain
from dedup.messages import message

if TYPE_CHECKING:
    from dedup.app.index import Index
    from dedup.cli.options import Params, Talk
    from dedup.index.results import Added

FORMATS = ("full", "json")

index_argument = click.argument("index", metavar="INDEX", type=click.Path(readable=False))
paths_argument = click.argument(
    "paths", nargs=-1, metavar="PATH...", required=True, type=click.Path(readable=False)
)
ignore_option = options.option(
    "--no-ignore", is_flag=True, help="Read what .gitignore and .dedupignore leave out."
)
wait_option = options.option(
    "--wait",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=10.0,
    help="How long to wait for another process that writes to the index [default: 10].",
)


@click.group(
    name="index",
    cls=Group,
    help=(
        "Keep a corpus in one file, add to it and ask it.\n\n"
        "An index knows every text that was ever added to it: a new one is compared with all of "
        "them without reading them again. Any number of processes may ask while one adds."
    ),
    examples=(
        "dedup index build texts.index seeds/ && dedup index query texts.index seeds/*.txt",
        "dedup index build texts.index seeds/ && dedup scan seeds/ --against texts.index",
    ),
)
@options.language_option
def index() -> None:
    """Hold the commands of an index."""


@index.command(
    cls=Command,
    help=(
        "Make an index of files and folders.\n\n"
        "The settings are the index's from then on. Interrupted, it is gone on with by dedup "
        "index add."
    ),
    examples=(
        "dedup index build texts.index seeds/",
        "dedup index build places.index seeds/ --no-text",
    ),
)
@index_argument
@paths_argument
@options.option(
    "--no-text",
    is_flag=True,
    help="Keep no text in the index: texts are read again from where they were, and what cannot "
    "be read there is listed as unverified.",
)
@options.reading_options
@options.split_option
@options.comparing_options
@ignore_option
@wait_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def build(**params: Any) -> int:
    """Make the index and return the exit status."""
    from dedup.app.index import Index

    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    made = Index.create(
        params["index"], chosen.settings, text=not params["no_text"], wait=params["wait"]
    )
    with made as opened:
        return _add(opened, params, talk)


@index.command(
    cls=Command,
    help=(
        "Add files and folders, and follow what became of them.\n\n"
        "Files that are unchanged, by size, time and inode or else by their bytes, are passed by; "
        "changed ones are read again, and what was in a folder and is no more is removed."
    ),
    examples=("dedup index build texts.index seeds/ && dedup index add texts.index seeds/",),
)
@index_argument
@paths_argument
@options.reading_options
@options.split_option
@ignore_option
@wait_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def add(**params: Any) -> int:
    """Add to the index and return the exit status."""
    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    with _opened(params, write=True) as opened:
        return _add(opened, params, talk)


@index.command(
    cls=Command,
    help="Remove documents by their ids.",
    examples=("dedup index build a.index seeds/ && dedup index remove a.index seeds/000_*.txt",),
)
@index_argument
@click.argument("ids", nargs=-1, metavar="ID...", required=True)
@wait_option
@options.verbosity_options
@options.talking_options
def remove(**params: Any) -> int:
    """Remove documents and return the exit status."""
    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    wanted = list(dict.fromkeys(params["ids"]))
    with _opened(params, write=True) as opened:
        removed = opened.remove(wanted)
    _tell(talk, say(message("removed: {count} documents", count=removed)))
    missing = len(wanted) - removed
    if missing:
        complain(say(message("dedup: error: {count} ids are not in the index", count=missing)))
    return 2 if missing else 0


@index.command(
    cls=Command,
    help=(
        "Say what an index has of files, best first.\n\n"
        "PATH is a file, a folder or - for standard input."
    ),
    examples=(
        "dedup index build texts.index seeds/ && dedup index query texts.index seeds/",
        "dedup index build a.index seeds/ && dedup index query a.index seeds/ -o matches.json",
    ),
)
@index_argument
@paths_argument
@options.reading_options
@options.split_option
@ignore_option
@options.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    default=5,
    help="Show the N best of each document; 0 shows all [default: 5].",
)
@options.exit_code_option
@options.format_option(FORMATS)
@options.output_option
@options.verbosity_options
@options.talking_options
def query(**params: Any) -> int:
    """Ask the index, write what it has, and return the exit status."""
    from dedup.app.index_files import documents_under
    from dedup.cli.summary import complain_unread, warn_hot
    from dedup.report.matches import as_json, as_text

    chosen = options.settings_in_effect({})
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk, formats=FORMATS)
    reading = options.reading_in_effect(params, chosen)
    with _opened(params) as opened:
        documents, skipped = documents_under(
            params["paths"], reading, opened.settings, ignore=not params["no_ignore"]
        )
        found = opened.query(documents)
    render = as_json if goal.output_format == "json" else as_text
    goal.write(render(found, params["limit"] or None, goal.view))
    if found and not talk.quiet:
        warn_hot(found[0].not_compared, found[0].hot_buckets)
    unread = [each for each in skipped if each.error]
    if unread:
        complain_unread(unread, talk)
        return 2
    return 1 if params["exit_code"] and any(each.matches for each in found) else 0


@index.command(
    cls=Command,
    help=(
        "Take over the documents of other indexes.\n\n"
        "The answers are then those of one index of everything, so that several machines can "
        "share the work. The others stay as they are."
    ),
    examples=(
        (
            "dedup index build a.index seeds/000_*.txt && "
            "dedup index build b.index seeds/001_*.txt && dedup index merge a.index b.index"
        ),
    ),
)
@index_argument
@click.argument(
    "others", nargs=-1, metavar="OTHER...", required=True, type=click.Path(readable=False)
)
@wait_option
@options.verbosity_options
@options.talking_options
def merge(**params: Any) -> int:
    """Merge indexes and return the exit status."""
    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    with _opened(params, write=True) as opened:
        more = opened.merge(params["others"])
    _tell(talk, say(message("taken over: {count} documents", count=more)))
    return 0


@index.command(
    cls=Command,
    help="Say what an index is: counts, size, settings.",
    examples=("dedup index build texts.index seeds/ && dedup index info texts.index",),
)
@index_argument
@options.format_option(FORMATS)
@options.output_option
@options.talking_options
def info(**params: Any) -> int:
    """Write what the index is and return the exit status."""
    from dedup.report.matches import info_as_json, info_as_text

    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    goal = destination(params, talk, formats=FORMATS)
    with _opened(params) as opened:
        found = opened.info()
    goal.write(
        info_as_json(found) if goal.output_format == "json" else info_as_text(found, current())
    )
    return 0


@index.command(
    cls=Command,
    help=(
        "Read everything in an index, and name what is damaged.\n\n"
        "The status is 2 where something is. What is sound is saved by dedup index rebuild."
    ),
    examples=("dedup index build texts.index seeds/ && dedup index verify texts.index",),
)
@index_argument
@options.verbosity_options
@options.talking_options
def verify(**params: Any) -> int:
    """Verify the index and return the exit status."""
    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    with _opened(params) as opened:
        found = opened.verify()
    for each in found:
        complain(say(message("dedup: error: {where}: {what}", where=each.where, what=each.what)))
    if not found:
        _tell(talk, say(message("the index is sound")))
    return 2 if found else 0


@index.command(
    cls=Command,
    help=(
        "Make an index anew from its own texts.\n\n"
        "With other settings or dictionaries, or from what is sound of a damaged one; the corpus "
        "is not needed. Without options the settings are those that the index has."
    ),
    examples=(
        "dedup index build texts.index seeds/ && dedup index rebuild texts.index --threshold 0.7",
    ),
)
@index_argument
@options.comparing_options
@wait_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def rebuild(**params: Any) -> int:
    """Make the index anew and return the exit status."""
    from dedup.app.index import Index
    from dedup.settings import SETTING_NAMES

    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    given = any(params.get(name) is not None for name in ("preset", *SETTING_NAMES))
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        lost = Index.rebuild(
            params["index"],
            chosen.settings if given else None,
            wait=params["wait"],
            progress=shown,
        )
    if lost:
        complain(
            say(
                message(
                    "dedup: error: {count} documents could not be read; add their files again",
                    count=lost,
                )
            )
        )
    return 2 if lost else 0


@index.command(
    cls=Command,
    help=(
        "Bring an index of an older dedup up to the format of this one.\n\n"
        "Whatever writes to an index does so, too; what only reads it changes nothing, and asks "
        "for this."
    ),
    examples=("dedup index build texts.index seeds/ && dedup index migrate texts.index",),
)
@index_argument
@wait_option
@options.verbosity_options
@options.talking_options
def migrate(**params: Any) -> int:
    """Migrate the index and return the exit status."""
    from dedup.app.index import Index
    from dedup.index.schema import FORMAT

    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    found = Index.migrate(params["index"], wait=params["wait"])
    if found == FORMAT:
        _tell(talk, say(message("it has format {known} already", known=FORMAT)))
    else:
        _tell(
            talk, say(message("from format {found} to format {known}", found=found, known=FORMAT))
        )
    return 0


def _opened(params: Params, *, write: bool = False) -> Index:
    from dedup.app.index import WAIT, Index

    return Index.open(params["index"], write=write, wait=params.get("wait", WAIT))


def _add(opened: Index, params: Params, talk: Talk) -> int:
    """Add the paths, say what has changed, and return the exit status."""
    from dedup.cli.summary import complain_unread, warn_skipped

    chosen = options.settings_in_effect({})
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        added = opened.add(
            list(params["paths"]),
            reading=options.reading_in_effect(params, chosen),
            ignore=not params["no_ignore"],
            progress=shown,
        )
    unread = [each for each in added.skipped if each.error]
    if not talk.quiet:
        warn_skipped([each for each in added.skipped if not each.error], talk)
    _tell(talk, _changes(added, len(opened)))
    if unread:
        complain_unread(unread, talk)
    return 2 if unread else 0


def _changes(added: Added, total: int) -> str:
    return say(
        message(
            "files: {added} added, {changed} changed, {renamed} renamed, {removed} removed, "
            "{unchanged} unchanged; documents: {documents} added, {total} in all",
            added=added.added,
            changed=added.changed,
            renamed=added.renamed,
            removed=added.removed,
            unchanged=added.unchanged,
            documents=added.documents,
            total=total,
        )
    )


def _tell(talk: Talk, line: str) -> None:
    if not talk.quiet:
        complain(line)
