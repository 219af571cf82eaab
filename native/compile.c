/* Compile a word list to a double-array trie.
 *
 * Characters are coded by how many words have them, the most frequent first, so that the children
 * of a node lie close together. Nodes are placed by falling number of children: large ones find
 * room while there is plenty, and the many with one child fill what is left. */
#include "dictionary.h"
#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A word as codes. */
typedef struct {
    const uint16_t *codes;
    uint32_t length, weight;
} word;

/* A node and the sorted words that pass through it. */
typedef struct {
    uint32_t first_word, end_word;
    uint32_t first_child, children;
    uint32_t depth, weight, base, label;
} trie_node;

typedef struct {
    uint16_t codes[CODED_CHARACTERS];
    uint32_t largest_code, longest;
    uint16_t *letters;
    word *words;
    uint32_t word_count;
    trie_node *nodes;
    size_t node_count, node_room;
    uint8_t *taken, *base_taken; /* of each slot */
    size_t slots, slots_used;
} builder;

static const char *const OUT_OF_MEMORY = "";

/* ---- characters ---- */

typedef struct {
    uint32_t place, count;
} tally;

static int by_count(const void *a, const void *b) {
    const tally *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Code the characters that words have 1, 2, ...; all others of a block share one code more. */
static const char *assign_codes(builder *b, const word_list *list) {
    tally *tallies = calloc(CODED_CHARACTERS, sizeof *tallies);
    if (tallies == NULL)
        return OUT_OF_MEMORY;
    for (uint32_t i = 0; i < CODED_CHARACTERS; i++)
        tallies[i].place = i;
    for (const uint8_t *p = list->words, *end = p + list->size; p < end;) {
        uint32_t point;
        p = utf8_decode(p, end, &point);
        if (in_block(point))
            tallies[code_place(point)].count++;
    }
    qsort(tallies, CODED_CHARACTERS, sizeof *tallies, by_count);
    uint32_t known = 0;
    while (known < CODED_CHARACTERS && tallies[known].count > 0)
        known++;
    b->largest_code = known + 1;
    for (uint32_t i = 0; i < CODED_CHARACTERS; i++) {
        uint32_t place = tallies[i].place;
        uint32_t point = place < CODED_ASCII ? place : place - CODED_ASCII + FIRST_HAN;
        if (in_block(point))
            b->codes[place] = (uint16_t)(i < known ? i + 1 : b->largest_code);
    }
    free(tallies);
    return NULL;
}

/* ---- words ---- */

static int by_codes(const void *a, const void *b) {
    const word *x = a, *y = b;
    uint32_t shorter = x->length < y->length ? x->length : y->length;
    for (uint32_t i = 0; i < shorter; i++)
        if (x->codes[i] != y->codes[i])
            return x->codes[i] < y->codes[i] ? -1 : 1;
    return (x->length > y->length) - (x->length < y->length);
}

/* Code the words; those with a character that no block has can never be found, and are left out. */
static const char *code_words(builder *b, const word_list *list) {
    b->letters = malloc((list->size + 1) * sizeof *b->letters);
    b->words = malloc((list->word_count + 1) * sizeof *b->words);
    if (b->letters == NULL || b->words == NULL)
        return OUT_OF_MEMORY;
    uint16_t *to = b->letters, *start = to;
    size_t seen = 0;
    bool whole = true;
    for (const uint8_t *p = list->words, *end = p + list->size; p < end;) {
        uint32_t point;
        p = utf8_decode(p, end, &point);
        if (point != '\n') {
            whole = whole && in_block(point);
            if (whole)
                *to++ = b->codes[code_place(point)];
            continue;
        }
        if (seen == list->word_count || list->weight_of[seen] >= list->weight_count)
            return "more words than weights";
        size_t length = (size_t)(to - start);
        if (length >= NO_LABEL)
            return "a word is too long";
        if (whole && length > 0) {
            b->words[b->word_count++] =
                (word){start, (uint32_t)length, list->weight_of[seen] + 1};
            b->longest = length > b->longest ? (uint32_t)length : b->longest;
        }
        start = to = whole ? to : start;
        whole = true;
        seen++;
    }
    if (seen != list->word_count)
        return "fewer words than weights";
    qsort(b->words, b->word_count, sizeof *b->words, by_codes);
    for (uint32_t i = 1; i < b->word_count; i++)
        if (by_codes(&b->words[i - 1], &b->words[i]) == 0)
            return "a word comes twice";
    return NULL;
}

/* ---- trie ---- */

static trie_node *add_node(builder *b) {
    trie_node *nodes = grow(b->nodes, &b->node_room, b->node_count + 1, sizeof *nodes);
    if (nodes == NULL)
        return NULL;
    b->nodes = nodes;
    memset(nodes + b->node_count, 0, sizeof *nodes);
    return nodes + b->node_count++;
}

static int add_children(builder *b, size_t at) {
    trie_node parent = b->nodes[at];
    uint32_t i = parent.first_word;
    if (parent.depth > 0 && b->words[i].length == parent.depth)
        parent.weight = b->words[i++].weight;
    parent.first_child = (uint32_t)b->node_count;
    while (i < parent.end_word) {
        uint32_t label = b->words[i].codes[parent.depth];
        trie_node *child = add_node(b);
        if (child == NULL)
            return -1;
        child->first_word = i;
        while (i < parent.end_word && b->words[i].codes[parent.depth] == label)
            i++;
        child->end_word = i;
        child->depth = parent.depth + 1;
        child->label = label;
        parent.children++;
    }
    b->nodes[at] = parent;
    return 0;
}

static const char *build_trie(builder *b) {
    trie_node *root = add_node(b);
    if (root == NULL)
        return OUT_OF_MEMORY;
    root->end_word = b->word_count;
    for (size_t at = 0; at < b->node_count; at++)
        if (add_children(b, at) < 0)
            return OUT_OF_MEMORY;
    return NULL;
}

/* ---- slots ---- */

static int more_slots(builder *b, size_t least) {
    size_t slots = b->slots ? b->slots : (size_t)1 << 16;
    while (slots < least)
        slots *= 2;
    if (slots == b->slots)
        return 0;
    uint8_t *taken = realloc(b->taken, slots);
    if (taken == NULL)
        return -1;
    b->taken = taken;
    uint8_t *base_taken = realloc(b->base_taken, slots);
    if (base_taken == NULL)
        return -1;
    b->base_taken = base_taken;
    memset(taken + b->slots, 0, slots - b->slots);
    memset(base_taken + b->slots, 0, slots - b->slots);
    b->slots = slots;
    return 0;
}

static bool fits(const builder *b, const trie_node *node, size_t base) {
    const trie_node *child = b->nodes + node->first_child;
    if (b->base_taken[base])
        return false;
    for (uint32_t i = 0; i < node->children; i++)
        if (b->taken[base + child[i].label])
            return false;
    return true;
}

static void occupy(builder *b, trie_node *node, size_t base) {
    const trie_node *child = b->nodes + node->first_child;
    node->base = (uint32_t)base;
    b->base_taken[base] = 1;
    for (uint32_t i = 0; i < node->children; i++)
        b->taken[base + child[i].label] = 1;
    if (base + b->largest_code >= b->slots_used)
        b->slots_used = base + b->largest_code + 1;
}

/* Give a node the first base that fits, looking from `*from` on. A stretch in which many were
 * refused is not looked at again for nodes of this magnitude. */
static int place(builder *b, trie_node *node, size_t *from) {
    enum { PATIENCE = 64 };
    size_t first = b->nodes[node->first_child].label;
    size_t slot = *from, refused = 0;
    for (;; slot++) {
        if (more_slots(b, slot + b->largest_code + 2) < 0)
            return -1;
        const uint8_t *open = memchr(b->taken + slot, 0, b->slots - slot);
        if (open == NULL) {
            slot = b->slots - 1;
            continue;
        }
        slot = (size_t)(open - b->taken);
        if (more_slots(b, slot + b->largest_code + 2) < 0)
            return -1;
        if (refused == 0 || refused > PATIENCE)
            *from = slot;
        if (slot > first && fits(b, node, slot - first))
            break;
        refused++;
    }
    occupy(b, node, slot - first);
    return 0;
}

static int by_children(const void *a, const void *b) {
    const uint32_t *x = a, *y = b; /* children, node */
    if (x[0] != y[0])
        return x[0] < y[0] ? 1 : -1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

/* A scale on which a step is an eighth to a sixteenth of the number. */
static uint32_t magnitude(uint32_t count) {
    uint32_t bits = 0;
    while (count >> bits > 15)
        bits++;
    return bits * 8 + (count >> bits);
}

static const char *place_all(builder *b) {
    uint32_t(*order)[2] = malloc((b->node_count + 1) * sizeof *order);
    size_t count = 0, from = 0;
    bool failed = order == NULL || more_slots(b, 2 * (size_t)b->largest_code + 4) < 0;
    if (!failed) {
        memset(b->taken, 1, (size_t)b->largest_code + 1); /* the root's own, with base 0 */
        occupy(b, b->nodes, 0);
        for (size_t at = 1; at < b->node_count; at++)
            if (b->nodes[at].children > 0) {
                order[count][0] = b->nodes[at].children;
                order[count++][1] = (uint32_t)at;
            }
        qsort(order, count, sizeof *order, by_children);
    }
    for (size_t i = 0; i < count && !failed; i++) {
        if (i == 0 || magnitude(order[i][0]) != magnitude(order[i - 1][0]))
            from = 0; /* smaller ones fit where larger ones did not */
        failed = place(b, b->nodes + order[i][1], &from) < 0;
    }
    free(order);
    if (failed)
        return OUT_OF_MEMORY;
    return b->slots_used > (size_t)1 << NODE_BASE_BITS ? "too many words" : NULL;
}

/* ---- file ---- */

static void write_nodes(const builder *b, uint64_t *slots) {
    for (size_t i = 0; i < b->slots_used; i++)
        slots[i] = NODE(0, 0, NO_LABEL);
    for (size_t at = 0; at < b->node_count; at++) {
        const trie_node *parent = b->nodes + at;
        for (uint32_t i = 0; i < parent->children; i++) {
            const trie_node *child = b->nodes + parent->first_child + i;
            slots[parent->base + child->label] = NODE(child->base, child->weight, child->label);
        }
    }
}

/* Half of the slots stay empty. */
static uint32_t class_bits(size_t classes) {
    uint32_t bits = 1;
    while ((size_t)1 << bits < 2 * classes)
        bits++;
    return bits;
}

static const char *write_classes(const word_list *list, uint64_t *filter, uint64_t *pairs,
                                 size_t mask) {
    for (size_t i = 0; i < list->class_count; i++) {
        uint64_t hash = list->classes[2 * i];
        size_t at = (size_t)hash & mask;
        while (pairs[2 * at] != 0 && pairs[2 * at] != hash)
            at = (at + 1) & mask;
        if (hash == 0 || pairs[2 * at] == hash)
            return "a class comes twice";
        pairs[2 * at] = hash;
        pairs[2 * at + 1] = list->classes[2 * i + 1];
        filter[hash >> (70 - CLASS_FILTER_BITS)] |= (uint64_t)1
                                                    << (hash >> (64 - CLASS_FILTER_BITS) & 63);
    }
    return NULL;
}

static const char *write_file(const builder *b, const word_list *list, uint8_t **result,
                              size_t *size) {
    dictionary_header head = {
        .version = DICTIONARY_VERSION,
        .byte_order = BYTE_ORDER_MARK,
        .weights = list->weight_count + 1,
        .nodes = b->slots_used,
        .unknown = list->unknown,
        .longest = b->longest,
        .class_bits = class_bits(list->class_count),
    };
    memcpy(head.magic, DICTIONARY_MAGIC, sizeof head.magic);
    *size = dictionary_size(head.weights, head.nodes, head.class_bits);
    uint8_t *file = calloc(*size, 1);
    if (file == NULL)
        return OUT_OF_MEMORY;
    uint8_t *at = file + sizeof head;
    memcpy(file, &head, sizeof head);
    memcpy(at, b->codes, sizeof b->codes);
    double *weights = (double *)(at + CODES_BYTES);
    weights[0] = -INFINITY;
    if (list->weight_count > 0)
        memcpy(weights + 1, list->weights, list->weight_count * sizeof *weights);
    uint64_t *nodes = (uint64_t *)(weights + head.weights), *filter = nodes + head.nodes;
    write_nodes(b, nodes);
    const char *why = write_classes(list, filter, filter + CLASS_FILTER_WORDS,
                                    ((size_t)1 << head.class_bits) - 1);
    if (why) {
        free(file);
        return why;
    }
    head.checksum = checksum(file + CHECKED_FROM, *size - CHECKED_FROM);
    memcpy(file, &head, sizeof head);
    *result = file;
    return NULL;
}

const char *dictionary_compile(const word_list *list, uint8_t **result, size_t *result_size) {
    if (list->weight_count >= 1u << NODE_WEIGHT_BITS || list->word_count >= UINT32_MAX ||
        list->class_count > (size_t)1 << (MOST_CLASS_BITS - 1))
        return "too many words";
    builder *b = calloc(1, sizeof *b);
    const char *why = b == NULL ? OUT_OF_MEMORY : assign_codes(b, list);
    if (!why)
        why = code_words(b, list);
    if (!why)
        why = build_trie(b);
    if (!why)
        why = place_all(b);
    if (!why)
        why = write_file(b, list, result, result_size);
    if (b != NULL) {
        free(b->letters);
        free(b->words);
        free(b->nodes);
        free(b->taken);
        free(b->base_taken);
    }
    free(b);
    return why;
}
