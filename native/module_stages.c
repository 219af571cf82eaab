/* The stages of a sketch by themselves, and operations on sets of shingles. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

/* ---- the stages by themselves ---- */

PyObject *fold_text(PyObject *Py_UNUSED(module), PyObject *text) {
    arrays held = {.count = 0};
    kept_text kept = {.points = NULL};
    folder f = {.run = NULL};
    size_t size;
    int failed = 0;
    PyObject *result = NULL;
    const uint8_t *memory = array_of(&held, text, 1, false, &size);
    if (memory != NULL) {
        Py_BEGIN_ALLOW_THREADS
        fold_begin(&f, &kept);
        failed = fold_feed(&f, memory, size) < 0 || fold_end(&f) < 0;
        Py_END_ALLOW_THREADS
        result = failed ? PyErr_NoMemory()
                        : PyBytes_FromStringAndSize((char *)kept.utf8, (Py_ssize_t)kept.bytes);
    }
    kept_free(&kept);
    folder_free(&f);
    release(&held);
    return result;
}

/* Segment the kept text of (text, dictionary), with the ends of tokens; false: an error is set. */
static bool cut_text(PyObject *args, const char *format, kept_text *kept, tokens *found) {
    PyObject *text, *object;
    const dictionary *dict;
    if (!PyArg_ParseTuple(args, format, &text, &object) || !dictionary_or_none(object, &dict))
        return false;
    arrays held = {.count = 0};
    size_t size;
    int failed = 0;
    const uint8_t *memory = array_of(&held, text, 1, false, &size);
    if (memory != NULL) {
        Py_BEGIN_ALLOW_THREADS
        failed = kept_decode(kept, memory, size);
        if (!failed)
            failed = segment(found, kept, dict, true);
        Py_END_ALLOW_THREADS
        if (failed)
            refused(failed > 0 ? "kept text is not UTF-8" : NULL);
    }
    release(&held);
    return memory != NULL && !failed;
}

PyObject *cut(PyObject *Py_UNUSED(module), PyObject *args) {
    kept_text kept = {.points = NULL};
    tokens found = {.count = 0};
    PyObject *result = NULL;
    if (cut_text(args, "OO:cut", &kept, &found)) {
        result = memory_new(found.ends, found.count * sizeof *found.ends);
        found.ends = NULL;
    }
    tokens_free(&found);
    kept_free(&kept);
    return result;
}

/* A token that was met, by its first character and its length, and its number, from 1. */
typedef struct {
    const uint32_t *points;
    size_t length;
    uint32_t number;
} met;

/* Return the place of a token among those met: its own, or an empty one. Tokens of one class have
 * one hash, so that characters decide. */
static met *place_of(met *table, size_t mask, uint64_t hash, const uint32_t *points, size_t length) {
    size_t at = (size_t)hash & mask;
    while (table[at].number != 0 &&
           (table[at].length != length ||
            memcmp(table[at].points, points, length * sizeof *points) != 0))
        at = (at + 1) & mask;
    return table + at;
}

/* The order is told because a first U+FEFF would else be taken for a mark of it. */
static PyObject *word_of(const uint32_t *points, size_t length) {
    const uint32_t one = 1;
    int order = *(const uint8_t *)&one ? -1 : 1;
    return PyUnicode_DecodeUTF32((const char *)points, (Py_ssize_t)(length * sizeof *points),
                                 "strict", &order);
}

/* List the distinct tokens; fill in for each token which of them it is. */
static PyObject *list_words(const kept_text *kept, const tokens *found, uint32_t *which) {
    size_t slots = 16;
    while (slots < 2 * found->count)
        slots *= 2;
    met *table = calloc(slots, sizeof *table);
    PyObject *list = table != NULL ? PyList_New(0) : PyErr_NoMemory();
    size_t end = 0;
    uint32_t distinct = 0;
    for (size_t i = 0; list != NULL && i < found->count; i++) {
        size_t start = end;
        end = found->ends[i];
        while (kept->points[start] == ' ')
            start++;
        const uint32_t *points = kept->points + start;
        met *place = place_of(table, slots - 1, found->hashes[i], points, end - start);
        if (place->number == 0) {
            *place = (met){.points = points, .length = end - start, .number = ++distinct};
            PyObject *word = word_of(points, end - start);
            if (word == NULL || PyList_Append(list, word) < 0)
                Py_CLEAR(list);
            Py_XDECREF(word);
        }
        which[i] = place->number - 1;
    }
    free(table);
    return list;
}

PyObject *words(PyObject *Py_UNUSED(module), PyObject *args) {
    kept_text kept = {.points = NULL};
    tokens found = {.count = 0};
    PyObject *result = NULL, *list = NULL, *places = NULL;
    if (cut_text(args, "OO:words", &kept, &found)) {
        uint32_t *which = malloc((found.count + 1) * sizeof *which);
        if (which == NULL)
            PyErr_NoMemory();
        else if ((list = list_words(&kept, &found, which)) == NULL)
            free(which);
        else
            places = memory_new(which, found.count * sizeof *which);
    }
    if (places != NULL)
        result = PyTuple_Pack(2, list, places);
    Py_XDECREF(list);
    Py_XDECREF(places);
    tokens_free(&found);
    kept_free(&kept);
    return result;
}

PyObject *name_instruction_set(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none)) {
    return PyUnicode_FromString(instruction_set());
}

PyObject *choose_instruction_set(PyObject *Py_UNUSED(module), PyObject *args) {
    const char *name;
    if (!PyArg_ParseTuple(args, "s:use_instruction_set", &name))
        return NULL;
    return use_instruction_set(name) ? PyUnicode_FromString(instruction_set())
                                     : refused("this processor has no such instructions");
}

/* ---- sets ---- */

static const char *check_pairs(const int64_t *pairs, size_t count, size_t sets) {
    for (size_t i = 0; i < count; i++)
        if (pairs[i] < 0 || (uint64_t)pairs[i] >= sets)
            return "a pair names a set that does not exist";
    return NULL;
}

PyObject *intersect_counts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[4];
    if (!PyArg_ParseTuple(args, "OOOO:intersect_counts", &at[0], &at[1], &at[2], &at[3]))
        return NULL;
    arrays held = {.count = 0};
    ragged sets;
    const int64_t *pairs = NULL;
    int64_t *out = NULL;
    size_t items;
    const char *why = NULL;
    bool good = ragged_of(&held, at[0], at[1], 8, false, &sets) &&
                (pairs = array_of(&held, at[2], 8, false, &items)) != NULL &&
                (out = exactly(&held, at[3], 8, true, items / 2)) != NULL;
    if (good && (why = check_pairs(pairs, items / 2 * 2, sets.count)) != NULL)
        good = refused(why) != NULL;
    if (good) {
        const uint64_t *values = sets.values;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i < items / 2; i++) {
            const int64_t *a = sets.offsets + pairs[2 * i], *b = sets.offsets + pairs[2 * i + 1];
            out[i] = (int64_t)intersect_count(values + a[0], (size_t)(a[1] - a[0]),
                                              values + b[0], (size_t)(b[1] - b[0]));
        }
        Py_END_ALLOW_THREADS
    }
    return finished(&held, good);
}

/* Returns -1 where memory is exhausted. */
static int unique_each(uint64_t *values, int64_t *offsets, size_t count) {
    int64_t longest = 0, start = offsets[0], left = start;
    for (size_t i = 1; i <= count; i++)
        if (offsets[i] - offsets[i - 1] > longest)
            longest = offsets[i] - offsets[i - 1];
    uint64_t *scratch = malloc(((size_t)longest + 1) * sizeof *scratch);
    if (scratch == NULL)
        return -1;
    for (size_t i = 1; i <= count; i++) {
        size_t size = (size_t)(offsets[i] - start);
        memmove(values + left, values + start, size * sizeof *values);
        start = offsets[i];
        left += (int64_t)sort_unique(values + left, size, scratch);
        offsets[i] = left;
    }
    free(scratch);
    return 0;
}

PyObject *unique_sorted(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[2];
    if (!PyArg_ParseTuple(args, "OO:unique_sorted", &at[0], &at[1]))
        return NULL;
    arrays held = {.count = 0};
    ragged sets;
    int failed = 0;
    bool good = ragged_of(&held, at[0], at[1], 8, true, &sets);
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        failed = unique_each(sets.values, sets.offsets, sets.count);
        Py_END_ALLOW_THREADS
        good = !failed || PyErr_NoMemory() != NULL;
    }
    return finished(&held, good);
}
