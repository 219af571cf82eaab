/* Folding Chinese text sixteen characters at a time; included by fold.c alone. */
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

#define FOLD_VECTORS 1

enum {
    FOLD_AT_ONCE = 16,
    FOLD_LOOKS_AT = 52 /* bytes: the last of four loads begins at the thirteenth character */
};

typedef struct {
    const uint8_t *text, *last; /* how far it came, and the end of the last Han */
    uint32_t *points;
    uint8_t *utf8;
} fold_state;

/* Whether a run of characters of three bytes is likely to be worth it. */
static inline bool fold_is_long(const uint8_t *p, const uint8_t *stop) {
    return stop - p >= FOLD_LOOKS_AT && (p[9] & 0xF0) == 0xE0 && (p[21] & 0xF0) == 0xE0;
}

/* What feed_han does, as long as whole vectors can be loaded: `fold_plain` tells of each character
 * which Han it folds to, 1 for those that drop out, 0 for those that end it. */
__attribute__((target("avx512f,avx512bw,avx512dq"))) static fold_state fold_avx512(
    fold_state s, const uint8_t *stop) {
    const __m512i together = _mm512_broadcast_i32x4(
        _mm_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1));
    const __m512i apart = _mm512_broadcast_i32x4(
        _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    const uint8_t *p = s.text;
    while (stop - p >= FOLD_LOOKS_AT) {
        __m512i v = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)(const void *)p));
        v = _mm512_inserti32x4(v, _mm_loadu_si128((const __m128i *)(const void *)(p + 12)), 1);
        v = _mm512_inserti32x4(v, _mm_loadu_si128((const __m128i *)(const void *)(p + 24)), 2);
        v = _mm512_inserti32x4(v, _mm_loadu_si128((const __m128i *)(const void *)(p + 36)), 3);
        v = _mm512_shuffle_epi8(v, together);
        __mmask16 three = _mm512_cmpeq_epi32_mask(
            _mm512_and_si512(v, _mm512_set1_epi32(0xF0C0C0)), _mm512_set1_epi32(0xE08080));
        __m512i point = _mm512_or_si512(
            _mm512_or_si512(
                _mm512_srli_epi32(_mm512_and_si512(v, _mm512_set1_epi32(0x0F0000)), 4),
                _mm512_srli_epi32(_mm512_and_si512(v, _mm512_set1_epi32(0x3F00)), 2)),
            _mm512_and_si512(v, _mm512_set1_epi32(0x3F)));
        __m512i folded = _mm512_and_si512(
            _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), three, point, fold_plain, 2),
            _mm512_set1_epi32(0xFFFF));
        unsigned ends = (unsigned)_mm512_testn_epi32_mask(folded, folded) | 1u << FOLD_AT_ONCE;
        unsigned taken = (unsigned)__builtin_ctz(ends);
        unsigned han = _mm512_cmpgt_epi32_mask(folded, _mm512_set1_epi32(1)) & ((1u << taken) - 1);
        if (han) {
            __m512i kept = _mm512_maskz_compress_epi32((__mmask16)han, folded);
            __m512i bytes = _mm512_or_si512(
                _mm512_or_si512(
                    _mm512_and_si512(_mm512_slli_epi32(kept, 4), _mm512_set1_epi32(0x0F0000)),
                    _mm512_and_si512(_mm512_slli_epi32(kept, 2), _mm512_set1_epi32(0x3F00))),
                _mm512_or_si512(_mm512_and_si512(kept, _mm512_set1_epi32(0x3F)),
                                _mm512_set1_epi32(0xE08080)));
            bytes = _mm512_shuffle_epi8(bytes, apart);
            _mm512_storeu_si512(s.points, kept);
            _mm_storeu_si128((__m128i *)(void *)s.utf8, _mm512_castsi512_si128(bytes));
            _mm_storeu_si128((__m128i *)(void *)(s.utf8 + 12), _mm512_extracti32x4_epi32(bytes, 1));
            _mm_storeu_si128((__m128i *)(void *)(s.utf8 + 24), _mm512_extracti32x4_epi32(bytes, 2));
            _mm_storeu_si128((__m128i *)(void *)(s.utf8 + 36), _mm512_extracti32x4_epi32(bytes, 3));
            int count = __builtin_popcount(han);
            s.points += count;
            s.utf8 += 3 * count;
            s.last = p + 3 * (32 - __builtin_clz(han));
        }
        p += 3 * taken;
        if (taken == FOLD_AT_ONCE)
            continue;
        if (*p != '\n' && *p != ' ')
            break;
        p++;
    }
    s.text = p;
    return s;
}

#endif
