/* Shingle hashes: dedup/text/shingle.py. */
#include "kernel.h"

#define SHINGLE_FACTOR 0xA0761D6478BD642Fu

size_t shingle_count(size_t tokens, size_t ngram) {
    return tokens > ngram ? tokens - ngram + 1 : tokens > 0;
}

/* The polynomial of each run of n tokens follows from the one before: without its first token,
 * times the factor, and one token more. The n that a polynomial starts with stays in place. */
static void rolled(const uint64_t *tokens, size_t count, size_t n, uint64_t *out) {
    uint64_t power = 1, state = n;
    for (size_t i = 0; i < n; i++) {
        state = state * SHINGLE_FACTOR + tokens[i];
        power *= SHINGLE_FACTOR;
    }
    const uint64_t start = n * power * (1 - SHINGLE_FACTOR);
    out[0] = mix64(state);
    for (size_t i = n; i < count; i++) {
        state = state * SHINGLE_FACTOR - tokens[i - n] * power + tokens[i] + start;
        out[i - n + 1] = mix64(state);
    }
}

void shingle_hashes(const uint64_t *tokens, size_t count, size_t ngram, uint64_t *out) {
    const uint64_t f = SHINGLE_FACTOR;
    if (count == 0)
        return;
    if (ngram == 3 && count >= 3)
        for (size_t i = 0; i + 3 <= count; i++)
            out[i] = mix64(((3 * f + tokens[i]) * f + tokens[i + 1]) * f + tokens[i + 2]);
    else
        rolled(tokens, count, ngram < count ? ngram : count, out);
}
