"""What a place is where two texts of tokens differ.

A fact in the place of another, a phrase in the place of one that shares no letter with it, a
rewording, or an insertion. Facts are compared by value: another notation is no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from dedup.match import people
from dedup.match.notation import expressions, has_numeral, same_value, same_words
from dedup.match.numerals import HAN
from dedup.match.slots import spoken
from dedup.match.tokens import align_tokens, hunks
from dedup.match.vocabulary import Kind
from dedup.model import ChangeKind
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from dedup.match.slots import Form
    from dedup.match.tokens import Hunk

#: Tokens of the longest fact, and letters of the longest phrase.
LONGEST_FACT, LONGEST_PHRASE = 8, 40
#: Letters of the shortest phrase.
SHORTEST_PHRASE = 3
#: Tokens on both sides of a place that may belong to a number in it.
_AROUND = 4
#: Words behind a name that say that it was one.
_BEHIND = frozenset(
    ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "村", "路", "街", "河", "江", "湖",
     "山", "岛", "桥", "站", "港", "公司", "有限公司", "集团", "大学", "学院", "中学", "小学",
     "医院", "厂", "银行", "法院", "局", "社区", "队", "班", "先生", "女士", "同志", "老师",
     "教授", "主任", "科长")
)  # fmt: skip
#: Stands between the parts of a number or a date.
INSIDE_FIGURES = frozenset("年月日时点分.:")
#: The number of a part of a statute.
_ARTICLE = lazy_pattern(rf"第?[{HAN}\d]+[条款项章节编目]")
_ARTICLE_STARTS = frozenset(f"第{HAN}")
#: What stretches in Latin letters are made of.
_IN_LATIN = frozenset((Kind.TERM, Kind.NUMBER))
#: Stands before the time up to which a story is told: not the time of what it tells.
_AS_OF = lazy_pattern(r"截[至止]\Z|截[至止到].{0,8}\Z")


class Difference(Enum):
    """What a place is where two texts differ."""

    NOTATION = auto()
    FIGURE = auto()
    NAME = auto()
    PHRASE = auto()
    WORDING = auto()
    EDIT = auto()


@dataclass(frozen=True, slots=True)
class Places:
    """Where two texts differ and what each place is; ``stays`` counts facts that both share."""

    found: list[tuple[Hunk, Difference]]
    stays: int


def classified(a: Form, b: Form) -> Places:
    """Align two texts; return where they differ and how, and what they share in place."""
    blocks = align_tokens(a.numbers, b.numbers, a.vocabulary.words)
    places = list(hunks(blocks, len(a), len(b)))
    kinds = _without_swaps(a, b, [(place, difference(a, b, place)) for place in places])
    replaced = sum(_facts(a.kinds[low:high]) for low, high, *_ in places if low < high)
    return Places(kinds, _facts(a.kinds) - replaced)


def difference(a: Form, b: Form, place: Hunk) -> Difference:
    """Return what a place is where two texts differ."""
    low_a, high_a, low_b, high_b = place
    if low_a == high_a or low_b == high_b:
        return Difference.EDIT
    said = spoken(a.tokens[low_a:high_a]), spoken(b.tokens[low_b:high_b])
    in_a, in_b = has_numeral(said[0]), has_numeral(said[1])
    counted = in_a and in_b
    if counted:
        around = _around(a, low_a, high_a), _around(b, low_b, high_b)
        same = same_value(*said, around)
    else:
        same = same_value(*said, ("", "")) if in_a or in_b else same_words(*said)
    if same:
        return Difference.NOTATION
    kinds = a.kinds[low_a:high_a], b.kinds[low_b:high_b]
    longest = max(high_a - low_a, high_b - low_b)
    if longest <= LONGEST_FACT and not _is_renumbered(a, b, place, said):
        if counted and (_are_numbers(kinds) or all(map(_is_figure, said))):
            return Difference.FIGURE
        if _are_names(kinds) or _are_persons(said, kinds) or _named_behind(a, b, place, said):
            return Difference.NAME
    return Difference.PHRASE if _are_phrases(said, kinds) else Difference.WORDING


def _around(form: Form, low: int, high: int) -> str:
    return spoken(form.tokens[max(0, low - _AROUND) : high + _AROUND])


def _is_figure(said: str) -> bool:
    """Tell whether a stretch is a number with what it counts: 五册 is one word."""
    return [e.start for e in expressions(said)] == [0]


def _is_renumbered(a: Form, b: Form, place: Hunk, said: tuple[str, str]) -> bool:
    """Tell whether an article or a section has another number: that says nothing by itself."""
    if not (_starts_number(said[0]) and _starts_number(said[1])):
        return False
    following = a.tokens[place[1] : place[1] + 1], b.tokens[place[3] : place[3] + 1]
    return all(
        _ARTICLE.match(stretch + "".join(after))
        for stretch, after in zip(said, following, strict=True)
    )


def _starts_number(stretch: str) -> bool:
    return stretch[0] in _ARTICLE_STARTS or stretch[0].isdecimal()


def _are_numbers(kinds: tuple[bytes, bytes]) -> bool:
    return Kind.NUMBER in kinds[0] and Kind.NUMBER in kinds[1]


def _are_names(kinds: tuple[bytes, bytes]) -> bool:
    if Kind.NAME in kinds[0] and Kind.NAME in kinds[1]:
        return True
    if Kind.TERM not in kinds[0] or Kind.TERM not in kinds[1]:
        return False
    return all(_IN_LATIN.issuperset(each) for each in kinds)


def _are_persons(said: tuple[str, str], kinds: tuple[bytes, bytes]) -> bool:
    """Tell whether both look like names of persons, and are in no dictionary."""
    return max(map(len, kinds)) > 1 and all(map(people.is_name, said))


def _named_behind(a: Form, b: Form, place: Hunk, said: tuple[str, str]) -> bool:
    """Tell whether what follows, or ends both, is a word that follows names."""
    if min(map(len, said)) < 2:
        return False
    _, high_a, _, high_b = place
    following = a.tokens[high_a : high_a + 1]
    if following and following[0] in _BEHIND:
        return True
    return a.tokens[high_a - 1] in _BEHIND and b.tokens[high_b - 1] in _BEHIND


def _are_phrases(said: tuple[str, str], kinds: tuple[bytes, bytes]) -> bool:
    """Tell whether these are phrases of about one length that share next to no letter."""
    if Kind.TERM in kinds[0] or Kind.TERM in kinds[1]:
        return False
    shorter, longer = sorted(map(len, said))
    if shorter < SHORTEST_PHRASE or longer > min(LONGEST_PHRASE, 3 * shorter):
        return False
    letters = set(said[0]), set(said[1])
    return 3 * len(letters[0] & letters[1]) <= min(map(len, letters))


def _without_swaps(
    a: Form, b: Form, found: list[tuple[Hunk, Difference]]
) -> list[tuple[Hunk, Difference]]:
    """Make edits of phrases that changed places with each other."""
    phrases = {
        (a.tokens[place[0] : place[1]], b.tokens[place[2] : place[3]])
        for place, kind in found
        if kind in (Difference.PHRASE, Difference.NAME)
    }
    if not phrases:
        return found
    return [
        (place, Difference.EDIT)
        if (b.tokens[place[2] : place[3]], a.tokens[place[0] : place[1]]) in phrases
        else (place, kind)
        for place, kind in found
    ]


def _facts(kinds: bytes) -> int:
    return kinds.count(Kind.NUMBER) + kinds.count(Kind.NAME)


def identifies(a: Form, b: Form, place: Hunk, kind: Difference) -> bool:
    """Tell whether a place in both heads says which event, place or thing a text is about."""
    if place[0] >= a.head or place[2] >= b.head:
        return False
    if kind is not Difference.FIGURE:
        return kind is Difference.NAME
    return _is_date(a, place[0], place[1]) or _is_date(b, place[2], place[3])


def _is_date(form: Form, low: int, high: int) -> bool:
    """Tell whether a number is of a date or an ordinal, and not of the time of writing."""
    start = max(0, low - 2 * _AROUND)
    before = spoken(form.tokens[start:low])
    if _AS_OF.search(before):
        return False
    whole = before + spoken(form.tokens[low : high + _AROUND])
    return any(
        e.end > len(before)
        and e.start < len(before) + len(spoken(form.tokens[low:high]))
        and (e.kind is ChangeKind.DATE or e.value[0] == "code" or True in e.value[2:3])
        for e in expressions(whole)
    )
