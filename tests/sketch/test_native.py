"""The native kernel returns the bits of the reference; its tokens are those of jieba itself."""

from __future__ import annotations

import contextlib
import hashlib
import random
import threading
import warnings
from dataclasses import fields
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dedup.settings import Settings
from dedup.sketch import _kernel
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.compiled import compile_words, compiled_dictionary
from dedup.sketch.native import NativeSegmenter, NativeSketcher, native_fold
from dedup.sketch.reference import ReferenceSketcher
from dedup.text.fold import fold
from dedup.text.fold_table import fold_table
from dedup.text.regional import missing_words, regional_words
from dedup.text.segment import CutNumberer, segmenter

WORD, CHAR = Settings(), Settings(unit="char", ngram=5)
MODES = {
    "word": WORD,
    "char": CHAR,
    "plain": Settings(regional_words=False),
    "passages": Settings(unit="char", min_passage=10),
}
KERNELS = {
    name: (NativeSketcher(mode, 17), ReferenceSketcher(mode, 17)) for name, mode in MODES.items()
}


def special_characters() -> list[str]:
    """Return characters that some rule treats in its own way, each rule about as often."""
    table = fold_table()
    found = list("0123456789abcXYZ" + "一二三〇○◯千年月日号期页" * 3 + "中国人民法律上海的了" * 3)
    for name in ("space", "newline", "circle", "emoji", "digit", "letter", "other"):
        found += list(table.members(name)[:12])
    for name in sorted({"operator", "hyphen", "percent", "hash", "currency", "joint", "point",
                        "dash", "bang", "combining"}):  # fmt: skip
        found += list(table.members(f"mark-{name}")[:8]) * 2
    found += [chr(point) for point in (0, 0x0B, 0x1F, 0x80, 0xAD, 0x200B, 0xFDFA, 0xFE0F, 0xFEFF)]
    found += [chr(point) for point in (0xFFFD, 0xFFFF, 0x10000, 0x1F468, 0x20000, 0x2F800)]
    found += ["\ud800", "\udfff", "\U000e0001", "\U0010ffff", "㏂", "½", "ß", "⑴", "，", "。"]
    return found


SPECIAL = st.text(alphabet=st.sampled_from(special_characters()), max_size=40)
ANY = st.text(alphabet=st.characters(codec=None), max_size=30)
TEXT = st.one_of(SPECIAL, ANY, st.builds("".join, st.lists(st.one_of(SPECIAL, ANY), max_size=4)))
COMMON = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
)
JIEBA_TEXT = st.text(
    alphabet=st.sampled_from(COMMON + "abcAI5g20+#&._%- 龦鿕鿖𠮷éα10²" + "中华人民共和国北京大学"),
    max_size=60,
)


def assert_equal(native: SketchBatch, reference: SketchBatch) -> None:
    for f in fields(SketchBatch):
        ours, theirs = getattr(native, f.name), getattr(reference, f.name)
        assert ours.dtype == theirs.dtype, f.name
        assert np.array_equal(ours, theirs), f.name


def raw_batch(texts: list[bytes]) -> TextBatch:
    ends = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    none = np.empty((0, 2), dtype=np.int64)
    buffer = np.frombuffer(b"".join(texts), dtype=np.uint8)
    return TextBatch(buffer, ends, none, np.zeros(len(texts) + 1, dtype=np.int64))


@st.composite
def texts_with_spans(draw):
    texts = draw(st.lists(TEXT, max_size=4))
    spans = []
    for text in texts:
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        spans.append(list(zip(cuts[::2], cuts[1::2], strict=len(cuts) % 2 == 0)))
    return TextBatch.from_texts(texts, spans)


@pytest.mark.parametrize("mode", MODES)
def test_seeds_are_sketched_alike(seeds, mode):
    batch = raw_batch([path.read_bytes() for path in sorted(seeds.iterdir())])
    native, reference = KERNELS[mode]
    assert len(batch) >= 2
    assert_equal(native.sketch(batch), reference.sketch(batch))


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(TEXT, st.sampled_from(["中华人民共和国" * 9, "二〇二三年", "a中1", "○"])),
        max_size=9,
    ),
    st.lists(st.integers(0, 9), max_size=4, unique=True),
)
def test_long_stretches_between_spans_are_sketched_alike(pieces, cut):
    ends = [0, *accumulate(map(len, pieces))]
    spans = [(ends[i], ends[i + 1]) for i in sorted(cut) if i < len(pieces)]
    batch = TextBatch.from_texts(["".join(pieces)], [spans])
    native, reference = KERNELS["char"]
    assert_equal(native.sketch(batch), reference.sketch(batch))


@pytest.mark.parametrize("mode", MODES)
@hypothesis_settings(max_examples=300, deadline=None)
@given(batch=texts_with_spans())
def test_any_text_with_spans_is_sketched_alike(mode, batch):
    native, reference = KERNELS[mode]
    assert_equal(native.sketch(batch), reference.sketch(batch))


@hypothesis_settings(max_examples=500, deadline=None)
@given(text=TEXT)
def test_any_text_is_folded_alike(text):
    assert native_fold(text) == fold(text)


def test_every_code_point_is_folded_alike():
    for start in range(0, 0x110000, 64):
        characters = [chr(point) for point in range(start, start + 64)]
        text = "".join(f"一{c}a{c}1{c}b{c}2" for c in characters)
        assert native_fold(text) == fold(text), hex(start)


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    texts=st.lists(
        st.one_of(st.binary(max_size=30), TEXT.map(lambda text: text.encode("gbk", "replace"))),
        max_size=4,
    ),
    good=TEXT,
    cut=st.integers(1, 5),
)
def test_bytes_that_are_no_utf8_are_sketched_alike(texts, good, cut):
    encoded = good.encode("utf-8", "surrogatepass")
    mixed = [*texts, encoded[cut:], encoded[:-cut], encoded + b"".join(texts) + encoded[::-1]]
    for native, reference in KERNELS.values():
        assert_equal(native.sketch(raw_batch(mixed)), reference.sketch(raw_batch(mixed)))


def test_characters_cut_by_spans_are_sketched_alike():
    text = "中文，甲" * 30
    raw = text.encode()
    ends = np.array([0, len(raw)], dtype=np.int64)
    spans = np.array([[1, 2], [2, 2], [7, 11], [100, len(raw) - 200]], dtype=np.int64)
    batch = TextBatch(np.frombuffer(raw, np.uint8), ends, spans, np.array([0, 4]))
    for native, reference in KERNELS.values():
        assert_equal(native.sketch(batch), reference.sketch(batch))


@pytest.mark.parametrize("ngram", range(1, 33))
def test_every_shingle_length(ngram):
    texts = ["我们在北京大学学习中文，" * count for count in (0, 1, 2, 5, 40)]
    for unit in ("word", "char"):
        mode = Settings(unit=unit, ngram=ngram)
        batch = TextBatch.from_texts(texts)
        native, reference = NativeSketcher(mode, 4), ReferenceSketcher(mode, 4)
        assert_equal(native.sketch(batch), reference.sketch(batch))


@pytest.mark.parametrize("instructions", ["avx512", "avx2", "plain"])
@pytest.mark.parametrize("num_perm", [1, 15, 16, 17, 64, 136, 144, 145, 208, 288, 512, 1000])
def test_every_number_of_values_on_every_instruction_set(instructions, num_perm):
    best = _kernel.instruction_set()
    try:
        _kernel.use_instruction_set(instructions)
    except ValueError:
        instructions = best  # this processor lacks them: nothing to tell apart
    draw = random.Random(num_perm)
    texts = ["".join(draw.choices(COMMON, k=size)) for size in (0, 1, 3, 100, 3000)]
    mode = Settings(seed=draw.randrange(2**32))
    try:
        found = NativeSketcher(mode, num_perm).sketch(TextBatch.from_texts(texts))
    finally:
        _kernel.use_instruction_set(best)
    assert_equal(found, ReferenceSketcher(mode, num_perm).sketch(TextBatch.from_texts(texts)))


@pytest.fixture(params=["avx512", "avx2", "plain"])
def each_instruction_set(request):
    """Instructions in use, where this processor has them; else the best it has."""
    best = _kernel.instruction_set()
    with contextlib.suppress(ValueError):
        _kernel.use_instruction_set(request.param)
    yield
    _kernel.use_instruction_set(best)


@pytest.mark.usefixtures("each_instruction_set")
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 7, 8, 9, 17, 40])
@pytest.mark.parametrize("longest", [0, 1, 127, 128, 129, 255, 256, 257, 3000])
def test_hashes_of_many_texts_at_once(count, longest):
    draw = random.Random(count * 10_000 + longest)
    texts = ["x" * draw.choice([longest, draw.randrange(longest + 1)]) for _ in range(count)]
    texts = [f"{i}{text}"[: len(text)] for i, text in enumerate(texts)]
    batch, found = TextBatch.from_texts(texts), np.empty((count, 16), dtype=np.uint8)
    _kernel.hash(batch.buffer, batch.offsets, found)
    expected = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
    assert found.tobytes() == b"".join(expected)


#: What may stand among Han: what drops out, folds to Han or to something else, stays, or is none.
AMONG_HAN = ["，", " ", "\n", "\u3000", "漢", "⻓", "㎡", "ア", "é", "9", "%", "○", "👍", "𠮷",
             "\u0301", "\u200b", "－", "한", "ไ", "\ud800", "\U000e0100", "\x00"]  # fmt: skip
NO_UTF8 = [b"\xff", b"\xe4", b"\xe4\xb8", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xed\xa0\x80",
           b"\xf0\x9f", b"\x80", b"\xef\xbf\xbf", b"\xc3"]  # fmt: skip


@pytest.mark.usefixtures("each_instruction_set")
@pytest.mark.parametrize("among", [each.encode("utf-8", "surrogatepass") for each in AMONG_HAN]
                         + NO_UTF8)  # fmt: skip
def test_anything_at_every_place_among_han(among):
    han = "我們在北京大學學習中文，他说了一句话就走了".encode()
    texts = [han[: 3 * at] + among + han + han[: 3 * (at % 7)] for at in range(21)]
    texts += [among * 2 + han * 3 + b"\n" + among + han[:30] + among, han * 900 + among + han]
    native, reference = KERNELS["char"]
    assert_equal(native.sketch(raw_batch(texts)), reference.sketch(raw_batch(texts)))


def test_unknown_instructions_are_refused():
    with pytest.raises(ValueError, match="no such instructions"):
        _kernel.use_instruction_set("mmx")


def test_no_texts_and_empty_texts():
    for native, reference in KERNELS.values():
        for texts in ([], [""], ["", "，。", ""]):
            batch = TextBatch.from_texts(texts)
            assert_equal(native.sketch(batch), reference.sketch(batch))


def test_setting_aside_never_empties_a_text():
    for left in (0, 1):
        batch = TextBatch.from_texts(["头" * 3 + "，" + "身" * left], [[(0, 4)]])
        found = KERNELS["word"][0].sketch(batch)
        assert bool(found.set_aside[0]) == (left == 1)
        assert (found.compared_hash == found.whole_hash).all() == (left == 0)


def test_a_long_text_and_a_long_run():
    # longer than the pieces in which room is made, in every kind of character
    texts = [
        "中" * 70_000,
        "中" + "，" * 70_000 + "文",
        "a" + "+ " * 40_000 + "b",
        "ﷺ" * 9_000,
        "x y\n" * 20_000,
        "二" + "○" * 30_000 + "年",
        "𠮷👍" * 20_000,
        "12345678" * 9_000,
    ]
    batch = TextBatch.from_texts(texts)
    for native, reference in KERNELS.values():
        assert_equal(native.sketch(batch), reference.sketch(batch))


@pytest.mark.parametrize("mode", MODES)
def test_regional_words_are_sketched_alike(mode):
    words = [row.word for row in regional_words()]
    texts = [*words, "".join(words), "".join(random.Random(5).sample(words, len(words)))]
    native, reference = KERNELS[mode]
    batch = TextBatch.from_texts(texts)
    assert_equal(native.sketch(batch), reference.sketch(batch))


def test_a_slice_of_a_larger_buffer():
    raw = "前面中国人民后面".encode()
    batch = TextBatch(
        np.frombuffer(raw, np.uint8), np.array([6, 12, 18]), np.array([[9, 9]]), np.array([1, 1, 1])
    )
    for native, reference in KERNELS.values():
        assert_equal(native.sketch(batch), reference.sketch(batch))


# jieba, not our reference, says what the tokens are


def jieba_module():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    return jieba


@cache
def jieba_with(regional: bool):
    tokenizer = jieba_module().Tokenizer()
    tokenizer.initialize()
    for word, frequency in missing_words().items() if regional else ():
        tokenizer.add_word(word, frequency)
    return tokenizer


def jieba_words(kept: str, regional: bool = True) -> list[str]:
    return [word for word in jieba_with(regional).cut(kept, HMM=False) if word != " "]


@hypothesis_settings(max_examples=400, deadline=None)
@given(text=JIEBA_TEXT)
def test_tokens_are_those_of_jieba(text):
    kept = fold(text)
    assert NativeSegmenter(WORD).cut(kept) == jieba_words(kept)


def test_tokens_of_the_seeds_are_those_of_jieba(seeds):
    for path in sorted(seeds.iterdir()):
        kept = fold(path.read_text(encoding="utf-8"))
        tokens = NativeSegmenter(WORD).cut(kept)
        assert len(tokens) > 100
        assert tokens == jieba_words(kept)
        plain = NativeSegmenter(WORD.with_values(regional_words=False)).cut(kept)
        assert plain == jieba_words(kept, regional=False)


def test_tokens_of_dictionary_words_are_those_of_jieba():
    frequencies = segmenter(WORD).tokenizer.FREQ
    words = random.Random(3).sample(sorted(frequencies), 20_000)
    kept = fold("".join(words))
    assert NativeSegmenter(WORD).cut(kept) == jieba_words(kept)


def test_tokens_are_characters_in_character_mode():
    assert NativeSegmenter(CHAR).cut("a b中文") == ["a", "b", "中", "文"]
    assert NativeSegmenter(CHAR).cut("") == []


def test_words_of_a_user_dictionary(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(
        "云计算平台 5\n李小福 2 nr\n凱特琳\nC++ 3\nabc9 10\n一1二 7\n北京大 90000000\n",
        encoding="utf-8",
    )
    mode = Settings(user_dict=str(path))
    native, reference = NativeSketcher(mode, 8), ReferenceSketcher(mode, 8)
    texts = ["李小福在云计算平台，凯特琳写C++和abc9d一1二", "北京大学生" * 5, "C+ +与ab c9"]
    found = NativeSegmenter(mode).cut(fold(texts[0]))
    assert {"李小福", "云计算平台", "凯特琳", "c++"} <= set(found)
    assert found == segmenter(mode).cut(fold(texts[0]))
    assert_equal(
        native.sketch(TextBatch.from_texts(texts)), reference.sketch(TextBatch.from_texts(texts))
    )


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    words=st.lists(
        st.tuples(st.text(alphabet="中国人民ab1+é", min_size=1, max_size=6), st.integers(0, 50)),
        min_size=1,
        max_size=12,
    ),
    kept=st.text(alphabet="中国人民ab1+é ", max_size=40),
)
def test_any_dictionary(words, kept):
    # few frequencies, so that routes tie: then the longer word wins
    tokenizer = jieba_module().Tokenizer()
    tokenizer.initialized = True
    for word, frequency in [*words, ("人", 9)]:
        tokenizer.add_word(word, frequency)
    compiled = _kernel.Dictionary(compile_words(tokenizer.FREQ, tokenizer.total))
    ends = np.frombuffer(_kernel.cut(kept.encode() + b"+", compiled), dtype=np.uintp).tolist()
    cut = [(kept + "+")[a:b] for a, b in pairwise([0, *ends])]
    theirs = [word for word in tokenizer.cut(kept + "+", HMM=False) if word != " "]
    assert [word.lstrip(" ") for word in cut] == theirs


# misuse is an error, never a crash


def arrays(**changed):
    texts = {
        "buffer": np.frombuffer("中国人民".encode(), dtype=np.uint8),
        "offsets": np.array([0, 6, 12], dtype=np.int64),
        "spans": np.array([[0, 3]], dtype=np.int64),
        "span_offsets": np.array([0, 1, 1], dtype=np.int64),
    }
    return TextBatch(**(texts | {name: np.array(value) for name, value in changed.items()}))


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"offsets": [0, 6, 13]}, "out of the array"),
        ({"offsets": [0, 2**62, 2**63 - 1]}, "out of the array"),
        ({"offsets": [-1, 6, 12]}, "negative"),
        ({"offsets": [0, 7, 6]}, "fall"),
        ({"span_offsets": [0, 1]}, "items"),
        ({"span_offsets": [0, 2, 2]}, "out of the array"),
        ({"span_offsets": [0, 1, 0]}, "fall"),
        ({"span_offsets": [-1, 0, 1]}, "negative"),
        ({"spans": [[0, 7]]}, "within their text"),
        ({"spans": [[-1, 3]]}, "within their text"),
        ({"spans": [[4, 3]]}, "within their text"),
        ({"spans": [[0, 4], [3, 5]], "span_offsets": [0, 2, 2]}, "not sorted"),
    ],
)
def test_arrays_that_lead_out_are_refused(changed, complaint):
    with pytest.raises(ValueError, match=complaint):
        KERNELS["word"][0].sketch(arrays(**changed))


def test_the_binding_checks_what_it_is_given():
    good = arrays()
    texts = (good.buffer, good.offsets, good.spans, good.span_offsets)
    factors = np.ones(4, dtype=np.uint32)
    results = (
        np.empty(3, np.int64), np.empty((2, 4), np.uint32), np.empty((2, 16), np.uint8),
        np.empty((2, 16), np.uint8), np.empty(2, np.int64), np.empty(2, np.int64),
        np.empty(2, np.int64), np.empty(2, np.bool_), np.empty(3, np.int64),
    )  # fmt: skip
    sizes = (2, 16, 55)
    shingles, passages = _kernel.sketch(texts, None, (factors, factors), sizes, results)
    assert len(memoryview(shingles)) == 16
    assert len(memoryview(passages)) == 0
    with pytest.raises(ValueError, match="items of 4 bytes, not of 8"):
        _kernel.sketch((good.buffer, good.offsets.astype(np.int32), good.spans, good.span_offsets),
                       None, (factors, factors), sizes, results)  # fmt: skip
    with pytest.raises(ValueError, match="has 3 items, not 4"):
        _kernel.sketch(texts, None, (factors, factors[:3]), sizes, results)
    with pytest.raises(ValueError, match="items, not"):
        _kernel.sketch(texts, None, (factors, factors), sizes, (results[4], *results[1:]))
    nothing = np.empty(0, np.int64)
    with pytest.raises(ValueError, match="offsets are empty"):
        _kernel.sketch((good.buffer, nothing, good.spans, nothing), None, (factors, factors), sizes,
                       results)  # fmt: skip
    for wrong in ((0, 16, 55), (2, 0, 55), (2, 16, -1)):
        with pytest.raises(ValueError, match="ngram and run"):
            _kernel.sketch(texts, None, (factors, factors), wrong, results)
    with pytest.raises(TypeError):
        _kernel.sketch(texts, None, (factors, factors), (2, 16), results)
    with pytest.raises(TypeError, match="Dictionary or None"):
        _kernel.sketch(texts, "words", (factors, factors), sizes, results)
    read_only = results[4].copy()
    read_only.flags.writeable = False
    with pytest.raises((BufferError, ValueError), match="read-only"):
        _kernel.sketch(
            texts, None, (factors, factors), sizes, (*results[:4], read_only, *results[5:])
        )
    with pytest.raises(ValueError, match="contiguous"):
        _kernel.fold(np.zeros((4, 4), dtype=np.uint8)[:, 1])
    with pytest.raises(ValueError, match="not UTF-8"):
        _kernel.cut(b"\xff", None)
    with pytest.raises(TypeError):
        _kernel.Memory()


def test_threads_may_share_one():
    native, reference = KERNELS["word"]
    draw = random.Random(1)
    batches = [
        TextBatch.from_texts(["".join(draw.choices(COMMON, k=2000)) for _ in range(10)])
        for _ in range(8)
    ]
    found: dict[int, SketchBatch] = {}

    def run(at: int) -> None:
        found[at] = native.sketch(batches[at])

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(batches))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for at, batch in enumerate(batches):
        assert_equal(found[at], reference.sketch(batch))


def test_tokens_are_what_cut_ends_and_equal_ones_have_one_number():
    dictionary = compiled_dictionary(None, regional_words=True)
    kept = "\ufeff软体 软件 abc 中国人民 软体 x 中国人民 𠮷"
    ends = np.frombuffer(_kernel.cut(kept.encode(), dictionary), dtype=np.uintp).tolist()
    expected = [kept[i:j].lstrip(" ") for i, j in zip([0, *ends], ends, strict=False)]
    segmenter, reference = NativeSegmenter(Settings()), CutNumberer(lambda _: expected)
    assert segmenter.cut(kept) == expected
    words, numbers = segmenter.numbers(kept, segmenter.table(), 0)
    assert {"软体", "软件"} <= set(words)  # one class, one hash, but two words
    other_words, other_numbers = reference.numbers(kept, reference.table(), 0)
    assert words == other_words
    assert numbers.tolist() == other_numbers.tolist()
    assert len(words) < len(expected)
    assert segmenter.cut("") == []


def test_a_table_knows_the_tokens_of_all_texts():
    native, reference = NativeSegmenter(Settings(unit="char")), CutNumberer(list)
    tables = native.table(), reference.table()
    draw, known = random.Random(7), 0
    for _ in range(60):
        text = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(400))
        new, numbers = native.numbers(text, tables[0], known)
        other_new, other_numbers = reference.numbers(text, tables[1], known)
        assert (new, numbers.tolist()) == (other_new, other_numbers.tolist())
        known += len(new)
    assert native.numbers("", tables[0], known)[0] == []
    assert native.numbers("", tables[0], known - 2)[0] == new[-2:]


def test_a_table_refuses_what_is_none():
    table = _kernel.Vocabulary()
    with pytest.raises(ValueError, match="UTF-8"):
        _kernel.numbers(b"\xff", None, table, 0)
    with pytest.raises(ValueError, match="from 0"):
        _kernel.numbers(b"", None, table, -1)
    with pytest.raises(TypeError):
        _kernel.numbers(b"", None, {}, 0)
    with pytest.raises(TypeError, match="Dictionary"):
        _kernel.numbers(b"", {}, table, 0)
