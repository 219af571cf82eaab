/* Arrays of Python: checked, and held while the kernel works on them. */
#include "binding.h"

void release(arrays *held) {
    while (held->count > 0)
        PyBuffer_Release(&held->views[--held->count]);
}

void *array_of(arrays *held, PyObject *object, size_t item, bool writable, size_t *length) {
    static uint64_t nothing;
    Py_buffer *view = &held->views[held->count];
    int flags = PyBUF_FORMAT | PyBUF_C_CONTIGUOUS | (writable ? PyBUF_WRITABLE : 0);
    if (PyObject_GetBuffer(object, view, flags) < 0)
        return NULL;
    held->count++;
    if (view->len == 0) {
        *length = 0;
        return &nothing;
    }
    if (view->itemsize != (Py_ssize_t)item || (uintptr_t)view->buf % item != 0) {
        PyErr_Format(PyExc_ValueError, "array %d has items of %zd bytes, not of %zu, or unaligned",
                     held->count, view->itemsize, item);
        return NULL;
    }
    *length = (size_t)view->len / item;
    return view->buf;
}

void *exactly(arrays *held, PyObject *object, size_t item, bool writable, size_t wanted) {
    size_t length;
    void *found = array_of(held, object, item, writable, &length);
    if (found != NULL && length != wanted) {
        PyErr_Format(PyExc_ValueError, "array %d has %zu items, not %zu", held->count, length, wanted);
        return NULL;
    }
    return found;
}

PyObject *refused(const char *why) {
    if (why == NULL || why[0] == '\0')
        return PyErr_NoMemory();
    PyErr_SetString(PyExc_ValueError, why);
    return NULL;
}

PyObject *finished(arrays *held, bool good) {
    release(held);
    if (!good)
        return NULL;
    Py_RETURN_NONE;
}

bool ragged_of(arrays *held, PyObject *values, PyObject *offsets, size_t item, bool writable,
               ragged *parts) {
    size_t length, ends;
    if ((parts->values = array_of(held, values, item, writable, &length)) == NULL ||
        (parts->offsets = array_of(held, offsets, sizeof *parts->offsets, writable, &ends)) == NULL)
        return false;
    const char *why = ends == 0 ? "offsets are empty" : NULL;
    if (ends > 0 && parts->offsets[0] < 0)
        why = "offsets are negative";
    for (size_t i = 1; why == NULL && i < ends; i++)
        if (parts->offsets[i] < parts->offsets[i - 1])
            why = "offsets fall";
    if (why == NULL && (uint64_t)parts->offsets[ends - 1] > length)
        why = "offsets lead out of the array";
    if (why != NULL)
        return refused(why) != NULL;
    parts->length = length;
    parts->count = ends - 1;
    return true;
}
