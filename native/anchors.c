/* Anchors: windows that two sequences share and each gap has once, in one order. Hashes only
 * propose; codes are compared before a match is believed. */
#include <stdlib.h>
#include <string.h>

#include "align.h"

#define ODD 0x9E3779B97F4A7C15u
#define MIX 0xD6E8FEB86659FD93u
/* A window that occurs more often than this is no anchor, not even by its rank. */
enum { MOST_REPEATS = 64 };

typedef struct {
    uint64_t key;
    uint32_t at;
} window;

typedef struct {
    window *items;
    size_t count, room;
} windows;

/* Windows by their keys: how many there are, and some number that is kept of them. */
typedef struct {
    uint64_t key;
    uint32_t count, kept;
} slot;

typedef struct {
    slot *slots;
    size_t mask;
} table;

static uint64_t mixed(uint64_t value) {
    value = (value ^ value >> 32) * MIX;
    return value ^ value >> 29;
}

static int table_of(table *made, size_t keys) {
    size_t size = 16;
    while (size < 2 * keys)
        size *= 2;
    made->mask = size - 1;
    made->slots = calloc(size, sizeof *made->slots);
    return made->slots != NULL ? 0 : -1;
}

/* The slot of a key: its own, or an empty one, whose count is 0. */
static slot *slot_of(const table *known, uint64_t key) {
    size_t at = (size_t)key & known->mask;
    while (known->slots[at].count > 0 && known->slots[at].key != key)
        at = (at + 1) & known->mask;
    return known->slots + at;
}

/* Hash the windows of one side of the gaps that have room for them on both. */
static int hash_windows(windows *out, const sequence *text, const gaps *inside, int side,
                        uint32_t size) {
    uint64_t *hashes = malloc(((size_t)text->count + 1) * sizeof *hashes), id = 0;
    if (hashes == NULL)
        return -1;
    for (size_t k = 0; k < inside->count; k++) {
        const gap *here = &inside->items[k];
        if (here->high[0] - here->low[0] < size || here->high[1] - here->low[1] < size)
            continue;
        uint32_t low = here->low[side], left = here->high[side] - low;
        for (uint32_t i = 0; i < left; i++) {
            /* what the reference hashes: code points, of which those of surrogates are left out */
            uint64_t point = (uint64_t)text->codes[low + i] + 0x100;
            hashes[i] = mixed(point < 0xD800 ? point : point + 0x800);
        }
        for (uint32_t half = 1; half < size; half *= 2) {
            left -= half;
            for (uint32_t i = 0; i < left; i++)
                hashes[i] = mixed(hashes[i] * ODD + hashes[i + half]);
        }
        window *grown = grow(out->items, &out->room, out->count + left, sizeof *grown);
        if (grown == NULL) {
            free(hashes);
            return -1;
        }
        out->items = grown;
        for (uint32_t i = 0; i < left; i++)
            out->items[out->count++] = (window){mixed(hashes[i] + id * ODD), low + i};
        id++;
    }
    free(hashes);
    return 0;
}

/* Leave the windows that occur once; `ranked`: all but frequent ones, each with a key of its own. */
static int single_out(windows *all, bool ranked) {
    table known;
    if (table_of(&known, all->count) < 0)
        return -1;
    for (size_t i = 0; i < all->count; i++) {
        slot *own = slot_of(&known, all->items[i].key);
        own->key = all->items[i].key;
        own->count++;
    }
    size_t stays = 0;
    for (size_t i = 0; i < all->count; i++) {
        window one = all->items[i];
        slot *own = slot_of(&known, one.key);
        if (own->count > (ranked ? MOST_REPEATS : 1))
            continue;
        if (ranked)
            one.key = mixed(one.key + own->kept++ * MIX);
        all->items[stays++] = one;
    }
    all->count = stays;
    free(known.slots);
    return 0;
}

static bool equal_codes(const sequence pair[2], match run, uint32_t size) {
    return memcmp(pair[0].codes + run.a, pair[1].codes + run.b,
                  ((size_t)run.size + size - 1) * sizeof *pair[0].codes) == 0;
}

/* Append the runs of windows that both sides have; their size is how many windows they are. */
static int meet(matches *runs, const sequence pair[2], const windows sides[2], uint32_t size) {
    table known;
    if (table_of(&known, sides[1].count) < 0)
        return -1;
    for (size_t i = 0; i < sides[1].count; i++) {
        slot *own = slot_of(&known, sides[1].items[i].key);
        if (own->count++ == 0) {
            own->key = sides[1].items[i].key;
            own->kept = sides[1].items[i].at;
        }
    }
    match run = {0, 0, 0};
    int failed = 0;
    for (size_t i = 0; !failed && i <= sides[0].count; i++) {
        slot *other = i < sides[0].count ? slot_of(&known, sides[0].items[i].key) : NULL;
        if (other != NULL && other->count == 0)
            continue;
        uint32_t at = other != NULL ? sides[0].items[i].at : 0;
        if (other != NULL && run.size > 0 && at == run.a + run.size &&
            other->kept == run.b + run.size) {
            run.size++;
            continue;
        }
        if (run.size > 0 && equal_codes(pair, run, size))
            failed = push_match(runs, run);
        if (other != NULL)
            run = (match){at, other->kept, 1};
    }
    free(known.slots);
    return failed;
}

static int by_second(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static uint32_t rank_of(const uint32_t *sorted, size_t count, uint32_t value) {
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (sorted[low + half] < value) {
            low += half + 1;
            count -= half + 1;
        } else
            count = half;
    }
    return (uint32_t)low + 1;
}

/* The weight of a chain and the run it ends with, -1 for none; of equal ones the first is best. */
typedef struct {
    uint64_t weight;
    int64_t last;
} chain;

static chain better(chain x, chain y) {
    if (x.weight != y.weight)
        return x.weight > y.weight ? x : y;
    return x.last < y.last ? x : y;
}

/* Leave the heaviest runs that ascend on both sides: a Fenwick tree over the second. */
static int heaviest_chain(matches *runs) {
    size_t count = runs->count;
    bool ascend = true;
    for (size_t i = 1; i < count; i++)
        ascend = ascend && runs->items[i - 1].b < runs->items[i].b;
    if (ascend)
        return 0;
    chain *best = malloc((count + 1) * sizeof *best);
    int64_t *before = malloc(count * sizeof *before);
    uint32_t *sorted = malloc(count * sizeof *sorted);
    if (best != NULL && before != NULL && sorted != NULL) {
        for (size_t i = 0; i < count; i++)
            sorted[i] = runs->items[i].b;
        qsort(sorted, count, sizeof *sorted, by_second);
        chain top = {0, -1};
        for (size_t i = 0; i <= count; i++)
            best[i] = top;
        for (size_t i = 0; i < count; i++) {
            uint32_t rank = rank_of(sorted, count, runs->items[i].b);
            chain under = {0, -1};
            for (size_t at = rank - 1; at > 0; at &= at - 1)
                under = better(under, best[at]);
            before[i] = under.last;
            chain entry = {under.weight + runs->items[i].size, (int64_t)i};
            for (size_t at = rank; at <= count; at += at & (~at + 1))
                best[at] = better(best[at], entry);
            top = better(top, entry);
        }
        size_t first = count; /* the chain, from its end, at the end of the runs' own memory */
        for (int64_t at = top.last; at >= 0;) {
            int64_t next = before[at];
            runs->items[--first] = runs->items[at];
            at = next;
        }
        memmove(runs->items, runs->items + first, (count - first) * sizeof *runs->items);
        runs->count = count - first;
    }
    int failed = best == NULL || before == NULL || sorted == NULL ? -1 : 0;
    free(best);
    free(before);
    free(sorted);
    return failed;
}

/* Make matches that do not overlap of a chain of windows. */
static void untangle(matches *runs, uint32_t extra) {
    uint32_t end_a = 0, end_b = 0;
    size_t stays = 0;
    for (size_t i = 0; i < runs->count; i++) {
        match one = runs->items[i];
        uint32_t cut_a = end_a > one.a ? end_a - one.a : 0, cut_b = end_b > one.b ? end_b - one.b : 0;
        uint32_t cut = cut_a > cut_b ? cut_a : cut_b, whole = one.size + extra;
        if (whole <= cut)
            continue;
        one = (match){one.a + cut, one.b + cut, whole - cut};
        end_a = one.a + one.size;
        end_b = one.b + one.size;
        runs->items[stays++] = one;
    }
    runs->count = stays;
}

int find_anchors(matches *found, const sequence pair[2], const gaps *inside, uint32_t size,
                 bool ranked) {
    windows sides[2] = {{.items = NULL}, {.items = NULL}};
    int failed = 0;
    for (int side = 0; !failed && side < 2; side++)
        failed = hash_windows(&sides[side], &pair[side], inside, side, size) < 0 ||
                         single_out(&sides[side], ranked) < 0
                     ? -1
                     : 0;
    if (!failed)
        failed = meet(found, pair, sides, size);
    if (!failed)
        failed = heaviest_chain(found);
    if (!failed)
        untangle(found, size - 1);
    free(sides[0].items);
    free(sides[1].items);
    return failed;
}
