"""A plan as a shell script that a person reads, and then runs."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.report.names import visible
from dedup.report.plan import headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.planned import Plan, Step
    from dedup.report.view import View

_HEAD = """\
set -u
folder=%s
failed=0

# move FILE SHA256 NAME KEPT KEPT_SHA256: move FILE to $folder/NAME, if both are what they were
move() {
    if [ -L "$1" ] || [ ! -f "$1" ]; then
        echo "left alone, no file: $1" >&2
    elif [ "$(sha256 "$1")" != "$2" ]; then
        echo "left alone, changed: $1" >&2
    elif [ ! -f "$4" ] || [ "$(sha256 "$4")" != "$5" ]; then
        echo "left alone, what stays has changed: $1" >&2
    elif [ -e "$folder/$3" ]; then
        echo "left alone, there already: $folder/$3" >&2
    else
        mkdir -p "$(dirname "$folder/$3")" && mv "$1" "$folder/$3" && return
    fi
    failed=1
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -c 1-64
}
"""


def script(plan: Plan, names: dict[str, str], folder: str, view: View) -> Iterator[str]:
    """Yield the lines of a POSIX shell script that moves what a plan moves.

    ``names`` are those of the files below ``folder``, by path. What a script cannot do, files of
    records, it says. Paths that are not valid Unicode come out as their bytes where the script is
    written with ``surrogateescape``.
    """
    yield "#!/bin/sh\n"
    yield _comment(view.say(headline(plan)))
    yield _comment(
        view.say(message("Run it in the folder of the scan; what has changed is left alone."))
    )
    yield _HEAD % shlex.quote(_operand(folder))
    kept = dict(plan.kept)
    for step in plan.steps:
        yield "\n"
        if step.records:
            yield from _unable(step, view)
            continue
        (drop,) = step.drops
        yield _comment(
            view.say(
                message("{relation} as {keep}, which stays: {reason}",
                        relation=drop.relation.value, keep=visible(drop.keep), reason=drop.reason)
            )
        )  # fmt: skip
        words = (
            _operand(step.path),
            step.state.sha256,
            names[step.path],
            _operand(drop.keep_path),
            kept[drop.keep_path].sha256,
        )
        yield "move " + " ".join(map(shlex.quote, words)) + "\n"
    yield "\nexit $failed\n"


def _unable(step: Step, view: View) -> Iterator[str]:
    yield _comment(
        view.say(
            message(
                "{path} would lose {count} records, which this script leaves to dedup resolve "
                "--apply.",
                path=visible(step.path),
                count=len(step.drops),
            )
        )
    )


def _comment(text: str) -> str:
    return f"# {visible(text)}\n"


def _operand(path: str) -> str:
    """Return a path that no command takes for an option."""
    return f"./{path}" if path.startswith("-") else path
