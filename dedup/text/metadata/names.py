"""Names of persons, as bylines and credits write them.

Works on normalised text; a name keeps the characters of the original.
"""

from __future__ import annotations

from dedup.text.lazy import lazy_pattern

#: Family names that open a strict name: the common ones, without those that are mostly words.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤庞樊齐康施文牛洪殷颜倪洛季章鲁葛温刁鄢单裴霍翁荀羊甄曲封芮储靳邢"
    "焦巴谷车宓蓬郗班仰仲伊宫宁仇栾祖符景詹束幸司韶郜蓟薄印宿怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴"
    "鬱胥能苍闻莘党翟贡劳逄姬申扶堵冉宰郦雍璩桑桂濮寿通边扈燕冀郏浦尚农柴瞿连茹习宦艾鱼容古易"
    "慎戈庾终暨居衡步都耿满弘匡国寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "祝丘关柳安常米包左舒凌岳纪屈项游阳裘缪查鞠丰鲍辜涂岑童柯梅盛刑解应宗宣贲支管初苗凤花俞"
    "虞费卞路娄危成计伏麻强骆沙褚卫华喻水窦云奚郎昌明伍元卜平祁"
)
_COMPOUND = (
    "欧阳|司马|上官|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|轩辕|端木|独孤|南宫"
)
_HAN = "[\u3400-\u9fff\U00020000-\U000323af]"
_STRICT = lazy_pattern(
    rf"(?:{_COMPOUND}){_HAN}{{1,2}}|[{SURNAMES}]{_HAN}{{1,2}}|[{SURNAMES}]{{2}}{_HAN}{{2}}"
    rf"|{_HAN}{{1,8}}(?:·{_HAN}{{1,8}}){{1,3}}"
    rf"|[A-Za-z][A-Za-z.'@_-]*\d*(?: [A-Za-z][A-Za-z.'-]*){{0,3}}"
)
#: Words that open with a family name and stand where a name could.
_WORDS = (
    "谢谢 谢谢您 谢谢你 谢谢大 关于 关注 关键 安全 任务 金融 成功 方法 方案 "
    "方式 高兴 高度 高级 平台 平均 明天 明确 明白 江苏 江西 安徽 云南 广东 "
    "广西 广州 宁波 宁夏 郑州 徐州 温州 常州 苏州 成都 石家庄 黄山 马上 国家 "
    "国内 国际 计划 通过 通知 任何 任意 常见 支持 管理 解决 解释 应当 应该 "
    "能够 能否 强调 简单 简介 水平 华为 花园 初步 封面 路上 连续 满意 东西 "
    "利用 利益 融合 空间 文件 文字 文本 文章 文学 文化 白色 景区 章节 何时 "
    "何处 何以 向前 怀疑 曲线 申请 居民 都是 都有 终于 终审 单位 单元 左右 "
    "包括 易于 连接 查看 查询 查找 向导 段落 标题 居中 石油 龙江 高考 高中 "
    "安装 车辆 师范 司法 司机 教育部 程序 程序员 编辑部 "
)
_NO_NAMES = frozenset(_WORDS.split())
_NOTES = (
    "本报记者 本网记者 本刊记者 本台记者 实习 实习生 见习 整理 供图 供稿 特约 笔名 网名 摄 文 图 "
    "文图 图文 "
)
_ANNOTATION = frozenset(_NOTES.split())
#: How persons are addressed, which bylines do not do.
_ADDRESSES = "老师 先生 女士 小姐 教授 主任 局长 院长 校长 同学 您好 你好 同志 说道 "
_TITLES = frozenset(_ADDRESSES.split())
_SEPARATORS = lazy_pattern(r"[\s、,;/|&()\[\]]+")
#: 责任编辑：张三 SF014
_STAFF_NUMBER = lazy_pattern(r"[A-Z]{1,3}\d{2,6}")
_ONE_HAN = lazy_pattern(_HAN)
#: Pen names, handles and offices, where the label leaves no doubt that people follow; strict
#: names are looked for apart, since nearly all of them are short words.
_FREE = lazy_pattern(
    r"[A-Za-z0-9_.@'-]{1,30}(?: [A-Za-z][\w.'-]*){0,4}|\w{1,5}"
    r"|\w{2,20}(?:部|社|网|报|组|室|局|院|所|会|中心|大学|学校|公司|台|队|办|厅|委|馆|站)"
)


def is_name(token: str) -> bool:
    """Tell whether a normalised token looks like the name of one person."""
    return bool(_STRICT.fullmatch(token)) and token not in _NO_NAMES and token[-2:] not in _TITLES


def split_names(text: str, norm: str, *, strict: bool) -> tuple[str, ...] | None:
    """Split a list of persons; None where something in it is no name.

    ``norm`` is ``text`` normalised, character by character; the names returned are from
    ``text``. With ``strict``, each must look like a name; otherwise any short word will do.
    """
    names: list[str] = []
    for start, end in _tokens(norm):
        token = norm[start:end] if norm[start].isascii() else norm[start:end].replace(" ", "")
        if token in _ANNOTATION or _STAFF_NUMBER.fullmatch(token):
            continue
        if not (is_name(token) if strict else _may_be_name(token)):
            return None
        names.append(text[start:end] if token[0].isascii() else "".join(text[start:end].split()))
    return tuple(names)


def _may_be_name(token: str) -> bool:
    return bool(_FREE.fullmatch(token) or _STRICT.fullmatch(token))


def _tokens(norm: str) -> list[tuple[int, int]]:
    """Return the spans of the words; 张 三 with a space inside is one."""
    spans: list[tuple[int, int]] = []
    at = 0
    for separator in [*_SEPARATORS.finditer(norm), None]:
        end = separator.start() if separator else len(norm)
        if end > at:
            _append(norm, spans, (at, end))
        at = separator.end() if separator else end
    return spans


def _append(norm: str, spans: list[tuple[int, int]], span: tuple[int, int]) -> None:
    if spans:
        previous = norm[slice(*spans[-1])]
        between = norm[spans[-1][1] : span[0]]
        alone = len(previous) == 1 and span[1] - span[0] <= 2 and _ONE_HAN.match(previous)
        latin = between == " " and previous[0].isascii() and norm[span[0]].isascii()
        if latin or (alone and not between.strip()):
            spans[-1] = (spans[-1][0], span[1])
            return
    spans.append(span)
