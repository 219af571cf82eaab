"""A scan learns what many dissimilar documents share, whatever their order, and nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dedup
from dedup import Boilerplate, ScanResult
from dedup.engine import boilerplate, held, learning, local, sample
from dedup.engine.held import Holding
from dedup.engine.learning import glean
from dedup.engine.sample import Place, Sample, SampledDocument
from dedup.engine.shards import Spooled, Texts, read_items
from dedup.model import Document
from dedup.report.jsonl import pieces
from dedup.sketch.shared import LEAST_DOCUMENTS
from dedup.source import blocks
from dedup.source.reading import Reading
from dedup.source.shards import shards
from dedup.text.pieces import piece_hash

FURNITURE = [
    "首页 新闻 体育 财经 娱乐 科技 汽车 房产",
    "本网站刊登的所有内容均受著作权法保护，未经书面许可任何人不得转载、摘编或者以其他方式使用。",
    "互联网新闻信息服务许可证编号一二三四五六七",
    "增值电信业务经营许可证北京第零零零零零号",
    "违法和不良信息举报电话零一零八八八八八八八八",
    "广播电视节目制作经营许可证京字第零零零零号网络文化经营单位",
    "请您遵守国家有关法律法规，文明上网，理性发言，对自己的言论负责，共同维护健康的网络环境。",
    "本站所刊登的各种新闻、信息和专题资料，均为本网站版权所有，未经协议授权禁止下载使用。",
    "关于我们 联系方式 招聘信息 广告服务 法律声明 网站地图 意见反馈 友情链接 客户服务 人才培训",
    "中国互联网举报中心 网络谣言信息举报入口 北京互联网辟谣平台 青少年网络文明公约",
]
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能"
    "下过子说产种面而方后多定行学法所民得经"
)


def prose(rng: random.Random, sentences: int = 3) -> list[str]:
    sizes = [rng.randint(18, 22) for _ in range(sentences)]
    return ["".join(rng.choices(CHARACTERS, k=size)) + "。" for size in sizes]


def page(rng: random.Random, sentences: int) -> str:
    return "\n".join([FURNITURE[0], "".join(prose(rng, sentences)), *FURNITURE[1:]])


def pages(count: int, seed: int = 1) -> dict[str, str]:
    """Return short pages, and a long one in three."""
    rng = random.Random(seed)
    return {f"p{i:03}": page(rng, 3 if i % 3 else 40) for i in range(count)}


def learned(texts: dict[str, str], **options: object) -> Boilerplate:
    found = dedup.scan(texts, **options).settings.boilerplate
    assert isinstance(found, Boilerplate | None)
    return found or Boilerplate()


def records(result: ScanResult) -> list[object]:
    return [
        [(p.a, p.b, p.relation, p.evidence) for p in result.pairs],
        [(c.keep, [p.a for p in c.drop]) for c in result.clusters],
        sorted((info.id, info.kept, info.whole_kept) for info in result.documents.values()),
        result.settings.fingerprint(),
    ]


def test_furniture_makes_no_documents_similar() -> None:
    texts = pages(LEAST_DOCUMENTS + 10)
    assert dedup.scan(texts, boilerplate="none").pairs
    result = dedup.scan(texts)
    assert not result.pairs
    listed = learned(texts)
    assert {each.hash for each in listed.passages} >= {piece_hash(line) for line in FURNITURE}
    assert {each.documents for each in listed.passages} == {len(texts)}
    assert listed.learned_from == len(texts)
    samples = [each.sample for each in listed.passages]
    assert FURNITURE[0] in samples


def test_what_is_shared_by_few_is_compared() -> None:
    texts = pages(LEAST_DOCUMENTS - 1)
    assert not learned(texts)
    assert dedup.scan(texts).pairs


def test_duplicates_among_pages_are_found() -> None:
    texts = pages(40)
    rng = random.Random(7)
    other = [line.replace("新闻", "要闻") for line in FURNITURE]
    body = prose(rng, 8)
    texts["a"] = "\n".join([FURNITURE[0], "".join(body), *FURNITURE[1:]])
    texts["b"] = "\n".join([other[0], "".join([*body[:-1], *prose(rng, 1)])])
    (pair,) = dedup.scan(texts).pairs
    assert (pair.a, pair.b) == ("a", "b")


def test_an_article_under_which_people_comment_is_no_boilerplate() -> None:
    rng = random.Random(11)
    article = prose(rng, 30)
    texts = {f"c{i}": "\n".join([*article, *prose(rng, 20)]) for i in range(60)}
    assert not learned(texts)


@pytest.mark.parametrize("changed", [0.02, 0.1, 0.4, 0.7])
@pytest.mark.parametrize("size", [30, 80])
def test_a_family_never_makes_its_text_boilerplate(changed: float, size: int) -> None:
    rng = random.Random(size)
    article = prose(rng, 30)

    def edited(sentence: str) -> str:
        at = rng.randrange(len(sentence) - 4)
        return sentence[:at] + "".join(rng.choices(CHARACTERS, k=2)) + sentence[at + 2 :]

    texts = {
        f"v{i}": "\n".join(edited(s) if rng.random() < changed else s for s in article)
        for i in range(size)
    }
    assert not learned(texts)


def test_the_days_of_one_report_are_no_boilerplate() -> None:
    rng = random.Random(3)
    form = [
        "今天白天多云转晴，最高气温{}摄氏度，偏南风二三级。",
        "夜间晴间多云，最低气温{}摄氏度，偏北风一二级，相对湿度{}。",
        "预计未来三天本市以晴到多云天气为主，请市民注意防晒和补充水分。",
        "气象台提醒，早晚温差较大，老人和儿童外出时请注意增减衣物。",
    ]
    texts = {
        f"day{i:02}": "\n".join(
            line.format(rng.randint(1, 30), rng.randint(30, 90)) for line in form
        )
        for i in range(60)
    }
    assert not learned(texts)


def test_the_form_of_thirty_short_reports_is_no_boilerplate() -> None:
    folder = Path(__file__).parents[1] / "cases" / "relations" / "template-thirty-days"
    assert not learned({path.name: path.read_text("utf-8") for path in folder.glob("*.txt")})


def test_order_workers_and_batches_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pages(60)
    texts |= {
        f"q{i}": text.replace("的", "之") for i, text in enumerate(texts.values()) if i % 7 == 0
    }
    expected = dedup.scan(texts, jobs=1)
    assert learned(texts)
    shuffled = list(texts.items())
    random.Random(5).shuffle(shuffled)
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 7)
    for given, jobs in ((shuffled, 1), (shuffled, 3), (iter(shuffled), 2)):
        result = dedup.scan(given, jobs=jobs)
        assert records(result) == records(expected)
        assert result.settings.boilerplate == expected.settings.boilerplate
        assert result.settings.boilerplate.text() == expected.settings.boilerplate.text()


def test_a_list_that_is_given_does_what_the_learned_one_does(tmp_path: Path) -> None:
    texts = pages(50)
    texts["copy"] = texts["p001"] + "\n又及"
    expected = dedup.scan(texts)
    path = tmp_path / "list.txt"
    path.write_text(expected.settings.boilerplate.text(), encoding="utf-8")
    for given in (path, str(path), expected.settings.boilerplate):
        assert records(dedup.scan(texts, boilerplate=given)) == records(expected)


def test_a_verdict_depends_on_two_texts_and_the_list() -> None:
    texts = pages(50)
    result = dedup.scan(texts)
    a, b = texts["p001"], texts["p002"]
    assert dedup.compare(a, b).relation is not None
    assert dedup.compare(a, b, result.settings).relation is None
    shown = dedup.compare(a, b, result.settings).a
    assert shown.set_aside
    assert [part.role for part in shown.found] == ["boilerplate"] * len(shown.found)
    assert {fact.value for part in shown.found for fact in part.facts} == {"50"}


def test_a_page_that_is_hardly_more_is_compared_whole() -> None:
    texts = pages(40)
    texts["bare"] = "\n".join(FURNITURE)
    texts["short"] = "\n".join([*FURNITURE, "短得很"])
    result = dedup.scan(texts)
    assert {(p.a, p.b) for p in result.pairs} == {("bare", "short")}


def test_nothing_is_learned_where_everything_is_compared() -> None:
    result = dedup.scan(pages(40), keep_metadata=True)
    assert result.settings.boilerplate is None
    assert result.pairs


class TestSample:
    def document(self, text_hash: int, pieces: int = 10) -> SampledDocument:
        import numpy as np

        return SampledDocument(
            text_hash, Place(0, text_hash), 100,
            np.arange(pieces, dtype=np.uint64), np.zeros((pieces, 2), dtype=np.int32),
        )  # fmt: skip

    @pytest.mark.parametrize("seed", range(5))
    def test_it_is_bounded_and_knows_no_order(self, seed: int) -> None:
        rng = random.Random(0)
        documents = [self.document(i, rng.randint(1, 20)) for i in rng.sample(range(10_000), 300)]
        expected = Sample(100, 500)
        for each in sorted(documents, key=lambda each: each.text_hash):
            expected.offer(each)
        random.Random(seed).shuffle(documents)
        found = Sample(100, 500)
        for each in documents:
            found.offer(each)
        hashes = [each.text_hash for each in found.documents()]
        assert hashes == [each.text_hash for each in expected.documents()]
        assert 0 < sum(each.hashes.size for each in found.documents()) <= 500
        assert len(found) <= 100

    def test_equal_texts_count_once(self) -> None:
        found = Sample()
        for _ in range(3):
            found.offer(self.document(5))
        assert len(found) == 1

    @pytest.mark.parametrize("most", [3, 20, 1000])
    def test_hashes_that_are_wanted_are_told_of_many_at_once(self, most: int) -> None:
        import numpy as np

        rng = random.Random(2)
        raw = [rng.choice([b"\0", b"\x7f", b"\xff"]) * 8 + rng.randbytes(8) for _ in range(60)]
        raw[40] = raw[3]
        hashes = np.frombuffer(b"".join(raw), dtype=np.uint8).reshape(-1, 16)
        numbers = [int.from_bytes(each) for each in raw]
        found = Sample(most)
        assert found.wanted(hashes[:0]) == []
        for number in numbers[:30]:
            found.offer(self.document(number))
        wanted = [(row, each) for row, each in enumerate(numbers) if found.wants(each)]
        assert found.wanted(hashes) == wanted
        assert wanted

    def test_texts_are_kept_while_there_is_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sample, "MOST_CHARACTERS", 25)
        found = Sample(documents=3)
        for number in (9, 8, 7):
            found.offer(self.document(number), "字" * 10)
        assert [found.text(each) for each in found.documents()] == [None, "字" * 10, "字" * 10]
        found.offer(self.document(1), "子" * 11)  # the one with the hash 9 goes, and its text
        assert [found.text(each) for each in found.documents()] == [None, None, "字" * 10]
        found.offer(self.document(2), "子" * 11)
        assert [found.text(each) for each in found.documents()] == [None, "子" * 11, None]


class TestHolding:
    def shards(self) -> list[Texts]:
        texts = [[Document(f"{s}{i}", "字" * 10) for i in range(3)] for s in "ab"]
        return [Texts(each) for each in texts]

    def passed(self, shards: list[Texts], room: int) -> list[str]:
        holding = Holding(shards, room)
        for number, shard in enumerate(shards):
            for each in shard.items():
                holding.hold(number, [each])  # type: ignore[list-item]
        return [
            f"{each.id} {each.text} {each.place}"
            for shard in holding.shards()
            for each in shard.items()
        ]  # type: ignore[union-attr]

    @pytest.mark.parametrize("room", [0, 35, 1000])
    def test_documents_come_once_more_whether_held_or_not(self, room: int) -> None:
        every = [f"{s}{i} {'字' * 10} {i}" for s in "ab" for i in range(3)]
        assert self.passed(self.shards(), room) == every

    @pytest.mark.parametrize("room", [0, 15, 1000])
    def test_what_can_be_read_once_is_read_once(self, room: int) -> None:
        def stream() -> Iterator[Document]:
            for i in range(5):
                yield Document(f"d{i}", f"第{i}篇")

        shard = Spooled(stream())
        found = self.passed([shard], room)  # type: ignore[list-item]
        assert [each.split()[:2] for each in found] == [[f"d{i}", f"第{i}篇"] for i in range(5)]

    def test_what_would_not_fit_is_not_begun(self) -> None:
        asked: list[int] = []

        class Long(Texts):
            at = 10

            @property
            def size(self) -> int:
                asked.append(1)
                return 1000

        documents = [Document(str(i), "字" * 10) for i in range(3)]
        for room, fits in ((900, False), (1100, True)):
            shard = Long(documents)
            holding = Holding([shard], room)
            assert holding.wants(0)
            holding.hold(0, documents[:1])
            assert holding.wants(0) is fits
            asked.clear()  # it was looked up; it is not again
            holding.hold(0, documents[1:])
            assert not asked


class TestTextsAlone:
    """Of what is not held, texts are read and no documents; the list is the same."""

    ODD = (
        '{"id": 3, "text": "锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷"}', "", "{", '{"text": null}',
        '{"id": "x", "content": "无文"}', '{"text": ["一", "二"]}', r'{"text": "\ud800 单"}', " \r",
        '{"text": "一", "text": "二"}', '{"text": "分", "n": NaN}',
    )  # fmt: skip

    def files(self, tmp_path: Path) -> list[str]:
        paths = []
        for seed in range(2):
            lines = [
                json.dumps({"id": name, "text": text}, ensure_ascii=name > "p020")
                for name, text in pages(40, seed).items()
            ]
            for at, line in enumerate(self.ODD):
                lines.insert(3 * at, line)
            path = tmp_path / f"{seed}.jsonl"
            path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())
            paths.append(str(path))
        return paths

    def gleaned(self, given: list[Any], settings: dedup.Settings, room: int) -> tuple[object, ...]:
        """Return the sample and the list learned of shards, and how many documents were told."""
        holding, counted = Holding(given, room), Counted()
        found = glean(given, settings, holding, counted)
        told = [
            (each.text_hash, each.size, each.hashes.tolist(), each.places.tolist())
            for each in found.documents()
        ]
        return told, learning.learned(found, holding.shards(), settings).text(), counted.number

    @pytest.mark.parametrize("jobs", [1, 2])
    @pytest.mark.parametrize("social", [False, True])
    @pytest.mark.parametrize("room", [0, 3000, 1 << 20])
    def test_they_are_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, social: bool, room: int
    ) -> None:
        monkeypatch.setattr(blocks, "BLOCK", 2000)
        settings = dedup.Settings(jobs=jobs, social=social)
        files = shards(self.files(tmp_path), Reading())
        texts = [Texts(list(read_items(each.items())), each.name) for each in files]
        expected = self.gleaned(texts, settings, 0)
        assert self.gleaned(list(files), settings, room) == expected
        assert len(expected[0]) == 80 + 4  # type: ignore[arg-type]
        assert FURNITURE[0] in str(expected[1])
        monkeypatch.setattr(sample, "MOST_CHARACTERS", 0)
        assert self.gleaned(list(files), settings, room) == expected


class Counted:
    """Progress that counts."""

    number = 0

    def stage(self, name: str, total: int | None = None) -> None:
        """Ignore."""

    def advance(self, count: int = 1) -> None:
        """Count."""
        self.number += count

    def reached(self, share: float) -> None:
        """Ignore."""

    def done(self) -> None:
        """Ignore."""


def test_little_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pages(50)
    expected = records(dedup.scan(texts))
    monkeypatch.setattr(held, "HELD", 100)
    assert records(dedup.scan(texts)) == expected
    assert records(dedup.scan(iter(texts.items()))) == expected
    monkeypatch.setattr(sample, "MOST_OF_ONE", 20)
    assert records(dedup.scan(texts)) == expected


class TestWorkDir:
    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        rows = [{"id": name, "text": text} for name, text in pages(60).items()]
        for at in range(3):
            lines = [json.dumps(row, ensure_ascii=False) for row in rows[20 * at : 20 * at + 20]]
            (folder / f"{at}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return folder

    def scan(self, corpus: Path, work: Path, *, resume: bool) -> ScanResult:
        from dedup import Settings
        from dedup.app.scan import scan_paths
        from dedup.app.work import Wanted, work_for
        from dedup.source.reading import Reading

        wanted = Wanted(work_dir=work, resume=resume)
        given = work_for(wanted, [corpus], Settings(), Reading())
        return scan_paths([corpus], Settings(), work=given)

    def test_the_first_list_stays(self, corpus: Path, tmp_path: Path) -> None:
        work = tmp_path / "work"
        first = self.scan(corpus, work, resume=False)
        listed = (work / boilerplate.NAME).read_text(encoding="utf-8")
        assert Boilerplate.parse(listed, "list") == first.settings.boilerplate
        more = [{"id": f"n{i}", "text": text} for i, text in enumerate(pages(9, seed=9).values())]
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in more)
        (corpus / "more.jsonl").write_text(lines, encoding="utf-8")
        again = self.scan(corpus, work, resume=True)
        assert (work / boilerplate.NAME).read_text(encoding="utf-8") == listed
        assert again.settings.boilerplate == first.settings.boilerplate
        assert not again.pairs

    def test_a_run_that_was_killed_goes_on(
        self, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        expected = records(dedup.scan(corpus))
        work = tmp_path / "work"
        sketch = local.BatchSketcher.read
        seen: list[int] = []

        def killed(self: local.BatchSketcher, items: object) -> object:
            seen.append(1)
            if len(seen) > 1:
                raise KeyboardInterrupt
            return sketch(self, items)  # type: ignore[arg-type]

        monkeypatch.setattr(local.BatchSketcher, "read", killed)
        with pytest.raises(KeyboardInterrupt):
            self.scan(corpus, work, resume=False)
        monkeypatch.setattr(local.BatchSketcher, "read", sketch)
        assert records(self.scan(corpus, work, resume=True)) == expected


def test_a_saved_result_knows_the_list(tmp_path: Path) -> None:
    texts = pages(40)
    texts["copy"] = texts["p001"] + "\n又及"
    result = dedup.scan(texts)
    path = tmp_path / "result.jsonl"
    path.write_text("".join(pieces(result)), encoding="utf-8")
    saved = dedup.load(path)
    assert saved.settings.boilerplate == result.settings.boilerplate
    assert saved.settings.fingerprint() == result.settings.fingerprint()
    assert learned(texts).passages
    for line in FURNITURE:
        assert line not in path.read_text(encoding="utf-8").splitlines()[0]


def test_an_index_keeps_the_list_it_was_built_with(tmp_path: Path) -> None:
    texts = pages(40)
    listed = dedup.scan(texts).settings.boilerplate
    settings = dedup.Settings(boilerplate=listed)
    with dedup.Index.create(tmp_path / "index", settings):
        pass
    for given in (None, dedup.Settings(), settings):
        with dedup.Index.open(tmp_path / "index", settings=given) as index:
            assert index.settings.boilerplate == listed
    with pytest.raises(dedup.SettingsError):
        dedup.Index.open(tmp_path / "index", settings=dedup.Settings(boilerplate="none"))
