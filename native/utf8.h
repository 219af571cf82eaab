/* UTF-8, one character at a time. */
#ifndef DEDUP_UTF8_H
#define DEDUP_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define NO_CHARACTER 0xFFFDu

static inline int utf8_continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/* Decode one character of p[0:end], at least a byte; a byte that belongs to none gives U+FFFD.
 * Encoded surrogates pass as characters. Returns where the next one starts. */
static inline const uint8_t *utf8_decode(const uint8_t *p, const uint8_t *end, uint32_t *point) {
    ptrdiff_t left = end - p;
    uint8_t lead = p[0];
    if (lead < 0x80) {
        *point = lead;
        return p + 1;
    }
    if (lead >= 0xC2 && lead < 0xE0 && left >= 2 && utf8_continues(p[1])) {
        *point = (uint32_t)(lead & 0x1F) << 6 | (p[1] & 0x3F);
        return p + 2;
    }
    if (lead >= 0xE0 && lead < 0xF0 && left >= 3 && utf8_continues(p[1]) && utf8_continues(p[2])) {
        *point = (uint32_t)(lead & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (*point >= 0x800)
            return p + 3;
    }
    if (lead >= 0xF0 && lead < 0xF5 && left >= 4 && utf8_continues(p[1]) && utf8_continues(p[2]) &&
        utf8_continues(p[3])) {
        *point = (uint32_t)(lead & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                 (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        if (*point >= 0x10000 && *point <= 0x10FFFF)
            return p + 4;
    }
    *point = NO_CHARACTER;
    return p + 1;
}

#endif
