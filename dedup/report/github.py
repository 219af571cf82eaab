"""``github``: annotations of GitHub Actions, as many as GitHub shows.

The commands and what is escaped in them are those of
https://docs.github.com/actions/reference/workflow-commands-for-github-actions. A step shows ten
errors, ten warnings and ten notices, and drops the others without a word: so one document is one
annotation, and what is beyond the tenth is said in plain lines, which the log keeps.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedup.report.findings import Finding

LIMIT = 10
#: So many of the texts that a document repeats are named.
NAMED = 5


def pieces(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield an annotation per document, and lines for those that GitHub would not show."""
    shown = {"error": 0, "warning": 0}
    rest = []
    for (level, here), group in groupby(findings, key=lambda each: (each.level, each.here)):
        texts = [each.text for each in group]
        more = [f"… and {len(texts) - NAMED} more"] if len(texts) > NAMED else []
        said = "\n".join([*texts[:NAMED], *more])
        if shown[level] == LIMIT:
            rest.append(said)
            continue
        shown[level] += 1
        places = f"file={_property(here.path)},line={here.line}"
        yield f"::{level} {places},title=dedup::{_data(said)}\n"
    if rest:
        yield f"::notice title=dedup::{len(rest)} more documents are duplicates; see the log\n"
        for said in rest:
            yield "".join(f"{visible(line)}\n" for line in said.split("\n"))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
