// Look-up of links by record, made from a linkage: what rules, reports and outputs ask.
#pragma once

#include <span>
#include <vector>

#include "matcher/rule/view.h"
#include "workspace/person_linkage.h"

namespace bidui::workspace {

// For each record its linked records in other places: members of its entity at L2 or L3, and
// possible links at L1; by source, strongest level first, then by row.
class PersonLinks {
 public:
  PersonLinks(const RunRecords& records, const PersonLinkage& linkage);

  std::span<const rule::Link> links(std::uint32_t record, rule::SourceIndex source) const;
  std::span<const rule::Link> links(std::uint32_t record) const {
    return std::span(links_).subspan(offsets_[record], offsets_[record + 1] - offsets_[record]);
  }

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<rule::Link> links_;
};

// Households of each source by number, their members, and the households of other sources that
// share members.
class RunHouseholds {
 public:
  RunHouseholds(std::span<const RunSource> sources, const RunRecords& records,
                const PersonLinks& links);

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::uint32_t count(std::size_t source) const {
    return static_cast<std::uint32_t>(sources_[source].offsets.size() - 1);
  }
  // kNone where the record has no household number.
  std::uint32_t household_of(std::size_t source, std::uint32_t row) const {
    return sources_[source].household_of[row];
  }
  // Members by row.
  std::span<const rule::RecordRef> members(std::size_t source, std::uint32_t household) const;
  // Strongest first, then by number of shared members, then by number.
  struct Shared {
    rule::HouseholdLink link;
    std::uint32_t shared =
        0;  // persons, possible links not counted unless the link is only possible
  };
  std::vector<Shared> linked(std::size_t source, std::uint32_t household, std::size_t other) const;

 private:
  struct Source {
    std::vector<std::uint32_t> household_of;
    std::vector<std::uint32_t> offsets{0};
    std::vector<rule::RecordRef> members;
  };
  const RunRecords& records_;
  const PersonLinks& links_;
  std::vector<Source> sources_;
};

}  // namespace bidui::workspace
