// `bidui import --watch FOLDER`: takes files from a drop folder as they come.
#pragma once

#include "cli/options.h"

namespace bidui::cli {

// The options of `bidui import` that it has beside, of which only some go with --watch.
void add_watch_options(CommandLine& line);

// Each file that is complete becomes a delivery, by a `bidui import` of its own, which a service
// that runs may take over; then it is moved away with what was said of it beside. With --once takes
// what is there and ends: kFailed where a file failed or had to be left, kCheckFailed where a
// delivery is held. Else until SIGTERM, SIGINT or SIGHUP, with kDone. Killed at any instant it
// loses no file and imports none twice: a file is moved after its delivery is in, and known by its
// content.
int run_watch(const CommandLine& line, const po::variables_map& values);

}  // namespace bidui::cli
