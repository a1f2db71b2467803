#include "workspace/same_numbers.h"

#include <algorithm>
#include <tbb/parallel_sort.h>

namespace bidui::workspace {
namespace {

constexpr std::size_t kMaxSameNumber =
    50;  // a number that more records share is a placeholder, not a person

}  // namespace

SameNumbers::SameNumbers(std::span<const RunSource> sources, const RunRecords& records) {
  struct Numbered {
    std::uint64_t digits;
    std::uint32_t record;
  };
  std::vector<Numbered> all;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (std::uint32_t row = 0; row < sources[s].rows(); ++row) {
      const record::PersonFeatures& p = sources[s].features[row];
      const bool sound =
          p.id_class == record::IdClass::kValid || p.id_class == record::IdClass::kUnverified;
      if (sound) all.push_back({p.id_digits, records.number(s, row)});
    }
  }
  tbb::parallel_sort(all, [](const Numbered& x, const Numbered& y) {
    return x.digits != y.digits ? x.digits < y.digits : x.record < y.record;
  });
  const auto for_groups = [&](const auto& use) {
    for (std::size_t begin = 0; begin < all.size();) {
      std::size_t end = begin;
      while (end < all.size() && all[end].digits == all[begin].digits) ++end;
      if (end - begin > 1 && end - begin <= kMaxSameNumber) use(begin, end);
      begin = end;
    }
  };
  offsets_.assign(records.count() + 1, 0);
  for_groups([&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      offsets_[all[i].record + 1] = static_cast<std::uint32_t>(end - begin - 1);
    }
  });
  for (std::size_t r = 1; r < offsets_.size(); ++r) offsets_[r] += offsets_[r - 1];
  same_.resize(offsets_.back());
  for_groups([&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::uint32_t at = offsets_[all[i].record];
      for (std::size_t j = begin; j < end; ++j) {
        if (j == i) continue;
        const std::size_t s = records.source_of(all[j].record);
        same_[at++] = {static_cast<rule::SourceIndex>(s), all[j].record - records.number(s, 0)};
      }
    }
  });
}

std::span<const rule::RecordRef> SameNumbers::of(std::uint32_t record,
                                                 rule::SourceIndex source) const {
  const auto all =
      std::span(same_).subspan(offsets_[record], offsets_[record + 1] - offsets_[record]);
  const auto range = std::ranges::equal_range(all, source, {}, &rule::RecordRef::source);
  return {range.begin(), range.end()};
}

}  // namespace bidui::workspace
