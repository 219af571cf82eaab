/* The native kernel stage by stage, without Python; built and run by kernel.py.
 *
 *     stages TEXTS DICTIONARY VALUES NGRAM ROUNDS [STAGE]
 *
 * TEXTS is a count, that many sizes (all uint64), and the texts. DICTIONARY is a compiled one, or
 * - for characters. Prints the nanoseconds of each stage, of the fastest of the rounds. With a
 * STAGE, only what it needs runs once: for counting its instructions, each is a function of its
 * own, never inlined. */
#define _POSIX_C_SOURCE 200809L
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COPIES = 1 << 20, JOBS = 1 << 12 };
enum { FOLD, HASH, SEGMENT, SHINGLE, MINHASH, STAGES };
static const char *const names[STAGES] = {"fold", "hash", "segment", "shingle", "minhash"};

typedef struct {
    folder fold;
    kept_text kept;
    tokens tokens;
    permutations perms;
    dictionary words;
    const dictionary *dict;
    size_t ngram, shingle_room, shingles;
    uint64_t *shingle;
    uint32_t *signature;
    uint8_t digest[16];
    hash_job job[JOBS];
    uint8_t copies[COPIES];
    size_t jobs, copied;
} bench;

static void fail(const char *why) {
    fprintf(stderr, "stages: %s\n", why);
    exit(1);
}

NOINLINE void stage_fold(bench *b, const uint8_t *text, size_t size) {
    fold_begin(&b->fold, &b->kept);
    if (fold_feed(&b->fold, text, size) < 0 || fold_end(&b->fold) < 0)
        fail("no memory");
}

/* As sketch.c does: copies of kept text, hashed together once there are enough. */
NOINLINE void stage_hash(bench *b, bool last) {
    const bool full = b->kept.bytes > COPIES - b->copied || b->jobs == JOBS;
    if (b->kept.bytes > COPIES)
        fail("a text is too long");
    if (full) {
        blake2b_16_many(b->job, b->jobs);
        b->jobs = b->copied = 0;
    }
    if (b->kept.bytes > 0)
        memcpy(b->copies + b->copied, b->kept.utf8, b->kept.bytes);
    b->job[b->jobs++] = (hash_job){b->copies + b->copied, b->kept.bytes, b->digest};
    b->copied += b->kept.bytes;
    if (last) {
        blake2b_16_many(b->job, b->jobs);
        b->jobs = b->copied = 0;
    }
}

NOINLINE void stage_segment(bench *b) {
    if (segment(&b->tokens, &b->kept, b->dict, false) < 0)
        fail("no memory");
}

NOINLINE void stage_shingle(bench *b) {
    b->shingles = shingle_count(b->tokens.count, b->ngram);
    uint64_t *moved = grow(b->shingle, &b->shingle_room, b->shingles + 1, sizeof *moved);
    if (moved == NULL)
        fail("no memory");
    b->shingle = moved;
    shingle_hashes(b->tokens.hashes, b->tokens.count, b->ngram, b->shingle);
}

NOINLINE void stage_minhash(bench *b) {
    minhash(&b->perms, b->shingle, b->shingles, b->signature);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static uint8_t *load(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail("cannot read a file");
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *memory = malloc(*size + 8);
    if (memory == NULL || fread(memory, 1, *size, file) != *size)
        fail("cannot read a file");
    fclose(file);
    return memory;
}

static void one_round(bench *b, const uint8_t *texts, int last, double spent[STAGES]) {
    uint64_t count, size;
    memcpy(&count, texts, 8);
    const uint8_t *text = texts + 8 * (count + 1);
    for (uint64_t i = 0; i < count; i++, text += size) {
        memcpy(&size, texts + 8 * (i + 1), 8);
        double at[STAGES + 1];
        at[0] = now();
        stage_fold(b, text, size);
        at[1] = now();
        if (last >= HASH)
            stage_hash(b, i + 1 == count);
        at[2] = now();
        if (last >= SEGMENT)
            stage_segment(b);
        at[3] = now();
        if (last >= SHINGLE)
            stage_shingle(b);
        at[4] = now();
        if (last >= MINHASH)
            stage_minhash(b);
        at[5] = now();
        for (int s = 0; s < STAGES; s++)
            spent[s] += at[s + 1] - at[s];
    }
}

static void set_up(bench *b, char **argv) {
    size_t size, values = strtoul(argv[3], NULL, 10);
    memset(b, 0, sizeof *b);
    b->ngram = strtoul(argv[4], NULL, 10);
    if (strcmp(argv[2], "-") != 0) {
        const uint8_t *memory = load(argv[2], &size);
        const char *why = dictionary_open(&b->words, memory, size);
        if (why != NULL)
            fail(why);
        b->dict = &b->words;
    }
    uint32_t *draws = malloc(2 * values * sizeof *draws + 8);
    b->signature = malloc(values * sizeof *b->signature + 8);
    if (draws == NULL || b->signature == NULL)
        fail("no memory");
    for (size_t i = 0; i < 2 * values; i++)
        draws[i] = (uint32_t)mix64(i) | 1;
    if (permutations_make(&b->perms, draws, draws + values, values) < 0)
        fail("no memory");
}

int main(int argc, char **argv) {
    double best[STAGES] = {0};
    int last = MINHASH, rounds;
    static bench b;
    size_t size;
    if (argc < 6)
        fail("TEXTS DICTIONARY VALUES NGRAM ROUNDS [STAGE]");
    set_up(&b, argv);
    const uint8_t *texts = load(argv[1], &size);
    rounds = atoi(argv[5]);
    if (argc > 6)
        for (last = 0; last < STAGES - 1 && strcmp(names[last], argv[6]) != 0;)
            last++;
    for (int round = 0; round < rounds; round++) {
        double spent[STAGES] = {0};
        one_round(&b, texts, last, spent);
        for (int s = 0; s < STAGES; s++)
            if (round == 0 || spent[s] < best[s])
                best[s] = spent[s];
    }
    for (int s = 0; s < STAGES; s++)
        printf("%s %.0f\n", names[s], best[s]);
    return 0;
}
