#include "workspace/run_records.h"

#include <algorithm>

namespace bidui::workspace {

RunRecords::RunRecords(std::span<const RunSource> sources) : sources_(sources), firsts_{0} {
  for (const RunSource& source : sources) firsts_.push_back(firsts_.back() + source.rows());
}

std::size_t RunRecords::source_of(std::uint32_t record) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(firsts_, record) - firsts_.begin()) - 1;
}

const record::PersonFeatures& RunRecords::features(std::uint32_t record) const {
  const std::size_t s = source_of(record);
  return sources_[s].features[record - firsts_[s]];
}

}  // namespace bidui::workspace
