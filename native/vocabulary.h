/* Tokens by number: equal ones have one, in the order in which they are met. */
#ifndef DEDUP_VOCABULARY_H
#define DEDUP_VOCABULARY_H

#include "kernel.h"

typedef struct {
    uint64_t hash;
    size_t start; /* of its characters among the points */
    uint32_t length;
} known_token;

typedef struct {
    known_token *items;
    size_t count, room;
    uint32_t *points;
    size_t used, points_room;
    uint32_t *slots; /* one more than the number of a token; 0 is empty */
    size_t mask;
} vocabulary;

/* Return the number of a token in `number`; its hash may be that of others, too. */
int vocabulary_number(vocabulary *known, uint64_t hash, const uint32_t *points, size_t length,
                      uint32_t *number);
void vocabulary_free(vocabulary *known);

#endif
