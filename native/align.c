/* Coarse to fine: common ends, windows of 32 and 16 tokens, finer ones where a gap is still
 * large, an exact longest common subsequence where it is small. Tokens follow no sentences, which
 * is all that dedup/match/align.py does besides. */
#include "align.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_SCRAP = 4 };
/* A gap of at most this many cells is solved exactly. */
#define EXACT_CELLS ((uint64_t)1 << 20)

typedef struct {
    uint32_t size;
    bool ranked;
} step;

static const step COARSE[] = {{32, false}, {16, false}};
static const step FINE[] = {{8, false}, {4, false}, {16, true}, {8, true}, {4, true}};

typedef struct {
    sequence pair[2];
    matches found, next; /* what is matched, and what is being made of it */
    gaps open;
    uint32_t *slots;
} alignment;

int push_match(matches *list, match one) {
    match *grown = grow(list->items, &list->room, list->count + 1, sizeof *grown);
    if (grown == NULL)
        return -1;
    list->items = grown;
    list->items[list->count++] = one;
    return 0;
}

int push_joined(matches *list, match one) {
    match *last = list->count > 0 ? &list->items[list->count - 1] : NULL;
    if (last == NULL || last->a + last->size != one.a || last->b + last->size != one.b)
        return push_match(list, one);
    last->size += one.size;
    return 0;
}

static void take_next(alignment *all) {
    matches old = all->found;
    all->found = all->next;
    all->next = old;
    all->next.count = 0;
}

/* List the gaps of more than `cells` that have something on both sides. */
static int find_gaps(alignment *all, uint64_t cells) {
    gap here = {{0, 0}, {0, 0}};
    all->open.count = 0;
    for (size_t i = 0; i <= all->found.count; i++) {
        match one = {all->pair[0].count, all->pair[1].count, 0};
        if (i < all->found.count)
            one = all->found.items[i];
        here.high[0] = one.a;
        here.high[1] = one.b;
        if ((uint64_t)(one.a - here.low[0]) * (one.b - here.low[1]) > cells) {
            gap *grown = grow(all->open.items, &all->open.room, all->open.count + 1, sizeof *grown);
            if (grown == NULL)
                return -1;
            all->open.items = grown;
            all->open.items[all->open.count++] = here;
        }
        here.low[0] = one.a + one.size;
        here.low[1] = one.b + one.size;
    }
    return 0;
}

/* Extend matches into the gaps around them as far as the tokens agree. */
static int extend(alignment *all) {
    const uint32_t *a = all->pair[0].codes, *b = all->pair[1].codes;
    uint32_t low_a = 0, low_b = 0;
    int failed = 0;
    for (size_t i = 0; !failed && i <= all->found.count; i++) {
        match one = {all->pair[0].count, all->pair[1].count, 0};
        if (i < all->found.count)
            one = all->found.items[i];
        uint32_t room = one.a - low_a < one.b - low_b ? one.a - low_a : one.b - low_b;
        uint32_t head = 0, tail = 0;
        while (head < room && a[low_a + head] == b[low_b + head])
            head++;
        while (tail < room - head && a[one.a - tail - 1] == b[one.b - tail - 1])
            tail++;
        if (head > 0)
            failed = push_joined(&all->next, (match){low_a, low_b, head});
        if (!failed && tail > 0)
            failed = push_joined(&all->next, (match){one.a - tail, one.b - tail, tail});
        if (!failed && i < all->found.count)
            failed = push_joined(&all->next, one);
        low_a = one.a + one.size;
        low_b = one.b + one.size;
    }
    take_next(all);
    return failed;
}

/* Merge matches, ascending, into those found, which they do not overlap. */
static int merge(alignment *all, const matches *more) {
    size_t at = 0;
    int failed = 0;
    for (size_t i = 0; !failed && i <= all->found.count; i++) {
        while (!failed && at < more->count &&
               (i == all->found.count || more->items[at].a < all->found.items[i].a))
            failed = push_match(&all->next, more->items[at++]);
        if (!failed && i < all->found.count)
            failed = push_match(&all->next, all->found.items[i]);
    }
    take_next(all);
    return failed;
}

static int add_anchors(alignment *all, const step *steps, size_t count, uint64_t cells) {
    matches anchors = {.items = NULL};
    int failed = 0;
    for (size_t i = 0; !failed && i < count; i++) {
        failed = find_gaps(all, cells);
        if (failed || all->open.count == 0)
            break;
        anchors.count = 0;
        failed = find_anchors(&anchors, all->pair, &all->open, steps[i].size, steps[i].ranked);
        if (!failed)
            failed = merge(all, &anchors) < 0 || extend(all) < 0 ? -1 : 0;
    }
    free(anchors.items);
    return failed;
}

static sequence part(const sequence *whole, const gap *here, int side) {
    return (sequence){whole->codes + here->low[side], here->high[side] - here->low[side]};
}

/* Solve the small gaps. */
static int solve(alignment *all) {
    matches inside = {.items = NULL}, found = {.items = NULL};
    int failed = find_gaps(all, 0);
    for (size_t i = 0; !failed && i < all->open.count; i++) {
        const gap *here = &all->open.items[i];
        sequence a = part(&all->pair[0], here, 0), b = part(&all->pair[1], here, 1);
        if ((uint64_t)a.count * b.count > EXACT_CELLS)
            continue;
        failed = longest_common(&inside, &a, &b, all->slots);
        if (failed)
            break;
        drop_scraps(&inside, a.count, b.count, LONGEST_SCRAP);
        for (size_t j = 0; !failed && j < inside.count; j++) {
            match one = inside.items[j];
            one.a += here->low[0];
            one.b += here->low[1];
            failed = push_match(&found, one);
        }
    }
    failed = failed || merge(all, &found) < 0 ? -1 : 0;
    for (size_t i = 0; !failed && i < all->found.count; i++)
        failed = push_joined(&all->next, all->found.items[i]);
    take_next(all);
    free(inside.items);
    free(found.items);
    return failed;
}

static int align_codes(alignment *all) {
    if (extend(all) < 0 || find_gaps(all, 0) < 0)
        return -1;
    if (all->open.count == 0)
        return 0;
    if (add_anchors(all, COARSE, sizeof COARSE / sizeof *COARSE, 0) < 0 || extend(all) < 0 ||
        add_anchors(all, FINE, sizeof FINE / sizeof *FINE, EXACT_CELLS) < 0)
        return -1;
    return solve(all);
}

/* ---- codes: tokens by the order in which they are met ---- */

typedef struct {
    uint32_t token, code; /* one more than the code; 0 is an empty slot */
} coded;

static void encode(coded *known, size_t mask, uint32_t *next, uint32_t *codes,
                   const uint32_t *tokens, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        size_t at = (size_t)(tokens[i] * 0x9E3779B1u) & mask;
        at = (at ^ at >> 7) & mask;
        while (known[at].code != 0 && known[at].token != tokens[i])
            at = (at + 1) & mask;
        if (known[at].code == 0)
            known[at] = (coded){tokens[i], ++*next};
        codes[i] = known[at].code - 1;
    }
}

/* Whether a comes after b, by size and then by codes. */
static bool comes_after(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb) {
    if (na != nb)
        return na > nb;
    for (uint32_t i = 0; i < na; i++)
        if (a[i] != b[i])
            return a[i] > b[i];
    return false;
}

int align_tokens(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, matches *out) {
    size_t total = (size_t)na + nb, size = 16;
    while (size < 2 * total)
        size *= 2;
    coded *known = calloc(size, sizeof *known);
    uint32_t *codes = malloc((2 * total + 1) * sizeof *codes), distinct = 0;
    alignment all = {.slots = codes != NULL ? codes + total : NULL};
    int failed = -1;
    if (known != NULL && codes != NULL) {
        encode(known, size - 1, &distinct, codes, a, na);
        encode(known, size - 1, &distinct, codes + na, b, nb);
        memset(all.slots, 0xFF, distinct * sizeof *all.slots);
        bool turned = comes_after(codes, na, codes + na, nb);
        all.pair[turned] = (sequence){codes, na};
        all.pair[!turned] = (sequence){codes + na, nb};
        failed = align_codes(&all);
        for (size_t i = 0; turned && i < all.found.count; i++) {
            match *one = &all.found.items[i];
            *one = (match){one->b, one->a, one->size};
        }
    }
    free(known);
    free(codes);
    free(all.next.items);
    free(all.open.items);
    *out = all.found;
    return failed;
}
