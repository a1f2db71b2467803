// Look-up of links by record, made from a linkage: what rules, reports and outputs ask.
#pragma once

#include <span>
#include <vector>

#include "matcher/rule/view.h"
#include "workspace/person_linkage.h"
#include "workspace/run_records.h"

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

}  // namespace bidui::workspace
