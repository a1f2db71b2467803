// Who took names and numbers in full out of the workspace, when and why (contracts §3): entries
// "reveals" of the journal, which `bidui audit verify` covers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"

namespace bidui::workspace {

struct Reveal {
  std::string at{};  // "2026-11-30T10:15:00Z"
  std::string by{};
  std::string reason{};
  std::string what{};  // "review S0001"
  std::size_t records = 0;
};

// Durable before it returns; call it before the values leave.
Status log_reveal(store::Store& store, const Reveal& reveal);
// In the order of logging.
Result<std::vector<Reveal>> load_reveals(const store::Store& store);

}  // namespace bidui::workspace
