"""Chinese encodings as files use them: Python's codecs and what these leave out.

- ``gb18030`` covers GB2312, GBK and code page 936; byte 0x80 is the euro sign there.
- ``big5`` is Big5-HKSCS, which has the Cantonese characters, 恒 裏 着 銹 粧 and the ETEN
  extensions, plus the seven codes it leaves empty (the euro sign of code page 950 and six ETEN
  characters, as in the WHATWG Encoding Standard's index-big5), with the symbols that code page
  950 assigns otherwise read as that page does: Python's table turns ～ into an operator.
"""

from __future__ import annotations

import codecs
import difflib
from encodings.aliases import aliases

from dedup.errors import SettingsError
from dedup.messages import message

_BIG5_MISSING = {
    b"\xa3\xe1": "€",
    b"\xc6\xcf": "廴",
    b"\xc6\xd3": "无",
    b"\xc6\xd5": "癶",
    b"\xc6\xd7": "隶",
    b"\xc6\xde": "〃",
    b"\xc6\xdf": "仝",
}
_BIG5_SYMBOLS = str.maketrans("•､∼♁☉¥¢£", "‧﹑～⊕⊙￥￠￡")
_GB = frozenset({"gb2312", "gbk", "gb18030"})
_BIG5 = frozenset({"big5", "big5hkscs", "cp950"})


def codec_name(name: str) -> str:
    """Return the canonical lower-case name of an encoding.

    The subsets of GB18030 and of Big5 are read as the whole. Raises
    :class:`~dedup.errors.SettingsError` with a suggestion for a name that is no text encoding.
    """
    try:
        # Not codecs.lookup: it also knows codecs that are no text encodings (hex, rot13).
        b"a".decode(name, "ignore")
        canonical = codecs.lookup(name).name.lower()
    except (LookupError, ValueError) as error:
        known = sorted({*aliases.values(), *aliases})
        close = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
        hint = (
            message("did you mean {name}?", name=close[0].replace("_", "-"))
            if close
            else message("use one of: {choices}", choices="utf-8, gb18030, big5, utf-16")
        )
        raise SettingsError(message("unknown encoding: {name}", name=name), hint=hint) from error
    if canonical in _GB:
        return "gb18030"
    return "big5" if canonical in _BIG5 else canonical


def decode_strictly(raw: bytes, name: str) -> str:
    """Decode by a canonical name; raises UnicodeDecodeError where the bytes do not fit."""
    if name == "gb18030":
        return raw.decode("gb18030", _GB18030_ERRORS)
    if name == "big5":
        return raw.decode("big5hkscs", _BIG5_ERRORS).translate(_BIG5_SYMBOLS)
    return raw.decode(name)


def decode_sample(raw: bytes, name: str) -> str:
    """Decode part of a file; what does not fit is U+FFFD, a cut last character is dropped."""
    codec = codecs.getincrementaldecoder("big5hkscs" if name == "big5" else name)
    return codec("replace").decode(raw)


def _missing_from_big5(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        found = _BIG5_MISSING.get(error.object[error.start : error.start + 2])
        if found is not None:
            return found, error.start + 2
    raise error


def _euro_of_code_page_936(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


_BIG5_ERRORS, _GB18030_ERRORS = "dedup.big5", "dedup.gb18030"
codecs.register_error(_BIG5_ERRORS, _missing_from_big5)
codecs.register_error(_GB18030_ERRORS, _euro_of_code_page_936)
