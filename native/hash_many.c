/* Hashes of many texts at once, each in a lane of a vector.
 *
 * BLAKE2b is one chain of steps for each text, which leaves most of a processor idle; four or
 * eight texts side by side fill it. */
#include <stdlib.h>
#include <string.h>

#include "blake2b.h"

enum { MOST_LANES = 8 };

/* The states of the hashes in the lanes: word i of lane l is h[i][l]. */
typedef struct {
    uint64_t h[8][MOST_LANES], hashed[MOST_LANES], last[MOST_LANES];
} lane_states;

typedef void lanes_step(lane_states *s, const uint8_t *const blocks[MOST_LANES]);

typedef struct {
    size_t count;
    lanes_step *step;
} lane_width;

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

/* The words of eight blocks, by their place: two transpositions of 8 × 8. */
__attribute__((target("avx512f"), always_inline)) static inline void load_8(
    unsigned long long (*m)[8], const uint8_t *const blocks[MOST_LANES]) {
    for (int half = 0; half < 2; half++) {
        __m512i row[8], pair[8];
        for (int l = 0; l < 8; l++)
            row[l] = _mm512_loadu_si512(blocks[l] + 64 * half);
        for (int l = 0; l < 8; l += 2) {
            pair[l] = _mm512_unpacklo_epi64(row[l], row[l + 1]);
            pair[l + 1] = _mm512_unpackhi_epi64(row[l], row[l + 1]);
        }
        for (int odd = 0; odd < 2; odd++) {
            __m512i a = _mm512_shuffle_i64x2(pair[odd], pair[2 + odd], 0x88);
            __m512i b = _mm512_shuffle_i64x2(pair[4 + odd], pair[6 + odd], 0x88);
            __m512i c = _mm512_shuffle_i64x2(pair[odd], pair[2 + odd], 0xDD);
            __m512i d = _mm512_shuffle_i64x2(pair[4 + odd], pair[6 + odd], 0xDD);
            _mm512_storeu_si512(m[8 * half + odd], _mm512_shuffle_i64x2(a, b, 0x88));
            _mm512_storeu_si512(m[8 * half + odd + 2], _mm512_shuffle_i64x2(c, d, 0x88));
            _mm512_storeu_si512(m[8 * half + odd + 4], _mm512_shuffle_i64x2(a, b, 0xDD));
            _mm512_storeu_si512(m[8 * half + odd + 6], _mm512_shuffle_i64x2(c, d, 0xDD));
        }
    }
}

/* The words of four blocks: four transpositions of 4 × 4. */
__attribute__((target("avx2"), always_inline)) static inline void load_4(
    unsigned long long (*m)[4], const uint8_t *const blocks[MOST_LANES]) {
    for (int quarter = 0; quarter < 4; quarter++) {
        __m256i row[4], *to = (__m256i *)(void *)m[4 * quarter];
        for (int l = 0; l < 4; l++)
            row[l] = _mm256_loadu_si256((const __m256i *)(const void *)(blocks[l] + 32 * quarter));
        __m256i a = _mm256_unpacklo_epi64(row[0], row[1]), b = _mm256_unpackhi_epi64(row[0], row[1]);
        __m256i c = _mm256_unpacklo_epi64(row[2], row[3]), d = _mm256_unpackhi_epi64(row[2], row[3]);
        _mm256_storeu_si256(to, _mm256_permute2x128_si256(a, c, 0x20));
        _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(b, d, 0x20));
        _mm256_storeu_si256(to + 2, _mm256_permute2x128_si256(a, c, 0x31));
        _mm256_storeu_si256(to + 3, _mm256_permute2x128_si256(b, d, 0x31));
    }
}

#define LANES_TARGET __attribute__((target("avx512f")))
#define LANES_TYPE unsigned long long __attribute__((vector_size(64)))
#define LANES_FUNCTION step_8
#define LANES_LOAD(m, blocks) load_8((unsigned long long(*)[8])(void *)(m), blocks)
#define ROTATE_32(x) ((lanes)_mm512_ror_epi64((__m512i)(x), 32))
#define ROTATE_24(x) ((lanes)_mm512_ror_epi64((__m512i)(x), 24))
#define ROTATE_16(x) ((lanes)_mm512_ror_epi64((__m512i)(x), 16))
#define ROTATE_63(x) ((lanes)_mm512_ror_epi64((__m512i)(x), 63))
#include "hash_lanes.h"

/* By whole bytes: a shuffle of bytes within each word of 8. */
#define ROTATED(x, by)                                                                           \
    ((lanes)_mm256_shuffle_epi8(                                                                 \
        (__m256i)(x), _mm256_setr_epi8(by, (by + 1) % 8, (by + 2) % 8, (by + 3) % 8,             \
                                       (by + 4) % 8, (by + 5) % 8, (by + 6) % 8, (by + 7) % 8,   \
                                       8 + by, 8 + (by + 1) % 8, 8 + (by + 2) % 8,               \
                                       8 + (by + 3) % 8, 8 + (by + 4) % 8, 8 + (by + 5) % 8,     \
                                       8 + (by + 6) % 8, 8 + (by + 7) % 8, by, (by + 1) % 8,     \
                                       (by + 2) % 8, (by + 3) % 8, (by + 4) % 8, (by + 5) % 8,   \
                                       (by + 6) % 8, (by + 7) % 8, 8 + by, 8 + (by + 1) % 8,     \
                                       8 + (by + 2) % 8, 8 + (by + 3) % 8, 8 + (by + 4) % 8,     \
                                       8 + (by + 5) % 8, 8 + (by + 6) % 8, 8 + (by + 7) % 8)))
#define LANES_TARGET __attribute__((target("avx2")))
#define LANES_TYPE unsigned long long __attribute__((vector_size(32)))
#define LANES_FUNCTION step_4
#define LANES_LOAD(m, blocks) load_4((unsigned long long(*)[4])(void *)(m), blocks)
#define ROTATE_32(x) ((lanes)_mm256_shuffle_epi32((__m256i)(x), 0xB1))
#define ROTATE_24(x) ROTATED(x, 3)
#define ROTATE_16(x) ROTATED(x, 2)
#define ROTATE_63(x) ((x) >> 63 | ((x) + (x)))
#include "hash_lanes.h"

static lane_width lanes_in_use(void) {
    if (vector_level() == AVX512)
        return (lane_width){8, step_8};
    return vector_level() == AVX2 ? (lane_width){4, step_4} : (lane_width){0, NULL};
}
#else
static lane_width lanes_in_use(void) { return (lane_width){0, NULL}; }
#endif

/* A text on its way through a lane; a lane without one has job NULL. */
typedef struct {
    const hash_job *job;
    size_t at;
    uint8_t end[BLAKE2B_BLOCK]; /* what is left of it, and zeros */
} lane;

static void begin(lane_states *s, lane *lanes, size_t l, const hash_job *job) {
    lanes[l].job = job;
    lanes[l].at = 0;
    for (int i = 0; i < 8; i++)
        s->h[i][l] = BLAKE2B_START[i];
    s->h[0][l] ^= BLAKE2B_PARAMETERS;
}

/* The next block of a lane; the last one is padded. */
static const uint8_t *next_block(lane_states *s, lane *in, size_t l) {
    static const uint8_t nothing[BLAKE2B_BLOCK];
    if (in->job == NULL)
        return nothing;
    const uint8_t *block = in->job->input + in->at;
    size_t left = in->job->size - in->at;
    s->last[l] = left > BLAKE2B_BLOCK ? 0 : UINT64_MAX;
    if (left <= BLAKE2B_BLOCK) {
        if (left > 0)
            memcpy(in->end, block, left);
        memset(in->end + left, 0, BLAKE2B_BLOCK - left);
        s->hashed[l] = in->job->size;
        return in->end;
    }
    in->at += BLAKE2B_BLOCK;
    s->hashed[l] = in->at;
    return block;
}

static void word_column(const lane_states *s, size_t l, uint64_t h[8]) {
    for (int i = 0; i < 8; i++)
        h[i] = s->h[i][l];
}

/* Finish what is in a lane by itself. */
static void finish(lane_states *s, lane *in, size_t l) {
    uint64_t h[8];
    word_column(s, l, h);
    do {
        const uint8_t *block = next_block(s, in, l);
        blake2b_compress(h, block, s->hashed[l], s->last[l]);
    } while (!s->last[l]);
    blake2b_write(h, in->job->out);
}

static int longest_first(const void *a, const void *b) {
    size_t x = ((const hash_job *)a)->size, y = ((const hash_job *)b)->size;
    return (x < y) - (x > y);
}

void blake2b_16_many(hash_job *jobs, size_t count) {
    const lane_width width = lanes_in_use();
    size_t next = 0, active = 0;
    lane_states s;
    lane lanes[MOST_LANES];
    /* A step of all lanes takes as long as two blocks by themselves. */
    const size_t worth = width.count / 4;
    if (count == 0)
        return; /* there may be no array to sort then */
    memset(&s, 0, sizeof s);
    qsort(jobs, count, sizeof *jobs, longest_first); /* so that the lanes end together */
    for (size_t l = 0; l < width.count; l++)
        if (next < count)
            begin(&s, lanes, l, &jobs[next++]), active++;
        else
            lanes[l].job = NULL;
    while (active > worth) {
        const uint8_t *blocks[MOST_LANES];
        for (size_t l = 0; l < width.count; l++)
            blocks[l] = next_block(&s, &lanes[l], l);
        width.step(&s, blocks);
        for (size_t l = 0; l < width.count; l++) {
            if (lanes[l].job == NULL || !s.last[l])
                continue;
            uint64_t h[8];
            word_column(&s, l, h);
            blake2b_write(h, lanes[l].job->out);
            if (next < count)
                begin(&s, lanes, l, &jobs[next++]);
            else
                lanes[l].job = NULL, active--;
        }
    }
    for (size_t l = 0; l < width.count; l++)
        if (lanes[l].job != NULL)
            finish(&s, &lanes[l], l);
    for (; next < count; next++)
        blake2b_16(jobs[next].input, jobs[next].size, jobs[next].out);
}
