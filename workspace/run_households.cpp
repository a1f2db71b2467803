#include "workspace/run_households.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kHouseholdBlock = 4096;

// A household of another record's, met by a link of a member of ours.
struct Met {
  rule::SourceIndex source;
  std::uint32_t household;
  LinkLevel level;
  std::uint32_t row;
};

bool possible(const Met& met) { return met.level == LinkLevel::kL1; }

// By household; in each, decided links first.
bool grouped_before(const Met& x, const Met& y) {
  if (x.source != y.source) return x.source < y.source;
  if (x.household != y.household) return x.household < y.household;
  return possible(x) != possible(y) ? possible(y) : x.row < y.row;
}

struct Shared {
  rule::HouseholdLink link;
  std::uint32_t persons = 0;
};

// `group`: what leads to one household, in the order of grouped_before(). A person may have several
// rows there: two houses, a row entered twice.
Shared shared_of(std::span<const Met> group) {
  Shared result{.link = {{group.front().source, group.front().household}, LinkLevel::kNone}};
  const bool only_possible = possible(group.front());
  for (std::size_t i = 0; i < group.size(); ++i) {
    result.link.level = std::max(result.link.level, group[i].level);
    const bool counts = possible(group[i]) == only_possible;
    if (counts && (i == 0 || group[i].row != group[i - 1].row)) ++result.persons;
  }
  return result;
}

bool stronger(const Shared& x, const Shared& y) {
  const rule::HouseholdRef& a = x.link.household;
  const rule::HouseholdRef& b = y.link.household;
  if (a.source != b.source) return a.source < b.source;
  if (x.link.level != y.link.level) return x.link.level > y.link.level;
  return x.persons != y.persons ? x.persons > y.persons : a.household < b.household;
}

}  // namespace

RunHouseholds::RunHouseholds(std::span<const RunSource> sources) : sources_(sources.size()) {
  tbb::parallel_for(std::size_t{0}, sources.size(),
                    [&](std::size_t s) { group_members(s, sources[s]); });
}

void RunHouseholds::group_members(std::size_t source, const RunSource& rows) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> numbered;
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    const std::uint64_t household = rows.features[row].household;
    if (household != 0) numbered.emplace_back(household, row);
  }
  tbb::parallel_sort(numbered);
  Source& own = sources_[source];
  own.household_of.assign(rows.rows(), kNone);
  own.members.reserve(numbered.size());
  for (std::size_t i = 0; i < numbered.size(); ++i) {
    if (i == 0 || numbered[i].first != numbered[i - 1].first) {
      own.offsets.push_back(own.offsets.back());
      own.numbers.push_back(numbered[i].first);
    }
    ++own.offsets.back();
    own.members.push_back({static_cast<rule::SourceIndex>(source), numbered[i].second});
    own.household_of[numbered[i].second] = static_cast<std::uint32_t>(own.offsets.size() - 2);
  }
}

std::uint32_t RunHouseholds::find(std::size_t source, std::uint64_t number) const {
  const std::vector<std::uint64_t>& numbers = sources_[source].numbers;
  const auto at = std::ranges::lower_bound(numbers, number);
  if (at == numbers.end() || *at != number) return kNone;
  return static_cast<std::uint32_t>(at - numbers.begin());
}

void RunHouseholds::link(const RunRecords& records, const PersonLinks& links) {
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    std::vector<Source> parts((count(s) + kHouseholdBlock - 1) / kHouseholdBlock);
    tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
      const auto begin = static_cast<std::uint32_t>(part) * kHouseholdBlock;
      const std::uint32_t end = std::min(count(s), begin + kHouseholdBlock);
      for (std::uint32_t h = begin; h < end; ++h)
        append_links({records, links}, {static_cast<rule::SourceIndex>(s), h}, parts[part]);
    });
    Source& own = sources_[s];
    for (const Source& part : parts) {
      const auto before = static_cast<std::uint32_t>(own.links.size());
      for (std::size_t h = 1; h < part.link_offsets.size(); ++h)
        own.link_offsets.push_back(before + part.link_offsets[h]);
      own.links.insert(own.links.end(), part.links.begin(), part.links.end());
      own.shared.insert(own.shared.end(), part.shared.begin(), part.shared.end());
    }
  }
}

void RunHouseholds::append_links(const Linking& linking, rule::HouseholdRef household,
                                 Source& to) const {
  std::vector<Met> met;
  for (const rule::RecordRef member : members(household.source, household.household)) {
    const std::size_t first = met.size();
    const std::uint32_t record = linking.records.number(household.source, member.row);
    for (const rule::Link& link : linking.links.links(record)) {
      const std::uint32_t theirs = household_of(link.record.source, link.record.row);
      if (theirs == kNone) continue;
      // Another row of the same person there.
      if (met.size() > first && met.back().source == link.record.source &&
          met.back().household == theirs)
        continue;
      met.push_back({link.record.source, theirs, link.level, link.record.row});
    }
  }
  std::ranges::sort(met, grouped_before);
  std::vector<Shared> found;
  for (std::size_t begin = 0; begin < met.size();) {
    std::size_t end = begin + 1;
    while (end < met.size() && met[end].source == met[begin].source &&
           met[end].household == met[begin].household)
      ++end;
    found.push_back(shared_of(std::span(met).subspan(begin, end - begin)));
    begin = end;
  }
  std::ranges::sort(found, stronger);
  for (const Shared& shared : found) {
    to.links.push_back(shared.link);
    to.shared.push_back(shared.persons);
  }
  to.link_offsets.push_back(static_cast<std::uint32_t>(to.links.size()));
}

std::span<const rule::RecordRef> RunHouseholds::members(std::size_t source,
                                                        std::uint32_t household) const {
  const Source& own = sources_[source];
  return std::span(own.members)
      .subspan(own.offsets[household], own.offsets[household + 1] - own.offsets[household]);
}

RunHouseholds::Range RunHouseholds::links_to(std::size_t source, std::uint32_t household,
                                             std::size_t other) const {
  const Source& own = sources_[source];
  const auto all = std::span(own.links).subspan(
      own.link_offsets[household], own.link_offsets[household + 1] - own.link_offsets[household]);
  const auto range = std::ranges::equal_range(
      all, static_cast<rule::SourceIndex>(other), {},
      [](const rule::HouseholdLink& link) { return link.household.source; });
  return {static_cast<std::size_t>(range.data() - own.links.data()), range.size()};
}

std::span<const rule::HouseholdLink> RunHouseholds::linked(std::size_t source,
                                                           std::uint32_t household,
                                                           std::size_t other) const {
  const Range range = links_to(source, household, other);
  return std::span(sources_[source].links).subspan(range.begin, range.count);
}

std::span<const std::uint32_t> RunHouseholds::shared(std::size_t source, std::uint32_t household,
                                                     std::size_t other) const {
  const Range range = links_to(source, household, other);
  return std::span(sources_[source].shared).subspan(range.begin, range.count);
}

}  // namespace bidui::workspace
