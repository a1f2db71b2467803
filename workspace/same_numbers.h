// Records of a run that bear the same ID number, whatever their names and links.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/rule/value.h"
#include "workspace/run_records.h"

namespace bidui::workspace {

class SameNumbers {
 public:
  // Of valid numbers, and those without a check digit. O(n log n), all threads.
  SameNumbers(std::span<const RunSource> sources, const RunRecords& records);

  // The others of `source` with the record's number, by row; none where more records share it than
  // people do.
  std::span<const rule::RecordRef> of(std::uint32_t record, rule::SourceIndex source) const;

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<rule::RecordRef> same_;
};

}  // namespace bidui::workspace
