/* The glance at markup in the fuzz target: what a text has, some part of it has, and the other way
 * round; and byte positions, counted once more character by character. */
#include "markup_checks.h"

#include "kernel.h"
#include "utf8.h"

enum { MOST_POSITIONS = 64 };

/* Bits of a text are still there with any text after it, if what they need is not cut. */
static bool glances_agree(const uint8_t *text, size_t size) {
    unsigned whole = markup_glance(text, size), parts = 0;
    if (whole > MARKUP_ANY || ((whole & MARKUP_FENCE) && size < 3))
        return false;
    for (size_t start = 0; start < size && parts != whole; start++)
        parts |= markup_glance(text + start, size - start);
    /* a bracket of reading needs what is before it, everything else only what follows */
    return (parts & whole) == whole && ((parts & ~whole) & ~MARKUP_READING) == 0;
}

static size_t begin(const uint8_t *text, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += !utf8_continues(text[i]);
    return count;
}

static bool positions_agree(const uint8_t *text, size_t size) {
    int64_t positions[MOST_POSITIONS], wanted[MOST_POSITIONS];
    size_t points = begin(text, size), count = 0;
    for (size_t point = 0; point <= points && count < MOST_POSITIONS; point += 1 + size % 7)
        positions[count++] = (int64_t)point;
    size_t at = 0, passed = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < size && (passed < (size_t)positions[i] || utf8_continues(text[at])))
            passed += !utf8_continues(text[at++]);
        wanted[i] = (int64_t)at;
    }
    if (!byte_positions(text, size, positions, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (positions[i] != wanted[i])
            return false;
    int64_t beyond[2] = {(int64_t)points + 1, 0}, falling[2] = {1, 0};
    return !byte_positions(text, size, beyond, 1) && !byte_positions(text, size, falling, 2);
}

bool markup_is_sound(const uint8_t *text, size_t size) {
    return glances_agree(text, size) && positions_agree(text, size);
}
