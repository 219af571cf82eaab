"""What fields of a header or credit line are called: the data behind the field grammar.

A line such as ``发布时间：2023-11-14 10:22 来源：新华网 作者：张三`` is a row of labelled fields.
To teach the grammar a label, add it to a row here, in Simplified characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Takes = Literal["date", "source", "strict-names", "names", "topic"]


@dataclass(frozen=True, slots=True)
class Label:
    """Labels of one meaning: the kind of line they make, the fact, and what may follow them.

    ``names`` are any short words, ``strict-names`` must look like names of persons. ``weak``
    labels are believed only beside another field (时间：also opens the scene of a play).
    """

    words: str
    kind: str
    fact: str
    takes: Takes
    weak: bool = False


LABELS: tuple[Label, ...] = (
    Label(
        "发布时间 发布日期 发表时间 发表日期 发稿时间 发布于 发表于 上传时间 上线时间 "
        "录入时间 添加时间 信息时间 文章时间 新闻时间 发文时间 发帖时间 刊发时间 "
        "推送时间 出版",
        "header",
        "published",
        "date",
    ),
    Label("时间 日期", "header", "published", "date", weak=True),
    Label(
        "更新时间 更新日期 更新于 最后更新 最近更新 最后更新时间 修改时间 最后修改 "
        "编辑时间 最后编辑 更新",
        "header",
        "updated",
        "date",
    ),
    Label(
        "抓取时间 抓取日期 采集时间 采集日期 爬取时间 爬取日期 收录时间 入库时间 "
        "下载时间 scraped crawled scraped_at crawled_at "
        "crawl_time",
        "header",
        "scraped",
        "date",
    ),
    Label("出版日期 出版时间 见报日期 见报时间 刊出日期 印刷日期", "header", "printed", "date"),
    Label(
        "来源 文章来源 信息来源 新闻来源 稿件来源 内容来源 资料来源 本文来源 消息来源 "
        "来源网站 来源媒体 稿源 供稿单位 供稿 来稿 转自 转载自 摘自 原载 原文出处 "
        "文章出处 出处 信息提供 发布单位 发布机构 发布者 发布人 via source",
        "source",
        "source",
        "source",
    ),
    Label(
        "作者 本文作者 文章作者 原文作者 原作者 原作 撰文 撰稿 撰稿人 执笔 作者简介 "
        "本报作者 author",
        "byline",
        "people",
        "names",
    ),
    Label(
        "记者 本报记者 本网记者 本刊记者 本台记者 特约记者 见习记者 实习记者 实习生 "
        "通讯员 特约通讯员 特约撰稿 采写 采访 文 图 文字 摄影 图片 摄像 文/图 "
        "图/文 文图 图文 报道 供图 整理 口述 主笔 特约撰稿人 特派员 讲述 受访者 "
        "新闻记者 全媒体记者",
        "byline",
        "people",
        "strict-names",
    ),
    Label("译者 译 翻译 编译 译文 校译 translator", "credit", "people", "names"),
    Label(
        "责编 责任编辑 责任编缉 本文责编 本文编辑 本期编辑 本期责编 本版责编 本版编辑 "
        "值班编辑 版面编辑 网络编辑 文字编辑 图片编辑 视频编辑 新媒体编辑 微信编辑 编辑 校对 "
        "校对者 责校 责任校对 审核 审校 审稿 审阅 终审 初审 复审 一审 二审 三审 "
        "一审一校 二审二校 三审三校 编审 总监制 监制 主编 副主编 执行主编 总编辑 "
        "值班主编 值班主任 值班总编 值班总监 美编 美术编辑 排版 签发 核稿 校稿 校审 "
        "选题 录入 录入员 责任人 审签 统筹 策划 总策划 制作 出品 出品人 设计 视觉 "
        "海报 剪辑 责编邮箱 流程编辑 editor reviewer proofreader",
        "credit",
        "people",
        "strict-names",
    ),
    Label(
        "栏目 频道 分类 类别 所属栏目 所属分类 标签 关键词 关键字 专题 作者单位 责编电话 稿费 编号",
        "header",
        "",
        "topic",
        weak=True,
    ),
)

#: Credits whose names may be left empty, or be pen names, without any doubt of what they are.
_SURE = (
    "责编 责任编辑 责任编缉 本文责编 本期责编 本版责编 本版编辑 值班编辑 网络编辑 "
    "责任校对 责校 校对 校对者 终审 初审 复审 一审 二审 三审 总监制 监制 美编 "
)
SURE = frozenset(_SURE.split())

#: Counters of a page and its buttons, as patterns over normalised text.
_NUMBER = r"\d[\d,.]{0,12} ?万?\+?"
COUNTS = (
    r"(?:(?:点击|浏览|阅读|访问|查看|人气|评论|回复|回覆|转发|收藏|点赞|分享|热度|字数|已读|围观)"
    r"(?:次数|人次|量|数|率|值)?"
    rf"(?: {{0,3}}[:(\[] {{0,3}}(?:{_NUMBER})?| {{0,2}}{_NUMBER}) ?[)\]]? ?(?:次|人次|人|条|字|个)?"
    rf"|{_NUMBER} ?(?:次|人次)? ?(?:点击|浏览|阅读|评论|已读|阅读量|播放)"
    r"|(?:已有|共有|有) ?\d{1,9} ?(?:人|次) ?(?:浏览|阅读|评论|点击))"
)
#: Buttons that are what they seem even alone on a line.
_LONE_TOOLS = (
    r"打印(?:本页|本文|此页|文章|该页|页面)?|关闭(?:窗口|本页|页面)?|收藏(?:本文|本页|此文)?"
    r"|分享(?:到|至|本文|文章|此文)?(?: ?:)?|我要(?:纠错|评论|分享|举报|投稿)|纠错|举报|点赞|在看"
    r"|点个赞|点个在看|听新闻|语音播报|复制(?:链接|网址)|查看(?:原文|评论)|手机看|手机阅读"
    r"|返回(?:顶部|首页|列表|上页|上一页|目录|主页)"
)
#: Buttons that are words of their own: believed only in a row.
_ROW_TOOLS = (
    r"(?:文字|字体|字号|字号选择|调整字体|文章字体|字体大小|大小|视力保护色)"
    r"(?: ?: ?| ?\(? ?)(?=[大中小特T默])"
    r"|分享(?:到|至)?(?:微信|微博|朋友圈|QQ空间|新浪微博|QQ好友)|保存|微信|微博|新浪微博|腾讯微博"
    r"|朋友圈|QQ空间|QQ好友|人人网|豆瓣|(?:放|缩|变)(?:大|小)|默认|[大中小]|特大|超大|T ?[|/]? ?T"
    r"|首页|上一页|下一页|上页|下页|末页|尾页|扫一扫|手机版|参与互动|参与评论|订阅|推荐|喜欢|投诉|评论|字号|字体"
    r"|[Aa]\+|[Aa]-"
)
TOOLS = rf"(?:(?P<lone>{_LONE_TOOLS})|{_ROW_TOOLS})"
#: What counters and buttons can begin with, where that is Han.
COUNT_AND_TOOL_WORDS = (
    "点击 浏览 阅读 访问 查看 人气 评论 回复 回覆 转发 收藏 点赞 分享 热度 字数 已读 围观 已有 共有"
    " 有 打印 关闭 我要 纠错 举报 在看 点个 听新闻 语音播报 复制 手机 返回 文字 字体 字号 调整 文章"
    " 大小 视力 保存 微信 微博 新浪 腾讯 朋友圈 人人网 豆瓣 放大 放小 缩大 缩小 变大 变小 参与"
    " 默认 大 中 小 特大 超大 首页 上一页 下一页 上页 下页 末页 尾页 扫一扫 订阅 推荐 喜欢 投诉"
)
#: What ends the name of a medium: allows a source without label beside a date.
MEDIUM = (
    r"[\w·()-]{0,14}(?:网|报|社|新闻|在线|客户端|电视台|电台|杂志|周刊|频道|微博|公众号|之声"
    r"|头条|编辑部|门户|融媒|百家号|搜狐号|广播)"
)
