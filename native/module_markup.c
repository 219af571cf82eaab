/* Markup of batches of texts: glanced at, and its spans counted in bytes. */
#include "binding.h"

PyObject *glance_at_markup(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[3];
    if (!PyArg_ParseTuple(args, "OOO:glance_at_markup", &at[0], &at[1], &at[2]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts;
    uint8_t *found = NULL;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                (found = exactly(&held, at[2], 1, true, texts.count)) != NULL;
    if (good) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; i < texts.count; i++)
            found[i] = (uint8_t)markup_glance(buffer + offsets[i],
                                              (size_t)(offsets[i + 1] - offsets[i]));
        Py_END_ALLOW_THREADS
    }
    return finished(&held, good);
}

PyObject *count_bytes(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *at[4];
    if (!PyArg_ParseTuple(args, "OOOO:byte_positions", &at[0], &at[1], &at[2], &at[3]))
        return NULL;
    arrays held = {.count = 0};
    ragged texts, positions;
    bool good = ragged_of(&held, at[0], at[1], 1, false, &texts) &&
                ragged_of(&held, at[2], at[3], 8, true, &positions);
    bool sorted = good && positions.count == texts.count;
    if (sorted) {
        const uint8_t *buffer = texts.values;
        const int64_t *offsets = texts.offsets, *parts = positions.offsets;
        int64_t *values = positions.values;
        Py_BEGIN_ALLOW_THREADS
        for (size_t i = 0; sorted && i < texts.count; i++)
            sorted = byte_positions(buffer + offsets[i], (size_t)(offsets[i + 1] - offsets[i]),
                                    values + parts[i], (size_t)(parts[i + 1] - parts[i]));
        Py_END_ALLOW_THREADS
    }
    if (good && !sorted)
        refused("spans are not sorted, or not within their text");
    return finished(&held, good && sorted);
}
