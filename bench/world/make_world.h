// The tables and the simulated county that both kinds of output start from.
#pragma once

#include "bench/world/confusions.h"
#include "bench/world/generate.h"
#include "bench/world/lives.h"
#include "bench/world/names.h"

namespace bidui::world {

struct Stage {
  NameTables names;
  Confusions confusions;
  IdOffice office;
  World world;
};

// Loads the tables and simulates the lives up to the last delivery. Errors: kNotFound.
Result<Stage> make_world(const WorldOptions& options);

// Creates the directory and its parents. Errors: kIo.
Status make_directory(const std::string& path);

}  // namespace bidui::world
