"""Rules that allow whole families of duplicates: ``[[dedup.allow]]`` of a configuration."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dedup.checked import AllowRule
from dedup.errors import SettingsError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec

_KEYS = frozenset({"between", "same_stem", "reason"})
_MAGIC = frozenset("*?[")


class Allowed:
    """The rules, and how many pairs each of them allowed."""

    def __init__(self, rules: Sequence[AllowRule]) -> None:
        self._rules = rules
        self._counts = Counter[int]()

    def rule(self, a: str, b: str) -> AllowRule | None:
        """Return the first rule that allows a pair of paths, and count that."""
        for number, rule in enumerate(self._rules):
            if allows(rule, a, b):
                self._counts[number] += 1
                return rule
        return None

    def counted(self) -> tuple[tuple[AllowRule, int], ...]:
        """Return how many pairs each rule allowed."""
        return tuple((rule, self._counts[number]) for number, rule in enumerate(self._rules))

    def idle(self, paths: Sequence[str]) -> list[AllowRule]:
        """Return the rules of which some pattern matches none of these paths."""
        return [
            rule
            for rule in self._rules
            if not all(any(map(_spec(each).match_file, paths)) for each in rule.between)
        ]


def allows(rule: AllowRule, a: str, b: str) -> bool:
    """Tell whether a rule allows that two paths hold the same."""
    of_a = [each for each in rule.between if _spec(each).match_file(a)]
    of_b = [each for each in rule.between if _spec(each).match_file(b)]
    two = len(rule.between) > 1
    return any(
        not rule.same_stem or stem(a, first) == stem(b, second)
        for first in of_a
        for second in of_b
        if not two or first != second
    )


def stem(path: str, pattern: str) -> str:
    """Return what two paths must have in common: ``news/a`` of ``zh-cn/news/a.txt``.

    That is the path below the folder that a pattern begins with, without its suffix.
    """
    folder = []
    for name in pattern.strip("/").split("/")[:-1]:
        if _MAGIC & set(name):
            break
        folder.append(name)
    below = PurePosixPath(path).relative_to(*folder) if folder else PurePosixPath(path)
    return str(below.with_suffix(""))


def rules_from(value: object, where: str) -> tuple[AllowRule, ...]:
    """Return the rules that a configuration states.

    Raises :class:`~dedup.errors.SettingsError`, naming the file, for what is no rule.
    """
    if not isinstance(value, list):
        raise _no_rule(where, value)
    return tuple(_rule(each, where) for each in value)


def _rule(value: object, where: str) -> AllowRule:
    if not isinstance(value, dict):
        raise _no_rule(where, value)
    named = {str(key).replace("-", "_"): each for key, each in value.items()}
    between = named.get("between")
    same_stem, reason = named.get("same_stem", False), named.get("reason", "")
    if (
        set(named) <= _KEYS
        and isinstance(between, list)
        and between
        and all(_is_pattern(each) for each in between)
        and isinstance(same_stem, bool)
        and isinstance(reason, str)
    ):
        return AllowRule(tuple(between), same_stem, " ".join(reason.split()))
    raise _no_rule(where, value)


def _is_pattern(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not value.startswith(("!", "#"))


def _no_rule(where: str, value: object) -> SettingsError:
    return SettingsError(
        message("{where}: this is no rule to allow: {value}", where=where, value=repr(value)),
        hint=message(
            'write [[dedup.allow]] with between = ["a/**", "b/**"], and if you like '
            'same-stem = true and reason = "…"'
        ),
    )


@lru_cache(maxsize=256)
def _spec(pattern: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([pattern])
