/* Segment: jieba 0.42.1's cut(HMM=False), its blocks, its route and its joined letters; then
 * the classes of words, dedup/text/regional.py. */
#include "kernel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Characters between asking for a node and using it. */
enum { AHEAD = 8 };

static int make_room(tokens *t, size_t characters, const dictionary *dict, bool with_ends) {
    if (characters + 1 > t->room || (with_ends && t->ends == NULL)) {
        size_t room = t->room;
        uint64_t *hashes = grow(t->hashes, &room, characters + 1, sizeof *hashes);
        if (hashes == NULL)
            return -1;
        t->hashes = hashes;
        if (with_ends) {
            size_t *ends = realloc(t->ends, room * sizeof *ends);
            if (ends == NULL)
                return -1;
            t->ends = ends;
        }
        t->room = room;
    }
    if (dict == NULL)
        return 0;
    if (characters + 1 > t->text_room) {
        size_t room = t->text_room;
        uint16_t *codes = grow(t->codes, &room, characters + 1, sizeof *codes);
        if (codes == NULL)
            return -1;
        t->codes = codes;
        uint16_t *lengths = realloc(t->lengths, room * sizeof *lengths);
        if (lengths == NULL)
            return -1;
        t->lengths = lengths;
        t->text_room = room;
    }
    if (t->scores == NULL) {
        t->ring = 16;
        while (t->ring < (size_t)dict->longest + 2)
            t->ring *= 2;
        t->scores = malloc(t->ring * sizeof *t->scores);
    }
    return t->scores == NULL ? -1 : 0;
}

static inline uint16_t code_of(const dictionary *dict, uint32_t point) {
    if (LIKELY(point >= FIRST_HAN))
        return point <= LAST_HAN ? dict->codes[point - FIRST_HAN + CODED_ASCII] : 0;
    return point < CODED_ASCII ? dict->codes[point] : 0;
}

/* Find the best word at each character of a block, from the last to the first. The score of a
 * route is the double that Python computes, (log frequency - log total) + score of the rest, and
 * of equal scores the longer word wins, as in max() of (score, end). codes[end] is 0, which no
 * node has as a label, so that no walk passes the end. */
static void route(tokens *t, const dictionary *dict, size_t start, size_t end) {
    const uint16_t *codes = t->codes;
    const uint64_t *nodes = dict->nodes;
    const double *weights = dict->weights;
    double *scores = t->scores;
    const size_t mask = t->ring - 1;
    scores[end & mask] = 0.0;
    for (size_t i = end; i-- > start;) {
        if (LIKELY(i >= start + 2 * AHEAD)) { /* nodes are rarely near: ask for them in time */
            const uint16_t *far = codes + i - 2 * AHEAD, *near = codes + i - AHEAD;
            PREFETCH(nodes + NODE_BASE(nodes[far[0]]) + far[1]);
            uint64_t second = nodes[NODE_BASE(nodes[near[0]]) + near[1]];
            uint32_t base = NODE_LABEL(second) == near[1] ? NODE_BASE(second) : 0;
            PREFETCH(nodes + base + near[2]);
        }
        uint64_t node = nodes[codes[i]];
        size_t next = i + 1, best_end = i + 1;
        double best = weights[NODE_WEIGHT(node)] + scores[next & mask];
        while (NODE_BASE(node)) {
            uint32_t code = codes[next];
            node = nodes[NODE_BASE(node) + code];
            if (NODE_LABEL(node) != code)
                break;
            next++;
            double score = weights[NODE_WEIGHT(node)] + scores[next & mask];
            bool better = score >= best;
            best = better ? score : best;
            best_end = better ? next : best_end;
        }
        if (UNLIKELY(best == -INFINITY)) { /* no word starts here */
            best = dict->unknown + scores[(i + 1) & mask];
            best_end = i + 1;
        }
        scores[i & mask] = best;
        t->lengths[i] = (uint16_t)(best_end - i);
    }
}

static inline bool joins(uint32_t point) {
    return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
           (point >= 'A' && point <= 'Z');
}

/* Hash without a branch on whether the token has one character or two, as most do. */
static inline void add(tokens *t, const uint32_t *points, size_t start, size_t end, bool with_ends) {
    const size_t length = end - start;
    uint64_t one = token_step(TOKEN_START, points[start]);
    uint64_t two = token_step(one, points[start + (length > 1)]);
    uint64_t state = length > 1 ? two : one;
    for (size_t i = 2; i < length; i++)
        state = token_step(state, points[start + i]);
    if (with_ends)
        t->ends[t->count] = end;
    t->hashes[t->count++] = mix64(state);
}

/* Letters and digits that are words of one character are joined with such neighbours. */
static void cut_block(tokens *t, const uint32_t *points, size_t start, size_t end, bool with_ends) {
    for (size_t at = start; at < end;) {
        size_t next = at + t->lengths[at];
        if (UNLIKELY(next == at + 1 && joins(points[at])))
            while (next < end && t->lengths[next] == 1 && joins(points[next]))
                next++;
        add(t, points, at, next, with_ends);
        at = next;
    }
}

static uint64_t representative(const dictionary *dict, uint64_t hash) {
    const uint64_t *pairs = dict->class_pairs;
    size_t at = (size_t)hash & dict->class_mask;
    while (pairs[2 * at] != 0 && pairs[2 * at] != hash)
        at = (at + 1) & dict->class_mask;
    return pairs[2 * at] == hash ? pairs[2 * at + 1] : hash;
}

/* Put the hash of the representative in place of that of each token. Those that may have one are
 * gathered first, without a branch: it would be taken now and then, as the text has it. */
static void replace_by_class(tokens *t, const dictionary *dict) {
    enum { BLOCK = 256 };
    size_t gathered[BLOCK];
    for (size_t start = 0; start < t->count; start += BLOCK) {
        size_t end = t->count - start < BLOCK ? t->count : start + BLOCK, found = 0;
        for (size_t i = start; i < end; i++) {
            gathered[found] = i;
            found += IN_CLASS_FILTER(dict->class_filter, t->hashes[i]);
        }
        for (size_t i = 0; i < found; i++)
            t->hashes[gathered[i]] = representative(dict, t->hashes[gathered[i]]);
    }
}

static void cut_characters(tokens *t, const uint32_t *points, size_t count, size_t spaces) {
    character_hashes(points, count, t->hashes);
    t->count = count;
    if (spaces == 0)
        return;
    t->count = 0;
    for (size_t i = 0; i < count; i++) {
        t->hashes[t->count] = t->hashes[i];
        t->count += points[i] != ' ';
    }
}

int segment(tokens *t, const kept_text *kept, const dictionary *dict, bool with_ends) {
    const uint32_t *points = kept->points;
    size_t count = kept->count;
    t->count = 0;
    if (make_room(t, count, dict, with_ends) < 0)
        return -1;
    if (dict == NULL && !with_ends) {
        cut_characters(t, points, count, kept->spaces);
        return 0;
    }
    if (dict != NULL) {
        for (size_t i = 0; i < count; i++)
            t->codes[i] = code_of(dict, points[i]);
        t->codes[count] = 0;
    }
    for (size_t at = 0; at < count;) {
        size_t end = at;
        if (dict != NULL)
            while (t->codes[end])
                end++;
        if (end > at) {
            route(t, dict, at, end);
            cut_block(t, points, at, end, with_ends);
            at = end;
        } else {
            if (points[at] != ' ')
                add(t, points, at, at + 1, with_ends);
            at++;
        }
    }
    if (dict != NULL)
        replace_by_class(t, dict);
    return 0;
}

void tokens_free(tokens *t) {
    free(t->hashes);
    free(t->ends);
    free(t->codes);
    free(t->lengths);
    free(t->scores);
    memset(t, 0, sizeof *t);
}
