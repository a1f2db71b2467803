#include "workspace/person_links.h"

#include <algorithm>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

namespace bidui::workspace {
namespace {

bool ordered_before(const rule::Link& x, const rule::Link& y) {
  if (x.record.source != y.record.source) return x.record.source < y.record.source;
  if (x.level != y.level) return x.level > y.level;
  return x.record.row < y.record.row;
}

}  // namespace

PersonLinks::PersonLinks(const RunRecords& records, const PersonLinkage& linkage)
    : offsets_(records.count() + 1) {
  const link::Entities& entities = linkage.entities;
  const auto entity_count = static_cast<std::uint32_t>(entities.count());
  for (std::uint32_t e = 0; e < entity_count; ++e) {
    const auto members = entities.members(e);
    for (const std::uint32_t member : members)
      offsets_[member + 1] += static_cast<std::uint32_t>(members.size() - 1);
  }
  const auto for_possible = [&](const auto& use) {
    for (const PersonLink& l : linkage.links) {
      if (l.decision != link::Decision::kLink) use(l);
    }
  };
  for_possible([&](const PersonLink& l) {
    ++offsets_[l.a + 1];
    ++offsets_[l.b + 1];
  });
  for (std::size_t r = 1; r < offsets_.size(); ++r) offsets_[r] += offsets_[r - 1];
  links_.resize(offsets_.back());
  std::vector<std::uint32_t> ends(offsets_.begin(), offsets_.end() - 1);  // of what is filled
  const auto put = [&](std::uint32_t from, std::uint32_t to, LinkLevel level) {
    const std::size_t s = records.source_of(to);
    links_[ends[from]++] = {{static_cast<rule::SourceIndex>(s), to - records.number(s, 0)}, level};
  };
  tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, entity_count, 4096), [&](const auto& own) {
    for (std::uint32_t e = own.begin(); e < own.end(); ++e) {
      const auto members = entities.members(e);
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j) {
          const LinkLevel level =
              level_between(records.features(members[i]), records.features(members[j]));
          put(members[i], members[j], level);
          put(members[j], members[i], level);
        }
      }
    }
  });
  for_possible([&](const PersonLink& l) {
    put(l.a, l.b, LinkLevel::kL1);
    put(l.b, l.a, LinkLevel::kL1);
  });
  for (std::uint32_t r = 0; r < records.count(); ++r) {
    if (offsets_[r + 1] - offsets_[r] < 2) continue;
    std::ranges::sort(std::span(links_).subspan(offsets_[r], offsets_[r + 1] - offsets_[r]),
                      ordered_before);
  }
}

std::span<const rule::Link> PersonLinks::links(std::uint32_t record,
                                               rule::SourceIndex source) const {
  const auto all = links(record);
  const auto by_source = [](const rule::Link& link) { return link.record.source; };
  const auto range = std::ranges::equal_range(all, source, {}, by_source);
  return {range.begin(), range.end()};
}

}  // namespace bidui::workspace
