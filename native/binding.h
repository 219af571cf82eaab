/* The inside of the binding: what module*.c share. */
#ifndef DEDUP_BINDING_H
#define DEDUP_BINDING_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "kernel.h"

/* ---- module_arrays.c: arrays of Python, through the buffer protocol ---- */

enum { MOST_VIEWS = 16 };
/* Arrays that are held until release. */
typedef struct {
    Py_buffer views[MOST_VIEWS];
    int count;
} arrays;

void release(arrays *held);
/* Return the memory of a C-contiguous array of items of `item` bytes and, in `*length`, how many
 * there are; NULL with an exception set. */
void *array_of(arrays *held, PyObject *object, size_t item, bool writable, size_t *length);
/* The same, of a length that is known. */
void *exactly(arrays *held, PyObject *object, size_t item, bool writable, size_t wanted);

/* `length` values in `count` parts: part i is values[offsets[i]:offsets[i + 1]]. */
typedef struct {
    void *values;
    int64_t *offsets;
    size_t length, count;
} ragged;

/* Fill in `parts` from two arrays, having checked that no offset leads out of the values. */
bool ragged_of(arrays *held, PyObject *values, PyObject *offsets, size_t item, bool writable,
               ragged *parts);

/* Set the exception for what the kernel says: NULL or "" is memory. Returns NULL. */
PyObject *refused(const char *why);
/* Release, and return None where `good`, else NULL: an exception is set. */
PyObject *finished(arrays *held, bool good);

/* ---- module_types.c ---- */

/* Add a type to a module, made once for all of them. */
int add_type(PyObject *module, PyType_Spec *spec, const char *name, PyTypeObject **type);
/* Add the types Memory and Dictionary. */
int add_types(PyObject *module);
/* Bytes that the kernel allocated; takes `memory`, also where it fails. */
PyObject *memory_new(void *memory, size_t size);
/* The dictionary of a Dictionary, or NULL of None; false with an exception set. */
bool dictionary_or_none(PyObject *object, const dictionary **dict);

/* ---- the functions of the module ---- */

/* module_types.c */
PyObject *compile_dictionary(PyObject *module, PyObject *args);
/* module_texts.c */
PyObject *sketch(PyObject *module, PyObject *args);
PyObject *glance_texts(PyObject *module, PyObject *args);
PyObject *hash_texts(PyObject *module, PyObject *args);
/* module_markup.c */
PyObject *glance_at_markup(PyObject *module, PyObject *args);
PyObject *count_bytes(PyObject *module, PyObject *args);
/* module_characters.c */
PyObject *find_characters(PyObject *module, PyObject *args);
/* module_pieces.c */
PyObject *pieces_of_texts(PyObject *module, PyObject *args);
/* module_align.c */
PyObject *align(PyObject *module, PyObject *args);
/* module_words.c */
int add_vocabulary(PyObject *module);
PyObject *cut(PyObject *module, PyObject *args);
PyObject *number_words(PyObject *module, PyObject *args);
/* module_stages.c */
PyObject *fold_text(PyObject *module, PyObject *text);
PyObject *name_instruction_set(PyObject *module, PyObject *none);
PyObject *choose_instruction_set(PyObject *module, PyObject *args);
PyObject *intersect_counts(PyObject *module, PyObject *args);
PyObject *unique_sorted(PyObject *module, PyObject *args);

#endif
