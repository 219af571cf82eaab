#include "kernel.h"

#include <stdlib.h>

void *grow(void *items, size_t *room, size_t count, size_t size) {
    if (items != NULL && count <= *room)
        return items;
    size_t wanted = *room + *room / 2;
    if (wanted < count)
        wanted = count;
    if (wanted > (size_t)PTRDIFF_MAX / size)
        return NULL;
    void *moved = realloc(items, wanted * size);
    if (moved != NULL)
        *room = wanted;
    return moved;
}
