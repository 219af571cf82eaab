"""What one numeral says, however it is written: Arabic, Han, financial, Roman, circled.

Texts are views (:func:`dedup.match.view.view`): digits half-width, characters simplified. What
is no well-formed numeral (三四十, 七八) has no value: it is an estimate, or a word.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from dedup.text.lazy import lazy_pattern

#: Characters of a number whose value is computed; longer rows are compared as they are written.
LONGEST = 60

#: The characters of Han numerals, for character classes; ○ (a circle, U+25CB) inside only.
HAN = "〇零一二两三四五六七八九十百千万亿廿卅卌"
#: The digits and units that cheques and contracts use.
FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"

#: A numeral at a place, as numbers of items and headings are.
LEADING = lazy_pattern(rf"[{HAN}]{{1,9}}|\d{{1,9}}|[\u2160-\u217f\u2460-\u24ff\u2776-\u2793]")
_PLAIN = str.maketrans(FINANCIAL, "一二三四五六七八九十百千")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "o": 0, "两": 2,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SHORT = {"廿": "二十", "卅": "三十", "卌": "四十"}
_ARABIC = lazy_pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PARTS = lazy_pattern(r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*([十百千万亿]*)")
_ROMAN = lazy_pattern(r"(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def numeral_value(text: str) -> Fraction | None:
    """Return the value of a numeral in any notation, or None for what is none, or may be none."""
    if not text or len(text) > LONGEST:
        return None
    if text[0].isdecimal() and text[0].isascii():
        return arabic_value(text)
    if text[0] in FINANCIAL:
        return han_value(text) if len(text) > 1 else None
    return han_value(text) if text[0] in HAN else sign_value(text)


@lru_cache(maxsize=1 << 12)
def arabic_value(text: str) -> Fraction | None:
    """Return the value of digits with grouping and units (1,234; 1.5亿; 1亿5000万; 3万5), or None.

    Units descend, as they do in speech; a lone digit behind one counts a tenth of it.
    """
    total = Fraction(0)
    last: int | None = None
    at = 0
    for match in _PARTS.finditer(text):
        if match.start() != at or not match[0]:
            return None
        at = match.end()
        scale = _scale(match[2])
        if last is not None and scale >= last:
            return None
        value = Fraction(match[1].replace(",", ""))
        if last is not None and scale == 1 and len(match[1]) == 1 and last >= 100:
            scale = last // 10
        elif last is not None and value * scale >= last:
            return None
        total += value * scale
        last = scale
    return total if at == len(text) and last is not None else None


def _scale(units: str) -> int:
    scale = 1
    for char in units:
        scale *= _TENS.get(char) or _MYRIADS[char]
    return scale


@lru_cache(maxsize=1 << 12)
def han_value(text: str) -> Fraction | None:
    """Return the value of a number in Han numerals or digits (三百二十, 二〇二三, 1.5), or None."""
    if len(text) > LONGEST:
        return None
    if _ARABIC.fullmatch(text):
        return Fraction(text.replace(",", ""))
    whole, point, decimals = text.translate(_PLAIN).partition("点")
    scale = 1
    while decimals and decimals[-1] in _MYRIADS:  # 一点五亿
        scale *= _MYRIADS[decimals[-1]]
        decimals = decimals[:-1]
    if not whole or (point and not decimals) or not set(decimals) <= set(_DIGITS):
        return None
    value = _row(whole) if set(whole) <= set(_DIGITS) else _counted(whole)
    if value is None:
        return None
    if not decimals:
        return Fraction(value * scale)
    places = enumerate(decimals, 1)
    return sum((Fraction(_DIGITS[c], 10**i) for i, c in places), start=Fraction(value)) * scale


def _row(text: str) -> int | None:
    """Return the value of digits in a row (二〇二三); 七八 and 三五 are estimates, 两三 too."""
    digits = [_DIGITS[char] for char in text]
    if len(text) > 1 and "两" in text:
        return None
    if len(text) == 2 and (digits[1] == digits[0] + 1 > 1 or text == "三五"):
        return None
    return int("".join(map(str, digits)))


def _counted(text: str) -> int | None:
    """Return the value of a number with units (一亿五千万, 三万五), or None if it has no form."""
    for char, plain in _SHORT.items():
        text = text.replace(char, plain)
    total = section = 0
    digit: int | None = None
    unit = 10**4
    for at, char in enumerate(text):
        if char in _DIGITS:
            if digit:  # 三四十
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            if _TENS[char] >= unit or (digit == 0 and section + total == 0):
                return None
            unit = _TENS[char]
            section += (digit or 1) * unit
            digit = None
        elif char in _MYRIADS:
            section += digit or 0
            if not section and not (at and text[at - 1] == "万" and char == "亿") and at:
                return None
            scale = _MYRIADS[char]
            if scale == 10**8 or not total:
                total = (total + (section or (0 if total else 1))) * scale
            elif total % 10**8 == 0:
                total += section * scale
            else:
                return None
            section, digit, unit = 0, None, 10**4
        else:
            return None
    return total + section + _last_digit(text, digit or 0)


def _last_digit(text: str, digit: int) -> int:
    """Return what the last digit counts: 三万五 is 35,000, 三百五 is 350, 三百零五 is 305."""
    before = text[-2] if len(text) > 1 else ""
    unit = _MYRIADS.get(before) or _TENS.get(before, 1)
    return digit * unit // 10 if digit and unit > 10 else digit


def sign_value(text: str) -> Fraction | None:
    """Return the value of numerals that are one sign: ①, ⑩, ㈠, Ⅳ, Ⅺ; Roman letters from two on."""
    if len(text) == 1 and not text.isdecimal() and unicodedata.category(text) in ("No", "Nl"):
        return Fraction(unicodedata.numeric(text)).limit_denominator(100)
    letters = unicodedata.normalize("NFKC", text)
    if letters == text and len(text) < 2:
        return None
    return roman_value(letters.upper() if letters != text else letters)


def roman_value(text: str) -> Fraction | None:
    """Return the value of Roman capitals up to XXXIX, or None."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[char] for char in text]
    signed = (-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return Fraction(sum(signed))


def is_numeral(text: str) -> bool:
    """Tell whether ``text`` could be a numeral at all, to look no further."""
    return bool(re.match(rf"[\d{HAN}{FINANCIAL}\u2160-\u217f\u2460-\u24ff\u2776-\u2793IVX]", text))
