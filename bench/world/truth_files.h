// Writes truth/ and deliveries.json.
#pragma once

#include <vector>

#include "bench/world/registers.h"
#include "bench/world/truth.h"
#include "matcher/base/result.h"

namespace bidui::world {

// `truths` in the order of the sources; `directory` holds the sources' files. Errors: kIo.
Status write_truth(const World& world, const Registers& registers,
                   const std::vector<SourceTruth>& truths, const std::string& directory);

}  // namespace bidui::world
