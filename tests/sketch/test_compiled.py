"""The compiled dictionary: damaged, foreign, shared or missing, it never harms."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
from itertools import islice

import numpy as np
import pytest

from dedup import cache
from dedup.cache import cache_dir
from dedup.errors import SettingsError
from dedup.settings import Settings
from dedup.sketch import _kernel, compiled
from dedup.sketch.batch import TextBatch
from dedup.sketch.compiled import compile_words, compiled_dictionary
from dedup.sketch.native import NativeSegmenter, NativeSketcher
from dedup.text.fold import fold
from dedup.text.shingle import TokenHashes, shingle_hashes

WORDS = {"中": 5, "中国": 7, "中国人": 3, "人": 4, "a": 1, "c++": 2}
HEADER, NODES_AT = 56, 32
MASK = 2**64 - 1


@pytest.fixture(scope="module")
def small() -> bytes:
    return bytes(memoryview(compile_words(WORDS, sum(WORDS.values()))))


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """A cache folder of this test alone."""
    monkeypatch.setenv("DEDUP_CACHE_DIR", str(tmp_path / "cache"))
    cache_dir.cache_clear()
    compiled._compiled.cache_clear()
    yield tmp_path / "cache"
    cache_dir.cache_clear()
    compiled._compiled.cache_clear()


def aligned(content: bytes) -> np.ndarray:
    memory = np.zeros(len(content) // 8 + 1, dtype=np.uint64).view(np.uint8)[: len(content)]
    memory[:] = np.frombuffer(content, dtype=np.uint8)
    return memory


def cut(kept: str, dictionary: _kernel.Dictionary) -> list[int]:
    return np.frombuffer(_kernel.cut(kept.encode(), dictionary), dtype=np.uintp).tolist()


def mix(value: int) -> int:
    value = ((value ^ value >> 33) * 0xFF51AFD7ED558CCD) & MASK
    value = ((value ^ value >> 33) * 0xC4CEB9FE1A85EC53) & MASK
    return value ^ value >> 33


def with_checksum(content: bytes) -> bytes:
    """Return a file whose checksum is right, whatever else is wrong."""
    factor, body = 0x9FB21C651E98DF25, content[24:]
    lanes, whole = [1, 2, 3, 4], len(body) // 32 * 32
    for at in range(0, whole, 32):
        for lane, word in enumerate(struct.unpack_from("=4Q", body, at)):
            state = ((lanes[lane] ^ word) * factor) & MASK
            lanes[lane] = state ^ state >> 32
    total = len(body)
    for byte in body[whole:]:
        total = ((total ^ byte) * factor) & MASK
    for lane in lanes:
        total = mix(total ^ lane)
    return content[:16] + struct.pack("=Q", total) + content[24:]


def test_words_are_found(small):
    dictionary = _kernel.Dictionary(aligned(small))
    assert cut("中国人中国中c++", dictionary) == [3, 5, 6, 9]


def test_the_checksum_of_this_test_is_that_of_the_kernel(small):
    assert with_checksum(small) == small


def test_any_changed_byte_is_noticed(small):
    draw = random.Random(1)
    places = [*range(HEADER), *(draw.randrange(len(small)) for _ in range(300))]
    for at in places:
        damaged = bytearray(small)
        damaged[at] ^= 1 << draw.randrange(8)
        with pytest.raises(ValueError, match=r"damaged|checksum|version|compiled|truncated"):
            _kernel.Dictionary(aligned(bytes(damaged)))


@pytest.mark.parametrize("size", [0, 1, 8, HEADER - 1, HEADER, HEADER + 1, -8, -1])
def test_a_truncated_file_is_noticed(small, size):
    with pytest.raises(ValueError, match=r"too short|truncated"):
        _kernel.Dictionary(aligned(small[:size]))


def test_a_file_with_more_at_its_end_is_noticed(small):
    with pytest.raises(ValueError, match="truncated"):
        _kernel.Dictionary(aligned(small + bytes(8)))


def test_memory_that_is_not_aligned_is_refused(small):
    memory = aligned(b"\0" + small)
    with pytest.raises(ValueError, match="aligned"):
        _kernel.Dictionary(memory[1:])


def test_a_forged_file_leads_nowhere(small):
    """With a right checksum, what is inside is still checked; what passes stays in bounds."""
    draw = random.Random(2)
    refused = 0
    for _ in range(60):
        forged = bytearray(small)
        for _ in range(draw.randrange(1, 4)):
            at = draw.choice([NODES_AT, draw.randrange(24, len(small)), len(small) - 9])
            struct.pack_into("=B", forged, at, draw.randrange(256))
        try:
            dictionary = _kernel.Dictionary(aligned(with_checksum(bytes(forged))))
        except ValueError:
            refused += 1
            continue
        kept = "".join(draw.choices("中国人a+c文 ", k=200))
        ends = cut(kept, dictionary)
        assert ends == sorted(ends)
        assert not ends or ends[-1] <= len(kept)
    assert refused > 5


def compile_list(words, weights, weight_of, classes=()):
    return _kernel.compile_dictionary(
        words.encode(),
        np.array(weights),
        np.array(weight_of, dtype=np.uint32),
        -1.0,
        np.array(classes, dtype=np.uint64),
    )


@pytest.mark.parametrize(
    ("words", "weights", "weight_of", "complaint"),
    [
        ("中\n国\n", [1.0], [0], "more words"),
        ("中\n", [1.0], [0, 0], "fewer words"),
        ("中\n", [1.0], [1], "more words"),
        ("中\n中\n", [1.0], [0, 0], "twice"),
        ("中" * 70_000 + "\n", [1.0], [0], "too long"),
    ],
)
def test_word_lists_that_do_not_fit_are_refused(words, weights, weight_of, complaint):
    with pytest.raises(ValueError, match=complaint):
        compile_list(words, weights, weight_of)


@pytest.mark.parametrize("classes", [[5, 6, 5, 7], [0, 1]])
def test_classes_that_do_not_fit_are_refused(classes):
    with pytest.raises(ValueError, match="class comes twice"):
        compile_list("中\n", [1.0], [0], classes)


def test_a_file_without_room_between_classes_is_refused():
    """A search among classes ends at an empty slot."""
    content = bytearray(memoryview(compile_list("中\n", [1.0], [0], [5, 6])))
    assert content.count((5).to_bytes(8, sys.byteorder)) == 1
    content[-32:] = struct.pack("=4Q", 5, 6, 7, 8)
    with pytest.raises(ValueError, match="damaged"):
        _kernel.Dictionary(aligned(with_checksum(bytes(content))))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 1000])
def test_classes_replace_the_hashes_of_their_words_and_no_others(count):
    draw = random.Random(count)
    stable = (char for char in map(chr, range(0x4E00, 0x9FD5)) if fold(char) == char)
    words = list(islice(stable, 2 * count + 10))
    classes = {words[2 * at]: words[2 * at + 1] for at in range(count)}
    dictionary = _kernel.Dictionary(compile_words(dict.fromkeys(words, 1), len(words), classes))
    kept = draw.choices(words, k=700)
    settings = Settings(unit="char", ngram=1)
    expected = TokenHashes(classes).of(kept)
    found = sketched("".join(kept), dictionary, settings)
    assert np.array_equal(found, shingle_hashes(expected, 1))


def sketched(text, dictionary, settings):
    sketcher = NativeSketcher(settings, 8)
    sketcher._dictionary = dictionary
    return sketcher.sketch(TextBatch.from_texts([text])).shingles


def test_words_that_no_block_holds_are_left_out():
    frequencies = {"中": 1, "中，国": 5, "ａ": 2, "𠮷": 3, "é": 1, "": 0, "A股": 4}
    dictionary = _kernel.Dictionary(compile_words(frequencies, 16))
    assert cut("中，国A股", dictionary) == [1, 2, 3, 5]


def test_no_words_at_all():
    dictionary = _kernel.Dictionary(compile_words({}, 1))
    assert cut("中国ab1c", dictionary) == [1, 2, 6]


def test_every_word_of_jieba_ends_in_the_trie():
    frequencies, total = compiled.word_frequencies()
    assert len(frequencies) > 300_000
    assert total >= sum(frequencies.values())  # jieba counts a word that comes twice twice
    dictionary = compiled_dictionary(None)
    for word in random.Random(4).sample([w for w in frequencies if len(w) > 3], 300):
        heavy = _kernel.Dictionary(compile_words({word: 10**6, word[0]: 1}, 10**6 + 1))
        assert cut(word, heavy) == [len(word)]
        assert cut(word, dictionary)[-1] == len(word)


# the file


def test_the_file_is_made_once_and_mapped_then(own_cache, monkeypatch):
    compiled_dictionary(None)
    (path,) = own_cache.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    compiled._compiled.cache_clear()
    monkeypatch.setattr(compiled, "compile_words", lambda *_: pytest.fail("compiled again"))
    assert cut("中国人民", compiled_dictionary(None)) == [2, 4]


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "foreign"])
def test_a_damaged_file_is_made_again(own_cache, damage):
    compiled_dictionary(None)
    (path,) = own_cache.iterdir()
    good = path.read_bytes()
    bad = {
        "cut": good[: len(good) // 2],
        "flip": good[:-100] + bytes([good[-100] ^ 1]) + good[-99:],
        "empty": b"",
        "foreign": b"something else" * 1000,
    }[damage]
    # as a crash would leave it: under the same name, in a new file
    path.unlink()
    path.write_bytes(bad)
    compiled._compiled.cache_clear()
    assert NativeSegmenter(Settings()).cut("中国人民") == ["中国", "人民"]
    assert path.read_bytes() == good
    assert list(own_cache.iterdir()) == [path]


def test_where_nothing_can_be_written_it_is_kept_in_memory(own_cache, monkeypatch):
    monkeypatch.setattr(cache, "_written", lambda *_: False)
    assert NativeSegmenter(Settings()).cut("中国人民") == ["中国", "人民"]
    assert list(own_cache.iterdir()) == []


def test_user_dictionaries_have_files_of_their_own(own_cache, tmp_path):
    path = tmp_path / "words.txt"
    cuts = []
    for word in ("国人民", "国人民中"):
        path.write_text(f"{word} 100000000\n", encoding="utf-8")
        cuts.append(NativeSegmenter(Settings(user_dict=str(path))).cut("中国人民中"))
    assert cuts == [["中", "国人民", "中"], ["中", "国人民中"]]
    assert len(list(own_cache.glob("words-*.trie"))) == 2


def test_regional_words_have_a_file_of_their_own(own_cache):
    texts = TextBatch.from_texts(["這個軟體的檔案", "这个软件的文件"])
    with_classes, without = (
        NativeSketcher(Settings(regional_words=on), 8).sketch(texts).signatures
        for on in (True, False)
    )
    assert np.array_equal(with_classes[0], with_classes[1])
    assert not np.array_equal(without[0], without[1])
    assert len(list(own_cache.glob("words-*.trie"))) == 2


def test_another_table_of_classes_is_another_file(own_cache, monkeypatch):
    compiled_dictionary(None)
    compiled._compiled.cache_clear()
    monkeypatch.setattr(compiled, "word_classes_hash", lambda: "another")
    compiled_dictionary(None)
    assert len(list(own_cache.glob("words-*.trie"))) == 2


def test_a_user_dictionary_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="cannot read"):
        compiled_dictionary(str(tmp_path / "none.txt"))


def test_processes_may_make_it_at_once(own_cache):
    code = (
        "from dedup.settings import Settings\n"
        "from dedup.sketch.native import NativeSegmenter\n"
        "print(*NativeSegmenter(Settings()).cut('中国人民'))\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", code]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(3)
    ]
    assert [each.communicate(timeout=60)[0] for each in running] == ["中国 人民\n"] * 3
    assert [each.returncode for each in running] == [0] * 3
    (path,) = own_cache.iterdir()
    assert path.name.startswith("words-")


def test_a_warm_start_imports_no_jieba(own_cache):
    compiled_dictionary(None)
    code = (
        "import sys\n"
        "from dedup.settings import Settings\n"
        "from dedup.sketch.kernel import sketcher\n"
        "from dedup.sketch.batch import TextBatch\n"
        "sketcher(Settings(), 8).sketch(TextBatch.from_texts(['中国人民']))\n"
        "print('jieba' in sys.modules, 'datasketch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
