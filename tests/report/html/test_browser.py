"""The page in a real browser: what somebody sees, clicks and types."""

from __future__ import annotations

import json
import re
import time

import pytest
from handmade import cluster, info, pair, result
from terminal import run

import dedup
from dedup.model import Relation
from dedup.report import View, render
from dedup.report.decisions import Action, load_decisions

pytestmark = pytest.mark.slow

NEWS = (
    "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，要求全力搜救。\n"
    "“我们不会放过任何责任人。”他说。目前火势已经得到控制，周边居民已全部转移到安全地带。\n"
    "记者在现场看到，厂区围墙倒塌，附近几栋楼房的玻璃全部震碎，救援人员仍在清理瓦砾。\n"
)
POEM = "秋天的山里，柿子红了，老人坐在门前看着孩子们在晒谷场上追着一只黄狗跑来跑去。\n" * 4
NASTY = (
    "<script>window.hacked = 1</script>“<img src=x onerror='window.hacked = 2'>”\u202e反\u2066写"
    "</details></article>&amp;&lt;\u200b\x07"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with three clusters, their result, and the page of it."""
    folder = tmp_path_factory.mktemp("browser")
    texts = {
        "news/a.txt": NEWS,
        "news/b.txt": NEWS.replace("5人", "11人").replace("不会放过", "会放过"),
        "news/c.txt": NEWS.replace("，", ","),
        "poem/1.txt": POEM,
        "poem/2.txt": POEM,
        "zz/nasty.txt": NASTY + POEM.replace("秋", "春").replace("柿子", "樱桃"),
        "zz/nastier.txt": POEM.replace("秋", "春").replace("柿子", "樱桃") + NASTY + "完",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # a corrected figure is a version, which stays unless told otherwise
    dropping = ("--relations", "version=drop", "-q", "-o", "r.jsonl")
    assert run("scan", "news", "poem", "zz", *dropping, cwd=folder).status == 0
    for lang in ("zh", "en"):
        arguments = ("-q", "--lang", lang, "-o", f"{lang}.html")
        assert run("report", "r.jsonl", *arguments, cwd=folder).status == 0
    pair_ = ("news/a.txt", "news/b.txt")
    assert run("explain", *pair_, "--lang", "zh", "-o", "对比.html", cwd=folder).status == 0
    return folder


def shown(page) -> list[str]:
    """Return the ids of the clusters that are shown, in the order of the list."""
    return page.eval_on_selector_all(
        ".cluster", "all => all.filter(c => !c.hidden).map(c => c.dataset.id)"
    )


def names(page) -> list[str]:
    """Return what the clusters that are shown keep."""
    found = page.locator(".cluster:not([hidden]) .kept-name").all_text_contents()
    return [name.strip() for name in found]


def toggle(page, name: str):
    """Open or close the cluster that keeps a document of this folder."""
    found = page.locator(".cluster", has=page.locator(".kept-name", has_text=name))
    found.locator("> details > summary").click()
    return found


def test_it_opens_from_disk_and_asks_for_nothing(place, opened):
    page = opened(place / "en.html")
    assert len(shown(page)) == 3
    assert page.title() == "Duplicates: 3 clusters"
    entries = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert entries == []
    assert page.complaints == []


def test_the_policy_keeps_foreign_script_and_network_out(place, opened):
    page = opened(place / "en.html")
    page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 3";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(image);
            await new Promise((done) => { image.onerror = done; });
        }"""
    )
    assert page.evaluate("window.hacked") is None
    assert sum("Content Security Policy" in line for line in page.complaints) == 2


def test_search_and_filters(place, opened):
    page = opened(place / "en.html")
    page.get_by_label("Search names").fill("NEWS b.txt")
    assert len(shown(page)) == 1
    assert page.locator("#shown").text_content() == "Shown: 1 of 3"
    page.get_by_label("Search names").fill("no such name")
    assert shown(page) == []
    page.get_by_label("Search names").fill("")
    page.get_by_label("At least").fill("3")
    assert len(shown(page)) == 1
    page.get_by_label("At least").fill("2")
    page.locator("fieldset").get_by_label("identical").uncheck()
    assert len(shown(page)) == 2


def test_sorting(place, opened):
    page = opened(place / "en.html")
    order = page.get_by_label("Order")
    before = shown(page)
    order.select_option("by name")
    assert names(page) == sorted(names(page))
    order.select_option("largest first")
    sizes = page.eval_on_selector_all(".cluster", "all => all.map(c => Number(c.dataset.size))")
    assert sizes == sorted(sizes, reverse=True)
    order.select_option("least similar first")
    weakest = page.eval_on_selector_all(
        ".cluster", "all => all.map(c => Number(c.dataset.weakest))"
    )
    assert weakest == sorted(weakest)
    order.select_option("as in the result")
    assert shown(page) == before


def test_a_cluster_opens_and_compares(place, opened):
    page = opened(place / "en.html")
    found = toggle(page, "news/")
    number = found.locator(".w-fact li", has_text="11")
    assert number.first.is_visible()
    assert re.match(r"\s*11人\s*→\s*5人", number.first.inner_text())
    changed = found.locator("tbody.k-changed").first
    assert changed.locator("del").first.is_visible()
    assert changed.locator("ins").first.is_visible()
    assert not found.locator("tbody.k-changed del", has_text="昨日").count()
    left, right = (changed.locator("td").nth(i).bounding_box() for i in (0, 1))
    assert left["x"] + left["width"] <= right["x"] + 1
    assert left["y"] == right["y"]


def test_nasty_texts_are_shown_as_text(place, opened):
    page = opened(place / "zh.html")
    found = toggle(page, "zz/")
    page.wait_for_timeout(100)
    text = found.locator(".sides").inner_text()
    assert "<script>window.hacked = 1</script>" in text
    assert "<img src=x onerror='window.hacked = 2'>" in text
    for code in ("\\u202e", "\\u2066", "\\u200b", "\\x07"):
        assert code in text
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert len(shown(page)) == 3, "the list did not end early"


def test_records_with_broken_unicode(tmp_path, opened):
    rows = [{"id": f"\u202e{i}<b>\ud800", "text": f"{NASTY}\ud83d{POEM}{i}"} for i in range(2)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = run("scan", "r.jsonl", "-q", "-o", "r.html", "--lang", "en", cwd=tmp_path)
    assert ran.status in {0, 2}, ran.err
    page = opened(tmp_path / "r.html")
    assert page.evaluate("window.hacked") is None
    assert page.complaints == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_language(place, opened, lang):
    other = {"zh": "en", "en": "zh"}[lang]
    totals = {"zh": "总数", "en": "Totals"}
    page = opened(place / f"{lang}.html")
    assert page.locator("#h-totals").inner_text() == totals[lang]
    page.locator(f"#lang-{other}").check()
    assert page.locator("#h-totals").inner_text() == totals[other]
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[other]
    assert page.get_by_text({"zh": "排序", "en": "Order"}[other], exact=True).is_visible()
    option = page.locator("#order option").nth(1).text_content()
    assert option == {"zh": "篇数从多到少", "en": "largest first"}[other]
    page.reload()
    assert page.locator("#h-totals").inner_text() == totals[other], "it is remembered"


def paper(page) -> int:
    """Return how light the page is, 0 to 255."""
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return max(int(part) for part in re.findall(r"\d+", color)[:3])


def test_theme(place, opened):
    page = opened(place / "en.html", color_scheme="dark")
    assert paper(page) < 64
    page.locator("#theme-light").check()
    assert paper(page) > 192
    page.reload()
    assert paper(page) > 192
    page.locator("#theme-system").check()
    assert paper(page) < 64
    bright = opened(place / "en.html", color_scheme="light")
    assert paper(bright) > 192
    bright.locator("#theme-dark").check()
    assert paper(bright) < 64


def saved(page, folder):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the decisions").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_decisions_are_made_and_saved(place, opened, tmp_path):
    page = opened(place / "en.html")
    assert page.get_by_role("button", name="Save the decisions").is_disabled()
    poem = toggle(page, "poem/")
    poem.get_by_label("Not duplicates").check()
    news = toggle(page, "news/")
    news.get_by_label("Keep this one").nth(1).check()
    news.get_by_label("Leave this one out").nth(2).check()
    assert page.locator("#decisions").text_content() == "Clusters decided: 2"
    path = saved(page, tmp_path)
    assert path.name == "decisions.jsonl"
    assert page.locator("#exported").input_value() == path.read_text("utf-8")
    decisions = load_decisions(path)
    scan = dedup.load(place / "r.jsonl")
    assert decisions.unknown(scan) == ()
    clusters = {each.id: each for each in scan.clusters}
    found = {each.action: each for each in decisions.decisions}
    assert set(found) == set(Action)
    accepted = found[Action.ACCEPT]
    assert [doc.id for doc in accepted.documents] == list(clusters[accepted.cluster].members)
    kept = found[Action.KEEP]
    assert kept.documents[0].id == clusters[kept.cluster].members[1]
    assert found[Action.EXCLUDE].documents[0].id == clusters[kept.cluster].members[2]


def test_saved_decisions_change_what_is_planned(place, opened, tmp_path, monkeypatch):
    page = opened(place / "en.html")
    toggle(page, "poem/").get_by_label("Not duplicates").check()
    toggle(page, "news/").get_by_label("Keep this one").nth(1).check()
    path = saved(page, tmp_path)
    monkeypatch.chdir(place)
    scan = dedup.load("r.jsonl")
    decided = {each.action: each for each in load_decisions(path).decisions}
    clusters = {each.id: each for each in scan.clusters}
    accepted = set(clusters[decided[Action.ACCEPT].cluster].members)
    chosen = decided[Action.KEEP].documents[0].id
    news = set(clusters[decided[Action.KEEP].cluster].members)
    before = {drop.id for step in dedup.plan(scan).steps for drop in step.drops}
    plan = dedup.plan(scan, decisions=path)
    goes = {drop.id: drop.keep for step in plan.steps for drop in step.drops}
    assert plan.accepted == 1
    assert before & accepted
    assert not set(goes) & accepted
    assert chosen in before
    assert {keep for doc_id, keep in goes.items() if doc_id in news} == {chosen}
    assert set(goes) - news == before - news - accepted


def test_decisions_do_not_contradict_each_other(place, opened):
    page = opened(place / "en.html")
    news = toggle(page, "news/")
    assert news.get_by_label("Leave this one out").nth(0).is_disabled(), "it is the one kept"
    news.get_by_label("Leave this one out").nth(1).check()
    assert news.get_by_label("Keep this one").nth(1).is_disabled()
    news.get_by_label("Not duplicates").check()
    assert not news.get_by_label("Leave this one out").nth(1).is_checked()
    assert page.locator("#exported").input_value().count("\n") == 2
    page.get_by_role("button", name="Take all").click()
    assert not news.get_by_label("Not duplicates").is_checked()
    assert page.locator("#exported").input_value() == ""


def test_decided_clusters_can_be_chosen(place, opened):
    page = opened(place / "en.html")
    toggle(page, "poem/").get_by_label("Not duplicates").check()
    page.locator("#state").select_option("decided")
    assert len(shown(page)) == 1
    page.locator("#state").select_option("undecided")
    assert len(shown(page)) == 2


def test_the_keyboard_alone(place, opened, tmp_path):
    page = opened(place / "en.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    current = page.locator(".cluster.current")
    assert current.get_attribute("data-number") == "2"
    page.keyboard.press("k")
    assert current.get_attribute("data-number") == "1"
    page.keyboard.press("o")
    assert current.locator("> details").get_attribute("open") is not None
    page.keyboard.press("a")
    assert current.locator(".accept").is_checked()
    with page.expect_download() as download:
        page.keyboard.press("s")
    download.value.save_as(tmp_path / "d.jsonl")
    assert len(load_decisions(tmp_path / "d.jsonl").decisions) == 1
    page.keyboard.press("l")
    assert page.locator("html").get_attribute("data-lang") == "zh"
    page.keyboard.press("t")
    assert page.locator("#theme-light").is_checked()
    page.keyboard.press("/")
    page.keyboard.type("jokat")
    assert page.locator("#search").input_value() == "jokat", "letters are letters in a field"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("启用单键操作").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    assert page.locator("html").get_attribute("data-lang") == "zh", "single keys can be turned off"


def test_links_lead_to_a_cluster(place, opened):
    page = opened(place / "en.html")
    ident = shown(page)[-1]
    linked = opened(place / "en.html", f"#c-{ident}-1")
    assert linked.locator(f"#c-{ident} > details").get_attribute("open") is not None
    assert linked.locator(f"#c-{ident}-1").is_visible()
    toggle(page, "poem/").locator(".links a").click()
    assert "#c-" in page.url


def test_paths_are_copied(place, opened):
    page = opened(place / "en.html")
    toggle(page, "poem/").get_by_role("button", name="Copy path").first.click()
    page.wait_for_function("document.getElementById('spoken').textContent === 'copied'")
    assert page.complaints == []


def test_without_script(place, opened):
    page = opened(place / "zh.html", java_script_enabled=False)
    assert page.locator(".cluster").count() == 3
    assert page.locator("#h-totals").inner_text() == "总数"
    assert not page.locator("#choose").is_visible()
    assert not page.get_by_text("保存决定").first.is_visible()
    found = toggle(page, "news/")
    assert found.locator("tbody.k-changed ins").first.is_visible()
    page.get_by_label("English").check()
    assert page.locator("#h-totals").inner_text() == "Totals"
    page.locator("#theme-dark").check()
    assert page.complaints == []


def test_on_a_phone(place, opened):
    page = opened(place / "zh.html", viewport={"width": 390, "height": 800})
    found = toggle(page, "news/")
    cells = found.locator("tbody.k-changed").first.locator("td")
    above, below = (cells.nth(i).bounding_box() for i in (0, 1))
    assert above["y"] + above["height"] <= below["y"] + 1
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_on_paper(place, opened):
    page = opened(place / "zh.html")
    page.emulate_media(media="print")
    assert not page.locator("#choose").is_visible()
    assert not page.locator(".switches").is_visible()
    content = page.pdf()
    assert content.startswith(b"%PDF")
    assert page.locator(".cluster > details[open]").count() == 0, "closed again afterwards"


def test_two_documents_have_a_page_of_their_own(place, opened):
    page = opened(place / "对比.html")
    assert "a.txt 与 b.txt 的比较" in page.locator("h1").inner_text()
    assert page.locator("ins", has_text="11").first.is_visible()
    page.keyboard.press("l")
    assert "facts" in page.locator(".w-fact .weight-name").inner_text()
    assert page.complaints == []


def violations(page) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(place, opened, scheme, lang, width):
    page = opened(
        place / f"{lang}.html", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.wait_for_timeout(100)
    assert violations(page) == []
    page.keyboard.press("?")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_comparison(place, opened, scheme):
    assert violations(opened(place / "对比.html", color_scheme=scheme)) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The page of 5,000 clusters."""
    clusters, documents = [], []
    for number in range(5000):
        ids = [f"corpus/{number % 97}/文档{number}-{i}.txt" for i in range(2 + number % 3)]
        documents += [info(doc_id) for doc_id in ids]
        relations = [Relation.NEAR, Relation.SAME_BODY, Relation.NEAR]
        drops = [pair(doc_id, ids[0], relations[i]) for i, doc_id in enumerate(ids[1:])]
        clusters.append(cluster(ids[0], *drops, cluster_id=f"{number:012x}"))
    scan = result(clusters, documents=documents, relations=(("near", 5000), ("same-body", 3333)))
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text("".join(render(scan, "html", View("zh"))), encoding="utf-8")
    return path


def test_five_thousand_clusters(large, opened):
    begun = time.monotonic()
    page = opened(large)
    page.wait_for_function("document.getElementById('shown').textContent !== ''")
    assert time.monotonic() - begun < 40
    assert len(shown(page)) == 5000

    def seconds(action: str) -> float:
        return page.evaluate(
            f"""async () => {{
                const begun = performance.now();
                {action};
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                return (performance.now() - begun) / 1000;
            }}"""
        )

    typed = "const s = document.getElementById('search'); s.value = '文档4321'; "
    typed += "s.dispatchEvent(new Event('input', { bubbles: true }))"
    # On a quiet machine a fifth of this; what grows with the square of the list is far above it.
    assert seconds(typed) < 15
    assert len(shown(page)) == 1
    assert page.locator("#shown").text_content() == "显示 1 组，共 5,000 组"
    page.locator("#search").fill("")
    sort = "const o = document.getElementById('order'); o.value = 'weakest'; "
    sort += "o.dispatchEvent(new Event('input', { bubbles: true }))"
    assert seconds(sort) < 20
    page.keyboard.press("Escape")
    page.locator("#h-clusters").click()
    page.keyboard.press("k")
    last = page.locator(".cluster.current")
    page.keyboard.press("o")
    last.get_by_label("不是重复").check()
    assert page.locator("#decisions").text_content() == "已作决定：1 组"
    assert page.complaints == []
