/* The native kernel: UTF-8 text to shingles and signatures, bit for bit as the Python reference
 * (dedup/sketch/reference.py) defines it. Nothing here knows of Python; module*.c bind it.
 *
 * Functions that can fail return 0, or -1 when memory is exhausted. */
#ifndef DEDUP_KERNEL_H
#define DEDUP_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define NOINLINE __attribute__((noinline))
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define LIKELY(x) (x)
#define UNLIKELY(x) (x)
#define NOINLINE
#define PREFETCH(address) ((void)(address))
#endif

/* ---- cpu.c ---- */

/* What the vectors are made of: the best there is, until others are asked for by name (avx512,
 * avx2 or plain), which may not be done while others run. The first call is before threads are. */
enum { PLAIN, AVX2, AVX512 };
int vector_level(void);
const char *instruction_set(void);
bool use_instruction_set(const char *name);

/* ---- blake2b.c ---- */

/* BLAKE2b (RFC 7693), 16 bytes out, no key. */
void blake2b_16(const uint8_t *input, size_t size, uint8_t out[16]);

/* ---- hash_many.c ---- */

typedef struct {
    const uint8_t *input;
    size_t size;
    uint8_t *out; /* 16 bytes */
} hash_job;

/* The same of many, several at a time; puts the jobs into another order. */
void blake2b_16_many(hash_job *jobs, size_t count);

/* ---- fold.c, marks.c: dedup/text/fold.py and marks.py ---- */

/* Kept text, twice: as code points and as UTF-8. */
typedef struct {
    uint32_t *points;
    size_t count, room;
    uint8_t *utf8;
    size_t bytes;
    size_t spaces; /* separators among the code points */
} kept_text;

typedef struct {
    kept_text *out;
    uint32_t *run; /* table entries since the last kept character */
    size_t run_count, run_room;
    uint32_t left; /* entry of the last kept character, 0 for none */
    bool special;  /* the run has marks or circles */
    bool after_script;
    int vectors; /* the vector_level */
} folder;

/* Fold one text, in pieces: begin, then feed and line_end in any order, then end. A piece ends
 * characters that it cuts through. Invalid UTF-8 counts as separators. */
void fold_begin(folder *f, kept_text *out);
int fold_feed(folder *f, const uint8_t *text, size_t size);
int fold_line_end(folder *f);
int fold_end(folder *f);
/* How far a text is folded. `settled`: what comes depends on nothing before but `left`. */
typedef struct {
    size_t count, bytes, spaces;
    uint32_t left;
    bool settled;
} folded_to;
folded_to fold_place(const folder *f);
/* Take over what another folder made of the same bytes between two places where it was settled,
 * from a place where this one is, with the same left; go on as from the second. */
int fold_copy(folder *f, const kept_text *from, const folded_to *start, const folded_to *end);
void folder_free(folder *f);
void kept_free(kept_text *kept);

/* BLAKE2b, 16 bytes in hexadecimal, of the fold table that this was built from. */
const char *fold_table_hash(void);

/* Decode a text that is kept text already; returns 1 where it is not UTF-8. */
int kept_decode(kept_text *kept, const uint8_t *text, size_t size);

/* ---- dictionary.c: the compiled dictionary ---- */

/* jieba cuts only inside runs of these, its re_han_default: Han to U+9FD5, ASCII letters and
 * digits, and + # & . _ % - */
#define FIRST_HAN 0x4E00
#define LAST_HAN 0x9FD5
#define CODED_ASCII 128
#define CODED_CHARACTERS (CODED_ASCII + LAST_HAN - FIRST_HAN + 1)

/* A double-array trie (Aoe 1989) over character codes. The child of a node for code c is slot
 * base + c, if that slot's label is c; no two nodes share a base, so the label is check enough.
 * A node packs base (28 bits), weight index (20) and label (16); a base of 0 has no children,
 * weight 0 is -infinity: no word ends here. The root's base is 0 and its slots are its own. */
#define NODE_BASE_BITS 28
#define NODE_WEIGHT_BITS 20
#define NODE_BASE(node) ((uint32_t)((node) >> 36))
#define NODE_WEIGHT(node) ((uint32_t)((node) >> 16) & 0xFFFFFu)
#define NODE_LABEL(node) ((uint32_t)(node) & 0xFFFFu)
#define NODE(base, weight, label) \
    ((uint64_t)(base) << 36 | (uint64_t)(weight) << 16 | (uint64_t)(label))
#define NO_LABEL 0xFFFFu

typedef struct {
    const uint16_t *codes;  /* CODED_CHARACTERS; 0 for characters outside blocks */
    const double *weights;  /* log of frequency minus log of the total */
    const uint64_t *nodes;
    double unknown; /* weight of a character that is no word */
    uint32_t longest; /* characters of the longest word */
    /* Word classes (dedup/text/regional.py): pairs of a token's hash and that of what stands for
     * it, open addressing; a first 0 is an empty slot. The filter has a bit for the highest bits
     * of each hash, so that most tokens cost one look at it. */
    const uint64_t *class_filter, *class_pairs;
    size_t class_mask;
} dictionary;

#define CLASS_FILTER_BITS 17
#define CLASS_FILTER_WORDS ((size_t)1 << (CLASS_FILTER_BITS - 6))
#define IN_CLASS_FILTER(filter, hash) \
    ((filter)[(hash) >> (70 - CLASS_FILTER_BITS)] >> ((hash) >> (64 - CLASS_FILTER_BITS) & 63) & 1)

/* Whether jieba cuts words of this character, and its place in the table of codes. */
bool in_block(uint32_t point);
size_t code_place(uint32_t point);

/* Look at a compiled dictionary in memory, 8-byte aligned; NULL or why it cannot be used. */
const char *dictionary_open(dictionary *dict, const uint8_t *memory, size_t size);

/* ---- compile.c ---- */

/* Compile words (UTF-8, each with a line end) with their weights, distinct values and, for each
 * word, the index of its value. `result` is to be freed. Returns NULL, or why not; "" is memory. */
typedef struct {
    const uint8_t *words;
    size_t size;
    const double *weights;
    size_t weight_count;
    const uint32_t *weight_of;
    size_t word_count;
    double unknown;
    const uint64_t *classes; /* pairs of hashes, each first one once */
    size_t class_count;
} word_list;
const char *dictionary_compile(const word_list *list, uint8_t **result, size_t *result_size);

/* ---- segment.c ---- */

typedef struct {
    uint64_t *hashes;
    size_t *ends; /* of each token, in code points; filled only where it is not NULL */
    size_t count, room;
    uint16_t *codes;   /* of each character, and one 0 more */
    uint16_t *lengths; /* of the best word that starts at each character */
    size_t text_room;
    double *scores; /* the last few, in a ring */
    size_t ring;
} tokens;

/* Cut kept text into tokens and hash them; characters without a dictionary. */
int segment(tokens *out, const kept_text *kept, const dictionary *dict, bool with_ends);
void tokens_free(tokens *t);

/* ---- shingle.c ---- */

#define TOKEN_START 0x9E3779B97F4A7C15u
#define TOKEN_FACTOR 0xD6E8FEB86659FD93u

static inline uint64_t mix64(uint64_t value) {
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCDu;
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53u;
    return value ^ value >> 33;
}

/* A token's hash goes on with each code point and ends in mix64. */
static inline uint64_t token_step(uint64_t state, uint32_t point) {
    state = (state ^ point) * TOKEN_FACTOR;
    return state ^ state >> 32;
}

size_t shingle_count(size_t tokens, size_t ngram);
void shingle_hashes(const uint64_t *tokens, size_t count, size_t ngram, uint64_t *out);
/* The hash of each character as a token. */
void character_hashes(const uint32_t *points, size_t count, uint64_t *out);

/* ---- passages.c: dedup/sketch/passages.py ---- */

/* The most fingerprints that `count` tokens can have. */
size_t passage_count(size_t count, size_t run, size_t window);
/* Write the fingerprints, and return how many. `hashes` holds what shingle_hashes makes of the
 * tokens with runs as shingles. */
size_t passages(const uint64_t *tokens, size_t count, size_t run, size_t window, uint64_t *hashes,
                uint32_t *out);

/* ---- minhash.c ---- */

/* Permutations, padded to whole vectors. */
typedef struct {
    uint32_t *factors, *terms, *values;
    size_t count, padded;
} permutations;

int permutations_make(permutations *p, const uint32_t *factors, const uint32_t *terms, size_t n);
void permutations_free(permutations *p);
void minhash(permutations *p, const uint64_t *shingles, size_t count, uint32_t *out);

/* ---- sketch.c ---- */

typedef struct {
    const uint8_t *buffer;
    const int64_t *offsets, *spans, *span_offsets;
    size_t count;
} text_batch;

typedef struct {
    uint64_t *shingles; /* to be freed */
    size_t shingle_room;
    uint32_t *passages; /* to be freed */
    size_t passage_room;
    int64_t *shingle_offsets, *passage_offsets;
    uint32_t *signatures;
    uint8_t *compared_hash, *whole_hash;
    int64_t *kept, *whole_kept, *tokens;
    uint8_t *set_aside;
} sketch_batch;

typedef struct {
    const dictionary *dict; /* NULL: tokens are characters */
    size_t ngram;
    size_t run, window; /* of passages; a window of 0: none are made */
    const uint32_t *factors, *terms;
    size_t num_perm;
} sketch_settings;

int sketch_texts(const text_batch *in, const sketch_settings *settings, sketch_batch *out);

/* ---- glance*.c: dedup/text/metadata/glance.py ---- */

/* What a character means to the rules; one bit each. Of the character as written: */
#define GLANCE_LINE_END 1u
#define GLANCE_INVISIBLE 2u
#define GLANCE_SENTENCE_END 4u
#define GLANCE_NOTICE 8u
#define GLANCE_CLOSER 16u
#define GLANCE_CREDIT 32u
#define GLANCE_RULER 64u
/* and of the normalised one: */
#define GLANCE_DECORATION 128u
#define GLANCE_FIELD_SEPARATOR 256u
#define GLANCE_FIELD_FIRST 512u
#define GLANCE_DATE 1024u
#define GLANCE_TITLE_END 2048u
#define GLANCE_LIST_END 4096u
#define GLANCE_NUMBER 8192u

/* What may be found at an end of a text. */
enum { GLANCE_NOTHING, GLANCE_MAYBE, GLANCE_TITLE, GLANCE_TITLE_AND_BODY };

#define GLANCE_RULES 31
#define GLANCE_PAGE_NUMBER 0x40000000u
#define GLANCE_ALONE 0x80000000u /* counts only between separators */
#define GLANCE_CHARACTERS 0x10000
#define GLANCE_CLASSES 512

typedef struct {
    const uint16_t *normal, *traits; /* of each character */
    const uint16_t *classes;         /* of each character as written; 0: in no keyword */
    const uint16_t *first_word;      /* of each class, and one more: keywords sorted by it */
    const uint16_t *words;           /* keywords as classes */
    const uint16_t *word_ends;       /* 0, then where each ends */
    const uint32_t *rules_of_word;   /* a bit for each rule, and GLANCE_ALONE */
    const uint16_t *longest;         /* of each rule: characters that it can read */
    uint32_t head, tail, fields, lead, item, dated, numbered, heading; /* rules */
    uint32_t title_needs; /* letters, digits and Han below a title */
    uint32_t notice;      /* the rule of copyright notices */
} glance_rules;

/* found: what may be at the head and at the tail; title: its code points, where that is certain
 * and nothing else is at the head. TITLE_AND_BODY: with nothing at the tail, and body enough.
 * alone: of MAYBE the rules of which one reads the first line, or the last one, if there is
 * anything at all; 0 where that is not certain. */
void glance(const glance_rules *rules, const uint8_t *text, size_t size, uint8_t found[2],
            int64_t title[2], uint32_t alone[2]);

/* ---- markup.c: dedup/text/markup/glance.py ---- */

/* What markup a text may have; one bit each. */
#define MARKUP_TAG 1u
#define MARKUP_REFERENCE 2u
#define MARKUP_TARGET 4u
#define MARKUP_DEFINITION 8u
#define MARKUP_BRACE 16u
#define MARKUP_READING 32u
#define MARKUP_TICK 64u
#define MARKUP_FENCE 128u
#define MARKUP_ANY 255u

unsigned markup_glance(const uint8_t *text, size_t size);
/* Turn offsets in code points, which do not fall, into offsets in bytes, in place; false where one
 * falls or leads out of the text, which is UTF-8. */
bool byte_positions(const uint8_t *text, size_t size, int64_t *positions, size_t count);

/* ---- characters.c ---- */

/* Characters that may be looked for: those of 16 bits. */
enum { WANTED_CHARACTERS = 0x10000 };
/* Whether any of the first `most` characters is one of those whose bits are set in `wanted`. */
bool has_character(const uint8_t *text, size_t size, const uint8_t *wanted, size_t most);

/* ---- sets.c ---- */

/* Values common to two sorted arrays without repeats. */
size_t intersect_count(const uint64_t *a, size_t na, const uint64_t *b, size_t nb);
/* Sort and drop repeats, in place; returns how many are left. `scratch` holds as many. */
size_t sort_unique(uint64_t *values, size_t count, uint64_t *scratch);

/* ---- memory.c ---- */

/* Make room for `count` items (at least one) of `size` bytes, by a half at least, and return where
 * they now are; NULL where memory is exhausted, and then nothing has changed. */
void *grow(void *items, size_t *room, size_t count, size_t size);

#endif
