#include "cli/command.h"

int main(int argc, char** argv) {
  return bidui::cli::run(bidui::cli::Arguments(argv + 1, argv + argc));
}
