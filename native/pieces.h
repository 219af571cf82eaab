/* Pieces of texts: what many documents may share. */
#ifndef DEDUP_PIECES_H
#define DEDUP_PIECES_H

#include "kernel.h"

/* Letters of the shortest line, or opening of one, and of the shortest sentence. */
enum { LEAST_LINE = 6, LEAST_SENTENCE = 20 };

/* Where a piece starts and ends, in characters. */
typedef struct {
    int64_t hash, start, end;
} found_piece;

typedef struct {
    found_piece *items;
    size_t count, room;
} piece_list;

/* Sorted hashes, and a bit for the highest bits of each; none lets every piece through. */
typedef struct {
    const uint64_t *hashes;
    size_t count;
    uint64_t *bits;
} piece_filter;

int piece_filter_fill(piece_filter *filter, const uint64_t *hashes, size_t count);

/* Append the pieces of a text that the filter lets through. */
int find_pieces(piece_list *out, const piece_filter *filter, const uint8_t *text, size_t size);

#endif
