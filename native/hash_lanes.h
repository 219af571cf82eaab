/* One block each of several hashes, in the lanes of vectors; included by hash_many.c once for each
 * width, with LANES, LANES_TYPE, LANES_TARGET, LANES_FUNCTION and LANES_LOAD. */

LANES_TARGET static void LANES_FUNCTION(lane_states *s, const uint8_t *const blocks[MOST_LANES]) {
    typedef LANES_TYPE lanes;
    lanes m[16], h[8], v12, v14;
    LANES_LOAD(m, blocks);
    for (int i = 0; i < 8; i++)
        memcpy(&h[i], s->h[i], sizeof h[i]);
    memcpy(&v12, s->hashed, sizeof v12);
    memcpy(&v14, s->last, sizeof v14);
    const uint64_t *start = BLAKE2B_START;
    lanes v0 = h[0], v1 = h[1], v2 = h[2], v3 = h[3], v4 = h[4], v5 = h[5], v6 = h[6], v7 = h[7];
    lanes zero = v0 ^ v0, v8 = zero + start[0], v9 = zero + start[1], v10 = zero + start[2];
    lanes v11 = zero + start[3], v13 = zero + start[5], v15 = zero + start[7];
    v12 ^= start[4];
    v14 ^= start[6];

    BLAKE2B_ROUNDS;

    h[0] ^= v0 ^ v8;
    h[1] ^= v1 ^ v9;
    h[2] ^= v2 ^ v10;
    h[3] ^= v3 ^ v11;
    h[4] ^= v4 ^ v12;
    h[5] ^= v5 ^ v13;
    h[6] ^= v6 ^ v14;
    h[7] ^= v7 ^ v15;
    for (int i = 0; i < 8; i++)
        memcpy(s->h[i], &h[i], sizeof h[i]);
}

#undef LANES_TARGET
#undef LANES_TYPE
#undef LANES_FUNCTION
#undef LANES_LOAD
#undef ROTATE_32
#undef ROTATE_24
#undef ROTATE_16
#undef ROTATE_63
