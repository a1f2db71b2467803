#include "bench/world/options.h"

int main(int argc, char** argv) { return bidui::world::run(argc, argv); }
