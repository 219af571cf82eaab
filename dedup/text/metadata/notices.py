"""Notices that pages put under a text: copyright, reprinting, "scan the code to follow us".

A notice is a row of clauses, most of them from this vocabulary; an article of a statute about
copyright, or a sentence that happens to speak of reprinting, has clauses of its own.

Every repetition in the patterns is bounded, so that no clause, however contrived, takes long.
"""

from __future__ import annotations

import re

from dedup.model import Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.reading import Bare, Reading

_SITE = (
    r"(?:本网|本站|本报|本刊|本平台|平台|本号|本公众号|本人|作者|作者本人|原作者|作者个人|个人|网站"
    r"|我们|小编)"
)
_WORK = (
    r"(?:本文|文章|该文|此文|原文|全文|图文|文图|图片|部分图片|文中图片|内容|以上内容|文章内容"
    r"|稿件|作品|本站|本网|素材|"
    r"文字|视频|音频|页面|网站|本网站|本作品|部分内容|部分文章|部分素材|所有内容)"
)
_REUSE = (
    r"(?:转载|复制|使用|摘编|转贴|镜像|传播|商用|引用|转发|改编|链接|抄袭|摘抄|演绎|公开播送"
    r"|公开传输|利用)"
)

_STRONG = (
    (
        rf"(?:{_WORK}的?){{0,4}}(?:及|和)?(?:{_WORK})?(?:所有)?(?:版权|著作权)(?:均|全部)?(?:归|属|为"
        rf"|由|属于|归属)?.{{0,24}}(?:所有|享有)"
    ),
    r".{0,16}版权所有.{0,40}",
    r"(?:copyright|©|\(c\) ?\d{4}).{0,80}",
    r"all rights reserved.{0,10}",
    (
        rf"(?:如需|若需|欢迎|如要|如|若|凡|任何|请勿|禁止|谢绝|严禁|商业"
        rf"|非商业){{0,4}}{_REUSE}(?:、?{_REUSE}){{0,4}}(?:本文|文章|本站内容|内容|者|时|稿件|使用)?"
        r"(?:,|务必|必须|均|须|需|请|敬请|时){0,4}(?:注明|标明|保留|联系|告知|获得|经|取得|授权"
        r"|附上).{0,50}"
    ),
    (
        rf"(?:请勿|禁止|谢绝|严禁|不得|欢迎)(?:私自|擅自|随意|任何形式的?"
        rf"|二次){{0,4}}(?:进行)?{_REUSE}(?:本文|文章|、?{_REUSE}|及.{{0,8}}){{0,4}}"
    ),
    (
        rf"(?:凡|如)?[未非]经(?:{_SITE}|书面|事先|正式|授权|许可|允许|同意|\w{{1,12}}(?:网|报|社|公司"
        rf"|编辑部|公众号|杂志|中心)|的|或|明确|协议|合法|及){{1,5}}(?:授权|许可|允许|同意"
        rf"|批准)?(?:者)?"
    ),
    (
        rf"(?:任何|单位|媒体|网站|个人|机构|组织|人|及|和|或|与|其他|、|均|一律){{0,4}}(?:不得|禁止"
        rf"|严禁|请勿|谢绝|不可)(?:擅自|以任何形式|以任何方式|以任何方式加以|随意|进行|非法|加以"
        rf"|私自){{0,4}}{_REUSE}(?:、|或|及|和|{_REUSE}|建立|,){{0,4}}(?:.{{0,8}})"
    ),
    r"违者(?:必究|将.{0,20}责任)|(?:侵权|盗版|抄袭|翻版)必究",
    (
        rf"(?:如|若|倘|一旦)(?:有|涉及|存在|发现|果|因|{_WORK}|无意中?|作品内容|、|和|其他问题"
        rf"|图片){{0,4}}.{{0,8}}(?:侵权|侵犯|版权|侵害)(?:.{{0,20}})"
    ),
    (
        rf"(?:{_WORK}|文中|其|,|所|的){{0,4}}(?:仅|只|不|并不|均不|纯属|仅仅)?(?:为|代表|表示|属于"
        rf"|属){{0,4}}{_SITE}(?:的)?(?:个人)?(?:的)?(?:观点|立场|意见|看法|原创|首发)"
    ),
    (
        rf"(?:仅|只|不|并不|均不|仅为|不完全)(?:代表|意味着?|表示)(?:{_SITE}|赞同|支持|同意|其"
        rf"|的){{0,4}}.{{0,16}}(?:观点|立场|意见|真实性|责任)"
    ),
    rf"{_WORK}?(?:系|为|由|均为|均系)?.{{0,16}}(?:原创(?:稿件|文章|作品|首发)?|独家(?:稿件|首发))",
    rf"(?:{_WORK}的?)?(?:观点|立场|意见)(?:仅|只|均)(?:代表|属于|属|是)(?:其|{_SITE})(?:的)?(?:观点)?",
    rf"{_WORK}(?:\(.{{1,24}})?\)?(?:为|由)自媒体平台.{{1,16}}(?:用户|作者)上传(?:并发布)?",
    rf"{_WORK}之(?:(?:文字|图片|影音|影像|内容|、|及|和){{1,6}})",
    r"特此声明",
    (
        r"(?:违法和不良信息)?举报(?:电话|邮箱|热线).{0,30}|.{0,3}ICP备.{0,24}|.{0,4}公网安备.{0,24}"
        r"|互联网新闻信息服务许可证.{0,24}|网站标识码.{0,16}"
    ),
)
_WEAK = (
    (
        r"(?:请)?(?:及时|立即|尽快|第一时间)?(?:与|和|向|在后台)?(?:我们|本站|本网|小编|作者|平台|编辑"
        r"|后台|留言)?(?:及时|取得)?(?:联系|联络|告知|通知|留言)"
        r"(?:我们|本站|本网|小编|作者|平台|编辑|邮箱|电话|qq|管理员)?.{0,24}"
    ),
    (
        r"(?:我们|本站|本网|小编|平台|以便)?(?:将|会)?(?:予以|及时|立即|尽快|第一时间"
        r"|马上){0,4}(?:删除|处理|更正|撤稿|删除处理|下架|改正).{0,10}"
    ),
    (
        rf"{_WORK}?(?:均|皆|部分|素材){{0,4}}(?:来源于|来自于?|转自|转载自|转载于|摘自|选自|整理自"
        rf"|源于|来源):?.{{1,30}}"
    ),
    (
        r"(?:转载|分享|发布|刊载)?(?:此文|本文|内容|目的|的|出于|仅|是|为了|旨在|只|均|之"
        r"|在于){0,4}(?:传递|传播|学习|交流|分享|参考|供).{0,24}"
    ),
    r"\w{2,12}(?:系|为|属于?)信息发布平台|\w{2,12}(?:仅|只)提供信息(?:存储|发布)(?:空间)?(?:服务|平台)",
    r"仅供.{0,16}|不(?:作|用于|得用于|做).{0,10}用途.{0,6}|(?:并)?不构成.{0,12}建议",
    (
        r"(?:感谢|谢谢|欢迎).{0,10}(?:合作|支持|理解|原作者|作者|配合)?|(?:投资|股市)有风险|(?:入市"
        r"|投资|操作)需谨慎|据此.{0,6}风险自(?:担|负)"
    ),
    (
        r"(?:并)?对其真实性(?:不)?负责.{0,8}|.{0,10}承担.{0,10}责任|文责自负|最终解释权归.{0,16}"
        r"|.{0,10}依法追究.{0,12}责任"
    ),
    (
        r"https?:.{0,200}|u{8,}|邮箱.{0,30}|电话.{0,20}|出处.{0,20}|作者.{0,10}|来源.{0,20}|谢谢"
        r"|本网站?.{0,6}"
    ),
)
_OPENER = lazy_pattern(
    r"(?:[注附ps.]{1,3}|(?:本网|本站|本文|特别|郑重|重要|免责|版权|转载|原创|网站|平台|风险)?"
    r"(?:声明|说明|提示|申明|信息|须知|告知|提醒))(?:\d)? ?[:)] ?",
    re.IGNORECASE,
)
#: What the reader gets by it: 即可阅读全文.
_REWARD = (
    r"(?:[,、]? ?(?:即可|可以|可|就能|就可以|来|后|并|马上|立即|再)?"
    r"(?:关注|查看|阅读|订阅|观看|获取|了解|进入|报名|参与|收听|下载|购买|领取|加入|看|进群|入群|添加"
    r"|分享|打开|浏览|联系)\w{0,16})?"
)
_PLEASE = (
    r"(?:请|欢迎|快来|快|赶快|立即|马上|赶紧|记得|敬请|可|也可|或|并|随手|别忘了|微信|打开微信"
    r"|用微信|您可以|手机){0,4}"
)
_CODE = (
    r"(?:(?:上方|下方|图中|文末|以上|以下|此|上图|下图|左侧|右侧|本|该)?(?:的)?"
    r"(?:图片|二维码|小程序码|海报|码))"
)
_CHANNEL = (
    r"(?:公众号|微信号|微信公众号|官方微信|官方微博|微博|微信|视频号|小程序|抖音号|头条号|客户端)"
)
_FOLLOW = (
    rf"{_PLEASE}(?:扫一扫|扫描|长按|识别|扫码|微信扫码){{1,3}}{_CODE}{{1,2}}{_REWARD}",
    (
        rf"{_PLEASE}(?:扫码|长按|扫一扫)(?:关注|添加|进群|入群|加入|下载|阅读|观看|领取|报名|查看"
        r"|获取|了解|订阅|分享|识别)(?:我们|公众号|.{0,12})"
    ),
    (
        rf"{_PLEASE}关注(?:我们|本号|(?:我们的|本|官方|微信|\w{{2,12}}){_CHANNEL}"
        rf"|{_CHANNEL}|\(.{{1,20}}\)|\".{{1,20}}\")(?:[: ].{{1,20}})?{_REWARD}"
    ),
    (
        rf"{_PLEASE}(?:点击|戳|轻触)(?:\"?阅读原文\"?|(?:页面)?(?:上方|下方|右下角|左下角|文末)?"
        r"(?:的)?(?:蓝字|图片|标题|链接|关注|名片|卡片|二维码|这里|阅读原文|\"?在看\"?|按钮)"
        rf"|右下角|左下角|下方|上方){{1,2}}{_REWARD}"
    ),
    rf"{_PLEASE}(?:微信搜索|搜索(?:微信)?公众号|添加(?:微信|小编)).{{0,24}}",
    (
        rf"{_PLEASE}点(?:个|亮|一个|下)?\"?(?:赞|在看)\"?"
        r"(?:[、和与 ]?(?:\"?在看\"?|转发|分享|收藏)){0,3}"
    ),
    rf"{_PLEASE}(?:转发|分享)(?:给|到|至)(?:更多|好友|朋友|朋友圈|身边|大家|您|你).{{0,12}}",
    rf"{_PLEASE}(?:设为星标|加星标|一键三连|下载\w{{2,10}}(?:客户端|app))",
    rf"{_PLEASE}订阅(?:我们|本刊|本号|公众号|频道|我们的\w{{2,10}}).{{0,24}}",
    (
        rf"\w{{0,8}}(?:{_CHANNEL}|投稿邮箱|商务合作|联系微信|新闻热线|爆料热线|投稿热线)"
        r"(?: ?[:|].{1,40}|二维码)"
    ),
    (
        r"阅读(?:原文|全文|更多)|返回搜狐|查看(?:更多|原文)|展开全文|分享让更多人看到|赞赏作者"
        r"|喜欢(?:此内容|作者|本文)的人还喜欢|微信扫一扫(?:分享|关注)?.{0,8}|使用小程序"
        r"|继续滑动看下一个|向上滑动看下一个|轻触阅读原文|预览时标签不可点|\d{1,6}人划线"
        r"|(?:分享|收藏|点赞|在看|转发|点个赞)(?:、?(?:分享|收藏|点赞|在看|转发)){0,4}|投诉|举报"
    ),
)
#: What may stand beside an invitation, but is none.
_BESIDE_FOLLOW = (
    r"(?:更多|获取|了解|查看|想了解|想看|想要).{0,16}",
    rf"(?:{_CODE})?{_REWARD}",
    r"(?:关注|订阅|加入|获取)(?:我们|更多.{0,10}|精彩.{0,8})",
)
_URL = lazy_pattern(r"(?:https?://|www\.)[!-~]{1,200}")
_CLAUSES = lazy_pattern(r"[,。;!?~]+|\.(?!\w)| {1,}(?=[\u3400-\u9fff])")
_LONGEST_CLAUSE, LONGEST_INVITATION = 100, 90
_ARTICLE = lazy_pattern(
    r"第[\d一二三四五六七八九十百零〇]{1,8}条|著作权人|[一二三四五六七八九十]、"
    r"|\([一二三四五六七八九十]\)"
)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return lazy_pattern("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


_STRONG_CLAUSE, _WEAK_CLAUSE = _any(_STRONG), _any(_WEAK)
_FOLLOW_CLAUSE, _BESIDE_CLAUSE = _any(_FOLLOW), _any(_BESIDE_FOLLOW)


def read_copyright(bare: Bare) -> Reading | None:
    """Read a copyright, reprint or liability notice."""
    norm = _URL.sub(lambda m: "u" * max(8, len(m[0])), bare.norm)
    if _ARTICLE.match(norm) or "著作权人" in norm:
        return None
    opener = _OPENER.match(norm)
    clauses = _split(norm[opener.end() :] if opener else norm)
    strong = sum(bool(_STRONG_CLAUSE.fullmatch(c)) for c in clauses)
    if not clauses or not strong:
        return None
    known = sum(bool(_STRONG_CLAUSE.fullmatch(c) or _WEAK_CLAUSE.fullmatch(c)) for c in clauses)
    if known + bool(opener) <= (len(clauses) + bool(opener)) * 0.6:
        return None
    return Reading("copyright", Role.FURNITURE, strong=True)


def read_follow(bare: Bare) -> Reading | None:
    """Read an invitation to scan, follow, like or read on."""
    clauses = _split(_URL.sub("", bare.norm)) if len(bare.norm) <= LONGEST_INVITATION else []
    firm = [clause for clause in clauses if _FOLLOW_CLAUSE.fullmatch(clause)]
    if not firm or not all(c in firm or _BESIDE_CLAUSE.fullmatch(c) for c in clauses):
        return None
    return Reading("follow", Role.FURNITURE)


def _split(norm: str) -> list[str]:
    stripped = (
        clause.strip(" ()[]\"'|-:↓↑·、")[:_LONGEST_CLAUSE] for clause in _CLAUSES.split(norm)
    )
    return [clause for clause in stripped if clause]
