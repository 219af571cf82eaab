"""Detection, byte order marks, overrides, errors, and what is binary."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import opencc
import pytest

from dedup.errors import EncodingError, SettingsError
from dedup.text.encoding import LOW_CONFIDENCE, decode, has_signature, looks_binary

SENTENCES = (
    "全国各地积极推进老旧小区改造。",
    "他把窗户打开，外面下着小雨。",
    "这项研究历时三年才告一段落",
    "春天来了，河边的柳树发芽了！",
    "会议由副主任主持，共有二十人参加。",
    "我们昨天在图书馆里看了一下午书。",
    "公司第三季度营业收入同比增长百分之八",
    "奶奶做的红烧肉特别好吃",
    "请把申请表交到二楼服务窗口",
    "飞机因大雾推迟了两个小时起飞",
)
CANTONESE = "佢哋琴日喺街市買咗啲生果返嚟，話好平喎。"
ENGLISH = "The committee met on Tuesday and agreed on a plan. " * 40


@cache
def traditional(text: str, standard: str = "s2tw") -> str:
    return str(opencc.OpenCC(standard).convert(text))


def encoded_in_big5(text: str) -> bytes:
    return text.encode("big5hkscs")


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_sentence_is_enough(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.confidence >= LOW_CONFIDENCE


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("standard", ["s2tw", "s2hk"])
def test_traditional_in_big5_is_not_taken_for_gb18030(text: str, standard: str) -> None:
    text = traditional(text, standard)
    decoded = decode(encoded_in_big5(text))
    assert (decoded.text, decoded.encoding) == (text, "big5")
    assert decoded.confidence >= LOW_CONFIDENCE


@pytest.mark.parametrize("text", SENTENCES)
def test_traditional_in_gb18030_is_not_taken_for_big5(text: str) -> None:
    text = traditional(text)
    decoded = decode(text.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


def test_that_a_text_decodes_tells_nothing() -> None:
    # What makes scoring necessary: no error, and nonsense.
    raw = encoded_in_big5(traditional("奶奶做的红烧肉特别好吃"))
    assert raw.decode("gb18030") != decode(raw).text


@pytest.mark.parametrize("length", [4, 6, 8, 10])
def test_a_few_characters_are_decided_right(length: int) -> None:
    for text in SENTENCES:
        for encoding in ("gb18030", "big5", "utf-16-le"):
            part = (traditional(text) if encoding == "big5" else text)[:length]
            raw = encoded_in_big5(part) if encoding == "big5" else part.encode(encoding)
            assert decode(raw).text == part, (part, encoding)


def test_cantonese_in_big5_hkscs() -> None:
    decoded = decode(encoded_in_big5(CANTONESE))
    assert (decoded.text, decoded.encoding) == (CANTONESE, "big5")
    assert decoded.confidence >= LOW_CONFIDENCE


@pytest.mark.parametrize("character", "恒裏着銹粧啲喺嘅碁墻嫺")
def test_characters_that_one_or_other_of_the_big5_codecs_lacks(character: str) -> None:
    text = "這一個字在文章的正文裡面出現：" + character
    assert decode(encoded_in_big5(text)).text == text


@pytest.mark.parametrize("character", "恒裏銹粧€～‧﹑⊕￥￡")
def test_what_code_page_950_writes_comes_back(character: str) -> None:
    text = f"這裡有一個{character}在句子中間。"
    assert decode(text.encode("cp950")).text == text


@pytest.mark.parametrize(
    ("code", "character"),
    [("c6a1", "①"), ("c6e7", "ぁ"), ("c7f3", "А"), ("c6cf", "廴"), ("c6de", "〃"), ("c6df", "仝")],
)
def test_eten_extensions(code: str, character: str) -> None:
    raw = encoded_in_big5("這裡有一個") + bytes.fromhex(code) + encoded_in_big5("在句子中間。")
    assert decode(raw).text == f"這裡有一個{character}在句子中間。"


def test_every_seed_in_every_encoding(seeds) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_bytes().decode()
        for encoding in ("gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            for mark in ("", "\ufeff"):
                decoded = decode((mark + text).encode(encoding))
                assert (decoded.text, decoded.encoding) == (text, encoding)
                assert decoded.confidence == 1.0
        decoded = decode(text.encode("utf-8-sig"))
        assert (decoded.text, decoded.encoding) == (text, "utf-8-sig")
        changed = traditional(text)
        raw = changed.encode("big5hkscs", "ignore")
        decoded = decode(raw)
        assert decoded.encoding == "big5"
        assert len(decoded.text) > 0.99 * len(changed)


def test_line_ends_and_inner_marks_are_left_alone() -> None:
    text = "一行\r\n二行\r三行\n\ufeff四行\u2028"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("raw", [b"", b"plain", ENGLISH.encode()])
def test_ascii_is_utf8(raw: bytes) -> None:
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding, decoded.confidence) == (raw.decode(), "utf-8", 1.0)


def test_english_with_a_few_chinese_words() -> None:
    for encoding, words in (("gb18030", "中国文学和历史"), ("big5", "中國文學和歷史")):
        text = ENGLISH + words + ENGLISH
        raw = encoded_in_big5(text) if encoding == "big5" else text.encode(encoding)
        decoded = decode(raw)
        assert (decoded.text, decoded.encoding) == (text, encoding)


def test_a_few_words_far_into_a_large_ascii_file_are_found() -> None:
    text = ENGLISH * 2000 + "作者在这里写了一句中文" + ENGLISH * 2000
    decoded = decode(text.encode("gb18030"))
    assert decoded.encoding == "gb18030"
    assert decoded.text == text
    assert decoded.confidence >= LOW_CONFIDENCE


def test_utf16_of_ascii_is_not_utf8_with_nul() -> None:
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        decoded = decode(ENGLISH.encode(encoding))
        assert (decoded.text, decoded.encoding) == (ENGLISH, encoding)


def test_four_byte_sequences_of_gb18030() -> None:
    text = "这个字很少见：𠮷野家的𠮷，还有㐂和ཀ，都能读出来。"
    decoded = decode(text.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


def test_the_euro_of_code_page_936() -> None:
    raw = "门票价格为".encode("gbk") + b"\x80" + "二十，学生半价。".encode("gbk")
    assert decode(raw).text == "门票价格为€二十，学生半价。"


def test_the_mark_of_gb18030_is_removed() -> None:
    decoded = decode("\ufeff你好".encode("gb18030"))
    assert (decoded.text, decoded.encoding) == ("你好", "gb18030")


def test_a_short_text_is_doubtful() -> None:
    assert decode("中".encode("gb18030")).confidence < LOW_CONFIDENCE
    assert decode("中文".encode("gb18030")).confidence < LOW_CONFIDENCE


def test_gbk_that_happens_to_be_utf8_is_doubtful() -> None:
    raw = "魔".encode("gbk")
    assert raw.decode("utf-8")
    assert decode(raw).confidence < LOW_CONFIDENCE


@pytest.mark.parametrize("text", ["naïve café", "Привет, мир", "Straße", "ΑΒΓ"])
def test_other_scripts_in_utf8_are_not_doubtful(text: str) -> None:
    assert decode(text.encode()).confidence == 1.0


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ソースコードの文字化けを調べています", "shift_jis"),
        ("ソースコードの文字化けを調べています", "euc_jp"),
        ("한국어 문장은 이렇게 씁니다", "euc_kr"),
        ("Съешь же ещё этих мягких французских булок", "cp1251"),
        ("Ça déjà été très éprouvé à l'été", "latin-1"),
    ],
)
def test_what_no_candidate_is_right_for_is_doubtful_or_an_error(text: str, encoding: str) -> None:
    assert confidence_or_none(text.encode(encoding)) < LOW_CONFIDENCE


def confidence_or_none(raw: bytes) -> float:
    try:
        return decode(raw).confidence
    except EncodingError:
        return 0.0


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            "一段正常的中文文字".encode() + b"\xff" + "后面还有很多文字".encode(),
            "0xff at offset 27",
        ),
        ("一段正常的中文文字。".encode()[:-1], "0xe3 at offset 27"),
        (
            "一段正常的中文".encode("gb18030") + b"\xff" + "后面还有文字".encode("gb18030"),
            "0xff at offset 14",
        ),
        (b"\xef\xbb\xbfabc\xff", "0xff at offset 6"),
        (b"\xff\xfea\x00\x00\xd8b\x00", "0x00 at offset 4"),
        ("中文内容".encode("utf-16-le") + b"\n", "0x0a at offset 8"),
    ],
)
def test_bytes_that_do_not_fit_are_named(raw: bytes, said: str) -> None:
    with pytest.raises(EncodingError, match=said) as caught:
        decode(raw)
    assert caught.value.hint is not None


def test_damaged_utf8_is_not_read_as_something_else() -> None:
    # Cut in the middle of a character, these bytes are "text" in GB18030.
    raw = "中文内容里的一个句子".encode()[:-2]
    with pytest.raises(EncodingError, match="utf-8"):
        decode(raw)


def test_nothing_is_ever_replaced() -> None:
    for text in SENTENCES:
        for encoding in ("gb18030", "utf-8", "utf-16-le"):
            raw = bytearray(text.encode(encoding))
            raw[len(raw) // 2] = 0xFF
            try:
                decoded = decode(bytes(raw))
            except EncodingError:
                continue
            assert "\ufffd" not in decoded.text


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("cp936", "gb18030"),
        ("GB18030", "gb18030"),
        ("latin-1", "iso8859-1"),
    ],
)
def test_an_encoding_given_is_obeyed(name: str, canonical: str) -> None:
    decoded = decode("abc".encode("ascii"), encoding=name)
    assert (decoded.text, decoded.encoding, decoded.confidence) == ("abc", canonical, 1.0)


@pytest.mark.parametrize("name", ["big5", "Big5-HKSCS", "cp950", "BIG5"])
def test_all_kinds_of_big5_are_one(name: str) -> None:
    decoded = decode(encoded_in_big5(CANTONESE), encoding=name)
    assert (decoded.text, decoded.encoding) == (CANTONESE, "big5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_the_name_reported_reads_the_same_text_again(encoding: str) -> None:
    for mark in ("", "" if encoding == "utf-8-sig" else "\ufeff"):
        raw = (mark + SENTENCES[0]).encode(encoding)
        first = decode(raw)
        assert decode(raw, encoding=first.encoding).text == first.text == SENTENCES[0]


def test_a_wrong_encoding_given_is_an_error_with_its_place() -> None:
    with pytest.raises(EncodingError, match=r"byte 0xd6 at offset 3 is not utf-8"):
        decode(b"abc" + "中文".encode("gb18030"), encoding="utf-8")


def test_auto_asks_for_detection() -> None:
    assert decode(SENTENCES[0].encode("gb18030"), encoding="auto").encoding == "gb18030"


@pytest.mark.parametrize("name", ["gb18300", "utf9", "hex", "rot13", "no\0pe", ""])
def test_an_unknown_encoding_is_an_error(name: str) -> None:
    with pytest.raises(SettingsError, match="unknown encoding") as caught:
        decode(b"abc", encoding=name)
    assert caught.value.hint is not None


def test_an_unknown_encoding_gets_a_suggestion() -> None:
    with pytest.raises(SettingsError) as caught:
        decode(b"abc", encoding="gb18300")
    assert "gb18030" in str(caught.value.hint)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04\x14\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"GIF89a\x01\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x1f\x8b\x08\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"text with a \x00 NUL byte in it",
        bytes(4096),
        bytes(range(256)) * 8,
    ],
)
def test_binary_files(raw: bytes) -> None:
    assert looks_binary(raw)


@pytest.mark.parametrize("text", [*SENTENCES, ENGLISH, CANTONESE, "a", "", "\x1b[1m粗体\x1b[0m"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"]
)
def test_texts_are_not_binary(text: str, encoding: str) -> None:
    assert not looks_binary(text.encode(encoding))
    assert not has_signature(text.encode(encoding))


def test_detection_reads_a_bounded_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    from dedup.text import encoding

    sizes = []

    def noted(raw: bytes, name: str) -> str:
        sizes.append(len(raw))
        return decode_sample(raw, name)

    decode_sample = encoding.decode_sample
    monkeypatch.setattr(encoding, "decode_sample", noted)
    text = "".join(SENTENCES) * 20_000
    assert decode(text.encode("gb18030")).text == text
    assert sizes
    assert max(sizes) < 20_000


def test_the_committed_frequency_table_is_what_the_generator_makes(root) -> None:
    script = root / "tools" / "generate_char_frequency.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
