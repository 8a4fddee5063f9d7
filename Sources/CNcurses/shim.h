#define NCURSES_WIDECHAR 1
#include <ncurses.h>

// Variables, read where Swift may read them.
static inline WINDOW *ncurses_screen(void) { return stdscr; }
static inline int ncurses_colours(void) { return COLORS; }

// Of <term.h>, whose macros have names like "columns": whether the terminal is described anywhere.
extern int setupterm(const char *, int, int *);
static inline int ncurses_knows_terminal(void) {
  int problem;
  return setupterm(0, 1, &problem) == OK;
}

// Of <wchar.h>, where it hides behind a feature macro: how many columns a character takes in the thread's locale.
extern int wcwidth(wchar_t);
static inline int columns_of_character(wchar_t character) { return wcwidth(character); }
