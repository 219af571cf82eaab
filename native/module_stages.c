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
