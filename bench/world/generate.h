// The whole of bidui-world: from options to files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/world/error_classes.h"
#include "bench/world/profile.h"
#include "matcher/base/result.h"

namespace bidui::world {

struct WorldOptions {
  int people = 100000;  // in the civil registry; for a pair, the rows of right.csv
  std::uint64_t seed = 1;
  std::string directory{};
  int division = 340826;
  std::string reference{};  // directory of the reference tables
  bool pair = false;
  bool all_offices = false;  // the further offices, and what they are to find
  int deliveries = 1;        // rounds, three months apart; needs all_offices
  Profile profile{};
  ErrorRates rates{};
};

// Writes the six sources, or all, with deliveries.json and truth/; several rounds of deliveries go
// to subdirectories 1, 2, … Returns what was written, one line per file.
// The same options give the same bytes. Errors: kNotFound for tables and counties, kIo.
Result<std::vector<std::string>> generate_world(const WorldOptions& options);

// Writes left.csv (a poverty registry, people / 5 rows, 90 % of them in right.csv), right.csv (a
// civil registry) and truth.csv. Same errors.
Result<std::vector<std::string>> generate_pair(const WorldOptions& options);

}  // namespace bidui::world
