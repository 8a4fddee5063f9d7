// Counts what the calling thread does between `begin` and `end`: what the render path must never do.
#pragma once

struct tingle_counts {
  long allocations;  // malloc, calloc, realloc, memalign and their kin
  long frees;
  long references;  // retains and releases of Swift objects
  long locks;       // pthread mutexes, condition variables, semaphores
};

void tingle_counting_begin(void);
struct tingle_counts tingle_counting_end(void);
