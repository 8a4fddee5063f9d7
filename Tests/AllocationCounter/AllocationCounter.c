// Counts allocations, reference counting and locks of one thread by interposing the functions of glibc and of the
// Swift runtime.
#define _GNU_SOURCE
#include "AllocationCounter.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>

static __thread bool counting;
static __thread struct tingle_counts counts;

// glibc's own allocator stays available under these names when a program replaces malloc.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static void allocated(void) {
  if (counting) counts.allocations++;
}

void *malloc(size_t size) {
  allocated();
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocated();
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  allocated();
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  allocated();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **out, size_t alignment, size_t size) {
  *out = memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}

void free(void *memory) {
  if (counting) counts.frees++;
  __libc_free(memory);
}

#define COUNT_LOCK(name, type)                                        \
  int name(type *object) {                                            \
    static int (*original)(type *);                                   \
    if (!original) original = (int (*)(type *))dlsym(RTLD_NEXT, #name); \
    if (counting) counts.locks++;                                     \
    return original(object);                                          \
  }

COUNT_LOCK(pthread_mutex_lock, pthread_mutex_t)
COUNT_LOCK(sem_wait, sem_t)
COUNT_LOCK(sem_post, sem_t)

// Compiled Swift calls these to count references, and expects them to preserve nearly all registers.
typedef __attribute__((preserve_most)) void *reference_function(void *);

#define COUNT_REFERENCE(name)                                                \
  __attribute__((preserve_most)) void *name(void *object) {                  \
    static reference_function *original;                                     \
    if (!original) original = (reference_function *)dlsym(RTLD_NEXT, #name); \
    if (counting) counts.references++;                                       \
    return original(object);                                                 \
  }

COUNT_REFERENCE(swift_retain)
COUNT_REFERENCE(swift_release)
COUNT_REFERENCE(swift_bridgeObjectRetain)
COUNT_REFERENCE(swift_bridgeObjectRelease)

void tingle_counting_begin(void) {
  counts = (struct tingle_counts){0};
  counting = true;
}

struct tingle_counts tingle_counting_end(void) {
  counting = false;
  return counts;
}
