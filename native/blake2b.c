/* BLAKE2b after RFC 7693 (Saarinen and Aumasson 2015), for unkeyed 16-byte hashes. */
#include <string.h>

#define ROTATE_32(x) rotate(x, 32)
#define ROTATE_24(x) rotate(x, 24)
#define ROTATE_16(x) rotate(x, 16)
#define ROTATE_63(x) rotate(x, 63)
#include "blake2b.h"

static inline uint64_t rotate(uint64_t x, int by) { return x >> by | x << (64 - by); }

static inline uint64_t load64(const uint8_t *p) {
    uint64_t value;
    memcpy(&value, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

void blake2b_compress(uint64_t h[8], const uint8_t *block, uint64_t hashed, uint64_t last) {
    uint64_t m[16];
    for (int i = 0; i < 16; i++)
        m[i] = load64(block + 8 * i);
    uint64_t v0 = h[0], v1 = h[1], v2 = h[2], v3 = h[3];
    uint64_t v4 = h[4], v5 = h[5], v6 = h[6], v7 = h[7];
    const uint64_t *start = BLAKE2B_START;
    uint64_t v8 = start[0], v9 = start[1], v10 = start[2], v11 = start[3];
    uint64_t v12 = start[4] ^ hashed, v13 = start[5], v14 = start[6] ^ last, v15 = start[7];

    BLAKE2B_ROUNDS;

    h[0] ^= v0 ^ v8;
    h[1] ^= v1 ^ v9;
    h[2] ^= v2 ^ v10;
    h[3] ^= v3 ^ v11;
    h[4] ^= v4 ^ v12;
    h[5] ^= v5 ^ v13;
    h[6] ^= v6 ^ v14;
    h[7] ^= v7 ^ v15;
}

void blake2b_write(const uint64_t h[8], uint8_t out[16]) {
    for (int i = 0; i < BLAKE2B_SIZE; i++)
        out[i] = (uint8_t)(h[i / 8] >> (8 * (i % 8)));
}

void blake2b_16(const uint8_t *input, size_t size, uint8_t out[16]) {
    uint64_t h[8];
    memcpy(h, BLAKE2B_START, sizeof h);
    h[0] ^= BLAKE2B_PARAMETERS;
    size_t at = 0;
    for (; size - at > BLAKE2B_BLOCK; at += BLAKE2B_BLOCK)
        blake2b_compress(h, input + at, (uint64_t)at + BLAKE2B_BLOCK, 0);
    uint8_t last[BLAKE2B_BLOCK] = {0};
    if (size > at)
        memcpy(last, input + at, size - at);
    blake2b_compress(h, last, (uint64_t)size, UINT64_MAX);
    blake2b_write(h, out);
}
