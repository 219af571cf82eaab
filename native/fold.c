/* Fold: text to kept text, in one pass over its UTF-8. */
#include "fold.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "fold_table.h"
#include "fold_vectors.h"
#include "utf8.h"

enum {
    CHUNK = 1 << 14, /* bytes for which room is made at once; none gives more characters */
    SLACK = 64,
    AGAIN = 24 /* bytes after which it is seen again whether vectors are worth it */
};

const char *fold_table_hash(void) { return FOLD_TABLE_HASH; }

static inline uint32_t entry_of(uint32_t point) {
    size_t block = fold_blocks[point >> FOLD_SHIFT];
    return fold_entries[block << FOLD_SHIFT | (point & ((1u << FOLD_SHIFT) - 1))];
}

fold_entry_table fold_whole_table(void) {
    return (fold_entry_table){fold_blocks, fold_entries, FOLD_SHIFT};
}

uint32_t fold_entry(uint32_t point) { return entry_of(point); }

const uint32_t *fold_sequence(size_t at) { return fold_sequences + at; }

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

void kept_free(kept_text *kept) {
    free(kept->points);
    free(kept->utf8);
    memset(kept, 0, sizeof *kept);
}

/* ---- runs ---- */

/* Resolve the run between the last kept character and `right`, 0 at the end of the text. */
static NOINLINE int resolve(folder *f, uint32_t right) {
    size_t count = f->run_count;
    uint32_t around[2] = {f->left, right};
    f->run_count = 0;
    if (f->special) {
        f->special = false;
        if (reserve(f->out, count + CHUNK + SLACK) < 0)
            return -1;
        if (run_stays(f->out, f->run, count, around))
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
    f->vectors = vector_level();
}

/* How far Chinese text by itself was taken: `text`, and `last`, the end of the last Han. */
typedef struct {
    const uint8_t *text, *last;
    uint32_t *points;
    uint8_t *utf8;
    bool ended; /* something else came */
} han_state;

/* Take up to `most` bytes of what is Han or drops out, one character after the other. No branch
 * depends on what is Han and what is a comma. */
static inline han_state take_han(han_state s, const uint8_t *stop, ptrdiff_t most) {
    const uint8_t *p = s.text, *pause = stop - p > most ? p + most : stop;
    while (p < pause && stop - p >= 3) {
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
        s.points[0] = folded;
        s.utf8[0] = (uint8_t)(0xE0 | folded >> 12);
        s.utf8[1] = (uint8_t)(0x80 | (folded >> 6 & 0x3F));
        s.utf8[2] = (uint8_t)(0x80 | (folded & 0x3F));
        s.points += han;
        s.utf8 += han ? 3 : 0;
        s.last = han ? p : s.last;
    }
    s.text = p;
    s.ended = p < pause || stop - p < 3;
    return s;
}

/* Chinese text by itself: take what is Han, and pass over separators, spaces and line ends, which
 * drop out before Han whatever stood before them. Only where no marks wait in the run.
 *
 * Returns where something else came; `*taken` is the end of the last Han, from where the rest is
 * to be taken again. */
static const uint8_t *feed_han(folder *f, const uint8_t *p, const uint8_t *stop,
                               const uint8_t **taken) {
    kept_text *out = f->out;
    uint32_t *first = out->points + out->count;
    han_state s = {p, p, first, out->utf8 + out->bytes, false};
    do {
#ifdef FOLD_VECTORS
        if (f->vectors == AVX512 && fold_is_long(s.text, stop)) {
            fold_state v = fold_avx512((fold_state){s.text, s.last, s.points, s.utf8}, stop);
            s = (han_state){v.text, v.last, v.points, v.utf8, false};
        }
#endif
        s = take_han(s, stop, AGAIN);
    } while (!s.ended);
    *taken = s.last;
    if (s.points == first)
        return s.text;
    f->left = s.points[-1] | (uint32_t)HAN << CLASS_SHIFT;
    f->run_count = 0;
    f->after_script = false;
    out->count = (size_t)(s.points - out->points);
    out->bytes = (size_t)(s.utf8 - out->utf8);
    return s.text;
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
