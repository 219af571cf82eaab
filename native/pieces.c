/* Pieces of texts: lines, their openings, and sentences, each by one hash: dedup/text/pieces.py. */
#include "pieces.h"

#include <stdlib.h>

#include "fold.h"
#include "utf8.h"

enum { OPENING_END = 0xFF1A, FILTER_BITS = 16 };

typedef struct {
    uint64_t state;
    size_t letters;
    int64_t start; /* of its first letter */
} open_piece;

typedef struct {
    piece_list *out;
    const piece_filter *filter;
    fold_entry_table table;
    open_piece line, sentence;
    int64_t at;  /* characters before this one */
    bool opened; /* the line has had its opening */
    int failed;
} walk;

static void begin(open_piece *piece) { *piece = (open_piece){.state = TOKEN_START}; }

static inline void feed(open_piece *piece, uint32_t letter, const walk *w) {
    if (piece->letters++ == 0)
        piece->start = w->at;
    piece->state = token_step(piece->state, letter);
}

static bool wanted(const piece_filter *filter, uint64_t hash) {
    if (filter->count == 0)
        return true;
    uint64_t bit = hash >> (64 - FILTER_BITS);
    if (!(filter->bits[bit >> 6] >> (bit & 63) & 1))
        return false;
    size_t low = 0, high = filter->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (filter->hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < filter->count && filter->hashes[low] == hash;
}

/* Add the piece that ends before character `end`, if it has so many letters. */
static void add(walk *w, const open_piece *piece, size_t least, int64_t end) {
    if (piece->letters < least)
        return;
    uint64_t hash = mix64(piece->state);
    if (!wanted(w->filter, hash))
        return;
    piece_list *out = w->out;
    found_piece *items = grow(out->items, &out->room, out->count + 1, sizeof *items);
    if (items == NULL) {
        w->failed = -1;
        return;
    }
    out->items = items;
    items[out->count++] = (found_piece){(int64_t)hash, piece->start, end};
}

static void end_sentence(walk *w, int64_t end) {
    add(w, &w->sentence, LEAST_SENTENCE, end);
    begin(&w->sentence);
}

static void end_line(walk *w) {
    add(w, &w->line, LEAST_LINE, w->at);
    if (w->line.letters == 0)
        end_sentence(w, w->at);
    begin(&w->line);
    w->opened = false;
}

static bool ends_sentence(uint32_t point) {
    switch (point) {
    case '!': case ';': case '>': case '?': case '}':
    case 0x2026: case 0x3002: case 0xFF01: case 0xFF1B: case 0xFF1F: case 0xFF61:
        return true;
    default:
        return false;
    }
}

static void take_letters(walk *w, uint32_t entry) {
    if (CLASS(entry) == SEQUENCE) {
        size_t count = CHARACTER(entry) & ((1u << LENGTH_BITS) - 1);
        const uint32_t *sequence = fold_sequence(CHARACTER(entry) >> LENGTH_BITS);
        for (size_t i = 0; i < count; i++)
            take_letters(w, sequence[i]);
    } else if (CLASS(entry) >= HAN) {
        feed(&w->line, CHARACTER(entry), w);
        feed(&w->sentence, CHARACTER(entry), w);
    }
}

static void take_character(walk *w, uint32_t point, uint32_t entry) {
    take_letters(w, entry);
    if (LIKELY(CLASS(entry) == HAN))
        return;
    if (point == OPENING_END && !w->opened) {
        w->opened = true;
        add(w, &w->line, LEAST_LINE, w->at + 1);
    }
    if (ends_sentence(point))
        end_sentence(w, w->at + 1);
}

/* Go on while characters are letters, or matter to no piece: most of any text. Returns where
 * something else came. */
static const uint8_t *take_usual(walk *w, const uint8_t *p, const uint8_t *end) {
    const fold_entry_table table = w->table;
    open_piece line = w->line, sentence = w->sentence;
    int64_t at = w->at;
    while (p < end) {
        uint32_t point = p[0], size = 1;
        if (point >= 0x80) {
            if (end - p < 3 || (p[0] & 0xF0) != 0xE0 || !utf8_continues(p[1]) || !utf8_continues(p[2]))
                break;
            point = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
            size = 3;
        }
        uint32_t entry = fold_looked_up(&table, point), name = CLASS(entry);
        if (LIKELY(name >= HAN)) {
            if (UNLIKELY(size == 3 && point < 0x800))
                break;
            line.start = line.letters > 0 ? line.start : at;
            sentence.start = sentence.letters > 0 ? sentence.start : at;
            line.letters++;
            sentence.letters++;
            line.state = token_step(line.state, CHARACTER(entry));
            sentence.state = token_step(sentence.state, CHARACTER(entry));
        } else if (name == NEWLINE || name == SEQUENCE || point == OPENING_END ||
                   ends_sentence(point) || (size == 3 && point < 0x800)) {
            break;
        }
        at++;
        p += size;
    }
    w->line = line;
    w->sentence = sentence;
    w->at = at;
    return p;
}

int find_pieces(piece_list *out, const piece_filter *filter, const uint8_t *text, size_t size) {
    walk w = {.out = out, .filter = filter, .table = fold_whole_table()};
    const uint8_t *p = text, *end = text + size;
    begin(&w.line);
    begin(&w.sentence);
    while ((p = take_usual(&w, p, end)) < end) {
        bool after_return = p > text && p[-1] == '\r';
        uint32_t point;
        p = utf8_decode(p, end, &point);
        uint32_t entry = fold_entry(point);
        if (CLASS(entry) != NEWLINE)
            take_character(&w, point, entry);
        else if (point != '\n' || !after_return)
            end_line(&w);
        w.at++;
    }
    add(&w, &w.line, LEAST_LINE, w.at);
    add(&w, &w.sentence, LEAST_SENTENCE, w.at);
    return w.failed;
}

int piece_filter_fill(piece_filter *filter, const uint64_t *hashes, size_t count) {
    *filter = (piece_filter){.hashes = hashes, .count = count};
    if (count == 0)
        return 0;
    filter->bits = calloc((size_t)1 << (FILTER_BITS - 6), sizeof *filter->bits);
    if (filter->bits == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = hashes[i] >> (64 - FILTER_BITS);
        filter->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    }
    return 0;
}
