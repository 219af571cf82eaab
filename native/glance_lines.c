/* Lines at the head and tail of a text, found without splitting the rest: lines.py. */
#include "glance.h"
#include "utf8.h"

const uint8_t *character_before(const uint8_t *start, const uint8_t *p) {
    const uint8_t *first = p - start > 4 ? p - 4 : start;
    uint32_t point;
    while (first + 1 < p && utf8_decode(first, p, &point) != p)
        first++;
    return first;
}

const uint8_t *characters_before(const uint8_t *start, const uint8_t *p, int most) {
    while (most-- > 0 && p > start)
        p = character_before(start, p);
    return p;
}

static bool ends_line(const glance_rules *rules, uint32_t point) {
    return has_trait(rules, point, GLANCE_LINE_END);
}

void read_line(const glance_rules *rules, glance_line *l, const uint8_t *start,
                      const uint8_t *end) {
    uint32_t point;
    const uint8_t *p = start;
    l->start = start;
    l->end = end;
    l->count = l->length = 0;
    while (p < end && l->length <= GLANCE_LONGEST) {
        p = utf8_decode(p, end, &point);
        if (l->length++ < GLANCE_LONGEST) {
            l->raw[l->count] = point;
            l->norm[l->count++] = point < 0x10000 ? rules->normal[point] : point;
        }
    }
    l->body = l->length > GLANCE_LONGEST;
}

const uint8_t *next_line(const glance_rules *rules, glance_line *l, const uint8_t *p,
                                const uint8_t *end, bool *gap) {
    const uint8_t *first = NULL, *last = NULL;
    uint32_t point;
    size_t count = 0, length = 0; /* of characters since the first, to the last */
    *gap = false;
    while (p < end && length <= GLANCE_LONGEST) {
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
        if (!has_trait(rules, point, GLANCE_INVISIBLE)) {
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

const uint8_t *line_before(const glance_rules *rules, glance_line *l, const uint8_t *start,
                                  const uint8_t *p) {
    const uint8_t *first = NULL, *last = NULL;
    uint32_t point;
    size_t count = 0, length = 0; /* of characters before the last, to the first */
    while (p > start && length <= GLANCE_LONGEST) {
        const uint8_t *before = character_before(start, p);
        utf8_decode(before, p, &point);
        if (ends_line(rules, point) && first != NULL)
            break;
        if (!has_trait(rules, point, GLANCE_INVISIBLE)) {
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
