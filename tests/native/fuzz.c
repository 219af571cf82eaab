/* A fuzz target for the native kernel: libFuzzer calls LLVMFuzzerTestOneInput, and without it
 * mutate.c does. The sanitizers watch; what is checked here besides holds for every input.
 *
 * The first bytes of an input are its settings, the rest two texts:
 *   0  bit 0: words or characters; bit 1: forge the dictionary with bytes of the input
 *   1  ngram; 2  number of values; 3  number of spans; 4  instruction set
 *   5  which allocation fails, 0 for none
 * Passages are made of runs and windows that bytes 1 and 2 tell too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "dictionary.h"
#include "glance_checks.h"
#include "markup_checks.h"
#include "vocabulary.h"

enum { SETTINGS = 6, WORDS = 12, MOST_SPANS = 4, MUCH_ASIDE = 100 };

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: not %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* ---- allocations that fail; linked with --wrap ---- */

static long until_failure;

#ifdef WRAP_ALLOCATIONS
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
static bool fails(void) { return until_failure > 0 && --until_failure == 0; }
void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) {
    return fails() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *memory, size_t size) {
    return fails() ? NULL : __real_realloc(memory, size);
}
#endif

/* ---- dictionary ---- */

static uint8_t *compiled;
static size_t compiled_size;

static void compile_words(void) {
    static const char words[] = "中\n中国\n中国人\n人\n人民\n国人\na\nab1\nc++\n北京\n北京大学\n大学\n";
    double weights[WORDS];
    uint32_t weight_of[WORDS];
    for (uint32_t i = 0; i < WORDS; i++) {
        weights[i] = -1.0 - i / 3;
        weight_of[i] = i;
    }
    static const uint64_t classes[] = {/* hashes of 中 and 中国 */
                                       0xB3A4D02EDFBEDFC0u, 1, 0x353AC3B955045DA8u, 2};
    word_list list = {(const uint8_t *)words, sizeof words - 1, weights, WORDS,
                      weight_of, WORDS, -9.0, classes, 2};
    const char *why = dictionary_compile(&list, &compiled, &compiled_size);
    if (why != NULL && why[0] == '\0' && until_failure == 0) {
        compiled = NULL; /* an allocation was made to fail; next time it does not */
        return;
    }
    CHECK(why == NULL);
}

/* Open a copy of the dictionary, changed where the input says; returns NULL where refused. */
static uint8_t *open_dictionary(dictionary *dict, const uint8_t *data, size_t size, bool forge) {
    uint8_t *copy = malloc(compiled_size);
    if (copy == NULL)
        return NULL;
    memcpy(copy, compiled, compiled_size);
    if (forge) {
        for (size_t i = 0; i + 4 <= size && i < 64; i += 4) {
            size_t at = (size_t)(data[i] | data[i + 1] << 8 | data[i + 2] << 16);
            copy[at % compiled_size] = data[i + 3];
        }
        uint64_t sum = checksum(copy + CHECKED_FROM, compiled_size - CHECKED_FROM);
        memcpy(copy + offsetof(dictionary_header, checksum), &sum, sizeof sum);
    }
    const char *why = dictionary_open(dict, copy, compiled_size);
    CHECK(forge || why == NULL);
    if (why == NULL)
        return copy;
    free(copy);
    return NULL;
}

/* ---- checks ---- */

static void check_shingles(sketch_batch *out, size_t texts) {
    size_t count = (size_t)out->shingle_offsets[texts];
    uint64_t *scratch = malloc((count + 1) * sizeof *scratch);
    if (scratch == NULL)
        return;
    size_t left = sort_unique(out->shingles, count, scratch);
    free(scratch);
    CHECK(left <= count);
    for (size_t i = 1; i < left; i++)
        CHECK(out->shingles[i - 1] < out->shingles[i]);
    CHECK(intersect_count(out->shingles, left, out->shingles, left) == left);
}

/* Folding what was folded changes nothing. */
static void check_fold(const uint8_t *text, size_t size) {
    kept_text once = {.count = 0}, twice = {.count = 0};
    folder f = {.run = NULL};
    fold_begin(&f, &once);
    int failed = fold_feed(&f, text, size) < 0 || fold_end(&f) < 0;
    if (!failed && once.bytes > 0) { /* without any, utf8 may be NULL, which is no text */
        fold_begin(&f, &twice);
        failed = fold_feed(&f, once.utf8, once.bytes) < 0 || fold_end(&f) < 0;
    }
    if (!failed) {
        CHECK(once.bytes == twice.bytes && once.count == twice.count);
        CHECK(once.bytes == 0 || memcmp(once.utf8, twice.utf8, once.bytes) == 0);
    }
    kept_free(&once);
    kept_free(&twice);
    folder_free(&f);
}

/* Matches are equal, ascend, and lie in both; tokens are bytes of which a few bits are left. */
static void check_align(const uint8_t *text, size_t size, uint32_t kept_bits) {
    uint32_t half = (uint32_t)(size / 2), rest = (uint32_t)size - half;
    uint32_t *tokens = malloc((size + 1) * sizeof *tokens), at_a = 0, at_b = 0;
    matches found = {.items = NULL};
    if (tokens == NULL)
        return;
    for (size_t i = 0; i < size; i++)
        tokens[i] = text[i] & kept_bits;
    const uint32_t *a = tokens, *b = tokens + half;
    if (align_tokens(a, half, b, rest, &found) == 0) {
        for (size_t i = 0; i < found.count; i++) {
            match one = found.items[i];
            CHECK(one.size > 0 && one.a >= at_a && one.b >= at_b);
            CHECK(one.size <= half - one.a && one.size <= rest - one.b);
            CHECK(memcmp(a + one.a, b + one.b, one.size * sizeof *a) == 0);
            at_a = one.a + one.size;
            at_b = one.b + one.size;
        }
    }
    free(found.items);
    free(tokens);
}

/* Equal tokens have one number, others have others, though hashes say little. */
static void check_vocabulary(const uint8_t *text, size_t size) {
    enum { MOST = 64 };
    vocabulary known = {.items = NULL};
    uint32_t tokens[MOST][2], numbers[MOST];
    size_t count = 0;
    for (size_t i = 0; i + 2 < size && count < MOST; i += 3, count++) {
        tokens[count][0] = text[i] & 3;
        tokens[count][1] = text[i + 1] & 3;
        uint64_t hash = tokens[count][0] * 977u;
        if (vocabulary_number(&known, hash, tokens[count], 1 + (tokens[count][1] > 1),
                              numbers + count) < 0)
            break;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            bool two = tokens[i][1] > 1;
            bool same = tokens[i][0] == tokens[j][0] && two == (tokens[j][1] > 1) &&
                        (!two || tokens[i][1] == tokens[j][1]);
            CHECK(same == (numbers[i] == numbers[j]));
        }
    vocabulary_free(&known);
}

static void sketch(const uint8_t *data, const uint8_t *text, size_t size, const dictionary *dict) {
    uint32_t factors[256], terms[256];
    for (uint32_t i = 0; i < 256; i++) {
        factors[i] = i * 0x9E3779B9u | 1;
        terms[i] = i * i * 77;
    }
    int64_t offsets[3] = {0, (int64_t)(size / 2), (int64_t)size};
    int64_t spans[2 * MOST_SPANS], span_offsets[3] = {0, 0, data[3] % (MOST_SPANS + 1)};
    int64_t second = offsets[2] - offsets[1], position = 0;
    for (int i = 0; i < 2 * MOST_SPANS; i++) {
        position += second > position ? data[i % SETTINGS] % (second - position + 1) / 2 : 0;
        spans[i] = position;
    }
    text_batch in = {text, offsets, spans, span_offsets, 2};
    sketch_settings settings = {dict, 1 + data[1] % 32, 1 + data[1] % 17, data[2] % 21,
                                factors, terms, data[2]};
    int64_t shingle_offsets[3], passage_offsets[3], kept[2], whole_kept[2], counts[2];
    uint32_t signatures[2 * 256], again[2 * 256];
    uint8_t compared_hash[32], whole_hash[32], set_aside[2];
    sketch_batch out = {NULL, 0, NULL, 0, shingle_offsets, passage_offsets, signatures,
                        compared_hash, whole_hash, kept, whole_kept, counts, set_aside};
    sketch_batch plain = out;
    plain.signatures = again;

    static const char *const variants[] = {"avx512", "avx2", "plain"};
    use_instruction_set(variants[data[4] % 3]);
    int failed = sketch_texts(&in, &settings, &out);
    if (!failed) {
        uint8_t hashes[64];
        memcpy(hashes, compared_hash, 32);
        memcpy(hashes + 32, whole_hash, 32);
        int64_t shingles = shingle_offsets[2], passages = passage_offsets[2];
        use_instruction_set("plain");
        /* where memory fails it leaves the offsets, which both have, half made */
        bool whole = sketch_texts(&in, &settings, &plain) == 0;
        if (whole) {
            CHECK(memcmp(signatures, again, 2 * settings.num_perm * sizeof *again) == 0);
            CHECK(memcmp(hashes, compared_hash, 32) == 0);
            CHECK(memcmp(hashes + 32, whole_hash, 32) == 0);
            CHECK(shingles == shingle_offsets[2] && passages == passage_offsets[2]);
            CHECK(memcmp(out.shingles, plain.shingles, (size_t)shingles * 8) == 0);
            CHECK(memcmp(out.passages, plain.passages, (size_t)passages * 4) == 0);
        }
        for (int i = 0; whole && i < 2; i++) {
            CHECK(shingle_offsets[i] <= shingle_offsets[i + 1]);
            /* what spans leave may be more than the whole: of "====", which is dropped, "=" */
            CHECK(kept[i] >= 0 && whole_kept[i] >= 0);
            CHECK(set_aside[i] || kept[i] == whole_kept[i]);
            CHECK(counts[i] >= 0 && counts[i] <= kept[i]);
            int64_t found = passage_offsets[i + 1] - passage_offsets[i];
            size_t most = passage_count((size_t)counts[i], settings.run, settings.window);
            int64_t aside = whole_kept[i] - kept[i]; /* where it is much, the whole has some, too */
            CHECK(found >= (most > 0));
            if (aside >= MUCH_ASIDE)
                most += passage_count((size_t)whole_kept[i], settings.run, settings.window);
            CHECK(found <= (int64_t)most);
        }
        if (whole)
            check_shingles(&out, 2);
    }
    free(out.shingles);
    free(plain.shingles);
    free(out.passages);
    free(plain.passages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < SETTINGS)
        return 0;
    if (compiled == NULL)
        compile_words();
    /* a copy of exactly its size, so that a byte read beyond it is seen */
    size_t length = size - SETTINGS;
    uint8_t *text = malloc(length ? length : 1);
    CHECK(text != NULL && compiled != NULL);
    memcpy(text, data + SETTINGS, length);
    CHECK(glance_is_sound(text, length));
    CHECK(markup_is_sound(text, length));
    dictionary dict;
    uint8_t *held = NULL;
    if (data[0] & 1)
        held = open_dictionary(&dict, text, length, data[0] & 2);
    if (held != NULL || !(data[0] & 1)) {
        until_failure = data[5];
        sketch(data, text, length, held != NULL ? &dict : NULL);
        check_fold(text, length);
        check_vocabulary(text, length);
        check_align(text, length, data[1] & 1 ? 0xFF : 0x03);
        until_failure = 0;
    }
    free(held);
    free(text);
    return 0;
}
