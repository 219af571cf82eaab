/* Fold: text to kept text, in one pass over its UTF-8. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#include "fold_table.h"
#include "utf8.h"

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

enum {
    LONGEST_GROUP = 3,
    ZERO = 0x3007,
    CHUNK = 1 << 14, /* bytes for which room is made at once; none gives more characters */
    SLACK = 64
};

const char *fold_table_hash(void) { return FOLD_TABLE_HASH; }

static inline uint32_t entry_of(uint32_t point) {
    size_t block = fold_blocks[point >> FOLD_SHIFT];
    return fold_entries[block << FOLD_SHIFT | (point & ((1u << FOLD_SHIFT) - 1))];
}

/* ---- kept text ---- */

static int reserve(kept_text *out, size_t more) {
    size_t room = out->room;
    if (out->count + more <= room)
        return 0;
    uint32_t *points = grow(out->points, &room, out->count + more, sizeof *points);
    if (points == NULL)
        return -1;
    out->points = points;
    size_t bytes = 4 * out->room;
    uint8_t *utf8 = grow(out->utf8, &bytes, 4 * room, 1);
    if (utf8 == NULL)
        return -1;
    out->utf8 = utf8;
    out->room = room;
    return 0;
}

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

void kept_free(kept_text *kept) {
    free(kept->points);
    free(kept->utf8);
    memset(kept, 0, sizeof *kept);
}

/* ---- runs: marks.py ---- */

/* What stands beside a group of marks: DIGIT, LETTER or 0; and the same if it touches it. */
typedef struct {
    uint32_t name, near;
} side;

static side side_of(uint32_t entry, bool direct) {
    uint32_t name = CLASS(entry);
    if (name != DIGIT && name != LETTER)
        name = 0;
    return (side){name, direct ? name : 0};
}

static bool operator_stays(side left, side right) {
    return left.near || right.near || (left.name && right.name);
}

static bool joint_stays(side left, side right) {
    if (!left.name || !right.name)
        return false;
    return (left.near && right.near) || left.name == DIGIT || right.name == DIGIT;
}

static bool mark_stays(const uint32_t *group, size_t at, size_t count, side left, side right) {
    switch (CLASS(group[at])) {
    case OPERATOR:
        return operator_stays(left, right);
    case BANG:
        return at + 1 < count && CHARACTER(group[at + 1]) == '=' && operator_stays(left, right);
    case HYPHEN:
        return left.near || right.near || joint_stays(left, right);
    case PERCENT:
        return left.name == DIGIT;
    case HASH:
        return left.near == LETTER;
    case CURRENCY:
        return left.name == DIGIT || right.name == DIGIT;
    case JOINT:
        return count == 1 && joint_stays(left, right);
    default: /* POINT, DASH */
        return count == 1 && left.near == DIGIT && right.near == DIGIT;
    }
}

/* Append what stays of one group, with a space if something of the run stayed before. */
static void group_stays(kept_text *out, const uint32_t *group, size_t count, side sides[2],
                        bool *any) {
    bool first = true;
    if (count > LONGEST_GROUP)
        return;
    for (size_t at = 0; at < count; at++) {
        if (!mark_stays(group, at, count, sides[0], sides[1]))
            continue;
        if (first && *any)
            append(out, ' ');
        first = false;
        append(out, CLASS(group[at]) == DASH ? '-' : CHARACTER(group[at]));
    }
    *any |= !first;
}

/* A stretch holds spaces and groups of marks; only its first and last group have neighbours. */
static void stretch_stays(kept_text *out, const uint32_t *stretch, size_t count,
                          const uint32_t around[2], bool *any) {
    size_t first = 0, last = count;
    while (first < count && CLASS(stretch[first]) == SPACE)
        first++;
    if (first == count)
        return;
    while (CLASS(stretch[last - 1]) == SPACE)
        last--;
    size_t first_end = first, last_start = last;
    while (first_end < last && CLASS(stretch[first_end]) != SPACE)
        first_end++;
    while (last_start > first && CLASS(stretch[last_start - 1]) != SPACE)
        last_start--;
    side left = side_of(around[0], first == 0);
    side right = side_of(around[1], last == count);
    side none = {0, 0};
    if (first_end == last) {
        group_stays(out, stretch + first, last - first, (side[]){left, right}, any);
        return;
    }
    group_stays(out, stretch + first, first_end - first, (side[]){left, none}, any);
    group_stays(out, stretch + last_start, last - last_start, (side[]){none, right}, any);
}

static bool splits(uint32_t entry) {
    uint32_t name = CLASS(entry);
    return name == SEPARATOR || name == NEWLINE || name == CIRCLE;
}

static bool marks_stay(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]) {
    bool any = false;
    size_t first_end = 0, last_start = count;
    while (first_end < count && !splits(run[first_end]))
        first_end++;
    if (first_end == count) {
        stretch_stays(out, run, count, around, &any);
        return any;
    }
    while (!splits(run[last_start - 1]))
        last_start--;
    stretch_stays(out, run, first_end, (uint32_t[]){around[0], 0}, &any);
    stretch_stays(out, run + last_start, count - last_start, (uint32_t[]){0, around[1]}, &any);
    return any;
}

static bool one_of(uint32_t entry, const uint16_t *points, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (CHARACTER(entry) == points[i])
            return true;
    return false;
}

/* Circles inside a Han number are zeros: 二○二四年. */
static bool zeros_stay(kept_text *out, const uint32_t *run, size_t count, const uint32_t around[2]) {
    static const uint16_t after[] = {ZERO,   0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                     0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
                                     0x5343, /* the digits; then 年月日号期页 */
                                     0x5E74, 0x6708, 0x65E5, 0x53F7, 0x671F, 0x9875};
    enum { DIGITS = 13 };
    size_t zeros = 0;
    if (!one_of(around[0], after, DIGITS) || !one_of(around[1], after, sizeof after / 2))
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t name = CLASS(run[i]);
        if (name != CIRCLE && name != SPACE && name != NEWLINE)
            return false;
        zeros += name == CIRCLE;
    }
    for (size_t i = 0; i < zeros; i++)
        append(out, ZERO);
    return zeros > 0;
}

/* Resolve the run between the last kept character and `right`, 0 at the end of the text. */
static NOINLINE int resolve(folder *f, uint32_t right) {
    size_t count = f->run_count;
    uint32_t around[2] = {f->left, right};
    f->run_count = 0;
    if (f->special) {
        f->special = false;
        if (reserve(f->out, count + CHUNK + SLACK) < 0)
            return -1;
        if (zeros_stay(f->out, f->run, count, around) || marks_stay(f->out, f->run, count, around))
            return 0;
    }
    if (f->left && right && CLASS(f->left) != HAN && CLASS(right) != HAN)
        append(f->out, ' ');
    return 0;
}

/* ---- characters ---- */

static int keep(folder *f, uint32_t entry) {
    if (f->run_count && resolve(f, entry) < 0)
        return -1;
    append(f->out, CHARACTER(entry));
    f->left = entry;
    return 0;
}

/* Take one character of what a code point folds to. */
static int take(folder *f, uint32_t entry) {
    uint32_t name = CLASS(entry);
    if (name >= HAN) {
        f->after_script = name == SCRIPT;
        return keep(f, entry);
    }
    if (name == COMBINING) /* stays only on a letter of a script that needs it */
        return f->after_script ? keep(f, entry) : 0;
    f->after_script = false;
    f->special |= name >= CIRCLE;
    if (f->run_count == f->run_room) {
        uint32_t *run = grow(f->run, &f->run_room, f->run_count + SLACK, sizeof *run);
        if (run == NULL)
            return -1;
        f->run = run;
    }
    f->run[f->run_count++] = entry;
    return 0;
}

static NOINLINE int take_any(folder *f, uint32_t entry) {
    if (CLASS(entry) != SEQUENCE)
        return take(f, entry);
    size_t count = CHARACTER(entry) & ((1u << LENGTH_BITS) - 1);
    const uint32_t *sequence = fold_sequences + (CHARACTER(entry) >> LENGTH_BITS);
    if (reserve(f->out, count + CHUNK + SLACK) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (take(f, sequence[i]) < 0)
            return -1;
    return 0;
}

void fold_begin(folder *f, kept_text *out) {
    f->out = out;
    out->count = out->bytes = out->spaces = 0;
    f->run_count = 0;
    f->left = 0;
    f->special = f->after_script = false;
}

/* Chinese text by itself: take what is Han, and pass over separators, spaces and line ends, which
 * drop out before Han whatever stood before them. Only where no marks wait in the run.
 *
 * Returns where something else came; `*taken` is the end of the last Han, from where the rest is
 * to be taken again. No branch depends on what is Han and what is a comma. */
static const uint8_t *feed_han(folder *f, const uint8_t *p, const uint8_t *stop,
                               const uint8_t **taken) {
    kept_text *out = f->out;
    uint32_t *points = out->points + out->count, *first = points;
    uint8_t *utf8 = out->utf8 + out->bytes;
    const uint8_t *last = p;
    while (stop - p >= 3) {
        uint32_t point, size = 3;
        if (LIKELY((p[0] & 0xF0) == 0xE0 && utf8_continues(p[1]) && utf8_continues(p[2])))
            point = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        else if (p[0] == '\n' || p[0] == ' ')
            point = p[0], size = 1;
        else
            break;
        uint32_t entry = entry_of(point), folded = CHARACTER(entry);
        bool han = CLASS(entry) == HAN;
        if (UNLIKELY(!han && CLASS(entry) > NEWLINE) || folded > 0xFFFF || (point < 0x800 && size == 3))
            break;
        p += size;
        points[0] = folded;
        utf8[0] = (uint8_t)(0xE0 | folded >> 12);
        utf8[1] = (uint8_t)(0x80 | (folded >> 6 & 0x3F));
        utf8[2] = (uint8_t)(0x80 | (folded & 0x3F));
        points += han;
        utf8 += han ? 3 : 0;
        last = han ? p : last;
    }
    *taken = last;
    if (points == first)
        return p;
    f->left = points[-1] | (uint32_t)HAN << CLASS_SHIFT;
    f->run_count = 0;
    f->after_script = false;
    out->count = (size_t)(points - out->points);
    out->bytes = (size_t)(utf8 - out->utf8);
    return p;
}

int fold_feed(folder *f, const uint8_t *text, size_t size) {
    kept_text *out = f->out;
    const uint8_t *p = text, *end = text + size;
    while (p < end) {
        const uint8_t *stop = end - p > CHUNK ? p + CHUNK : end;
        if (reserve(out, CHUNK + SLACK) < 0)
            return -1;
        while (p < stop) {
            const uint8_t *one_by_one = p;
            if (!f->special && p[0] >= 0xE0)
                one_by_one = feed_han(f, p, stop, &p);
            do {
                uint32_t point;
                if (p == stop)
                    break;
                p = utf8_decode(p, end, &point);
                if (take_any(f, entry_of(point)) < 0)
                    return -1;
            } while (p < one_by_one);
        }
    }
    return 0;
}

int fold_line_end(folder *f) { return fold_feed(f, (const uint8_t *)"\n", 1); }

int fold_end(folder *f) { return f->run_count ? resolve(f, 0) : 0; }

folded_to fold_place(const folder *f) {
    const kept_text *out = f->out;
    bool settled = f->run_count == 0 && !f->special && !f->after_script;
    return (folded_to){out->count, out->bytes, out->spaces, f->left, settled};
}

int fold_copy(folder *f, const kept_text *from, const folded_to *start, const folded_to *end) {
    kept_text *out = f->out;
    size_t count = end->count - start->count, bytes = end->bytes - start->bytes;
    if (reserve(out, count + SLACK) < 0)
        return -1;
    memcpy(out->points + out->count, from->points + start->count, count * sizeof *out->points);
    memcpy(out->utf8 + out->bytes, from->utf8 + start->bytes, bytes);
    out->count += count;
    out->bytes += bytes;
    out->spaces += end->spaces - start->spaces;
    f->left = end->left;
    return 0;
}

void folder_free(folder *f) {
    free(f->run);
    memset(f, 0, sizeof *f);
}

int kept_decode(kept_text *kept, const uint8_t *text, size_t size) {
    const uint8_t *p = text, *end = text + size;
    kept->count = kept->bytes = kept->spaces = 0;
    if (reserve(kept, size + SLACK) < 0)
        return -1;
    while (p < end) {
        uint32_t point;
        const uint8_t *next = utf8_decode(p, end, &point);
        if (point == NO_CHARACTER && next == p + 1)
            return 1;
        append(kept, point);
        p = next;
    }
    return 0;
}
