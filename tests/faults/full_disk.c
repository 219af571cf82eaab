/* Preloaded: from the nth call that writes to a file on, the disk is full. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int full(int fd) {
    static long calls;
    struct stat state;
    const char *nth = getenv("FULL_DISK_AT");
    if (nth == NULL || fd <= 2 || fstat(fd, &state) != 0 || !S_ISREG(state.st_mode))
        return 0;
    if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) < atol(nth))
        return 0;
    errno = ENOSPC;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    return full(fd) ? -1 : REAL(write)(fd, bytes, count);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    return full(fd) ? -1 : REAL(writev)(fd, parts, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return full(fd) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}
ssize_t sendfile(int out, int in, off_t *at, size_t count) {
    ssize_t (*real)(int, int, off_t *, size_t) = dlsym(RTLD_NEXT, "sendfile");
    return full(out) ? -1 : real(out, in, at, count);
}
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t count,
                        unsigned flags) {
    return full(out) ? -1 : REAL(copy_file_range)(in, in_at, out, out_at, count, flags);
}
