#include "matcher/link/name_table.h"

#include <algorithm>
#include <limits>
#include <tbb/parallel_sort.h>

namespace bidui::link {
namespace {

constexpr std::size_t kBuckets = std::size_t{1} << 16;

// How often the name at the front stands there; takes these away.
std::uint32_t take_run(std::span<const std::uint32_t>& names, std::uint32_t name) {
  std::size_t count = 0;
  while (count < names.size() && names[count] == name) ++count;
  names = names.subspan(count);
  return static_cast<std::uint32_t>(count);
}

double share_of(double bearers, double least, double records) {
  return std::max(bearers, least) / std::max(records, least);
}

}  // namespace

NameTable::NameTable(std::vector<NameCount> names, std::uint64_t left_records,
                     std::uint64_t right_records)
    : names_(std::move(names)),
      first_(kBuckets + 1),
      left_records_(left_records),
      right_records_(right_records) {
  for (const NameCount& n : names_) ++first_[(n.name >> 16) + 1];
  for (std::size_t b = 1; b < first_.size(); ++b) first_[b] += first_[b - 1];
}

NameCount NameTable::find(std::uint32_t name) const {
  if (!names_.empty()) {
    const std::uint32_t bucket = name >> 16;
    for (std::uint32_t i = first_[bucket]; i < first_[bucket + 1]; ++i) {
      if (names_[i].name == name) return names_[i];
    }
  }
  return {name, 1, 1};
}

double NameTable::share(std::uint32_t name) const {
  const NameCount count = find(name);
  return share_of(static_cast<double>(count.left) + count.right, 2,
                  static_cast<double>(left_records_ + right_records_));
}

double NameTable::left_share(std::uint32_t name) const {
  return share_of(find(name).left, 1, static_cast<double>(left_records_));
}

void NameCounter::add(std::span<const record::PersonFeatures> persons, Side& side) {
  side.records += persons.size();
  for (const record::PersonFeatures& p : persons) {
    if (p.name_hash != 0) side.names.push_back(p.name_hash);
  }
}

NameTable NameCounter::table() && {
  tbb::parallel_sort(left_.names.begin(), left_.names.end());
  tbb::parallel_sort(right_.names.begin(), right_.names.end());
  std::span<const std::uint32_t> left(left_.names);
  std::span<const std::uint32_t> right(right_.names);
  std::vector<NameCount> names;
  constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();
  while (!left.empty() || !right.empty()) {
    const std::uint32_t name =
        std::min(left.empty() ? kEnd : left.front(), right.empty() ? kEnd : right.front());
    const NameCount count{name, take_run(left, name), take_run(right, name)};
    if (count.left > 1 || count.right > 1) names.push_back(count);
  }
  return {std::move(names), left_.records, right_.records};
}

}  // namespace bidui::link
