/* The inside of BLAKE2b (RFC 7693), for one hash at a time and for several in the lanes of vectors.
 *
 * Who includes this defines ROTATE_32, ROTATE_24, ROTATE_16 and ROTATE_63: to the right, of what
 * the state is made of. */
#ifndef DEDUP_BLAKE2B_H
#define DEDUP_BLAKE2B_H

#include "kernel.h"

enum { BLAKE2B_BLOCK = 128, BLAKE2B_SIZE = 16 };

/* Of a hash of 16 bytes without a key: no key, fan-out and depth 1. */
#define BLAKE2B_PARAMETERS (0x01010000u ^ BLAKE2B_SIZE)

static const uint64_t BLAKE2B_START[8] = {
    0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
    0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u,
};

/* One block into the state h; `hashed` bytes with it, `last`: all ones for the last block. */
void blake2b_compress(uint64_t h[8], const uint8_t *block, uint64_t hashed, uint64_t last);
void blake2b_write(const uint64_t h[8], uint8_t out[16]);

/* The message schedule is spelled out as constants, so that no index is loaded. */
#define G(a, b, c, d, x, y)        \
    do {                           \
        a += b + (x);              \
        d = ROTATE_32(d ^ a);      \
        c += d;                    \
        b = ROTATE_24(b ^ c);      \
        a += b + (y);              \
        d = ROTATE_16(d ^ a);      \
        c += d;                    \
        b = ROTATE_63(b ^ c);      \
    } while (0)

#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15) \
    do {                                                                            \
        G(v0, v4, v8, v12, m[s0], m[s1]);                                           \
        G(v1, v5, v9, v13, m[s2], m[s3]);                                           \
        G(v2, v6, v10, v14, m[s4], m[s5]);                                          \
        G(v3, v7, v11, v15, m[s6], m[s7]);                                          \
        G(v0, v5, v10, v15, m[s8], m[s9]);                                          \
        G(v1, v6, v11, v12, m[s10], m[s11]);                                        \
        G(v2, v7, v8, v13, m[s12], m[s13]);                                         \
        G(v3, v4, v9, v14, m[s14], m[s15]);                                         \
    } while (0)

/* All of it, on a state v0 to v15 and the words m of a block. */
#define BLAKE2B_ROUNDS \
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15); \
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3); \
    ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4); \
    ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8); \
    ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13); \
    ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9); \
    ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11); \
    ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10); \
    ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5); \
    ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0); \
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15); \
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)

#endif
