#include "workspace/person_links.h"

#include <algorithm>
#include <map>

namespace bidui::workspace {
namespace {

struct PlacedLink {
  std::uint32_t from;
  rule::Link link;
};

bool ordered_before(const PlacedLink& x, const PlacedLink& y) {
  if (x.from != y.from) return x.from < y.from;
  if (x.link.record.source != y.link.record.source)
    return x.link.record.source < y.link.record.source;
  if (x.link.level != y.link.level) return x.link.level > y.link.level;
  return x.link.record.row < y.link.record.row;
}

// A person may have several rows in a household: two houses, a row entered twice.
std::uint32_t count_distinct(std::vector<std::uint32_t>& rows) {
  std::ranges::sort(rows);
  return static_cast<std::uint32_t>(std::ranges::unique(rows).begin() - rows.begin());
}

}  // namespace

PersonLinks::PersonLinks(const RunRecords& records, const PersonLinkage& linkage) {
  std::vector<PlacedLink> placed;
  const auto reference = [&](std::uint32_t record) {
    const std::size_t s = records.source_of(record);
    return rule::RecordRef{static_cast<rule::SourceIndex>(s), record - records.number(s, 0)};
  };
  for (std::uint32_t e = 0; e < linkage.entities.count(); ++e) {
    const auto members = linkage.entities.members(e);
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        const LinkLevel level =
            level_between(records.features(members[i]), records.features(members[j]));
        placed.push_back({members[i], {reference(members[j]), level}});
        placed.push_back({members[j], {reference(members[i]), level}});
      }
    }
  }
  for (const PersonLink& l : linkage.links) {
    if (l.decision == link::Decision::kLink) continue;
    placed.push_back({l.a, {reference(l.b), LinkLevel::kL1}});
    placed.push_back({l.b, {reference(l.a), LinkLevel::kL1}});
  }
  std::ranges::sort(placed, ordered_before);
  offsets_.assign(records.count() + 1, 0);
  links_.reserve(placed.size());
  for (const PlacedLink& p : placed) {
    ++offsets_[p.from + 1];
    links_.push_back(p.link);
  }
  for (std::size_t r = 1; r < offsets_.size(); ++r) offsets_[r] += offsets_[r - 1];
}

std::span<const rule::Link> PersonLinks::links(std::uint32_t record,
                                               rule::SourceIndex source) const {
  const auto all = links(record);
  const auto by_source = [](const rule::Link& link) { return link.record.source; };
  const auto range = std::ranges::equal_range(all, source, {}, by_source);
  return {range.begin(), range.end()};
}

RunHouseholds::RunHouseholds(std::span<const RunSource> sources, const RunRecords& records,
                             const PersonLinks& links)
    : records_(records), links_(links), sources_(sources.size()) {
  for (std::size_t s = 0; s < sources.size(); ++s) {
    Source& own = sources_[s];
    std::vector<std::pair<std::uint64_t, std::uint32_t>> numbered;
    for (std::uint32_t row = 0; row < sources[s].rows(); ++row) {
      const std::uint64_t household = sources[s].features[row].household;
      if (household != 0) numbered.emplace_back(household, row);
    }
    std::ranges::sort(numbered);
    own.household_of.assign(sources[s].rows(), kNone);
    for (std::size_t i = 0; i < numbered.size(); ++i) {
      if (i == 0 || numbered[i].first != numbered[i - 1].first)
        own.offsets.push_back(own.offsets.back());
      ++own.offsets.back();
      own.members.push_back({static_cast<rule::SourceIndex>(s), numbered[i].second});
      own.household_of[numbered[i].second] = static_cast<std::uint32_t>(own.offsets.size() - 2);
    }
  }
}

std::span<const rule::RecordRef> RunHouseholds::members(std::size_t source,
                                                        std::uint32_t household) const {
  const Source& own = sources_[source];
  return std::span(own.members)
      .subspan(own.offsets[household], own.offsets[household + 1] - own.offsets[household]);
}

std::vector<RunHouseholds::Shared> RunHouseholds::linked(std::size_t source,
                                                         std::uint32_t household,
                                                         std::size_t other) const {
  struct Found {
    LinkLevel level = LinkLevel::kNone;
    std::vector<std::uint32_t> linked{};  // rows of the other household
    std::vector<std::uint32_t> possible{};
  };
  std::map<std::uint32_t, Found> found;
  for (const rule::RecordRef member : members(source, household)) {
    const std::uint32_t record = records_.number(source, member.row);
    std::uint32_t last = kNone;
    for (const rule::Link& link : links_.links(record, static_cast<rule::SourceIndex>(other))) {
      const std::uint32_t theirs = household_of(other, link.record.row);
      if (theirs == kNone || theirs == last) continue;
      last = theirs;
      Found& at = found[theirs];
      at.level = std::max(at.level, link.level);
      (link.level == LinkLevel::kL1 ? at.possible : at.linked).push_back(link.record.row);
    }
  }
  std::vector<Shared> result;
  for (auto& [number, at] : found) {
    const std::uint32_t shared = count_distinct(at.linked.empty() ? at.possible : at.linked);
    result.push_back({{{static_cast<rule::SourceIndex>(other), number}, at.level}, shared});
  }
  std::ranges::stable_sort(result, [](const Shared& x, const Shared& y) {
    return x.link.level != y.link.level ? x.link.level > y.link.level : x.shared > y.shared;
  });
  return result;
}

}  // namespace bidui::workspace
