// What look-ups ask of a run, in memory: the records of each person, the links of each record, the
// flags of each subject. Immutable: any number of threads may read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bidui::workspace {

// As run_artefacts.h has the three artefacts; about 40 bytes a record with its links.
class HeldRun {
 public:
  HeldRun(std::string_view entities, std::string links, std::string flag_subjects);

  // All records of the record's person, itself included, ascending; empty where the run has no such
  // record.
  std::span<const std::uint32_t> person_of(std::uint32_t record) const;
  // Positions, in the bytes of links(), of those that touch the record; ascending.
  std::span<const std::uint32_t> links_at(std::uint32_t record) const;
  const std::string& links() const { return links_; }
  const std::string& flag_subjects() const { return flag_subjects_; }

 private:
  // Values by a number: those of `n` lie at [begins[n], begins[n + 1]).
  struct Lists {
    std::vector<std::uint32_t> begins{};
    std::vector<std::uint32_t> values{};
    std::span<const std::uint32_t> of(std::uint32_t n) const;
  };

  std::vector<std::uint32_t> entities_;  // of each record
  Lists persons_;                        // the records of each entity
  Lists touching_;                       // the links of each record
  std::string links_;
  std::string flag_subjects_;
};

}  // namespace bidui::workspace
