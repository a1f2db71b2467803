#include <malloc.h>

#include "cli/command.h"

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // The buffers of a batch serve the next one instead of going back to the system, which would have
  // to clear them anew: 8 % of a large linkage. Large blocks go back, so that the peak stays low.
  mallopt(M_MMAP_THRESHOLD, 1 << 23);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 4 << 20);
#endif
  return bidui::cli::run(bidui::cli::Arguments(argv + 1, argv + argc));
}
