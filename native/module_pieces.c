/* Pieces of batches of texts. */
#include "binding.h"

#include <stdlib.h>

#include "pieces.h"

PyObject *pieces_of_texts(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[4], *result = NULL;
    if (!PyArg_ParseTuple(args, "OOOO:pieces", &at[0], &at[1], &at[2], &at[3]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts;
    size_t listed;
    const uint64_t *hashes = NULL;
    int64_t *counts = NULL;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                (hashes = array_of(&held, at[2], 8, false, &listed)) != NULL &&
                (counts = exactly(&held, at[3], 8, true, texts.count)) != NULL;
    piece_list found = {.items = NULL};
    piece_filter filter = {.bits = NULL};
    int failed = 0;
    if (good) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets;
        Py_BEGIN_ALLOW_THREADS
        failed = piece_filter_fill(&filter, hashes, listed);
        for (size_t i = 0; !failed && i < texts.count; i++) {
            size_t before = found.count;
            failed = find_pieces(&found, &filter, buffer + offsets[i],
                                 (size_t)(offsets[i + 1] - offsets[i]));
            counts[i] = (int64_t)(found.count - before);
        }
        Py_END_ALLOW_THREADS
        if (failed)
            PyErr_NoMemory();
        else {
            result = memory_new(found.items, found.count * sizeof *found.items);
            found.items = NULL;
        }
    }
    free(filter.bits);
    free(found.items);
    release(&held);
    return result;
}
