"""What surrounds the words of a post on social media: chains, names, addresses, topics.

Posts are short, so that these decide whether two of them look alike; and they are what differs
when the same words are posted twice. Spans are in code points of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.fold import fold
from dedup.text.lazy import lazy_pattern
from dedup.text.markup import blanked, union

if TYPE_CHECKING:
    from dedup.text.markup import Span

#: Any of these stands in every text that has something to set aside.
_SIGNS = lazy_pattern(
    r"[@＠#＃]|https?:|www\.|t\.cn/|展开|展開|收起|全文|网页链接|網頁鏈接|網頁連結"
)

_NAME = r"[\w\-·]{1,30}"
#: An address ends before Chinese, before marks that quote it, and before a topic or a name.
_ADDRESS = (
    r"(?:https?://|(?<![\w.])www\.|(?<![A-Za-z0-9.])t\.cn/)"
    r"(?:(?!#[^#\s][^#\n]{0,39}#|@[^\x00-\x7f])[!-~](?<![\"'<>]))+"
    r"(?:[@＠](?=[^\x00-\x7f])[\w\-·]{1,30})?"
)
#: Marks that belong to the words inside them: no white space at their inner sides, or the marks
#: are numbers (#1 …, #2 …) or headings.
_TOPIC = r"[#＃](?!\s)[^#＃\n]{1,40}(?<!\s)[#＃]"
_LINK = r"[OoＯ]?(?:网页链接|網頁鏈接|網頁連結)"
#: With one letter behind it where the site's symbol font was lost.
_FOLDED = (
    r"(?:(?<=…)|(?<=\.\.\.)|(?<=\s)|^)"
    r"(?:(?:展开|展開|收起|查看|阅读|閱讀)?全文|展开|展開|收起)[cd]?(?=[\s\u200b]*$)"
)
#: What a site puts in where somebody reposts without a word.
_REPOST = r"(?:(?:转发|轉發|快转|快轉)(?:此?微博)?|转|轉|[Rr]eposts?)"
_INLINE = lazy_pattern(
    rf"(?m:{_ADDRESS}|{_TOPIC}|{_LINK}|{_FOLDED}"
    rf"|(?:(?<=[:：])|^)\s?{_REPOST}(?=\s?[/／]{{2}}\s?[@＠])"
    rf"|(?:回复|回覆)\s?[@＠]{_NAME}\s?[:：]|(?<![\w.%+\-])[@＠]{_NAME}(?:\s?[:：])?"
    rf"|(?<=[^\x00-\x7f])[@＠]{_NAME}(?:\s?[:：])?)"
)
#: Quotes what was posted before, to the end of the line.
_CHAIN = lazy_pattern(rf"[/／]{{2}}\s?[@＠]{_NAME}\s?[:：][^\n]*")
_NO_WORDS = lazy_pattern(rf"\W*(?:{_REPOST}\W*)?")
#: Characters that are compared, whatever stands around them.
_SURELY_KEPT = lazy_pattern(r"[0-9A-Za-z\u4e00-\u9fff]")


def spans(text: str) -> list[Span]:
    """Return what to set aside of ``text``, sorted, without overlaps; nothing if that is all.

    A chain is set aside where its line has words of its own in front of it: else the words that
    it quotes are all there is.
    """
    if not _SIGNS.search(text):
        return []
    chains = [match.span() for match in _CHAIN.finditer(text) if _has_words(text, match.start())]
    rest = blanked(text, chains)
    found = union(chains, (match.span() for match in _INLINE.finditer(rest)))
    return found if _keeps_any(blanked(text, found)) else []


def rest(text: str) -> str:
    """Return ``text`` with blanks for what is set aside, so that offsets and lines stay."""
    found = spans(text)
    return blanked(text, found) if found else text


def _has_words(text: str, chain: int) -> bool:
    """Tell whether anything of one's own stands in a line before the chain in it."""
    before = text[text.rfind("\n", 0, chain) + 1 : chain]
    return not _NO_WORDS.fullmatch(_INLINE.sub(" ", before))


def _keeps_any(text: str) -> bool:
    return bool(_SURELY_KEPT.search(text) or fold(text).strip())
