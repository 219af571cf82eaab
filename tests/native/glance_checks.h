/* What holds of a glance at any text. */
#ifndef GLANCE_CHECKS_H
#define GLANCE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool glance_is_sound(const uint8_t *text, size_t size);

#endif
