"""The forms of documents."""

from __future__ import annotations

from dedup.engine.forms import Forms
from dedup.match.slots import Form
from dedup.settings import Settings
from dedup.text import metadata

BODY = (
    "经过两年零三个月的紧张施工，望江大桥主桥昨日顺利合龙。望江大桥全长1286米，是连接老城区与江北新区的"
    "第三条过江通道。建设过程中，施工单位克服了江水湍急、河床复杂、汛期漫长等困难，取得了九项专利。"
    "大桥通车以后，两岸之间的行车时间将由原来的四十分钟缩短到八分钟，沿线居民的出行将更加方便。"
    "下一步将抓紧进行桥面铺装和附属设施安装，确保年底具备通车条件。沿江两岸的居民纷纷来到江边合影留念，"
    "见证这座城市新的一页。从明年春天开始，公交部门还将开通三条跨江线路，票价与市内线路相同。"
)
TEXT = f"望江大桥主桥合龙\n发布时间：2024-05-06 08:15　来源：清溪晚报\n　　{BODY}\n"


def said(form: Form) -> tuple[tuple[str, ...], bytes, int, bool]:
    return form.tokens, form.kinds, form.head, form.titled


def test_the_title_stands_first_and_metadata_is_left_out() -> None:
    found = metadata.find(TEXT)
    assert len(found) > 1
    form = Forms(Settings())(TEXT, found)
    assert form.titled
    assert "".join(form.tokens[: form.head]) == "望江大桥主桥合龙"
    assert "清溪" not in "".join(form.tokens)
    assert form.tokens[form.head] == "经过"


def test_markup_is_left_out() -> None:
    forms = Forms(Settings())
    assert said(forms(f"<p>{BODY}</p>", ())) == said(forms(BODY, ()))


def test_regional_words_are_one_token_unless_switched_off() -> None:
    taiwan = "請先檢查軟體"
    plain = said(Forms(Settings())("请先检查软件", ()))
    assert said(Forms(Settings())(taiwan, ())) == plain
    assert said(Forms(Settings(regional_words=False))(taiwan, ())) != plain


def test_characters_are_compared_as_words_too() -> None:
    assert said(Forms(Settings(unit="char"))(BODY, ())) == said(Forms(Settings())(BODY, ()))


def test_social_posts_without_their_chain() -> None:
    post = "转发微博：这件事情说得很有道理，大家都应该看一看//@某人:说得好"
    with_chain = Forms(Settings())(post, ())
    without = Forms(Settings(social=True))(post, ())
    assert len(without.tokens) <= len(with_chain.tokens)
