// Every record of a run by one number, from 0 through all sources.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/record/features.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

// One source after the other, rows in their order. The sources must outlive it.
class RunRecords {
 public:
  explicit RunRecords(std::span<const RunSource> sources);

  std::uint32_t count() const { return firsts_.back(); }
  std::uint32_t number(std::size_t source, std::uint32_t row) const {
    return firsts_[source] + row;
  }
  std::size_t source_of(std::uint32_t record) const;
  std::uint32_t row_of(std::uint32_t record) const { return record - firsts_[source_of(record)]; }
  const record::PersonFeatures& features(std::uint32_t record) const;

 private:
  std::span<const RunSource> sources_;
  std::vector<std::uint32_t> firsts_;  // one more than there are sources
};

}  // namespace bidui::workspace
