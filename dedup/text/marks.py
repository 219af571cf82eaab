"""Which marks of a run between two kept characters carry meaning (``docs/formats.md``).

A *run* is everything between two kept characters, as coded text. Marks stay where they touch a
digit or a Latin letter: ``3+4`` and ``3-4``, ``x>0`` and ``x<0``, ``C++`` and ``C#``, ``+3.21%``
and ``-3.21%`` are different texts, while a bullet, a rule of dashes or a dash between Han are not
text at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dedup.text.fold_table import CIRCLE, NEWLINE, OTHER, SPACE, fold_table

#: A longer row of marks is decoration (``=====``).
LONGEST_GROUP = 3
HAN_DIGITS = frozenset("〇一二三四五六七八九十百千")
#: What a circle must stand before to be a zero: another digit, or what a number counts.
AFTER_ZERO = HAN_DIGITS | frozenset("年月日号期页")

_CLASSES = ("percent", "hash", "joint", "point", "hyphen", "bang", "dash", "currency", "operator")


@cache
def mark_classes() -> dict[str, str]:
    """Return every mark with the rule that decides when it stays."""
    table = fold_table()
    return {char: name for name in _CLASSES for char in table.members(f"mark-{name}")}


@cache
def _groups() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(mark_classes())) + "]+")


@dataclass(frozen=True, slots=True)
class Side:
    """The kept character next to a group of marks: digit, letter or neither, and how near."""

    name: str
    direct: bool

    @property
    def near(self) -> str:
        """The class where nothing stands between, else ""."""
        return self.name if self.direct else ""


_NOTHING = Side("", direct=False)


def meaning(run: str, left: str, right: str) -> str:
    """Return what stays of ``run`` between the kept characters ``left`` and ``right``.

    ``left`` and ``right`` are one character, or "" at an end of the text. Returns the marks, or
    zeros for circles inside a Han number, or one space where neither neighbour is Han, or "".
    """
    if CIRCLE in run and left in HAN_DIGITS and right in AFTER_ZERO:
        zeros = run.count(CIRCLE)
        if zeros + run.count(SPACE) + run.count(NEWLINE) == len(run):
            return "〇" * zeros
    marks = _marks(run, left, right) if _groups().search(run) else ""
    if marks:
        return marks
    table = fold_table()
    if left and right and table.class_of(left) != "han" and table.class_of(right) != "han":
        return " "
    return ""


def _marks(run: str, left: str, right: str) -> str:
    """Decide the marks of the stretches that reach a neighbour through spaces alone."""
    stretches = re.split(f"[{OTHER}{NEWLINE}{CIRCLE}]", run)
    if len(stretches) == 1:
        return _stretch(run, left, right)
    return _separated([_stretch(stretches[0], left, ""), _stretch(stretches[-1], "", right)])


def _stretch(stretch: str, left: str, right: str) -> str:
    groups = list(_groups().finditer(stretch))
    stays = []
    for at, group in enumerate(groups):
        if len(group[0]) > LONGEST_GROUP:
            continue
        before = Side(_side(left), group.start() == 0) if at == 0 else _NOTHING
        last = at == len(groups) - 1
        after = Side(_side(right), group.end() == len(stretch)) if last else _NOTHING
        stays.append(_group(group[0], before, after))
    return _separated(stays)


def _separated(groups: list[str]) -> str:
    """Join groups so that folding again sees the same groups."""
    return " ".join(group for group in groups if group)


def _side(char: str) -> str:
    name = fold_table().class_of(char) if char else ""
    return name if name in ("digit", "letter") else ""


def _group(marks: str, left: Side, right: Side) -> str:
    stays = []
    for at, mark in enumerate(marks):
        following = marks[at + 1 : at + 2]
        name = mark_classes()[mark]
        if name == "bang":
            keep = following == "=" and _operator(left, right)
        elif name in ("joint", "point", "dash"):
            keep = len(marks) == 1 and _ALONE[name](left, right)
        else:
            keep = _ANY[name](left, right)
        if keep:
            stays.append("-" if name == "dash" else mark)
    return "".join(stays)


def _operator(left: Side, right: Side) -> bool:
    return bool(left.near or right.near or (left.name and right.name))


def _hyphen(left: Side, right: Side) -> bool:
    return bool(left.near or right.near) or _joint(left, right)


def _joint(left: Side, right: Side) -> bool:
    both = bool(left.name and right.name)
    return both and bool((left.near and right.near) or "digit" in (left.name, right.name))


def _between_digits(left: Side, right: Side) -> bool:
    return left.near == right.near == "digit"


def _percent(left: Side, _right: Side) -> bool:
    return left.name == "digit"


def _hash(left: Side, _right: Side) -> bool:
    return left.near == "letter"


def _currency(left: Side, right: Side) -> bool:
    return "digit" in (left.name, right.name)


_ALONE = {"joint": _joint, "point": _between_digits, "dash": _between_digits}
_ANY = {
    "operator": _operator,
    "hyphen": _hyphen,
    "percent": _percent,
    "hash": _hash,
    "currency": _currency,
}
