"""Names of persons and their titles around a difference, by surname, title and context.

Segmentation without HMM does not know new names, so the difference itself is taken as the clue:
a short run of Han that begins with a surname, beside a title, a verb of speech, or set off by
marks. Offsets are those of the text given.
"""

from __future__ import annotations

import re
from functools import cache

from dedup.text.lazy import lazy_pattern

#: The surnames of about 95 % of the population, and those of two characters.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段史龙黎陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟"
    "安颜倪齐章鲁葛岳欧申季温关焦左祝柳毕霍耿牛纪柯凌习阎俞丛穆裴解骆涂宁古路桂项詹管游柴佟欧牟"
)
_COMPOUND = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙",
     "夏侯", "轩辕", "端木", "独孤", "南宫", "西门")
)  # fmt: skip
_BASE_TITLES = (
    "总书记|副书记|书记|国家主席|主席|总统|总理|首相|委员长|秘书长|部长|厅长|局长|处长|科长|署长|司长|省长|市长|县长|区长|镇长"
    "|乡长|村长|州长|院长|所长|校长|园长|馆长|站长|台长|社长|团长|队长|班长|组长|会长|理事长|董事长|行长|厂长|店长|船长|机长"
    "|总经理|经理|总监|总裁|主任|主编|总编辑|编辑|记者|通讯员|特派员|评论员|主持人|发言人|代表|委员|常委|教授|研究员|讲师|工程师"
    "|院士|博士|硕士|医生|医师|大夫|护士|律师|法官|检察官|警官|民警|司令员|司令|政委|将军|上将|中将|少将|大校|上校|参谋长|大使|领事"
    "|教练|先生|女士|小姐|同志|老师|师傅|村支书|首席执行官|负责人|作者|摄影|责编"
)
_TITLE = lazy_pattern(rf"(?:副|代|代理|原|前|常务副|执行|名誉|首席)?(?:{_BASE_TITLES})")
_TITLE_AT_END = lazy_pattern(rf"(?:{_BASE_TITLES})[:：\s]{{0,3}}\Z")
_AFTER = lazy_pattern(
    rf"\s{{0,2}}(?:(?:副|代|原)?(?:{_BASE_TITLES})|说|表示|介绍|告诉|指出|认为|称|坦言|透露|强调|回忆|主持|出席|在|等|和|与|及|是|的|为|担任|获)"
)
_MARK = lazy_pattern(r"[^\w]|\A|\Z")
_HAN_RUN = lazy_pattern(r"[一-龥]+(?:·[一-龥]+)*")
#: Characters of the longest name that is looked for, without the dot of foreign names.
_LONGEST = 4


def titles(text: str) -> list[tuple[int, int]]:
    """Return the spans of titles of persons in ``text``, ascending."""
    return [match.span() for match in _TITLE.finditer(text)]


@cache
def is_name(text: str) -> bool:
    """Tell whether ``text`` has the shape of a Chinese name: surname and one or two characters."""
    if not _HAN_RUN.fullmatch(text) or "·" in text:
        return False
    if text[:2] in _COMPOUND:
        return 3 <= len(text) <= _LONGEST
    return text[0] in _SURNAMES and 2 <= len(text) <= 3


def name_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name that holds ``text[start:end]``, or None if nothing says it is one."""
    if is_name(text[start:end]) and _clues(text, start, end):
        return start, end  # the whole name differs; what follows may look like more of it
    best: tuple[int, int, int] | None = None
    for low in range(start, max(start - _LONGEST, -1), -1):
        for high in range(max(end, low + 2), min(low + _LONGEST, len(text)) + 1):
            if high < end or not is_name(text[low:high]):
                continue
            score = _clues(text, low, high)
            if score and (best is None or (score, low - high) > (best[0], best[1] - best[2])):
                best = (score, low, high)
    return best and (best[1], best[2])


def _clues(text: str, low: int, high: int) -> int:
    """Return how much speaks for a name: what stands before it, and what stands behind it."""
    before, behind = text[max(0, low - 8) : low], text[high : high + 8]
    title_before = bool(_TITLE_AT_END.search(before))
    set_off_before = not before or not before[-1].isalnum()
    set_off_behind = not behind or not behind[0].isalnum()
    known_behind = bool(_AFTER.match(behind))
    strong = re.match(rf"\s{{0,2}}(?:{_BASE_TITLES}|说|表示|介绍|告诉)", behind)
    if title_before:
        return 4 + 2 * (known_behind or set_off_behind)
    if strong:
        return 3 + set_off_before
    if set_off_before and set_off_behind:
        return 2
    return 0
