/* MinHash: dedup/sketch/signature.py, the least a * h + b (mod 2**32) over all shingles. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define X86_VECTORS 1
#include <immintrin.h>
#endif

enum { VECTOR = 16, BLOCK = 1024 };

typedef void minima(const uint32_t *hashes, size_t count, permutations *p);

static inline uint32_t mix32(uint32_t value) {
    value = (value ^ value >> 16) * 0x85EBCA6Bu;
    value = (value ^ value >> 13) * 0xC2B2AE35u;
    return value ^ value >> 16;
}

/* One vector's worth of permutations at a time; the compiler finds the vectors. */
static void minima_plain(const uint32_t *hashes, size_t count, permutations *p) {
    for (size_t at = 0; at < p->padded; at += VECTOR) {
        uint32_t factors[VECTOR], terms[VECTOR], least[VECTOR];
        memcpy(factors, p->factors + at, sizeof factors);
        memcpy(terms, p->terms + at, sizeof terms);
        memcpy(least, p->values + at, sizeof least);
        for (size_t i = 0; i < count; i++)
            for (int k = 0; k < VECTOR; k++) {
                uint32_t value = factors[k] * hashes[i] + terms[k];
                least[k] = value < least[k] ? value : least[k];
            }
        memcpy(p->values + at, least, sizeof least);
    }
}

#ifdef X86_VECTORS

/* `vectors` is a constant wherever these are inlined, so that everything stays in registers:
 * nine vectors of 16, or four of 8, each with factors, terms and minima. */
__attribute__((target("avx512f"), always_inline)) static inline void group_avx512(
    const uint32_t *hashes, size_t count, permutations *p, size_t at, int vectors) {
    __m512i factors[9], terms[9], least[9];
    for (int v = 0; v < vectors; v++) {
        factors[v] = _mm512_loadu_si512(p->factors + at + 16 * v);
        terms[v] = _mm512_loadu_si512(p->terms + at + 16 * v);
        least[v] = _mm512_loadu_si512(p->values + at + 16 * v);
    }
    for (size_t i = 0; i < count; i++) {
        __m512i hash = _mm512_set1_epi32((int)hashes[i]);
        for (int v = 0; v < vectors; v++) {
            __m512i value = _mm512_add_epi32(_mm512_mullo_epi32(hash, factors[v]), terms[v]);
            least[v] = _mm512_min_epu32(least[v], value);
        }
    }
    for (int v = 0; v < vectors; v++)
        _mm512_storeu_si512(p->values + at + 16 * v, least[v]);
}

__attribute__((target("avx512f"))) static void minima_avx512(const uint32_t *hashes, size_t count,
                                                             permutations *p) {
    size_t at = 0;
    for (; at + 144 <= p->padded; at += 144)
        group_avx512(hashes, count, p, at, 9);
    for (; at + 64 <= p->padded; at += 64)
        group_avx512(hashes, count, p, at, 4);
    for (; at < p->padded; at += 16)
        group_avx512(hashes, count, p, at, 1);
}

__attribute__((target("avx2"), always_inline)) static inline void group_avx2(
    const uint32_t *hashes, size_t count, permutations *p, size_t at, int vectors) {
    __m256i factors[4], terms[4], least[4];
    for (int v = 0; v < vectors; v++) {
        factors[v] = _mm256_loadu_si256((const __m256i *)(p->factors + at + 8 * v));
        terms[v] = _mm256_loadu_si256((const __m256i *)(p->terms + at + 8 * v));
        least[v] = _mm256_loadu_si256((const __m256i *)(p->values + at + 8 * v));
    }
    for (size_t i = 0; i < count; i++) {
        __m256i hash = _mm256_set1_epi32((int)hashes[i]);
        for (int v = 0; v < vectors; v++) {
            __m256i value = _mm256_add_epi32(_mm256_mullo_epi32(hash, factors[v]), terms[v]);
            least[v] = _mm256_min_epu32(least[v], value);
        }
    }
    for (int v = 0; v < vectors; v++)
        _mm256_storeu_si256((__m256i *)(p->values + at + 8 * v), least[v]);
}

__attribute__((target("avx2"))) static void minima_avx2(const uint32_t *hashes, size_t count,
                                                        permutations *p) {
    size_t at = 0;
    for (; at + 32 <= p->padded; at += 32)
        group_avx2(hashes, count, p, at, 4);
    for (; at < p->padded; at += 16)
        group_avx2(hashes, count, p, at, 2);
}

#endif

int permutations_make(permutations *p, const uint32_t *factors, const uint32_t *terms, size_t n) {
    p->count = n;
    p->padded = (n + VECTOR - 1) / VECTOR * VECTOR;
    p->factors = calloc(3 * p->padded + 1, sizeof(uint32_t));
    if (p->factors == NULL)
        return -1;
    p->terms = p->factors + p->padded;
    p->values = p->terms + p->padded;
    if (n > 0) {
        memcpy(p->factors, factors, n * sizeof(uint32_t));
        memcpy(p->terms, terms, n * sizeof(uint32_t));
    }
    return 0;
}

void permutations_free(permutations *p) { free(p->factors); }

#ifdef X86_VECTORS
__attribute__((target("avx512f"))) static void mix_avx512(const uint64_t *shingles, size_t count,
                                                          uint32_t *hashes) {
    for (size_t i = 0; i < count; i++)
        hashes[i] = mix32((uint32_t)shingles[i]);
}
#endif

static void mix(const uint64_t *shingles, size_t count, uint32_t *hashes) {
#ifdef X86_VECTORS
    if (vector_level() == AVX512) {
        mix_avx512(shingles, count, hashes);
        return;
    }
#endif
    for (size_t i = 0; i < count; i++)
        hashes[i] = mix32((uint32_t)shingles[i]);
}

static minima *minima_in_use(void) {
#ifdef X86_VECTORS
    if (vector_level() == AVX512)
        return minima_avx512;
    if (vector_level() == AVX2)
        return minima_avx2;
#endif
    return minima_plain;
}

void minhash(permutations *p, const uint64_t *shingles, size_t count, uint32_t *out) {
    uint32_t hashes[BLOCK];
    minima *least = minima_in_use();
    memset(p->values, 0xFF, p->padded * sizeof(uint32_t));
    for (size_t start = 0; start < count; start += BLOCK) {
        size_t size = count - start < BLOCK ? count - start : BLOCK;
        mix(shingles + start, size, hashes);
        least(hashes, size, p);
    }
    if (p->count > 0)
        memcpy(out, p->values, p->count * sizeof(uint32_t));
}
