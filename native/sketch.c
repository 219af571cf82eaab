/* The waist: dedup/sketch/reference.py, one text after the other. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

/* Setting aside must leave this many kept characters, and at least half of the text's. */

typedef struct {
    folder fold;
    kept_text whole, rest;
    tokens tokens;
    permutations perms;
    uint64_t *runs; /* hashes of runs, for passages */
    size_t run_room;
    /* What is to be hashed, by and by with others, and copies of it. */
    hash_job *jobs;
    size_t job_count, job_room;
    uint8_t *copies;
    size_t copied;
} workspace;

/* Bytes of copies that are hashed together, and of a text that is long enough to go by itself. */
enum { COPIES = 1 << 20, LONG_TEXT = 1 << 18 };

/* Kept characters that are set aside of a text before its passages are found in all of it too. */
enum { MUCH_ASIDE = 100 };

static int64_t kept_characters(const kept_text *kept) {
    return (int64_t)(kept->count - kept->spaces);
}

/* A stretch of a text between spans, from the end of one Han character to that of another, which
 * need not be folded twice: folding goes on from Han whatever stood before it. */
typedef struct {
    size_t start, end;
    folded_to at_start, at_end;
} stretch;

static bool is_common_han(const uint8_t *p) {
    return p[0] >= 0xE4 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* The longest stretch; empty where there is none. */
static stretch longest_stretch(const uint8_t *text, size_t size, const int64_t *spans,
                               size_t count) {
    stretch s = {.start = 0, .end = 0};
    size_t position = 0;
    if (count == 0)
        return s;
    for (size_t i = 0; i <= count; i++) {
        size_t end = i < count ? (size_t)spans[2 * i] : size;
        if (end - position > s.end - s.start)
            s.start = position, s.end = end;
        position = i < count ? (size_t)spans[2 * i + 1] : size;
    }
    while (s.start + 3 <= s.end && !is_common_han(text + s.start))
        s.start++;
    while (s.start + 3 <= s.end && !is_common_han(text + s.end - 3))
        s.end--;
    s.start = s.start + 3 <= s.end ? s.start + 3 : s.end;
    return s;
}

static int fold_whole(workspace *w, const uint8_t *text, size_t size, stretch *s) {
    fold_begin(&w->fold, &w->whole);
    if (fold_feed(&w->fold, text, s->start) < 0)
        return -1;
    s->at_start = fold_place(&w->fold);
    if (fold_feed(&w->fold, text + s->start, s->end - s->start) < 0)
        return -1;
    s->at_end = fold_place(&w->fold);
    if (fold_feed(&w->fold, text + s->end, size - s->end) < 0)
        return -1;
    return fold_end(&w->fold);
}

/* Feed text[start:end], which lies between spans. */
static int feed_between(workspace *w, const uint8_t *text, size_t start, size_t end,
                        const stretch *s) {
    if (s->start < s->end && start <= s->start && s->end <= end) {
        if (fold_feed(&w->fold, text + start, s->start - start) < 0)
            return -1;
        folded_to here = fold_place(&w->fold);
        start = s->start;
        if (here.settled && s->at_start.settled && s->at_end.settled &&
            here.left == s->at_start.left) {
            if (fold_copy(&w->fold, &w->whole, &s->at_start, &s->at_end) < 0)
                return -1;
            start = s->end;
        }
    }
    return fold_feed(&w->fold, text + start, end - start);
}

/* Fold a text with a line end in place of each span. */
static int fold_rest(workspace *w, const uint8_t *text, size_t size, const int64_t *spans,
                     size_t count, const stretch *s) {
    size_t position = 0;
    fold_begin(&w->fold, &w->rest);
    for (size_t i = 0; i < count; i++) {
        if (feed_between(w, text, position, (size_t)spans[2 * i], s) < 0 ||
            fold_line_end(&w->fold) < 0)
            return -1;
        position = (size_t)spans[2 * i + 1];
    }
    if (feed_between(w, text, position, size, s) < 0)
        return -1;
    return fold_end(&w->fold);
}

/* Make room for `more` shingles after the first `count`. */
static uint64_t *shingle_room(sketch_batch *out, size_t count, size_t more) {
    uint64_t *moved = grow(out->shingles, &out->shingle_room, count + more + 1, sizeof *moved);
    if (moved == NULL)
        return NULL;
    out->shingles = moved;
    return moved + count;
}

/* Append the passages of the tokens that there are to those of text i. */
static int find_passages(workspace *w, size_t i, const sketch_settings *settings,
                         sketch_batch *out) {
    const size_t run = settings->run, window = settings->window, count = w->tokens.count;
    const size_t before = (size_t)out->passage_offsets[i + 1];
    const size_t most = passage_count(count, run, window);
    uint32_t *moved = grow(out->passages, &out->passage_room, before + most + 1, sizeof *moved);
    if (moved == NULL)
        return -1;
    out->passages = moved;
    uint64_t *runs = grow(w->runs, &w->run_room, count + 1, sizeof *runs);
    if (runs == NULL)
        return -1;
    w->runs = runs;
    size_t found = passages(w->tokens.hashes, count, run, window, runs, moved + before);
    out->passage_offsets[i + 1] = (int64_t)(before + found);
    return 0;
}

static void hash_now(workspace *w) {
    blake2b_16_many(w->jobs, w->job_count);
    w->job_count = w->copied = 0;
}

/* Hash kept text, at the latest when hash_now is called. */
static int hash_later(workspace *w, const kept_text *kept, uint8_t *out) {
    if (kept->bytes > LONG_TEXT) {
        blake2b_16(kept->utf8, kept->bytes, out);
        return 0;
    }
    if (kept->bytes > COPIES - w->copied)
        hash_now(w);
    hash_job *jobs = grow(w->jobs, &w->job_room, w->job_count + 1, sizeof *jobs);
    if (jobs == NULL)
        return -1;
    w->jobs = jobs;
    if (w->copies == NULL && (w->copies = malloc(COPIES)) == NULL)
        return -1;
    uint8_t *copy = w->copies + w->copied;
    if (kept->bytes > 0)
        memcpy(copy, kept->utf8, kept->bytes);
    jobs[w->job_count++] = (hash_job){copy, kept->bytes, out};
    w->copied += kept->bytes;
    return 0;
}

static int sketch_one(workspace *w, const text_batch *in, size_t i, const sketch_settings *settings,
                      sketch_batch *out) {
    const uint8_t *text = in->buffer + in->offsets[i];
    size_t size = (size_t)(in->offsets[i + 1] - in->offsets[i]);
    size_t spans = (size_t)(in->span_offsets[i + 1] - in->span_offsets[i]);
    const kept_text *compared = &w->whole;

    const int64_t *these = in->spans + 2 * in->span_offsets[i];
    stretch shared = longest_stretch(text, size, these, spans);
    if (fold_whole(w, text, size, &shared) < 0)
        return -1;
    if (hash_later(w, &w->whole, out->whole_hash + 16 * i) < 0)
        return -1;
    out->kept[i] = out->whole_kept[i] = kept_characters(&w->whole);
    out->set_aside[i] = 0;
    if (spans > 0) {
        if (fold_rest(w, text, size, these, spans, &shared) < 0)
            return -1;
        int64_t kept = kept_characters(&w->rest);
        if (kept > 0) {
            compared = &w->rest;
            if (hash_later(w, &w->rest, out->compared_hash + 16 * i) < 0)
                return -1;
            out->kept[i] = kept;
            out->set_aside[i] = 1;
        }
    }
    if (segment(&w->tokens, compared, settings->dict, false) < 0)
        return -1;
    size_t count = shingle_count(w->tokens.count, settings->ngram);
    uint64_t *shingles = shingle_room(out, (size_t)out->shingle_offsets[i], count);
    if (shingles == NULL)
        return -1;
    shingle_hashes(w->tokens.hashes, w->tokens.count, settings->ngram, shingles);
    minhash(&w->perms, shingles, count, out->signatures + i * settings->num_perm);
    out->tokens[i] = (int64_t)w->tokens.count;
    out->shingle_offsets[i + 1] = out->shingle_offsets[i] + (int64_t)count;
    out->passage_offsets[i + 1] = out->passage_offsets[i];
    if (find_passages(w, i, settings, out) < 0)
        return -1;
    if (out->whole_kept[i] - out->kept[i] < MUCH_ASIDE ||
        passage_count(w->whole.count, settings->run, settings->window) == 0)
        return 0;
    if (segment(&w->tokens, &w->whole, settings->dict, false) < 0)
        return -1;
    return find_passages(w, i, settings, out);
}

int sketch_texts(const text_batch *in, const sketch_settings *settings, sketch_batch *out) {
    workspace w;
    memset(&w, 0, sizeof w);
    int failed = permutations_make(&w.perms, settings->factors, settings->terms,
                                   settings->num_perm);
    out->shingle_offsets[0] = out->passage_offsets[0] = 0;
    for (size_t i = 0; i < in->count && !failed; i++)
        failed = sketch_one(&w, in, i, settings, out);
    if (!failed)
        hash_now(&w);
    for (size_t i = 0; i < in->count && !failed; i++)
        if (!out->set_aside[i])
            memcpy(out->compared_hash + 16 * i, out->whole_hash + 16 * i, 16);
    permutations_free(&w.perms);
    tokens_free(&w.tokens);
    kept_free(&w.whole);
    kept_free(&w.rest);
    folder_free(&w.fold);
    free(w.runs);
    free(w.jobs);
    free(w.copies);
    return failed;
}
