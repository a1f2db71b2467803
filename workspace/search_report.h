// How a run came to its candidate pairs, for its summary.
#pragma once

#include <cstdint>
#include <string>

namespace bidui::workspace {

struct SearchReport {
  bool incremental = false;
  std::string reason{};               // why all was searched; "" where not
  std::uint64_t changed_records = 0;  // beside the spine; counted where the run is incremental
  std::uint64_t changed_in_spine = 0;
  std::uint64_t reused_pairs = 0;
  std::uint64_t weighed_records = 0;  // whose pairs were weighed anew
};

}  // namespace bidui::workspace
