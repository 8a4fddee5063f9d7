// Counts the calls of the current thread, between begin and end, that the real-time contract forbids.
#pragma once

struct tingle_counts {
  long allocations;  // malloc, calloc, realloc, memalign, aligned_alloc, posix_memalign
  long frees;
  long references;  // retains and releases of Swift objects
  long locks;       // pthread_mutex_lock, sem_wait, sem_post
};

void tingle_counting_begin(void);
struct tingle_counts tingle_counting_end(void);
