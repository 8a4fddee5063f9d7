#pragma once

#include <stdint.h>

#if defined(__SSE__) || defined(__x86_64__)
#include <xmmintrin.h>
#endif

// The control word of the thread's floating-point unit, and the same with subnormal numbers off: those that
// are read count as zero, and results that would be subnormal become zero. Arithmetic on subnormal numbers is
// about a hundred times as slow.

static inline uint64_t floating_point_control(void) {
#if defined(__SSE__) || defined(__x86_64__)
  return _mm_getcsr();
#elif defined(__aarch64__)
  uint64_t word;
  __asm__ volatile("mrs %0, fpcr" : "=r"(word));
  return word;
#else
  return 0;
#endif
}

static inline void set_floating_point_control(uint64_t word) {
#if defined(__SSE__) || defined(__x86_64__)
  _mm_setcsr((unsigned int)word);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(word));
#else
  (void)word;
#endif
}

static inline uint64_t without_subnormals(uint64_t word) {
#if defined(__SSE__) || defined(__x86_64__)
  return word | 0x8040;  // FTZ and DAZ.
#elif defined(__aarch64__)
  return word | (1u << 24);  // FZ.
#else
  return word;
#endif
}

typedef float float8 __attribute__((ext_vector_type(8)));

// The square root of each lane, correctly rounded; 0 or more. Swift's own is computed lane by lane.
static inline float8 square_roots(float8 x) { return __builtin_elementwise_sqrt(x); }
