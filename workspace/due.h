// Whether a comparison is due.
#pragma once

#include <string>

#include "workspace/workspace.h"

namespace bidui::workspace {

struct Due {
  std::string newest_run{};  // "" = none
  bool changed = false;      // the deliveries that count are not those of the newest run
  bool any = false;          // there are deliveries at all
};

// By the names and contents of the deliveries. Errors: those of the store.
Result<Due> comparison_due(const store::Store& store);

}  // namespace bidui::workspace
