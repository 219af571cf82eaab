"""Changes for the parts that are set aside, or would be: metadata, titles, page furniture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.model import Change, ChangeKind, Fact, Role, SetAside, Weight
from dedup.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KINDS = {
    Role.METADATA: ChangeKind.METADATA,
    Role.TITLE: ChangeKind.TITLE,
    Role.FURNITURE: ChangeKind.FURNITURE,
    Role.BOILERPLATE: ChangeKind.FURNITURE,
}


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring parts of one role and kind, shown as one (a title of two lines)."""

    role: Role
    kind: str
    start: int
    end: int
    line: int
    text: str
    facts: tuple[Fact, ...]

    @property
    def kept(self) -> str:
        """The kept text."""
        return fold(self.text)


def groups(found: Sequence[SetAside], text: str) -> list[Group]:
    """Join the parts that only white space separates; ``text`` is the whole text."""
    joined: list[Group] = []
    for part in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.role, last.kind) == (part.role, part.kind)
            and not text[last.end : part.start].strip()
        ):
            whole = text[last.start : part.end]
            facts = (*last.facts, *part.facts)
            joined[-1] = Group(part.role, part.kind, last.start, part.end, last.line, whole, facts)
        else:
            joined.append(
                Group(
                    part.role, part.kind, part.start, part.end, part.line,
                    text[part.start : part.end], part.facts,
                )
            )  # fmt: skip
    return joined


def part_changes(
    a: Iterable[Group], b: Iterable[Group], *, in_body: tuple[frozenset[str], frozenset[str]]
) -> list[Change]:
    """Return a change for each part that one side lacks or words otherwise.

    Parts with one kept text on both sides differ in form at most, and are left out; so are those
    that the other side has in its body, whose lines alone there are given by ``in_body``.
    Parts of one kind that differ are paired in order.
    """
    left_a, left_b = _without_equal(list(a), list(b))
    left_a = [group for group in left_a if group.kept not in in_body[1]]
    left_b = [group for group in left_b if group.kept not in in_body[0]]
    changes: list[Change] = []
    while left_a:
        group = left_a.pop(0)
        same = (other for other in left_b if (other.role, other.kind) == (group.role, group.kind))
        other = next(same, None)
        if other is not None:
            left_b.remove(other)
        changes.append(_change(group, other))
    return changes + [_change(None, group) for group in left_b]


def _without_equal(a: list[Group], b: list[Group]) -> tuple[list[Group], list[Group]]:
    left_b = list(b)
    left_a: list[Group] = []
    for group in a:
        equal = next((o for o in left_b if o.role is group.role and o.kept == group.kept), None)
        if equal is None:
            left_a.append(group)
        else:
            left_b.remove(equal)
    return left_a, left_b


def _change(a: Group | None, b: Group | None) -> Change:
    """Return the change for a part; of two that differ, the facts that only one states."""
    facts_a, facts_b = (a.facts if a else ()), (b.facts if b else ())
    facts = (*(f for f in facts_a if f not in facts_b), *(f for f in facts_b if f not in facts_a))
    group = a or b
    assert group is not None  # noqa: S101  one of the two is given
    return Change(
        Weight.FORM,
        _KINDS[group.role],
        a.text.strip() if a else "",
        b.text.strip() if b else "",
        a.line if a else None,
        b.line if b else None,
        detail=group.kind,
        facts=facts,
    )
