#include "vocabulary.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

static int widen(vocabulary *known) {
    size_t size = known->slots == NULL ? FIRST_SLOTS : 2 * (known->mask + 1);
    uint32_t *slots = calloc(size, sizeof *slots);
    if (slots == NULL)
        return -1;
    for (size_t i = 0; i < known->count; i++) {
        size_t at = (size_t)known->items[i].hash & (size - 1);
        while (slots[at] != 0)
            at = (at + 1) & (size - 1);
        slots[at] = (uint32_t)i + 1;
    }
    free(known->slots);
    known->slots = slots;
    known->mask = size - 1;
    return 0;
}

static bool is_token(const vocabulary *known, const known_token *token, uint64_t hash,
                     const uint32_t *points, size_t length) {
    return token->hash == hash && token->length == length &&
           memcmp(known->points + token->start, points, length * sizeof *points) == 0;
}

int vocabulary_number(vocabulary *known, uint64_t hash, const uint32_t *points, size_t length,
                      uint32_t *number) {
    if ((known->slots == NULL || 2 * known->count > known->mask) && widen(known) < 0)
        return -1;
    size_t at = (size_t)hash & known->mask;
    for (; known->slots[at] != 0; at = (at + 1) & known->mask) {
        *number = known->slots[at] - 1;
        if (is_token(known, &known->items[*number], hash, points, length))
            return 0;
    }
    if (known->count >= UINT32_MAX - 1 || length > UINT32_MAX)
        return -1;
    known_token *items = grow(known->items, &known->room, known->count + 1, sizeof *items);
    if (items == NULL)
        return -1;
    known->items = items;
    uint32_t *kept = grow(known->points, &known->points_room, known->used + length, sizeof *kept);
    if (kept == NULL)
        return -1;
    known->points = kept;
    memcpy(kept + known->used, points, length * sizeof *points);
    known->items[known->count] = (known_token){hash, known->used, (uint32_t)length};
    known->used += length;
    *number = (uint32_t)known->count++;
    known->slots[at] = *number + 1;
    return 0;
}

void vocabulary_free(vocabulary *known) {
    free(known->items);
    free(known->points);
    free(known->slots);
    *known = (vocabulary){.items = NULL};
}
