"""What standard error says after a check: what could not be read, and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.checked import Verdict
from dedup.cli.language import say
from dedup.cli.notes import tell
from dedup.cli.streams import complain
from dedup.cli.summary import complain_unread, warn_skipped
from dedup.messages import message
from dedup.report.names import visible
from dedup.report.wording import counted

if TYPE_CHECKING:
    from dedup.checked import CheckResult
    from dedup.cli.options import Talk


def report_check(result: CheckResult, talk: Talk) -> None:
    """Write totals and warnings; of what was to be checked and could not be read even if quiet."""
    if result.unread:
        complain_unread(result.unread, talk)
    if talk.quiet:
        return
    tell(result.notes)
    warn_skipped([each for each in result.skipped if not each.error], talk)
    broken = [each for each in result.elsewhere if each.error]
    if broken:
        warn_skipped(broken, talk)
    for rule, count in result.allowed:
        if count:
            said = message(
                "{between}: {count} pairs allowed",
                between=visible(", ".join(rule.between)),
                count=f"{count:,}",
            )
            complain(say(said))
    complain(_totals(result))


def _totals(result: CheckResult) -> str:
    fails, warns = result.count(Verdict.FAILS), result.count(Verdict.WARNS)
    accepted = result.count(Verdict.ACCEPTED) + result.count(Verdict.CARRIED)
    files = {result.documents[each.id].path for each in result.checked}
    checked = counted(len(files), message("{count} file checked"), message("{count} files checked"))
    return say(
        message(
            "{checked} against {compared} files; duplicates: {fails}, warnings: {warns}, "
            "accepted: {accepted}",
            checked=checked,
            compared=f"{result.compared:,}",
            fails=f"{fails:,}",
            warns=f"{warns:,}",
            accepted=f"{accepted:,}",
        )
    )
