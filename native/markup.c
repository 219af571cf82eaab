/* A glance at a text for markup: what the rules of dedup/text/markup may find in it. "No" is
 * certain; "maybe" leaves it to the rules. And where spans that they found are in bytes. */
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "kernel.h"
#include "utf8.h"

enum { VECTOR = 16, BLOCK = 64, LONGEST_REFERENCE = 31, LONGEST_SYLLABLE = 5 };

static inline bool is_digit(unsigned byte) { return byte - '0' < 10; }
static inline bool is_letter(unsigned byte) { return (byte | 0x20) - 'a' < 26; }

/* The byte at `p`, 0 beyond the end. */
static inline unsigned at(const uint8_t *p, const uint8_t *end) { return p < end ? *p : 0; }

static inline bool is_blank(unsigned byte) { return byte == ' ' || byte == '\t'; }

/* <b, </b, <!, <? */
static unsigned look_at_tag(const uint8_t *p, const uint8_t *end) {
    unsigned next = at(p + 1, end);
    if (next == '/')
        next = at(p + 2, end);
    else if (next == '!' || next == '?')
        return MARKUP_TAG;
    return is_letter(next) ? MARKUP_TAG : 0;
}

/* &lt; &#60; */
static unsigned look_at_reference(const uint8_t *p, const uint8_t *end) {
    p += 1 + (at(p + 1, end) == '#');
    for (int i = 0; i <= LONGEST_REFERENCE; i++, p++) {
        unsigned byte = at(p, end);
        if (byte == ';')
            return i > 0 ? MARKUP_REFERENCE : 0;
        if (!is_letter(byte) && !is_digit(byte))
            return 0;
    }
    return 0;
}

/* {#id}, {: .class}, {{< name >}}, {% name %} */
static unsigned look_at_brace(const uint8_t *p, const uint8_t *end) {
    unsigned next = at(p + 1, end);
    if (next == '%')
        return MARKUP_BRACE;
    if (next == '{')
        return at(p + 2, end) == '<' || at(p + 2, end) == '%' ? MARKUP_BRACE : 0;
    p += 1 + (next == ':');
    while (is_blank(at(p, end)))
        p++;
    next = at(p, end);
    return (next == '#' || next == '.') && is_letter(at(p + 1, end)) ? MARKUP_BRACE : 0;
}

/* Letters with tone marks, and zhuyin: _MARKED of ruby.py. */
static bool is_marked(uint32_t point) {
    return (point >= 0xC0 && point < 0x250 && point != 0xD7 && point != 0xF7) || point == 0x251 ||
           point == 0x261 || point == 0x2D9 || (point >= 0x300 && point < 0x370) ||
           (point >= 0x1E00 && point < 0x1F00) || (point >= 0x3105 && point < 0x3130) ||
           (point >= 0x31A0 && point < 0x31C0);
}

/* What begins 汉语拼音, 漢語拼音, 拼音 and 注音. */
static bool begins_name(uint32_t point) {
    return point == 0x6C49 || point == 0x6F22 || point == 0x62FC || point == 0x6CE8;
}

/* A bracket behind what may be Han, and in it at most five letters up to one with a tone, the
 * number of one, or zhuyin. `p`: behind the bracket, which begins at `bracket`. */
static unsigned look_at_reading(const uint8_t *text, const uint8_t *bracket, const uint8_t *p,
                                const uint8_t *end) {
    uint32_t point;
    while (bracket > text && (bracket[-1] == ' ' || bracket[-1] == '"' || bracket[-1] == '\''))
        bracket--;
    if (bracket == text || is_letter(bracket[-1]) || is_digit(bracket[-1]))
        return 0;
    if (is_blank(at(p, end)))
        p++;
    else if (end - p >= 3 && memcmp(p, "\xE3\x80\x80", 3) == 0)
        p += 3;
    const uint8_t *first = p;
    while (p - first < LONGEST_SYLLABLE && is_letter(at(p, end)))
        p++;
    if (p == end)
        return 0;
    utf8_decode(p, end, &point);
    return is_marked(point) || (p > first && point >= '1' && point <= '5') ||
                   (p == first && begins_name(point))
               ? MARKUP_READING
               : 0;
}

/* What may begin at the byte `p`, or for brackets of three bytes at the one before. */
static unsigned look(const uint8_t *text, const uint8_t *p, const uint8_t *end) {
    switch (*p) {
    case '<':
        return look_at_tag(p, end);
    case '&':
        return look_at_reference(p, end);
    case ']':
        return at(p + 1, end) == '(' ? MARKUP_TARGET : at(p + 1, end) == ':' ? MARKUP_DEFINITION : 0;
    case '{':
        return look_at_brace(p, end);
    case '`':
        return MARKUP_TICK | (at(p + 1, end) == '`' && at(p + 2, end) == '`' ? MARKUP_FENCE : 0);
    case '~':
        return at(p + 1, end) == '~' && at(p + 2, end) == '~' ? MARKUP_FENCE : 0;
    case '(':
    case '[':
        return look_at_reading(text, p, p + 1, end);
    case 0xBC: /* the second byte of （ */
    case 0x80: /* and of 【 and 〔 */
        if (p == text || end - p < 2 || (*p == 0xBC ? p[1] != 0x88 : (p[1] & 0xFB) != 0x90))
            return 0;
        return look_at_reading(text, p - 1, p + 2, end);
    default:
        return 0;
    }
}

/* A bit for each byte of a vector where something may begin; the byte after it is read too. */
#ifdef __SSE2__
static unsigned beginnings(const uint8_t *p) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)p);
    const __m128i next = _mm_loadu_si128((const __m128i *)(p + 1));
#define EQUAL(vector, byte) _mm_cmpeq_epi8(vector, _mm_set1_epi8((char)(byte)))
    __m128i found = _mm_or_si128(EQUAL(bytes, '<'), EQUAL(bytes, '&'));
    found = _mm_or_si128(found, _mm_or_si128(EQUAL(bytes, '`'), EQUAL(bytes, '~')));
    found = _mm_or_si128(found, _mm_or_si128(EQUAL(bytes, '['), EQUAL(bytes, ']')));
    found = _mm_or_si128(found, _mm_or_si128(EQUAL(bytes, '{'), EQUAL(bytes, '(')));
    __m128i round = _mm_and_si128(EQUAL(bytes, 0xBC), EQUAL(next, 0x88));
    __m128i square = _mm_or_si128(EQUAL(next, 0x90), EQUAL(next, 0x94));
    square = _mm_and_si128(EQUAL(bytes, 0x80), square);
#undef EQUAL
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(found, _mm_or_si128(round, square)));
}
#elif defined(__GNUC__)
/* Vectors of whatever kind the processor has, NEON for one. */
typedef uint8_t bytes_at_once __attribute__((vector_size(VECTOR)));

static unsigned beginnings(const uint8_t *p) {
    bytes_at_once bytes, next;
    uint64_t any[VECTOR / 8];
    uint8_t here[VECTOR];
    memcpy(&bytes, p, sizeof bytes);
    memcpy(&next, p + 1, sizeof next);
#define EQUAL(vector, byte) ((bytes_at_once)((vector) == (uint8_t)(byte)))
    bytes_at_once ascii = EQUAL(bytes, '<') | EQUAL(bytes, '&') | EQUAL(bytes, '`') |
                          EQUAL(bytes, '~') | EQUAL(bytes, '[') | EQUAL(bytes, ']') | EQUAL(bytes, '{') |
                          EQUAL(bytes, '(');
    bytes_at_once wide = (EQUAL(bytes, 0xBC) & EQUAL(next, 0x88)) |
                         (EQUAL(bytes, 0x80) & EQUAL(next & (uint8_t)0xFB, 0x90));
#undef EQUAL
    ascii |= wide;
    memcpy(any, &ascii, sizeof any);
    if (LIKELY(!(any[0] | any[1])))
        return 0;
    memcpy(here, &ascii, sizeof here);
    unsigned found = 0;
    for (int i = 0; i < VECTOR; i++)
        found |= (unsigned)(here[i] & 1) << i;
    return found;
}
#else
static unsigned beginnings(const uint8_t *p) {
    unsigned found = 0;
    for (unsigned i = 0; i < VECTOR; i++) {
        bool ascii = p[i] == '<' || p[i] == '&' || p[i] == '`' || p[i] == '~' || p[i] == '[' ||
                     p[i] == ']' || p[i] == '{' || p[i] == '(';
        bool wide = (p[i] == 0xBC && p[i + 1] == 0x88) ||
                    (p[i] == 0x80 && (p[i + 1] & 0xFB) == 0x90);
        found |= (unsigned)(ascii || wide) << i;
    }
    return found;
}
#endif

unsigned markup_glance(const uint8_t *text, size_t size) {
    const uint8_t *p = text, *end = text + size;
    unsigned found = 0;
    for (; end - p > VECTOR && found != MARKUP_ANY; p += VECTOR) {
        unsigned bits = beginnings(p);
        for (const uint8_t *each = p; bits != 0; bits >>= 1, each++)
            if (bits & 1)
                found |= look(text, each, end);
    }
    for (; p < end && found != MARKUP_ANY; p++)
        found |= look(text, p, end);
    return found;
}

/* How many characters begin in a block. */
static unsigned begin_in_block(const uint8_t *p) {
    uint8_t count = 0;
    for (int i = 0; i < BLOCK; i++)
        count = (uint8_t)(count + ((p[i] & 0xC0) != 0x80));
    return count;
}

bool byte_positions(const uint8_t *text, size_t size, int64_t *positions, size_t count) {
    const uint8_t *p = text, *end = text + size;
    int64_t point = 0; /* characters before `p` */
    for (size_t i = 0; i < count; i++) {
        if (positions[i] < point)
            return false;
        while (end - p >= BLOCK && positions[i] - point >= BLOCK) {
            point += begin_in_block(p);
            p += BLOCK;
        }
        while (p < end && (point < positions[i] || utf8_continues(*p)))
            point += !utf8_continues(*p++);
        if (point != positions[i])
            return false;
        positions[i] = p - text;
    }
    return true;
}
