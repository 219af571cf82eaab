"""Bylines without a colon: 本报记者 张三 通讯员 李四, 文/张三, 記者王小明／台北報導."""

from __future__ import annotations

from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.names import SURNAMES, split_names

#: A byline holds one of the first kind, or one of the second as a word of its own.
ROLES = "记者|通讯员|实习生|撰稿人|特派员|报道员"
OTHER_ROLES = (
    "文图|图文|摄影报道|摄影|图片|文字|文|图|责编|责任编辑|编辑|作者|撰文|撰稿|整理|校对|特约"
    "|联合报道"
)
_ROLE = lazy_pattern(rf"[\w·]{{0,16}}?(?:特约|见习|实习|摄影|文字)?(?:{ROLES})(?:们)?")
_OTHER_ROLE = lazy_pattern(OTHER_ROLES)
_PLACE = lazy_pattern(r"(?:发自)?\w{0,10}?(?:报道|报导|专电|\d{1,2}日电|摄)|发自\w{2,6}")
_MEDIUM = lazy_pattern(r"\w{1,12}(?:报|网|社|新闻|新闻网|中心|电视台|周刊|杂志|客户端)")
_WORD = lazy_pattern(rf"(?<!\w)[{SURNAMES}] {{1,4}}\w(?!\w)|[^\s、,;|&/:]+")
_NAME_PLACE = lazy_pattern(rf"([{SURNAMES}]\w{{1,2}})\w{{2,6}}(?:报道|报导|专电|\d{{1,2}}日电)")
_AFTER_NAME = lazy_pattern(r"(?<=\w\w)(?:摄影报道|报道|报导|摄影|摄)$")


def read_byline(text: str, norm: str) -> tuple[str, ...] | None:
    """Return the people of a byline, or None where any of its words is something else.

    A byline names at least one role (记者, 通讯员, 文 …) and one person.
    """
    role = False
    people: list[str] = []
    for word in _WORD.finditer(norm):
        token, start = word[0], word.start()
        prefix = _ROLE.match(token)
        if prefix:
            role, start, token = True, start + prefix.end(), token[prefix.end() :]
        if not token or (role and _PLACE.fullmatch(token) and not _NAME_PLACE.fullmatch(token)):
            continue
        if _OTHER_ROLE.fullmatch(token):
            role = True
        elif prefix or not _is_medium(token, role=role):
            names = _names(text[start:], token)
            if names is None:
                return None
            people += names
    return tuple(people) if role and people else None


def _is_medium(token: str, *, role: bool) -> bool:
    return not role and bool(_MEDIUM.fullmatch(token))


def _names(text: str, token: str) -> tuple[str, ...] | None:
    placed = _NAME_PLACE.fullmatch(token)
    token = placed[1] if placed else _AFTER_NAME.sub("", token)
    return split_names(text[: len(token)], token, strict=True)
