// The households of a run, and which of them share members with households elsewhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "workspace/person_links.h"
#include "workspace/run_records.h"

namespace bidui::workspace {

// Households of each source by number, their members, and the households of other sources that
// share members.
class RunHouseholds {
 public:
  // Groups the members; nothing is linked yet.
  explicit RunHouseholds(std::span<const RunSource> sources);
  void link(const RunRecords& records, const PersonLinks& links);

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::uint32_t count(std::size_t source) const {
    return static_cast<std::uint32_t>(sources_[source].offsets.size() - 1);
  }
  // kNone where the record has no household number.
  std::uint32_t household_of(std::size_t source, std::uint32_t row) const {
    return sources_[source].household_of[row];
  }
  // The household of that number in the source, by the hash that its features hold; kNone where
  // there is none. O(log n).
  std::uint32_t find(std::size_t source, std::uint64_t number) const;
  // Members by row.
  std::span<const rule::RecordRef> members(std::size_t source, std::uint32_t household) const;
  // Households of another source, or others of the same one, that share members; strongest first,
  // then by number of shared members, then by number.
  std::span<const rule::HouseholdLink> linked(std::size_t source, std::uint32_t household,
                                              std::size_t other) const;
  // How many persons each of linked() shares; possible links count only where there are no others.
  std::span<const std::uint32_t> shared(std::size_t source, std::uint32_t household,
                                        std::size_t other) const;

 private:
  struct Source {
    std::vector<std::uint32_t> household_of;
    std::vector<std::uint32_t> offsets{0};
    std::vector<rule::RecordRef> members;
    std::vector<std::uint64_t> numbers;  // hashes, ascending
    // Of each household, by the other's source.
    std::vector<std::uint32_t> link_offsets{0};
    std::vector<rule::HouseholdLink> links;
    std::vector<std::uint32_t> shared;  // beside `links`
  };
  struct Range {
    std::size_t begin = 0;
    std::size_t count = 0;
  };
  void group_members(std::size_t source, const RunSource& rows);
  struct Linking {
    const RunRecords& records;
    const PersonLinks& links;
  };
  void append_links(const Linking& linking, rule::HouseholdRef household, Source& to) const;
  Range links_to(std::size_t source, std::uint32_t household, std::size_t other) const;

  std::vector<Source> sources_;
};

}  // namespace bidui::workspace
