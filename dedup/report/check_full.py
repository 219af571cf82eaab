"""``full`` and ``concise`` of a check: each document with its matches, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.checked import AcceptedCopies, Verdict
from dedup.messages import message
from dedup.report.names import decimal, quoted, visible
from dedup.report.relations import relation_meaning, relation_name
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.checked import AcceptedPair, CheckedDocument, CheckedMatch, CheckResult
    from dedup.messages import Message
    from dedup.report.view import View

#: So many matches of a document are shown, and so many lines of a list.
SHOWN = 5
_COLORS = {Verdict.FAILS: "bold red", Verdict.WARNS: "bold yellow"}


def verdict_name(verdict: Verdict) -> Message:
    """Return what a verdict is called."""
    match verdict:
        case Verdict.FAILS:
            return message("fails")
        case Verdict.WARNS:
            return message("warns")
        case Verdict.ACCEPTED:
            return message("accepted")
        case Verdict.CARRIED:
            return message("accepted as it was before")
        case Verdict.ALLOWED:
            return message("allowed")


def lines(result: CheckResult, view: View) -> Iterator[Text]:
    """Yield the documents with matches, what was accepted, and the next commands to type."""
    for document in result.checked:
        if document.matches:
            yield from _document(document, result, view)
    yield from _stale(result, view)
    if result.change is not None:
        yield from _changed(result, view)
    else:
        yield from _next(result, view)


def concise(result: CheckResult, view: View) -> Iterator[Text]:
    """Yield ``path: verdict relation path (similarity)`` for each new match."""
    for document in result.checked:
        for match in document.new:
            said = message(
                "{path}: {verdict}, {relation}: {other} ({similarity})",
                path=visible(result.shown(document.id)),
                verdict=verdict_name(match.verdict),
                relation=relation_name(match.pair.relation),
                other=visible(result.shown(match.pair.b)),
                similarity=decimal(match.pair.evidence.exact_similarity, 2),
            )
            yield Text(view.say(said))


def _document(document: CheckedDocument, result: CheckResult, view: View) -> Iterator[Text]:
    new = len(document.new)
    said = counted(new, message("{count} duplicate"), message("{count} duplicates"))
    heading = message("{path}: {said}", path=visible(result.shown(document.id)), said=said)
    yield Text(view.say(heading), style="bold")
    for match in document.matches[:SHOWN]:
        yield from _match(match, result, view)
    rest = len(document.matches) - SHOWN
    if rest > 0:
        accepted = sum(not each.verdict.is_new for each in document.matches[SHOWN:])
        more = message(
            "  … and {count} more, {accepted} of them accepted",
            count=f"{rest:,}",
            accepted=f"{accepted:,}",
        )
        yield Text(view.say(more))


def _match(match: CheckedMatch, result: CheckResult, view: View) -> Iterator[Text]:
    pair = match.pair
    yield Text.assemble(
        "  ",
        (view.say(verdict_name(match.verdict)), _COLORS.get(match.verdict, "green")),
        "  ",
        visible(result.shown(pair.b)),
    )
    said = message(
        "{relation}: {meaning}; similarity {similarity}",
        relation=relation_name(pair.relation),
        meaning=relation_meaning(pair.relation, titles_differ=pair.evidence.titles_differ),
        similarity=decimal(pair.evidence.exact_similarity),
    )
    yield Text("      " + view.say(said))
    if match.reason:
        yield Text("      " + view.say(message("because: {reason}", reason=visible(match.reason))))


def _stale(result: CheckResult, view: View) -> Iterator[Text]:
    if not result.stale or result.change is not None:
        return
    said = counted(
        len(result.stale),
        message("{count} line of {path} accepts what is no longer there:"),
        message("{count} lines of {path} accept what is no longer there:"),
    )
    yield Text(view.say(message("{text}", text=_with(said, path=result.baseline or ""))))
    for entry in result.stale[:SHOWN]:
        yield Text(f"  {entry_line(entry)}")
    rest = len(result.stale) - SHOWN
    if rest > 0:
        yield Text(view.say(message("  … and {count} more", count=f"{rest:,}")))


def entry_line(entry: AcceptedPair | AcceptedCopies) -> str:
    """Return a line of a baseline as it stands there, without its reason."""
    if isinstance(entry, AcceptedCopies):
        return f"copies {entry.content} {entry.documents}"
    return f"pair {entry.a} {entry.b}"


def _changed(result: CheckResult, view: View) -> Iterator[Text]:
    change = result.change
    if change is None:
        return
    path = visible(change.path)
    if not (change.added or change.removed):
        yield Text(view.say(message("{path} is as it was", path=path)))
        return
    said = message(
        "{path}: lines added {added}, removed {removed}; to have it committed:",
        path=path,
        added=f"{change.added:,}",
        removed=f"{change.removed:,}",
    )
    yield Text(view.say(said))
    yield Text(f"  git add {quoted(change.path)}")


def _next(result: CheckResult, view: View) -> Iterator[Text]:
    """Yield what to type: to see what differs, to accept it, and to keep what is carried over."""
    new = [match for document in result.checked for match in document.new]
    carried = [each for each in result.checked if _carries(each)]
    if new:
        pair = new[0].pair
        yield Text("")
        yield Text(view.say(message("To see what differs:")))
        yield Text("  " + _typed("explain", [result.shown(pair.a), result.shown(pair.b)]))
        yield Text(view.say(message("To accept it, with a reason for whoever reviews that:")))
        paths = _paths([each for each in result.checked if each.new], result)
        yield Text("  " + _typed("check", paths) + _update(result))
    if carried:
        said = message("Accepted in the version before; to accept it in this one too:")
        yield Text(view.say(said))
        yield Text("  " + _typed("check", _paths(carried, result)) + _update(result))


def _update(result: CheckResult) -> str:
    return ' --update-baseline --reason "…"'


def _carries(document: CheckedDocument) -> bool:
    return any(match.verdict is Verdict.CARRIED for match in document.matches)


def _paths(documents: Sequence[CheckedDocument], result: CheckResult) -> list[str]:
    """Return the files of documents, each once; many are ``.``."""
    files = dict.fromkeys(result.documents[each.id].path or each.id for each in documents)
    return [result.shown(path) for path in files] if len(files) <= SHOWN else ["."]


def _typed(command: str, paths: Sequence[str]) -> str:
    return " ".join(["dedup", command, *(quoted(path) for path in paths)])


def _with(said: Message, **more: object) -> Message:
    from dedup.messages import Message

    return Message(said.template, (*said.params, *more.items()))
