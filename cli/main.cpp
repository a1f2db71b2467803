#include <malloc.h>

#include "cli/command.h"

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // Memory that a phase frees serves the next one instead of going back to the system, which would
  // have to clear it anew: 8 % of a large linkage. Without the first line glibc raises the
  // threshold of its own accord and lowers both by every free() of a large block.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
  return bidui::cli::run(bidui::cli::Arguments(argv + 1, argv + argc));
}
