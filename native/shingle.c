/* Shingle hashes: dedup/text/shingle.py; and the hashes of tokens that are characters. */
#include "kernel.h"

#define SHINGLE_FACTOR 0xA0761D6478BD642Fu

/* Loops without a branch, compiled once more where vectors multiply 64 bits. */
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define INLINED __attribute__((always_inline)) static inline
#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq")))
#else
#define INLINED static inline
#endif

/* Runs whose polynomials are each computed anew; those of more tokens follow from one another. */
enum { SHORT = 5, CHAINS = 4 };

size_t shingle_count(size_t tokens, size_t ngram) {
    return tokens > ngram ? tokens - ngram + 1 : tokens > 0;
}

INLINED uint64_t polynomial(const uint64_t *tokens, size_t n) {
    uint64_t state = n;
    for (size_t i = 0; i < n; i++)
        state = state * SHINGLE_FACTOR + tokens[i];
    return state;
}

/* `n` is a constant wherever this is inlined. */
INLINED void direct(const uint64_t *tokens, size_t runs, size_t n, uint64_t *out) {
    for (size_t i = 0; i < runs; i++)
        out[i] = mix64(polynomial(tokens + i, n));
}

/* The polynomial of each run follows from the one before: times the factor, and a sum of its first
 * token, which leaves, and of one more. The n that a polynomial starts with stays in place. A step
 * waits for the one before it, so there are several chains. */
INLINED void rolled(const uint64_t *tokens, size_t runs, size_t n, uint64_t *out) {
    uint64_t power = 1;
    for (size_t i = 0; i < n; i++)
        power *= SHINGLE_FACTOR;
    const uint64_t start = n * power * (1 - SHINGLE_FACTOR);
    for (size_t i = 1; i < runs; i++)
        out[i] = tokens[i + n - 1] - tokens[i - 1] * power + start;
    const size_t part = runs / CHAINS;
    uint64_t state[CHAINS];
    if (part > n) {
        for (size_t c = 0; c < CHAINS; c++)
            out[c * part] = state[c] = polynomial(tokens + c * part, n);
        for (size_t i = 1; i < part; i++)
            for (size_t c = 0; c < CHAINS; c++)
                out[c * part + i] = state[c] = state[c] * SHINGLE_FACTOR + out[c * part + i];
    } else {
        out[0] = polynomial(tokens, n);
    }
    for (size_t i = part > n ? CHAINS * part : 1; i < runs; i++)
        out[i] += out[i - 1] * SHINGLE_FACTOR;
    for (size_t i = 0; i < runs; i++)
        out[i] = mix64(out[i]);
}

INLINED void any(const uint64_t *tokens, size_t runs, size_t n, uint64_t *out) {
    switch (n) {
    case 1:
        direct(tokens, runs, 1, out);
        return;
    case 2:
        direct(tokens, runs, 2, out);
        return;
    case 3:
        direct(tokens, runs, 3, out);
        return;
    case 4:
        direct(tokens, runs, 4, out);
        return;
    case SHORT:
        direct(tokens, runs, SHORT, out);
        return;
    default:
        rolled(tokens, runs, n, out);
    }
}

INLINED void characters(const uint32_t *points, size_t count, uint64_t *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = mix64(token_step(TOKEN_START, points[i]));
}

#ifdef WITH_AVX512
WITH_AVX512 static void any_avx512(const uint64_t *tokens, size_t runs, size_t n, uint64_t *out) {
    any(tokens, runs, n, out);
}

WITH_AVX512 static void characters_avx512(const uint32_t *points, size_t count, uint64_t *out) {
    characters(points, count, out);
}
#endif

void shingle_hashes(const uint64_t *tokens, size_t count, size_t ngram, uint64_t *out) {
    if (count == 0)
        return;
    const size_t n = ngram < count ? ngram : count, runs = count - n + 1;
#ifdef WITH_AVX512
    if (vector_level() == AVX512) {
        any_avx512(tokens, runs, n, out);
        return;
    }
#endif
    any(tokens, runs, n, out);
}

void character_hashes(const uint32_t *points, size_t count, uint64_t *out) {
#ifdef WITH_AVX512
    if (vector_level() == AVX512) {
        characters_avx512(points, count, out);
        return;
    }
#endif
    characters(points, count, out);
}
