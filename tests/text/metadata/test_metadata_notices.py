"""Copyright notices, invitations, lists of other articles, page numbers and page paths."""

from __future__ import annotations

import pytest

from dedup.text.metadata import find
from dedup.text.metadata.notices import read_copyright, read_follow
from dedup.text.metadata.reading import Bare
from dedup.text.metadata.rules import Zone, is_heading, read_line

BODY = "\n".join(
    f"{n}月里，河道清淤之后，水面降了半米，两岸的人家重新修了台阶，孩子们下到水边去洗手。"
    for n in "一二三四五六七"
)


def kind(line: str, zone: Zone = Zone.TAIL) -> str | None:
    reading = read_line(Bare.of(line), zone)
    return reading.kind if reading else None


@pytest.mark.parametrize(
    "line",
    [
        "转载请注明出处",
        "转载请注明来源：山林报",
        "转载请注明出处：https://example.org/a/b.html",
        "未经授权，不得转载。",
        "未經許可，禁止轉載",
        "版权所有 侵权必究",
        "版权归原作者所有，如有侵权，请联系删除。",
        "本文版权归作者所有，转载请联系作者获得授权，并注明出处。",
        "Copyright © 2021 Example. All Rights Reserved.",
        "©山林报社版权所有",
        "声明：本文仅代表作者个人观点，不代表本网立场。",
        "免责声明：本文来源于网络，版权归原作者所有，如有侵权，请联系我们删除。",
        "(本文仅代表作者观点，不代表本平台立场)",
        "文章内容不代表本站观点",
        "图片来源于网络，如有侵权请联系删除",
        "欢迎转载，转载请注明出处",
        "違者必究",
    ],
)
def test_copyright_notices(line: str) -> None:
    assert kind(line) == "copyright"


@pytest.mark.parametrize(
    "line",
    [
        "第十条 未经著作权人许可，不得转载。",
        "转载请注明出处，这句话他写在每一张照片的背面，从来没有人照办，他也从不追究。",
        "版权这个词，石匠们没有听过。",
        "他说这篇文章只代表自己的看法，信不信由你，反正他是信的。",
        "本文来自我的一次经历。",
        "图片来源于生活。",
        "侵权的事，他见得多了。",
        "谢谢。",
        "联系我们的人越来越多。",
        "原创是一件很累的事，他坚持了十年。",
        "（三）未经批准，擅自转载、摘编的，依照前款规定处罚。",
    ],
)
def test_sentences_about_copyright_are_body(line: str) -> None:
    assert kind(line) is None
    assert read_copyright(Bare.of(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "扫码关注我们",
        "长按识别二维码关注公众号",
        "長按識別二維碼",
        "扫描下方二维码，关注公众号",
        "欢迎关注微信公众号：山林报",
        "微信公众号：山林报",
        "点击“阅读原文”查看更多",
        "點擊閱讀原文",
        "↓↓↓点击阅读原文↓↓↓",
        "返回搜狐，查看更多",
        "分享让更多人看到",
        "点个“在看”，分享给更多人",
        "喜欢此内容的人还喜欢",
        "更多精彩内容，请关注我们",
    ],
)
def test_invitations(line: str) -> None:
    assert kind(line) in ("follow", "page-tools")


@pytest.mark.parametrize(
    "line",
    [
        "扫码付款已经不是新鲜事。",
        "关注河道的人越来越多，这是好事。",
        "点赞归点赞，车还是要开的。",
        "他扫了一眼，没有说话。",
        "阅读原文的人会发现，译者漏了一句。",
        "点击图标之后，窗口就会打开。",
        "搜索了三天，什么也没有找到。",
    ],
)
def test_sentences_about_following_are_body(line: str) -> None:
    assert kind(line) is None


def test_a_long_invitation_is_no_invitation() -> None:
    assert read_follow(Bare.of("扫码关注我们，" * 20)) is None


@pytest.mark.parametrize(
    "line",
    [
        "第1页",
        "第 12 页",
        "第1页/共3页",
        "第1頁，共3頁",
        "共3页",
        "—12—",
        "- 12 -",
        "－１２－",
        "Page 3 of 8",
        "3/8页",
    ],
)
def test_page_numbers(line: str) -> None:
    assert kind(line) == "page-number"


@pytest.mark.parametrize("line", ["12", "3/8", "1.20", "第1页上", "共3页纸", "-12", "2023"])
def test_other_numbers_are_body(line: str) -> None:
    assert kind(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：旧粮站",
        "下一篇:没有了",
        "上一篇 下一篇",
        "上一頁 | 目錄 | 下一頁",
        "上一章 返回目录 下一章",
        "首页 上一页 1 2 3 下一页 尾页",
    ],
)
def test_navigation(line: str) -> None:
    assert kind(line) in ("navigation", "page-tools")


@pytest.mark.parametrize("line", ["上一篇文章说过这件事", "下一页是空白的", "上一章里的人"])
def test_sentences_about_other_pages_are_body(line: str) -> None:
    assert kind(line) is None


@pytest.mark.parametrize(
    "line", ["首页 > 文化", "您的位置：首页 > 文化 > 正文", "新闻中心 > 国内 > 正文"]
)
def test_page_paths(line: str) -> None:
    assert kind(line, Zone.HEAD) == "breadcrumb"


@pytest.mark.parametrize(
    "line",
    [
        "相关阅读",
        "【相关阅读】",
        "相关阅读：",
        "推薦閱讀",
        "延伸閱讀：",
        "猜你喜欢",
        "大家都在看",
        ">>>热门推荐",
        "—— 往期回顾 ——",
    ],
)
def test_headings_of_lists(line: str) -> None:
    assert is_heading(Bare.of(line))


@pytest.mark.parametrize(
    "line", ["相关", "阅读", "相关部门", "推荐信", "延伸到河边", "更多的人", "新闻"]
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    assert not is_heading(Bare.of(line))


def kinds(text: str) -> list[str]:
    return [part.kind for part in find(text)]


def test_a_list_goes_down_to_the_next_part() -> None:
    text = BODY + "\n相关阅读\n一口老锅\n火候在手背上\n责任编辑：林小溪\n"
    related, credit = find(text)
    assert related.text == "相关阅读\n一口老锅\n火候在手背上"
    assert credit.text == "责任编辑：林小溪"


def test_a_heading_over_sentences_is_a_heading_of_the_text() -> None:
    assert kinds(BODY + "\n相关阅读\n" + BODY) == []


def test_a_markdown_section_of_links_is_part_of_the_document() -> None:
    assert kinds(BODY + "\n\n## 相关链接\n\n[甲](a.md)\n\n[乙](b.md)\n") == []


def test_two_unexplained_lines_below_a_page_line_are_passed_but_stay_body() -> None:
    text = BODY + "\n《山林报》（2021年1月8日 4版）\n投递热线待定\n一组"
    assert kinds(text) == ["page-line"]


def test_three_are_too_many() -> None:
    assert kinds(BODY + "\n《山林报》（2021年1月8日 4版）\n甲组\n乙组\n丙组") == []


def test_a_byline_is_not_found_above_unexplained_lines() -> None:
    assert kinds(BODY + "\n作者：方卉\n另有一行") == []


def test_an_author_in_a_record_is_an_entry_of_it() -> None:
    assert kinds(BODY + "\n出版社：清溪书局\n作者：方卉") == []


def test_link_targets_below_the_credits_do_not_hide_them() -> None:
    links = "\n".join(f"[{n}]: https://example.org/{n}" for n in range(60))
    assert kinds(BODY + "\n\n译者：[qingxi](https://example.org/q)\n\n" + links) == ["credit"]


def test_a_line_in_the_middle_is_never_taken() -> None:
    assert kinds(BODY + "\n责任编辑：林小溪\n" + BODY) == []
    assert kinds(BODY + "\n来源：新华网\n转载请注明出处\n" + BODY) == []
