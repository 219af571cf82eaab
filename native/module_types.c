/* The types of the module: what the kernel allocated, and compiled dictionaries. */
#include "binding.h"

#include <stdlib.h>

/* ---- Memory: what the kernel allocated, as a buffer ---- */

typedef struct {
    PyObject_HEAD
    void *memory;
    Py_ssize_t size;
} MemoryObject;

static PyTypeObject *memory_type, *dictionary_type;

PyObject *memory_new(void *memory, size_t size) {
    MemoryObject *self = PyObject_New(MemoryObject, memory_type);
    if (self == NULL) {
        free(memory);
        return NULL;
    }
    self->memory = memory;
    self->size = (Py_ssize_t)size;
    return (PyObject *)self;
}

static void memory_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    free(((MemoryObject *)self)->memory);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int memory_getbuffer(PyObject *self, Py_buffer *view, int flags) {
    MemoryObject *memory = (MemoryObject *)self;
    return PyBuffer_FillInfo(view, self, memory->memory, memory->size, 0, flags);
}

static PyType_Slot memory_slots[] = {
    {Py_tp_doc, "Bytes that the kernel allocated; read them through the buffer protocol."},
    {Py_tp_dealloc, memory_dealloc},
    {Py_bf_getbuffer, memory_getbuffer},
    {0, NULL},
};
static PyType_Spec memory_spec = {
    "dedup.sketch._kernel.Memory", sizeof(MemoryObject), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, memory_slots};

/* ---- Dictionary ---- */

typedef struct {
    PyObject_HEAD
    arrays held;
    dictionary dict;
} DictionaryObject;

static PyObject *dictionary_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"memory", NULL};
    PyObject *memory;
    size_t size;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:Dictionary", names, &memory))
        return NULL;
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    DictionaryObject *self = (DictionaryObject *)alloc(type, 0);
    if (self == NULL)
        return NULL;
    const uint8_t *found = array_of(&self->held, memory, 1, false, &size);
    const char *why = NULL;
    if (found != NULL && (uintptr_t)found % 8 != 0)
        why = "memory is not aligned to eight bytes";
    else if (found != NULL) {
        Py_BEGIN_ALLOW_THREADS
        why = dictionary_open(&self->dict, found, size);
        Py_END_ALLOW_THREADS
    }
    if (found == NULL || why != NULL) {
        Py_DECREF(self);
        return found == NULL ? NULL : refused(why);
    }
    return (PyObject *)self;
}

static void dictionary_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    release(&((DictionaryObject *)self)->held);
    freefunc release_memory = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release_memory(self);
    Py_DECREF(type);
}

static PyType_Slot dictionary_slots[] = {
    {Py_tp_doc, "A compiled dictionary in memory; ValueError where it is damaged or foreign."},
    {Py_tp_new, dictionary_new},
    {Py_tp_dealloc, dictionary_dealloc},
    {0, NULL},
};
static PyType_Spec dictionary_spec = {"dedup.sketch._kernel.Dictionary", sizeof(DictionaryObject),
                                      0, Py_TPFLAGS_DEFAULT, dictionary_slots};

bool dictionary_or_none(PyObject *object, const dictionary **dict) {
    *dict = NULL;
    if (object == Py_None)
        return true;
    if (!PyObject_TypeCheck(object, dictionary_type)) {
        PyErr_SetString(PyExc_TypeError, "dictionary must be a Dictionary or None");
        return false;
    }
    *dict = &((DictionaryObject *)object)->dict;
    return true;
}

PyObject *compile_dictionary(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *words, *weights, *weight_of, *classes;
    double unknown;
    if (!PyArg_ParseTuple(args, "OOOdO:compile_dictionary", &words, &weights, &weight_of, &unknown,
                          &classes))
        return NULL;
    arrays held = {.count = 0};
    word_list list = {.unknown = unknown};
    uint8_t *result = NULL;
    size_t size = 0, hashes;
    const char *why = NULL;
    bool good = (list.words = array_of(&held, words, 1, false, &list.size)) != NULL &&
                (list.weights = array_of(&held, weights, 8, false, &list.weight_count)) != NULL &&
                (list.weight_of = array_of(&held, weight_of, 4, false, &list.word_count)) != NULL &&
                (list.classes = array_of(&held, classes, 8, false, &hashes)) != NULL;
    list.class_count = good ? hashes / 2 : 0;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        why = dictionary_compile(&list, &result, &size);
        Py_END_ALLOW_THREADS
    }
    release(&held);
    if (!good)
        return NULL;
    return why != NULL ? refused(why) : memory_new(result, size);
}

/* ---- both ---- */

int add_type(PyObject *module, PyType_Spec *spec, const char *name, PyTypeObject **type) {
    if (*type == NULL) {
        *type = (PyTypeObject *)PyType_FromSpec(spec);
        if (*type == NULL)
            return -1;
    }
    return PyModule_AddObjectRef(module, name, (PyObject *)*type);
}

int add_types(PyObject *module) {
    if (add_type(module, &memory_spec, "Memory", &memory_type) < 0)
        return -1;
    return add_type(module, &dictionary_spec, "Dictionary", &dictionary_type);
}
