/* BLAKE2b after RFC 7693 (Saarinen and Aumasson 2015), for unkeyed 16-byte hashes. */
#include "kernel.h"

#include <string.h>

enum { BLOCK = 128, ROUNDS = 12, HASH_SIZE = 16 };

static const uint64_t START[8] = {
    0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
    0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u,
};

static inline uint64_t rotate(uint64_t x, int by) { return x >> by | x << (64 - by); }

static inline uint64_t load64(const uint8_t *p) {
    uint64_t value;
    memcpy(&value, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

/* The message schedule is spelled out as constants, so that no index is loaded. */
#define G(a, b, c, d, x, y)        \
    do {                           \
        a += b + (x);              \
        d = rotate(d ^ a, 32);     \
        c += d;                    \
        b = rotate(b ^ c, 24);     \
        a += b + (y);              \
        d = rotate(d ^ a, 16);     \
        c += d;                    \
        b = rotate(b ^ c, 63);     \
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

static void compress(uint64_t h[8], const uint8_t *block, uint64_t hashed, uint64_t last) {
    uint64_t m[16];
    for (int i = 0; i < 16; i++)
        m[i] = load64(block + 8 * i);
    uint64_t v0 = h[0], v1 = h[1], v2 = h[2], v3 = h[3];
    uint64_t v4 = h[4], v5 = h[5], v6 = h[6], v7 = h[7];
    uint64_t v8 = START[0], v9 = START[1], v10 = START[2], v11 = START[3];
    uint64_t v12 = START[4] ^ hashed, v13 = START[5], v14 = START[6] ^ last, v15 = START[7];

    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
    ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4);
    ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8);
    ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13);
    ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9);
    ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11);
    ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10);
    ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5);
    ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0);
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);

    h[0] ^= v0 ^ v8;
    h[1] ^= v1 ^ v9;
    h[2] ^= v2 ^ v10;
    h[3] ^= v3 ^ v11;
    h[4] ^= v4 ^ v12;
    h[5] ^= v5 ^ v13;
    h[6] ^= v6 ^ v14;
    h[7] ^= v7 ^ v15;
}

void blake2b_16(const uint8_t *input, size_t size, uint8_t out[16]) {
    uint64_t h[8];
    memcpy(h, START, sizeof h);
    h[0] ^= 0x01010000u ^ HASH_SIZE; /* no key, fan-out and depth 1 */
    size_t at = 0;
    for (; size - at > BLOCK; at += BLOCK)
        compress(h, input + at, (uint64_t)at + BLOCK, 0);
    uint8_t last[BLOCK] = {0};
    if (size > at)
        memcpy(last, input + at, size - at);
    compress(h, last, (uint64_t)size, UINT64_MAX);
    for (int i = 0; i < HASH_SIZE; i++)
        out[i] = (uint8_t)(h[i / 8] >> (8 * (i % 8)));
}
