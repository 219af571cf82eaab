/* The inside of folding: what a table entry says, and how a character is kept. */
#ifndef DEDUP_FOLD_H
#define DEDUP_FOLD_H

#include "kernel.h"

/* What a table entry says of a code point; the order is that of fold_table.py. */
enum {
    SEPARATOR, SPACE, NEWLINE, CIRCLE,
    OPERATOR, HYPHEN, PERCENT, HASH, CURRENCY, JOINT, POINT, DASH, BANG,
    COMBINING, SEQUENCE, UNUSED,
    HAN, DIGIT, LETTER, SCRIPT, EMOJI
};
#define CLASS_SHIFT 21
#define CLASS(entry) ((entry) >> CLASS_SHIFT)
#define CHARACTER(entry) ((entry) & 0x1FFFFFu)
#define LENGTH_BITS 5

/* The table, for loops that cannot afford a call for each character. */
typedef struct {
    const uint16_t *blocks;
    const uint32_t *entries;
    uint32_t shift;
} fold_entry_table;

fold_entry_table fold_whole_table(void);

static inline uint32_t fold_looked_up(const fold_entry_table *table, uint32_t point) {
    size_t block = table->blocks[point >> table->shift];
    return table->entries[block << table->shift | (point & ((1u << table->shift) - 1))];
}

/* The entry of a code point, and what those of class SEQUENCE stand for. */
uint32_t fold_entry(uint32_t point);
const uint32_t *fold_sequence(size_t at);

static inline size_t encode(uint8_t *to, uint32_t point) {
    if (point >= 0x800 && point < 0x10000) {
        to[0] = (uint8_t)(0xE0 | point >> 12);
        to[1] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        to[2] = (uint8_t)(0x80 | (point & 0x3F));
        return 3;
    }
    if (point < 0x80) {
        to[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (uint8_t)(0xC0 | point >> 6);
        to[1] = (uint8_t)(0x80 | (point & 0x3F));
        return 2;
    }
    to[0] = (uint8_t)(0xF0 | point >> 18);
    to[1] = (uint8_t)(0x80 | (point >> 12 & 0x3F));
    to[2] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    to[3] = (uint8_t)(0x80 | (point & 0x3F));
    return 4;
}

static inline void append(kept_text *out, uint32_t point) {
    out->points[out->count++] = point;
    out->bytes += encode(out->utf8 + out->bytes, point);
    out->spaces += point == ' ';
}

/* ---- marks.c: marks.py ---- */

/* Append what stays of a run with marks; `around`: the entries beside it, or 0. Room for it is
 * made. Returns whether anything stayed. */
bool run_stays(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]);

#endif
