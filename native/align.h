/* Alignment of two sequences of tokens, match for match as dedup/match/align.py makes it. */
#ifndef DEDUP_ALIGN_H
#define DEDUP_ALIGN_H

#include "kernel.h"

/* Equal stretches of two sequences. */
typedef struct {
    uint32_t a, b, size;
} match;

typedef struct {
    match *items;
    size_t count, room;
} matches;

typedef struct {
    const uint32_t *codes;
    uint32_t count;
} sequence;

/* What neither sequence has matched yet. */
typedef struct {
    uint32_t low[2], high[2];
} gap;

typedef struct {
    gap *items;
    size_t count, room;
} gaps;

/* ---- align.c ---- */

/* Align two sequences of tokens, which are numbers; where both are as long, the first is the one
 * whose words come first. Fills `out`, ascending. */
int align_tokens(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, matches *out);
int push_match(matches *list, match one);
/* The same, joined with the last one where it goes on there. */
int push_joined(matches *list, match one);

/* ---- anchors.c: dedup/match/anchors.py ---- */

/* Append to an empty list the matches inside gaps from windows of `size` (a power of two) that
 * each gap has once a side; `ranked`: from the nth of each side. */
int find_anchors(matches *found, const sequence pair[2], const gaps *inside, uint32_t size,
                 bool ranked);

/* ---- lcs.c: dedup/match/lcs.py ---- */

/* Fill in the matches of a longest common subsequence. `slots` has a place for every code; each
 * is NO_SLOT before and after. */
#define NO_SLOT UINT32_MAX
int longest_common(matches *found, const sequence *a, const sequence *b, uint32_t *slots);
/* Drop short matches between longer edits, in place. */
void drop_scraps(matches *found, uint32_t size_a, uint32_t size_b, uint32_t longest);

#endif
