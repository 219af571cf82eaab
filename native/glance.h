/* The glance's inside: lines, and what the rules could read in one. */
#ifndef DEDUP_GLANCE_H
#define DEDUP_GLANCE_H

#include "kernel.h"

/* A longer line is body (lines.py). */
enum { GLANCE_LONGEST = 240 };

/* A line without the white space around it. */
typedef struct {
    const uint8_t *start, *end; /* of the trimmed line */
    size_t length;              /* in code points; GLANCE_LONGEST + 1 for more */
    bool body;
    uint32_t raw[GLANCE_LONGEST], norm[GLANCE_LONGEST]; /* as many of them as are not too many */
    size_t count;
} glance_line;

static inline bool has_trait(const glance_rules *rules, uint32_t point, unsigned trait) {
    return point < 0x10000 && (rules->traits[point] & trait) != 0;
}

static inline bool is_han(uint32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x323AF);
}

static inline bool is_digit(uint32_t point) { return point >= '0' && point <= '9'; }

/* ---- glance_lines.c ---- */

void read_line(const glance_rules *rules, glance_line *l, const uint8_t *start,
               const uint8_t *end);
/* Read the first line from `p` on that is not blank; returns where the next begins (or some place
 * in it, where it is too long), NULL where there is none. `gap`: a blank line stands before it. */
const uint8_t *next_line(const glance_rules *rules, glance_line *l, const uint8_t *p,
                         const uint8_t *end, bool *gap);
/* Read the last line before `p` that is not blank; returns where it begins, NULL for none. Of a
 * line too long to be anything but body only the end is read. */
const uint8_t *line_before(const glance_rules *rules, glance_line *l, const uint8_t *start,
                           const uint8_t *p);
/* Where the character before `p` begins. */
const uint8_t *character_before(const uint8_t *start, const uint8_t *p);
/* Where the last `most` characters before `p` begin. */
const uint8_t *characters_before(const uint8_t *start, const uint8_t *p, int most);

/* ---- glance_words.c ---- */

/* The rules of `zone` that could read the line, and GLANCE_PAGE_NUMBER; 0 for none. */
uint32_t may_be_read(const glance_rules *rules, const glance_line *l, uint32_t zone);
/* Whether a dateline may open the line: one of its words stands near the beginning. */
bool may_lead(const glance_rules *rules, const glance_line *l);
/* Whether credits may close the line: their words near the end, or in a bracket there. */
bool may_trail(const glance_rules *rules, const glance_line *l);

#endif
