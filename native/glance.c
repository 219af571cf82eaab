/* A glance at the head and tail of a text: whether the rules of dedup/text/metadata could find
 * anything there. "No" is certain; "maybe" leaves it to the rules.
 *
 * Which words and characters matter comes as tables from dedup/text/metadata/glance.py; what is
 * here is the order in which the rules walk over lines, and where they must stop. */
#include "kernel.h"
#include "utf8.h"

#include <string.h>

/* LONGEST: a longer line is body (lines.py). REACH: where a dateline's words stand (spans.py). */
enum { LONGEST = 240, REACH = 90, CREDIT_REACH = 60 };
/* Where the tail ends at the latest: lines looked at, and those waiting for an explanation. */
enum { MOST_LINES = 120, MOST_WAITING = 25, LISTED_LENGTH = 80 };
/* A title may be shorter and still be a name; a heading this long is certainly one. */
enum { NAME_LENGTH = 9, HEADING_LENGTH = 120, HEAD_BYTES = 1000, GAP_BYTES = 100, MOST_RULERS = 4, COMMENT_LENGTH = 37 };
enum { TITLE_SHORTEST = 4, TITLE_LONGEST = 64, LONG_LINE = 90, DATE_REACH = 40, DASHED_LENGTH = 16 };
/* No label is longer with four spaces between its characters. */
enum { ITEM_REACH = 40 };

/* A line without the white space around it. */
typedef struct {
    const uint8_t *start, *end; /* of the trimmed line */
    size_t length;              /* in code points; LONGEST + 1 for more */
    bool body;
    uint32_t raw[LONGEST], norm[LONGEST]; /* as many of them as are not too many */
    size_t count;
} line;

static uint16_t traits_of(const glance_rules *rules, uint32_t point) {
    return point < 0x10000 ? rules->traits[point] : 0;
}

static bool has(const glance_rules *rules, uint32_t point, unsigned trait) {
    return (traits_of(rules, point) & trait) != 0;
}

static bool is_han(uint32_t point) {
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x323AF);
}

static bool is_digit(uint32_t point) { return point >= '0' && point <= '9'; }

/* ---- lines ---- */

static const uint8_t *character_before(const uint8_t *start, const uint8_t *p) {
    const uint8_t *first = p - start > 4 ? p - 4 : start;
    uint32_t point;
    while (first + 1 < p && utf8_decode(first, p, &point) != p)
        first++;
    return first;
}

static bool ends_line(const glance_rules *rules, uint32_t point) {
    return has(rules, point, GLANCE_LINE_END);
}

static void read_line(const glance_rules *rules, line *l, const uint8_t *start,
                      const uint8_t *end) {
    uint32_t point;
    const uint8_t *p = start;
    l->start = start;
    l->end = end;
    l->count = l->length = 0;
    while (p < end && l->length <= LONGEST) {
        p = utf8_decode(p, end, &point);
        if (l->length++ < LONGEST) {
            l->raw[l->count] = point;
            l->norm[l->count++] = point < 0x10000 ? rules->normal[point] : point;
        }
    }
    l->body = l->length > LONGEST;
}

/* Read the first line from `p` on that is not blank; returns where the next begins (or some place
 * in it, where it is too long), NULL where there is none. `gap`: a blank line stands before it. */
static const uint8_t *next_line(const glance_rules *rules, line *l, const uint8_t *p,
                                const uint8_t *end, bool *gap) {
    const uint8_t *first = NULL, *last = NULL;
    uint32_t point;
    size_t count = 0, length = 0; /* of characters since the first, to the last */
    *gap = false;
    while (p < end && length <= LONGEST) {
        const uint8_t *after = utf8_decode(p, end, &point);
        if (ends_line(rules, point)) {
            bool crlf = point == '\r' && after < end && *after == '\n';
            p = crlf ? after + 1 : after;
            if (first != NULL)
                break;
            *gap = true;
            continue;
        }
        count += first != NULL;
        if (!has(rules, point, GLANCE_INVISIBLE)) {
            first = first == NULL ? p : first;
            last = after;
            length = count + 1;
        }
        p = after;
    }
    if (first == NULL)
        return NULL;
    read_line(rules, l, first, last);
    return p;
}

/* Read the last line before `p` that is not blank; returns where it begins, NULL for none. Of a
 * line too long to be anything but body only the end is read. */
static const uint8_t *line_before(const glance_rules *rules, line *l, const uint8_t *start,
                                  const uint8_t *p) {
    const uint8_t *first = NULL, *last = NULL;
    uint32_t point;
    size_t count = 0, length = 0; /* of characters before the last, to the first */
    while (p > start && length <= LONGEST) {
        const uint8_t *before = character_before(start, p);
        utf8_decode(before, p, &point);
        if (ends_line(rules, point) && first != NULL)
            break;
        if (!has(rules, point, GLANCE_INVISIBLE)) {
            first = before;
            last = last == NULL ? p : last;
            length = count + 1;
        }
        count += last != NULL;
        p = before;
    }
    if (first == NULL)
        return NULL;
    read_line(rules, l, first, last);
    return p;
}

/* ---- what a line may be ---- */

/* The part of a line inside its decoration. */
static void without_decoration(const glance_rules *rules, const line *l, size_t *start,
                               size_t *end) {
    *start = 0;
    *end = l->count;
    while (*start < *end && has(rules, l->norm[*start], GLANCE_DECORATION))
        ++*start;
    while (*end > *start && has(rules, l->norm[*end - 1], GLANCE_DECORATION))
        --*end;
}

/* may_be_part of rules.py */
static bool worth_reading(const glance_rules *rules, const line *l) {
    bool sentence = has(rules, l->raw[l->count - 1], GLANCE_SENTENCE_END);
    size_t fields = 0;
    if (!sentence && l->count <= LONG_LINE)
        return true;
    for (size_t i = 0; i < l->count; i++) {
        if (has(rules, l->raw[i], GLANCE_NOTICE))
            return true;
        fields += l->norm[i] == ':' || l->norm[i] == '|';
    }
    return l->count > LONG_LINE && fields > 2;
}

/* Where `close` follows within `most` characters that are neither it nor `open`; 0 for nowhere. */
static size_t upto(const line *l, size_t i, uint32_t open, uint32_t close, size_t most) {
    for (size_t end = i + most; i <= end && i < l->count; i++)
        if (l->norm[i] == close)
            return i;
        else if (l->norm[i] == open)
            return 0;
    return 0;
}

/* Leave of every Markdown link what is read of it, as Bare.of does. */
static void unlink(line *l) {
    size_t left = 0;
    for (size_t i = 0; i < l->count;) {
        size_t next = i + 1, first = i, end = i + 1;
        size_t inside = l->norm[i] == '[' ? upto(l, i + 1, '[', ']', 80) : 0;
        if (inside > 0 && inside + 1 < l->count) {
            uint32_t open = l->norm[inside + 1];
            size_t target = open == '('   ? upto(l, inside + 2, '(', ')', 200)
                            : open == '[' ? upto(l, inside + 2, '[', ']', 20)
                                          : 0;
            if (target > 0)
                first = i + 1, end = inside, next = target + 1;
        }
        for (size_t k = first; k < end; k++, left++) {
            l->raw[left] = l->raw[k];
            l->norm[left] = l->norm[k];
        }
        i = next;
    }
    l->count = left;
}

static bool has_links(const line *l) {
    for (size_t i = 0; i + 1 < l->count; i++)
        if (l->norm[i] == ']' && (l->norm[i + 1] == '(' || l->norm[i + 1] == '['))
            return true;
    return false;
}

/* The characters of a line without its spaces. */
typedef struct {
    uint16_t classes[LONGEST], places[LONGEST];
    size_t count;
} letters;

static void read_letters(const glance_rules *rules, letters *out, const line *l, size_t from,
                         size_t to) {
    out->count = 0;
    for (size_t i = from; i < to; i++)
        if (l->norm[i] != ' ') {
            uint16_t class = l->raw[i] < 0x10000 ? rules->classes[l->raw[i]] : 0;
            out->places[out->count] = (uint16_t)i;
            out->classes[out->count++] = class < GLANCE_CLASSES ? class : 0;
        }
}

/* Whether keyword `w` stands at letter `at`. */
static bool word_at(const glance_rules *rules, const letters *in, size_t w, size_t at) {
    size_t size = (size_t)rules->word_ends[w + 1] - rules->word_ends[w];
    return size > 0 && size <= in->count - at &&
           memcmp(in->classes + at, rules->words + rules->word_ends[w],
                  size * sizeof *in->classes) == 0;
}

static bool separates(const glance_rules *rules, uint32_t point) {
    return point <= ' ' || point == '&' || point == 0x1680 || point == 0x205F ||
           has(rules, point, GLANCE_DECORATION | GLANCE_FIELD_SEPARATOR);
}

static bool stands_alone(const glance_rules *rules, const line *l, const letters *in, size_t at,
                         size_t size) {
    size_t before = in->places[at], after = (size_t)in->places[at + size - 1] + 1;
    return (before == 0 || separates(rules, l->norm[before - 1])) &&
           (after >= l->count || separates(rules, l->norm[after]));
}

/* The rules of which a keyword occurs in l[0:to], spaces aside. */
static uint32_t rules_in(const glance_rules *rules, const line *l, size_t to) {
    letters in;
    uint32_t found = 0;
    read_letters(rules, &in, l, 0, to);
    for (size_t i = 0; i < in.count; i++) {
        const uint16_t *words = rules->first_word + in.classes[i];
        for (size_t w = words[0]; w < words[1]; w++) {
            uint32_t of_word = rules->rules_of_word[w];
            if ((of_word & ~found) && word_at(rules, &in, w, i) &&
                (!(of_word & GLANCE_ALONE) ||
                 stands_alone(rules, l, &in, i,
                              (size_t)rules->word_ends[w + 1] - rules->word_ends[w])))
                found |= of_word;
        }
    }
    return found & ~GLANCE_ALONE;
}

/* Whether a field, a counter or a button can begin at `from`, which is Han: a word does; one of a
 * single character does not go on in Han. */
static bool begins_item(const glance_rules *rules, const line *l, size_t from) {
    letters in;
    read_letters(rules, &in, l, from, l->count < from + ITEM_REACH ? l->count : from + ITEM_REACH);
    if (in.count == 0)
        return true;
    const uint16_t *words = rules->first_word + in.classes[0];
    for (size_t w = words[0]; w < words[1]; w++)
        if ((rules->rules_of_word[w] & rules->item) && word_at(rules, &in, w, 0)) {
            size_t size = (size_t)rules->word_ends[w + 1] - rules->word_ends[w];
            if (size > 1 || from + 1 >= l->count || !is_han(l->norm[from + 1]))
                return true;
        }
    return false;
}

static bool starts_year(const uint32_t *two) {
    return (two[0] == '1' && two[1] == '9') || (two[0] == '2' && two[1] == '0');
}

static bool has_year(const line *l, size_t to) {
    for (size_t i = 0; i < to; i++)
        if (l->norm[i] == 0x5E74 || (i + 1 < l->count && starts_year(l->norm + i)))
            return true;
    return false;
}

/* A date in digits and without a time, 2023年11月14日, from `i` on; returns where it ends, or 0.
 * Years of other centuries are no dates to the rules. */
static size_t plain_date(const line *l, size_t i) {
    static const uint32_t UNITS[3] = {0x5E74, 0x6708, 0x65E5};
    if (i + 1 >= l->count || !starts_year(l->norm + i))
        return 0;
    for (int part = 0; part < 3; part++) {
        size_t digits = 0;
        for (; i < l->count && is_digit(l->norm[i]); i++)
            digits++;
        if (part == 0 ? digits != 4 : digits < 1 || digits > 2)
            return 0;
        if (i >= l->count || l->norm[i++] != UNITS[part])
            return 0;
    }
    return i;
}

/* Whether a line may be a row of fields: it begins with something that a field begins with, or a
 * date stands near its beginning; but not 2023年11月14日通过, where the date is part of a sentence. */
static bool may_be_fields(const glance_rules *rules, const line *l) {
    size_t start = 0, reach, end;
    while (start < l->count &&
           has(rules, l->norm[start], GLANCE_DECORATION | GLANCE_FIELD_SEPARATOR))
        start++;
    if (start == l->count)
        return false;
    end = plain_date(l, start);
    while (end > 0 && end < l->count && l->norm[end] == ' ')
        end++;
    if (end > 0 && end < l->count && is_han(l->norm[end]) &&
        !has(rules, l->norm[end], GLANCE_DATE) && !begins_item(rules, l, end))
        return false;
    if (has(rules, l->norm[start], GLANCE_FIELD_FIRST) &&
        (!is_han(l->norm[start]) || begins_item(rules, l, start)))
        return true;
    reach = start + DATE_REACH < l->count ? start + DATE_REACH : l->count;
    return has_year(l, reach);
}

/* -12-, with any space inside and around it */
static bool may_be_page_number(const line *l) {
    size_t dashes = 0, others = 0;
    for (size_t i = 0; i < l->count && others <= DASHED_LENGTH; i++)
        if (l->norm[i] == '-')
            dashes++;
        else if (l->norm[i] != ' ' && l->norm[i] != 0x1680 && l->norm[i] != 0x205F) {
            if (dashes == 0)
                return false;
            others++;
        }
    return dashes >= 2 && others <= DASHED_LENGTH;
}

static bool may_be_read(const glance_rules *rules, const line *read, uint32_t zone) {
    line unlinked;
    const line *l = read;
    size_t start, end;
    if (l->body || !worth_reading(rules, l))
        return false;
    if (has_links(l)) {
        unlinked = *l;
        unlink(&unlinked);
        l = &unlinked;
    }
    if (may_be_page_number(l))
        return true;
    uint32_t found = rules_in(rules, l, l->count) & zone;
    if ((found & rules->fields) && !may_be_fields(rules, l))
        found &= ~rules->fields;
    if ((found & rules->dated) && !has_year(l, l->count))
        found &= ~rules->dated;
    without_decoration(rules, l, &start, &end);
    for (int rule = 0; rule < GLANCE_RULES && found; rule++)
        if ((found >> rule & 1) && end - start > (size_t)rules->longest[rule] + 2)
            found &= ~((uint32_t)1 << rule);
    return found != 0;
}

/* Whether a dateline may open the line: one of its words stands near the beginning. */
static bool may_lead(const glance_rules *rules, const line *l) {
    return (rules_in(rules, l, l->count < REACH ? l->count : REACH) & rules->lead) != 0;
}

/* Whether credits may close the line: a bracket, or their words near the end. */
static bool may_trail(const glance_rules *rules, const line *l) {
    const uint8_t *p = l->end;
    uint32_t point;
    for (int i = 0; i < CREDIT_REACH && p > l->start; i++) {
        p = character_before(l->start, p);
        utf8_decode(p, l->end, &point);
        if (has(rules, point, i == 0 ? GLANCE_CLOSER | GLANCE_CREDIT : GLANCE_CREDIT))
            return true;
    }
    return false;
}

/* ---- the head ---- */

/* A line of dashes and the like; HTML comments count too. */
static bool may_be_ruler(const glance_rules *rules, const line *l) {
    if (l->raw[0] == '<')
        return true;
    for (size_t i = 0; i < l->count; i++)
        if (!has(rules, l->raw[i], GLANCE_RULER))
            return false;
    return true;
}

/* <!-- INFO END --> */
static bool is_comment(const line *l) {
    static const char OPEN[] = "<!--", CLOSE[] = "-->";
    size_t last = l->count - 3;
    if (l->count < 8 || l->count > COMMENT_LENGTH)
        return false;
    for (size_t i = 0; i < l->count; i++)
        if (i < 4 ? l->raw[i] != (uint32_t)OPEN[i]
            : i >= last ? l->raw[i] != (uint32_t)CLOSE[i - last]
                        : l->raw[i] != ' ' && (l->raw[i] < 'A' || l->raw[i] > 'Z'))
            return false;
    return true;
}

static bool may_be_front_matter(const line *l) {
    uint32_t first = l->raw[0];
    return first == '[' || (l->count == 3 && (first == '-' || first == '+'));
}

static bool may_be_title(const glance_rules *rules, const line *l) {
    size_t han = 0;
    if (l->length < TITLE_SHORTEST || l->length > TITLE_LONGEST ||
        has(rules, l->norm[l->count - 1], GLANCE_TITLE_END))
        return false;
    for (size_t i = 0; i < l->count; i++) {
        if (l->norm[i] == 0x3002 || l->norm[i] == ';')
            return false;
        han += is_han(l->norm[i]);
    }
    return han >= 2;
}

/* ## is a section; white space beyond plain spaces is left to the rules. */
static bool is_heading(const line *l) {
    size_t i = 1;
    if (l->count < 2 || l->length > HEADING_LENGTH || l->raw[0] != '#' || l->raw[1] == '#')
        return false;
    while (i < 5 && i < l->count && l->raw[i] == ' ')
        i++;
    return i < l->count && l->raw[i] != '#' &&
           ((l->raw[i] > ' ' && l->raw[i] < 0x7F) || l->raw[i] > 0x3000);
}

static bool may_be_beside_title(const line *l) {
    uint32_t first = l->norm[0], last = l->norm[l->count - 1];
    return first == '(' || first == '[' || last == 0x53F7;
}

/* Whether the line under a Markdown title, and after rulers the next ones, are body. */
static bool is_body_below(const glance_rules *rules, line *l, const uint8_t *p,
                          const uint8_t *end) {
    bool gap;
    for (int lines = 0; lines < MOST_RULERS; lines++) {
        bool comment = is_comment(l), ruler = !l->body && may_be_ruler(rules, l);
        if (!comment && may_lead(rules, l))
            return false;
        if (l->body)
            return true;
        if ((l->count <= NAME_LENGTH && !ruler && (l->raw[0] > 0xFF || l->raw[0] == '(')) ||
            (!comment && may_be_read(rules, l, rules->head)))
            return false;
        if (!ruler && !may_be_beside_title(l))
            return true;
        p = next_line(rules, l, p, end, &gap);
        if (p == NULL)
            return true;
        if (!ruler)
            return !may_be_read(rules, l, rules->head);
    }
    return false;
}

static int glance_at_head(const glance_rules *rules, const uint8_t *text, const uint8_t *end,
                          int64_t *title) {
    line first, second;
    bool gap;
    const uint8_t *p = next_line(rules, &first, text, end, &gap);
    if (p == NULL)
        return GLANCE_NOTHING;
    if (first.start - text > HEAD_BYTES)
        return GLANCE_MAYBE;
    if (first.body)
        return may_lead(rules, &first) ? GLANCE_MAYBE : GLANCE_NOTHING;
    const uint8_t *rest = next_line(rules, &second, p, end, &gap);
    if (is_heading(&first)) {
        if (rest == NULL || !gap || p - text > HEAD_BYTES || second.start - p > GAP_BYTES ||
            !is_body_below(rules, &second, rest, end))
            return GLANCE_MAYBE;
        title[0] = 0;
        for (const uint8_t *q = text; q < first.start; title[0]++) {
            uint32_t point;
            q = utf8_decode(q, end, &point);
        }
        title[1] = title[0] + (int64_t)first.length;
        return GLANCE_TITLE;
    }
    bool underlined = rest != NULL && !gap && (second.raw[0] == '=' || second.raw[0] == '-');
    bool maybe = underlined || first.raw[0] == '#' || may_be_front_matter(&first) ||
                 may_be_ruler(rules, &first) || may_be_title(rules, &first) ||
                 may_be_read(rules, &first, rules->head) || may_lead(rules, &first);
    return maybe ? GLANCE_MAYBE : GLANCE_NOTHING;
}

/* ---- the tail ---- */

/* Whether the walk up from the end stops at this line for certain. */
static bool ends_walk(const glance_rules *rules, const line *l) {
    if (l->body || l->count > LISTED_LENGTH)
        return true;
    for (size_t i = 0; i < l->count; i++)
        if (l->norm[i] == 0x3002 || l->norm[i] == ';')
            return true;
    return has(rules, l->norm[l->count - 1], GLANCE_LIST_END);
}

static int glance_at_tail(const glance_rules *rules, const uint8_t *text, const uint8_t *end) {
    int waiting = 0;
    line l;
    const uint8_t *p = end;
    for (int lines = 0; lines < MOST_LINES; lines++) {
        p = line_before(rules, &l, text, p);
        if (p == NULL)
            return GLANCE_NOTHING;
        if (may_be_read(rules, &l, rules->tail) || (waiting == 0 && may_trail(rules, &l)))
            return GLANCE_MAYBE;
        /* links' targets, tags and rulers are passed by */
        if (l.raw[0] == '[' || l.raw[0] == '<' || may_be_ruler(rules, &l))
            continue;
        if (++waiting >= MOST_WAITING || ends_walk(rules, &l))
            return GLANCE_NOTHING;
    }
    return GLANCE_MAYBE;
}

/* Whether enough letters, digits and Han stand below the title; other scripts are not counted. */
static bool has_body(const glance_rules *rules, const uint8_t *p, const uint8_t *end,
                     int64_t title_end) {
    uint32_t point, count = 0;
    for (int64_t i = 0; p < end && count < rules->title_needs; i++) {
        p = utf8_decode(p, end, &point);
        bool letter = is_digit(point) || (point >= 'a' && point <= 'z') ||
                      (point >= 'A' && point <= 'Z') || (point >= 0x4E00 && point <= 0x9FA5);
        count += i >= title_end && letter;
    }
    return count >= rules->title_needs;
}

void glance(const glance_rules *rules, const uint8_t *text, size_t size, uint8_t found[2],
            int64_t title[2]) {
    title[0] = title[1] = 0;
    found[0] = (uint8_t)glance_at_head(rules, text, text + size, title);
    found[1] = (uint8_t)glance_at_tail(rules, text, text + size);
    if (found[0] == GLANCE_TITLE && found[1] == GLANCE_NOTHING &&
        has_body(rules, text, text + size, title[1]))
        found[0] = GLANCE_TITLE_AND_BODY;
}
